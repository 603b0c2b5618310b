"""A reranker shifts what the selector thinks; without one nothing changes."""

from collections.abc import Sequence

import pytest

from rag.rerank import open_reranker, shifts


def test_none_is_no_reranker() -> None:
    assert open_reranker("none") is None


def test_a_shift_is_the_distance_to_the_mean_in_standard_deviations() -> None:
    assert shifts([1.0, 3.0]) == pytest.approx([-1.0, 1.0])
    assert shifts([0.0, 0.0, 6.0]) == pytest.approx([-0.7071, -0.7071, 1.4142], abs=1e-4)


def test_equal_scores_and_no_scores_shift_nothing() -> None:
    assert shifts([2.0, 2.0]) == [0.0, 0.0]
    assert shifts([]) == []


class Prefers:
    """Gives a sentence that holds a word 1, others 0."""

    def __init__(self, word: str) -> None:
        self._word = word

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        return [float(self._word in sentence) for sentence in sentences]
