"""Pieces: a question and a passage as the embedded reranker reads them, in training and at run time alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_QUESTION = 48
MAX_SENTENCE = 120
MAX_PASSAGE = 366
"""Word pieces that are read; the rest is cut off."""


class Pieces:
    """Texts to piece numbers, between the piece that opens a text and the one that ends it."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer
        self._first, self._last = self._of("[CLS][SEP]")

    def question(self, text: str) -> list[int]:
        """The pieces of a question."""
        return [self._first, *self._of(text)[:MAX_QUESTION], self._last]

    def passage(self, sentences: Sequence[str]) -> tuple[list[int], list[int]]:
        """The pieces of a passage, and for every piece the number of its sentence, from 1 (0: of none)."""
        pieces: list[int] = []
        numbers: list[int] = []
        for number, text in enumerate(sentences, start=1):
            found = self._of(text)[:MAX_SENTENCE][: max(0, MAX_PASSAGE - len(pieces))]
            pieces += found
            numbers += [number] * len(found)
        return [self._first, *pieces, self._last], [0, *numbers, 0]

    def _of(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(" ".join(text.split()), add_special_tokens=False).ids)
