"""Fit how the reranker's scores join those of the selector and of the refusal model.

Two logistic models of two values each, fitted on what none of the three has learnt from: the training passages that the
reranker's training held apart, with selector and refusal models of the other folds, and, for sentences, our own parts kept
apart. Both kinds of question weigh the same: the former use more of the passage's words than people do, the latter hardly
any. For refusing the latter are no guide: there unknown words would stop being a sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.train.sets import is_held
from index.train.written import Part
from rag import refuse, select
from rag.linear import LinearModel, log_odds
from rag.rerank import REFUSAL, SELECTOR, Reranker
from rag.train.corpus import Collection, Labelled
from rag.train.fit import Example, fit

EVERY = 5
"""Of our own questions one in so many is asked."""

EQUAL_COST = 0.2
"""The fitted probability at which a false answer and a false refusal are as likely on gold questions. It lies below one
half: the passages held apart are nearer to what the reranker learnt than whole letters are, and score higher."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read: of every sentence the selector's probability, the reranker's score, and whether it answers."""

    answerable: bool
    sentences: tuple[tuple[float, float, bool], ...]


def collection_of(part: Part) -> tuple[Collection, list[Labelled]]:
    """Our own passages of one part as a collection, and all their questions."""
    texts = {passage.id: passage.text for passage in part.passages}
    asked = [
        Labelled(question, passage.id, tuple(passage.sentences[n] for n in answers))
        for passage in part.passages
        for question, answers in zip(passage.questions, passage.answers, strict=True)
    ]
    asked += [Labelled(question, passage, (), kind) for passage, question, kind in part.unanswerable]
    return Collection(part.name, texts), asked


def is_apart(example: Example) -> bool:
    """Whether the reranker's training held `example` apart: it is about such a passage, or about none."""
    return example.labelled.passage is None or is_held(example.labelled.passage)


def readings(found: Sequence[Example], selectors: Sequence[LinearModel], reranker: Reranker) -> list[Reading]:
    """What `reranker` makes of `found`; `selectors` are those fitted without each fold."""
    return [Reading(example.labelled.answerable, _read(example, selectors[example.fold], reranker)) for example in found]


def sentence_blend(kinds: Sequence[Sequence[Reading]]) -> LinearModel:
    """The model of rag.rerank.SELECTOR from readings of several kinds of question, which weigh the same."""
    rows = [
        np.array(
            [(log_odds(before), score, right) for one in found if one.answerable for before, score, right in one.sentences],
            dtype=np.float64,
        )
        for found in kinds
    ]
    size = max(len(found) for found in rows)
    drawn = np.concatenate([found[np.arange(size) % len(found)] for found in rows])
    return fit(drawn[:, :2], drawn[:, 2].astype(np.int64), SELECTOR)


def refusal_blend(found: Sequence[Reading], before: Sequence[float]) -> LinearModel:
    """The model of rag.rerank.REFUSAL; `before` are the probabilities of the refusal model for `found`.

    The intercept is moved so that EQUAL_COST lies at refuse.THRESHOLD.
    """
    best = [max((score for _, score, _ in one.sentences), default=0.0) for one in found]
    rows = np.array([(log_odds(probability), score) for probability, score in zip(before, best, strict=True)])
    model = fit(rows, np.array([int(one.answerable) for one in found]), REFUSAL)
    return replace(model, intercept=model.intercept + log_odds(refuse.THRESHOLD) - log_odds(EQUAL_COST))


def _read(example: Example, selector: LinearModel, reranker: Reranker) -> tuple[tuple[float, float, bool], ...]:
    ranked = select.candidates(example.weighing, example.hits, selector)
    own = {(c.passage.id, c.position): c.probability for c in ranked}
    return tuple(
        (own[c.passage.id, c.position], c.score, example.label(c.hit, c.position))
        for c in select.reranked(example.weighing, ranked, reranker)
        if c.score is not None
    )
