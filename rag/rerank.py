"""Rerank: let a cross-encoder read the question together with the sentences that were found.

Off unless asked for: a small Dutch cross-encoder of our own was trained and did not clearly pay for its 20 MB and its time
(docs/reranker.md). A setting names any cross-encoder of sentence-transformers instead; it reads each sentence of the first
passages with the question, and its opinion shifts the selector's.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from index.errors import SettingsError

NONE = "none"
DEPTH = 6
"""Passages of a question whose sentences are read."""
WEIGHT = 1.0
"""Log-odds that one standard deviation above the question's mean score adds to a sentence."""


class Reranker(Protocol):
    """A model that reads a question and a sentence together."""

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        """One score for each sentence; higher is a better answer, comparable only within one question."""
        ...


@lru_cache(maxsize=1)
def open_reranker(name: str) -> Reranker | None:
    """The reranker with this name or folder, None for "none"; raises SettingsError when there is no such model."""
    return None if name == NONE else CrossEncoderReranker(name)


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(name)
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"De cross-encoder '{name}' is niet te laden ({error}). Noem een andere bij 'reranker', of 'none'."
            ) from error

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        return [float(score) for score in self._model.predict([(question, sentence) for sentence in sentences])]


def shifts(scores: Sequence[float]) -> list[float]:
    """What each score adds to the log-odds of its sentence: WEIGHT times its distance to the mean in standard deviations."""
    if not scores:
        return []
    mean = sum(scores) / len(scores)
    deviation = (sum((score - mean) ** 2 for score in scores) / len(scores)) ** 0.5
    return [WEIGHT * (score - mean) / deviation if deviation else 0.0 for score in scores]
