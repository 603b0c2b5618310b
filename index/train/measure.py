"""Figures: recall, reciprocal rank, and whether a difference is more than chance.

The word leg here is BM25 over the product's own analysis (words and 5-grams), kept as sparse matrices so that a whole set
is scored at once.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analyze import ngrams, words
from index.train.sets import EvaluationSet

Scores = NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Scores]
"""Texts to unit vectors (n, dimension)."""

DEPTHS = (1, 3, 5, 10)
MRR_DEPTH = 20
K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Measured:
    """Per question the recall at 1, 3, 5 and 10 and the reciprocal rank (columns, in that order)."""

    rows: NDArray[np.float64]

    @property
    def means(self) -> NDArray[np.float64]:
        """The mean of every column."""
        return np.asarray(self.rows.mean(axis=0))

    def __str__(self) -> str:
        names = [f"R@{depth}" for depth in DEPTHS] + ["MRR"]
        return " ".join(f"{name} {value:.3f}" for name, value in zip(names, self.means, strict=True))


def measure(data: EvaluationSet, scores: Scores) -> Measured:
    """Recall and reciprocal rank of `scores` (questions, documents)."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :MRR_DEPTH].tolist()
    rows = []
    for question, ranked in enumerate(order):
        first = next((rank for rank, document in enumerate(ranked) if data.found(question, [document]) > 0), None)
        rows.append([data.found(question, ranked[:k]) for k in DEPTHS] + [0.0 if first is None else 1 / (first + 1)])
    return Measured(np.array(rows))


def bootstrap(before: Measured, after: Measured, draws: int = 5000, seed: int = 0) -> list[tuple[float, float, float]]:
    """Per column the mean difference with its 95 % interval, questions drawn in pairs with replacement."""
    difference = after.rows - before.rows
    picks = np.random.default_rng(seed).integers(0, len(difference), (draws, len(difference)))
    means = np.stack([difference[row].mean(axis=0) for row in picks])
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return [(float(d), float(a), float(b)) for d, a, b in zip(difference.mean(axis=0), low, high, strict=True)]


class WordLeg:
    """BM25 over words and 5-grams of a set's documents (or of other texts)."""

    def __init__(self, texts: Sequence[str], terms: Callable[[str], list[str]]) -> None:
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        self._columns: dict[str, int] = {}
        counts = [Counter(terms(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], np.float64)
        rare = Counter(term for count in counts for term in count)
        row, column, value = [], [], []
        for i, count in enumerate(counts):
            norm = K1 * (1 - B + B * lengths[i] / lengths.mean())
            for term, times in count.items():
                idf = np.log(1 + (len(texts) - rare[term] + 0.5) / (rare[term] + 0.5))
                row.append(i)
                column.append(self._columns.setdefault(term, len(self._columns)))
                value.append(idf * times * (K1 + 1) / (times + norm))
        self._matrix = csr_matrix((value, (row, column)), shape=(len(texts), len(self._columns)), dtype=np.float32).T.tocsr()

    def scores(self, queries: Sequence[Mapping[str, float]]) -> Scores:
        """The scores (queries, texts) of weighted terms."""
        from scipy.sparse import csr_matrix

        entries = [
            (i, self._columns[t], w) for i, query in enumerate(queries) for t, w in query.items() if t in self._columns
        ]
        row, column, value = (list(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        query_matrix = csr_matrix((value, (row, column)), shape=(len(queries), self._matrix.shape[0]), dtype=np.float32)
        found: Scores = (query_matrix @ self._matrix).toarray()
        return found


def all_terms(text: str) -> list[str]:
    """Words and 5-grams."""
    joined = re.sub(r"-\s*\n\s*", "", text)
    return words(joined) + ngrams(joined)


def word_scores(data: EvaluationSet) -> Scores:
    """The word leg's scores (questions, documents)."""
    return WordLeg(data.documents, all_terms).scores([Counter(all_terms(question)) for question in data.questions])


def dense_scores(data: EvaluationSet, encode: Encoder) -> tuple[Scores, Scores]:
    """The cosines of questions with documents, and with each document's best sentence."""
    questions = encode(data.questions)
    passages = questions @ encode(data.documents).T
    sentences = questions @ encode(data.sentences).T
    best = np.full(passages.shape, -1.0, np.float32)
    for document in range(len(data.documents)):
        columns = np.flatnonzero(data.sentence_of == document)
        if len(columns):
            best[:, document] = sentences[:, columns].max(axis=1)
    return passages, best


def fused(lexical: Scores, passages: Scores, sentences: Scores, weights: tuple[float, float] = (0.5, 1.0)) -> Scores:
    """The word leg by its maximum, plus the two dense legs between 0 and 1 times `weights`, per question."""
    return np.asarray(by_maximum(lexical) + weights[0] * by_range(passages) + weights[1] * by_range(sentences), np.float32)


def by_maximum(scores: Scores) -> Scores:
    """Every row divided by its maximum."""
    highest = scores.max(axis=1, keepdims=True)
    return np.asarray(scores / np.where(highest > 0, highest, 1), np.float32)


def by_range(scores: Scores) -> Scores:
    """Every row between 0 and 1."""
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    return np.asarray((scores - low) / np.maximum(high - low, 1e-9), np.float32)
