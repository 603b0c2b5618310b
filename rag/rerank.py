"""Rerank: let a cross-encoder read the question together with the passages that were found.

A cross-encoder sees question and sentence at once and so understands a paraphrase, or what "dit" speaks of, where the
selector's features only see words that are alike. It is too slow for more than a few passages, and knows nothing of dates
and letters; so its score joins the selector's, and that of its best sentence joins the refusal model's. The embedded one
(rag/embedded_reranker.py) comes with the program; a setting names any cross-encoder of sentence-transformers instead.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from index.embed import EMBEDDED
from index.errors import SettingsError
from rag.linear import LinearModel, load

NONE = "none"
DEPTH = 4
"""Passages of a question that are read."""
SELECTOR = ("selector", "reranker")
REFUSAL = ("refusal", "reranker")


class Reranker(Protocol):
    """A model that reads a question and a passage together.

    `selector` makes a sentence's probability from the log-odds of the selector and this model's score. `refusal` makes the
    probability that the question can be answered from the log-odds of the refusal model and the best score; None where the
    scores of two questions cannot be compared.
    """

    selector: LinearModel
    refusal: LinearModel | None

    def scores(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[float]]:
        """For every sentence of every passage its score as an answer; higher is better."""
        ...


@lru_cache(maxsize=1)
def open_reranker(name: str) -> Reranker | None:
    """The reranker "embedded", or with this name or folder; None for "none". Raises SettingsError when there is none."""
    if name == NONE:
        return None
    if name == EMBEDDED:
        from rag.embedded_reranker import EmbeddedReranker

        return EmbeddedReranker(load("selector_reranked", SELECTOR), load("refusal_reranked", REFUSAL))
    return CrossEncoderReranker(name)


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers; a standard deviation above the mean score of a question's sentences adds 1
    to the log-odds of a sentence."""

    selector = LinearModel(SELECTOR, (1.0, 1.0), 0.0)
    refusal: LinearModel | None = None

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(name)
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"De cross-encoder '{name}' is niet te laden ({error}). Zet bij 'reranker' een andere, 'embedded' of 'none'."
            ) from error

    def scores(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[float]]:
        found = self._model.predict([(question, sentence) for passage in passages for sentence in passage])
        one_by_one = iter(standardised([float(score) for score in found]))
        return [[next(one_by_one) for _ in passage] for passage in passages]


def standardised(scores: Sequence[float]) -> list[float]:
    """Every score as its distance to the mean in standard deviations; 0 where all are equal."""
    if not scores:
        return []
    mean = sum(scores) / len(scores)
    deviation = (sum((score - mean) ** 2 for score in scores) / len(scores)) ** 0.5
    return [(score - mean) / deviation if deviation else 0.0 for score in scores]
