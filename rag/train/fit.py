"""Fit the sentence selector and the refusal model, held apart by collection, and write them as readable JSON.

Both are logistic regressions (L2, scikit-learn). The selector learns from every sentence of the retrieved passages; the
refusal model then learns from what the selector, fitted on the other folds, makes of answerable and unanswerable questions,
so that it never sees probabilities that are too good to be true.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from rag import features, refuse, select
from rag.assistant import Assistant
from rag.linear import DATA, LinearModel
from rag.question import understand
from rag.retrieve import Hit
from rag.train.corpus import Labelled
from rag.weigh import Weighing

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the models see it: its hits and, per hit and sentence, whether that sentence answers."""

    labelled: Labelled
    weighing: Weighing
    hits: tuple[Hit, ...]
    fold: int

    def label(self, hit: Hit, position: int) -> bool:
        """Whether the sentence overlaps an answering span by at least half of the shorter of the two."""
        if hit.passage.letter != f"{self.labelled.passage}.txt":
            return False
        spans = hit.passage.sentences[position].spans
        start, end = spans[0].start, spans[-1].end
        return any(
            min(end, b) - max(start, a) >= 0.5 * min(end - start, b - a)
            for a, b in self.labelled.spans
            if b > a and end > start
        )


def examples(assistant: Assistant, questions: Sequence[Labelled], fold: int) -> list[Example]:
    """Ask every question of one collection; `fold` is the collection's."""
    found = []
    for labelled in questions:
        hits, weighing = assistant.evidence(understand(labelled.question))
        found.append(Example(labelled, weighing, tuple(hits), fold))
    return found


def selector_rows(found: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Features, labels and fold of every sentence of the answerable questions whose passage was found."""
    rows, labels, folds = [], [], []
    for example in found:
        if not example.labelled.answerable:
            continue
        for hit in example.hits:
            for position in features.readable(hit):
                rows.append(features.features(example.weighing, hit, position))
                labels.append(int(example.label(hit, position)))
                folds.append(example.fold)
    return np.array(rows), np.array(labels), np.array(folds)


def fit(rows: NDArray[np.float64], labels: NDArray[np.int64], names: Sequence[str], strength: float = 1.0) -> LinearModel:
    """A logistic regression on standardised features, with the standardisation folded into the coefficients."""
    mean, scale = rows.mean(0), rows.std(0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=2000).fit((rows - mean) / scale, labels)
    coefficients = model.coef_[0] / scale
    intercept = float(model.intercept_[0] - (coefficients * mean).sum())
    return LinearModel(tuple(names), tuple(float(c) for c in coefficients), intercept)


def fit_selectors(found: Sequence[Example]) -> tuple[LinearModel, list[LinearModel]]:
    """The selector on everything, and for each fold the one fitted on the other folds."""
    rows, labels, folds = selector_rows(found)
    apart = [fit(rows[folds != fold], labels[folds != fold], features.NAMES) for fold in range(FOLDS)]
    return fit(rows, labels, features.NAMES), apart


def refusal_rows(
    found: Sequence[Example], selectors: Sequence[LinearModel]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Refusal features of every question, with the selector of the other folds; label 1 is answerable."""
    rows, labels, folds = [], [], []
    for example in found:
        ranked = select.candidates(example.weighing, example.hits, selectors[example.fold])
        rows.append(refuse.features(example.weighing, ranked))
        labels.append(int(example.labelled.answerable))
        folds.append(example.fold)
    return np.array(rows), np.array(labels), np.array(folds)


def refusal_f1(probabilities: NDArray[np.float64], labels: NDArray[np.int64], threshold: float) -> float:
    """F1 of refusing (label 0) when everything below `threshold` is refused."""
    refused = probabilities < threshold
    right = int((refused & (labels == 0)).sum())
    return 2 * right / (int(refused.sum()) + int((labels == 0).sum()))


def threshold(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """The lowest threshold whose F1 of refusing lies within 0.02 of the best."""
    grid = [round(0.025 * step, 3) for step in range(4, 37)]
    scores = [refusal_f1(probabilities, labels, t) for t in grid]
    return next(t for t, score in zip(grid, scores, strict=True) if score >= max(scores) - 0.02)


def apart(
    rows: NDArray[np.float64], labels: NDArray[np.int64], folds: NDArray[np.int64], names: Sequence[str]
) -> NDArray[np.float64]:
    """The probability of every row by the model fitted on the other folds."""
    found = np.zeros(len(rows))
    for fold in range(FOLDS):
        model = fit(rows[folds != fold], labels[folds != fold], names)
        found[folds == fold] = [model.probability(row) for row in rows[folds == fold]]
    return found


def write(name: str, model: LinearModel, note: str) -> Path:
    """The model as rag/data/<name>.json, coefficients by name."""
    path = DATA / f"{name}.json"
    coefficients = {n: round(c, 5) for n, c in zip(model.names, model.coefficients, strict=True)}
    text = json.dumps({"about": note, "intercept": round(model.intercept, 5), "coefficients": coefficients}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path
