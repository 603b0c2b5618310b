"""Fit the sentence selector and the refusal model, held apart by collection, and write them as readable JSON.

The selector learns to rank: a conditional logit (softmax over the sentences of one question, Cao et al., "Learning to Rank",
2007; L2), whose scores a logistic regression of one slope then turns into probabilities. The refusal model is a logistic
regression (L2, scikit-learn). It learns from what the selector, fitted on the other folds, makes of answerable and
unanswerable questions, so that it never sees probabilities that are too good to be true.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
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


@dataclass(frozen=True, slots=True)
class SelectorRows:
    """Every sentence of the retrieved passages: features (n, names), whether it answers, its question and its fold."""

    rows: NDArray[np.float64]
    labels: NDArray[np.int64]
    questions: NDArray[np.int64]
    folds: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_]) -> "SelectorRows":
        """The rows where `chosen` is true."""
        return SelectorRows(self.rows[chosen], self.labels[chosen], self.questions[chosen], self.folds[chosen])


def selector_rows(found: Sequence[Example]) -> SelectorRows:
    """The sentences of all questions; those of an unanswerable one all have label 0."""
    rows, labels, questions, folds = [], [], [], []
    for number, example in enumerate(found):
        for hit in example.hits:
            for position in features.readable(hit):
                rows.append(features.features(example.weighing, hit, position))
                labels.append(int(example.label(hit, position)))
                questions.append(number)
                folds.append(example.fold)
    return SelectorRows(np.array(rows), np.array(labels), np.array(questions), np.array(folds))


def rank(data: SelectorRows, names: Sequence[str], strength: float = 0.01) -> LinearModel:
    """A conditional logit on standardised features: for each question that has an answering sentence, the share of the
    softmax that falls on such sentences is made as large as possible. Its scores are scaled to probabilities."""
    mean, scale = data.rows.mean(0), data.rows.std(0)
    scale[scale == 0] = 1.0
    answered = np.isin(data.questions, data.questions[data.labels == 1])
    rows = (data.rows[answered] - mean) / scale
    right = data.labels[answered].astype(float)
    _, starts, group = np.unique(data.questions[answered], return_index=True, return_inverse=True)

    def loss(coefficients: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ coefficients
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        every, good = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts)
        gradient = rows.T @ (raised / every[group] - raised * right / good[group])
        value = np.log(every).sum() - np.log(good).sum() + 0.5 / strength * coefficients @ coefficients
        return float(value), gradient + coefficients / strength

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x / scale
    slope = LogisticRegression(C=1e3).fit((data.rows @ found)[:, None], data.labels)
    coefficients = found * slope.coef_[0][0]
    return LinearModel(tuple(names), tuple(float(c) for c in coefficients), float(slope.intercept_[0]))


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
    data = selector_rows(found)
    return rank(data, features.NAMES), [rank(data.of(data.folds != fold), features.NAMES) for fold in range(FOLDS)]


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
