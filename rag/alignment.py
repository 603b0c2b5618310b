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
        # Untouched pages of an empty array take no memory; growing one would copy it at every new word.
        self._rows: NDArray[np.float32] = np.empty((MAX_KEPT, embedder.info.dimension), dtype=np.float32)
        self._lock = threading.Lock()

    def of(self, tokens: Sequence[str]) -> "NDArray[np.float32]":
        """One row of length 1 a token; all zero for figures and for tokens the table does not know."""
        if len(tokens) > MAX_KEPT:
            raise ValueError(f"more than {MAX_KEPT} words at once")
        with self._lock:
            new = [token for token in dict.fromkeys(tokens) if token not in self._places]
            if len(self._places) + len(new) > MAX_KEPT:
                self._places, new = {}, list(dict.fromkeys(tokens))
            if new:
                self._add(new)
            found: NDArray[np.float32] = self._rows[[self._places[token] for token in tokens]]
            return found

    def _add(self, new: Sequence[str]) -> None:
        made = self._embedder.encode(new, "passage")
        made[[token[0].isdigit() for token in new]] = 0.0
        first = len(self._places)
        self._places |= {token: place for place, token in enumerate(new, start=first)}
        self._rows[first : first + len(new)] = made


def matches(vectors: WordVectors, asked: Sequence[str], texts: Sequence[Sequence[str]]) -> "NDArray[np.float32]":
    """For every text (a row) and asked word (a column) the similarity, 0 to 1, of the nearest of the text's tokens."""
    import numpy as np

    if not asked or not texts:
        return np.zeros((len(texts), len(asked)), dtype=np.float32)
    columns = {token: i for i, token in enumerate(dict.fromkeys(token for text in texts for token in text), start=1)}
    similarity = np.zeros((len(asked), len(columns) + 1), dtype=np.float32)  # column 0 stands in for an empty text
    similarity[:, 1:] = np.maximum(vectors.of(asked) @ vectors.of(list(columns)).T, 0.0)
    for row, token in enumerate(asked):
        if token in columns:
            similarity[row, columns[token]] = 1.0
    places = [0]
    starts = []
    for text in texts:
        starts.append(len(places) - 1)
        places.extend(columns[token] for token in text)
        places.append(0)
    nearest: NDArray[np.float32] = np.maximum.reduceat(similarity[:, places[1:]], starts, axis=1).T
    return nearest


@lru_cache(maxsize=32768)
def content_tokens(text: str) -> tuple[str, ...]:
    """The folded words and figures of `text` without stop words, each once, compounds with a hyphen also in parts."""
    found: dict[str, None] = {}
    for token in analyze.tokens(text):
        found[token] = None
        if "-" in token:
            found.update(dict.fromkeys(part for part in token.split("-") if len(part) > 1))
    return tuple(found)
