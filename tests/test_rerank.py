"""A reranker's scores join what the selector thinks; without one nothing changes."""

from collections.abc import Sequence

import pytest

from rag import refuse, select
from rag.assistant import Assistant
from rag.linear import LinearModel
from rag.question import understand
from rag.rerank import DEPTH, REFUSAL, SELECTOR, open_reranker, standardised

QUESTION = "Hoeveel lidstaten deden mee aan de vergadering van de kustlanden in Zuiderhaven?"


def test_none_is_no_reranker() -> None:
    assert open_reranker("none") is None


def test_scores_are_told_as_distance_to_the_mean_in_standard_deviations() -> None:
    assert standardised([1.0, 3.0]) == pytest.approx([-1.0, 1.0])
    assert standardised([0.0, 0.0, 6.0]) == pytest.approx([-0.7071, -0.7071, 1.4142], abs=1e-4)


def test_equal_scores_and_no_scores_tell_nothing() -> None:
    assert standardised([2.0, 2.0]) == [0.0, 0.0]
    assert standardised([]) == []


class Prefers:
    """Gives a sentence that holds a text 9, others 0."""

    selector = LinearModel(SELECTOR, (1.0, 1.0), 0.0)
    refusal: LinearModel | None = LinearModel(REFUSAL, (1.0, 1.0), -2.0)

    def __init__(self, text: str) -> None:
        self._text = text

    def scores(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[float]]:
        return [[9.0 * (self._text in sentence) for sentence in passage] for passage in passages]


def test_a_sentence_that_the_reranker_prefers_moves_up(assistant: Assistant) -> None:
    hits, weighing = assistant.evidence(understand(QUESTION))
    ranked = select.candidates(weighing, hits)
    wanted = next(c for c in ranked[3:] if c.hit.rank <= DEPTH).sentence.text
    moved = select.reranked(weighing, ranked, Prefers(wanted))
    assert moved[0].sentence.text == wanted
    assert len(moved) == len(ranked)


def test_the_passages_that_were_read_go_by_their_best_sentence(assistant: Assistant) -> None:
    hits, weighing = assistant.evidence(understand(QUESTION))
    ranked = select.candidates(weighing, hits)
    wanted = next(c for c in ranked if c.hit.rank == DEPTH)
    moved = select.reranked(weighing, ranked, Prefers(wanted.sentence.text))
    ordered = select.by_best_sentence(hits, moved)
    assert ordered[0] == wanted.hit
    assert ordered[DEPTH:] == hits[DEPTH:]
    assert sorted(hit.rank for hit in ordered[:DEPTH]) == list(range(1, DEPTH + 1))


def test_what_was_not_read_counts_as_the_worst_that_was(assistant: Assistant) -> None:
    hits, weighing = assistant.evidence(understand(QUESTION))
    ranked = select.candidates(weighing, hits)
    moved = select.reranked(weighing, ranked, Prefers(ranked[0].sentence.text))
    unread = [c for c in moved if c.hit.rank > DEPTH]
    assert unread
    assert {c.score for c in unread} == {0.0}
    before = {(c.passage.id, c.position): c.probability for c in ranked}
    assert all(c.probability == pytest.approx(before[c.passage.id, c.position], abs=1e-5) for c in unread)


def test_the_best_score_joins_the_refusal_models_probability() -> None:
    verdict = refuse.Verdict(0.5, ())
    assert refuse.after_reading(verdict, [], LinearModel(REFUSAL, (1.0, 1.0), 0.0)) == verdict


def test_a_well_read_sentence_makes_an_answer_more_likely(assistant: Assistant) -> None:
    hits, weighing = assistant.evidence(understand(QUESTION))
    ranked = select.candidates(weighing, hits)
    verdict = refuse.judge(weighing, ranked)
    model = LinearModel(REFUSAL, (1.0, 1.0), -2.0)
    liked = refuse.after_reading(verdict, select.reranked(weighing, ranked, Prefers(ranked[0].sentence.text)), model)
    disliked = refuse.after_reading(verdict, select.reranked(weighing, ranked, Prefers("komt nergens voor")), model)
    assert disliked.probability < verdict.probability < liked.probability
