"""A reranker shifts what the selector thinks; without one nothing changes."""

from collections.abc import Sequence

import pytest

from rag import select
from rag.assistant import Assistant
from rag.question import understand
from rag.rerank import DEPTH, open_reranker, shifts


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


def test_a_sentence_that_the_reranker_prefers_moves_up(assistant: Assistant) -> None:
    question = "Hoeveel lidstaten deden mee aan de vergadering van de kustlanden in Zuiderhaven?"
    hits, weighing = assistant.evidence(understand(question))
    ranked = select.candidates(weighing, hits)
    word = ranked[3].sentence.text
    moved = select.reranked(question, ranked, Prefers(word))
    assert [c.sentence.text for c in moved].index(word) < 3
    assert len(moved) == len(ranked)
    unread = {c.sentence.text: c.probability for c in ranked if c.hit.rank > DEPTH}
    assert unread
    assert {c.sentence.text: c.probability for c in moved if c.hit.rank > DEPTH} == unread
