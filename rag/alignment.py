"""Alignment: how far the words of a question find a word of like meaning in a sentence.

For every content word of the question the most similar word of the text is taken (cosine of the embedded table's word
vectors); the alignment is their mean, weighted by rarity. It is the recall side of BERTScore (Zhang et al., 2020) on static
vectors: it sees that "soldaten" stands there as "militairen", and which word of the question stands nowhere. Figures align
only with themselves: 2024 and 2025 are near each other in any vector space, and never the same answer.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index import analyze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed import Embedder

MAX_KEPT = 20_000
"""Word vectors kept in memory (1 kB each)."""


class WordVectors:
    """Vectors of single words, kept once made; safe to share between threads."""

    def __init__(self, embedder: "Embedder") -> None:
        import numpy as np

        self._embedder = embedder
        self._places: dict[str, int] = {}
        self._rows: NDArray[np.float32] = np.zeros((0, embedder.info.dimension), dtype=np.float32)
        self._lock = threading.Lock()

    def of(self, tokens: Sequence[str]) -> "NDArray[np.float32]":
        """One row of length 1 a token; all zero for figures and for tokens the table does not know."""
        with self._lock:
            new = [token for token in dict.fromkeys(tokens) if token not in self._places]
            if len(self._places) + len(new) > MAX_KEPT:
                self._places, self._rows, new = {}, self._rows[:0], list(dict.fromkeys(tokens))
            if new:
                self._add(new)
            found: NDArray[np.float32] = self._rows[[self._places[token] for token in tokens]]
            return found

    def _add(self, new: Sequence[str]) -> None:
        import numpy as np

        made = self._embedder.encode(new, "passage")
        made[[token[0].isdigit() for token in new]] = 0.0
        self._places |= {token: place for place, token in enumerate(new, start=len(self._rows))}
        self._rows = np.concatenate([self._rows, made])


class Aligner:
    """The words of one question, compared with the words of many texts at once."""

    def __init__(
        self, vectors: WordVectors, asked: Sequence[str], rarity: Sequence[float], texts: Sequence[Sequence[str]]
    ) -> None:
        import numpy as np

        self._rarity = np.array(rarity, dtype=np.float32)
        self._asked = list(asked)
        self._column = {token: i for i, token in enumerate(dict.fromkeys(token for text in texts for token in text))}
        known = list(self._column)
        self._similarity = np.maximum(vectors.of(self._asked) @ vectors.of(known).T, 0.0) if asked and known else None
        if self._similarity is not None:
            for row, token in enumerate(self._asked):
                if token in self._column:
                    self._similarity[row, self._column[token]] = 1.0

    def matches(self, text: Sequence[str]) -> "NDArray[np.float32]":
        """For every asked word the similarity, 0 to 1, of its nearest word among the tokens of `text`."""
        import numpy as np

        columns = [self._column[token] for token in text]
        if self._similarity is None or not columns:
            return np.zeros(len(self._asked), dtype=np.float32)
        nearest: NDArray[np.float32] = self._similarity[:, columns].max(axis=1)
        return nearest

    def score(self, text: Sequence[str]) -> float:
        """The mean of `matches`, weighted by rarity; 0 when nothing is asked."""
        total = float(self._rarity.sum())
        return float(self.matches(text) @ self._rarity) / total if total else 0.0


@lru_cache(maxsize=32768)
def content_tokens(text: str) -> tuple[str, ...]:
    """The folded words and figures of `text` without stop words, each once, compounds with a hyphen also in parts."""
    found: dict[str, None] = {}
    for token in analyze.tokens(text):
        found[token] = None
        if "-" in token:
            found.update(dict.fromkeys(part for part in token.split("-") if len(part) > 1))
    return tuple(found)
