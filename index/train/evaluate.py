"""What a table is worth: alone and beside the word leg, on every set, against the table before it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.train.measure import Encoder, Measured, Scores, bootstrap, dense_scores, fused, measure, word_scores
from index.train.sets import EvaluationSet
from index.train.tokenizer import piece_ids

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 10**6


@dataclass(frozen=True, slots=True)
class Figures:
    """One set: passage vectors alone, the best sentence alone, and both beside the word leg."""

    passages: Measured
    sentences: Measured
    hybrid: Measured


class Evaluation:
    """The sets with the word leg's scores, which do not change from table to table."""

    def __init__(self, sets: Sequence[EvaluationSet]) -> None:
        self._sets = [(data, word_scores(data)) for data in sets]

    def figures(self, encode: Encoder) -> dict[str, Figures]:
        """The figures of `encode` by the name of the set."""
        return {data.name: _figures(data, lexical, encode) for data, lexical in self._sets}


def table_encoder(tokenizer: "Tokenizer", table: NDArray[np.float32]) -> Encoder:
    """Texts to unit vectors: the mean of the rows of their pieces; all zero for a text without known pieces."""

    def encode(texts: Sequence[str]) -> Scores:
        vectors = np.zeros((len(texts), table.shape[1]), np.float32)
        for row, ids in enumerate(piece_ids(tokenizer, texts, LONGEST)):
            if ids:
                mean = table[ids].mean(axis=0)
                vectors[row] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return vectors

    return encode


def pooled(before: Mapping[str, Figures], after: Mapping[str, Figures]) -> dict[str, list[tuple[float, float, float]]]:
    """Per figure the paired bootstrap over the questions of all sets together: differences with 95 % intervals."""
    return {
        name: bootstrap(_all(before, name), _all(after, name)) for name in (field for field in Figures.__dataclass_fields__)
    }


def lines(figures: Mapping[str, Figures]) -> str:
    """The figures for reading: a line for each set and way."""
    rows = [
        f"{name:10s} {way:9s} {getattr(found, way)}"
        for name, found in figures.items()
        for way in Figures.__dataclass_fields__
    ]
    return "\n".join(re.sub(r"\s+$", "", row) for row in rows)


def _figures(data: EvaluationSet, lexical: Scores, encode: Encoder) -> Figures:
    passages, sentences = dense_scores(data, encode)
    return Figures(measure(data, passages), measure(data, sentences), measure(data, fused(lexical, passages, sentences)))


def _all(figures: Mapping[str, Figures], way: str) -> Measured:
    return Measured(np.concatenate([getattr(figures[name], way).rows for name in sorted(figures)]))
