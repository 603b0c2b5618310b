"""Rank measures against trec_eval (through ir_measures) and against the formulas written out."""

import math

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.retrieval import CUTOFFS, rank_scores, recall_at

found_lists = st.lists(st.one_of(st.none(), st.integers(1, 15)), min_size=1, max_size=5)


def test_by_hand() -> None:
    scores = rank_scores({"a": (2, 3), "b": (None,), "c": (1, 1)}, {"a": 5, "b": 5, "c": 5})
    ideal = 1 + 1 / math.log2(3)
    assert scores["a"].mrr == pytest.approx(1 / 2)
    assert scores["a"].ndcg == pytest.approx((1 / math.log2(3) + 1 / math.log2(4)) / ideal, abs=1e-4)
    assert (scores["b"].mrr, scores["b"].ndcg) == (0.0, 0.0)
    assert (scores["c"].mrr, scores["c"].ndcg) == (1.0, 1.0)


def test_no_passages_is_zero_and_no_questions_is_nothing() -> None:
    assert rank_scores({"a": (None,)}, {"a": 0})["a"].ndcg == 0.0
    assert rank_scores({}, {}) == {}


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), found_lists, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_recall_equals_trec_eval_with_one_query_per_piece(found: dict[str, list[int | None]]) -> None:
    pieces = [(f"{query} {at}", rank) for query, ranks in found.items() for at, rank in enumerate(ranks)]
    qrels = [ir_measures.Qrel(query, "none" if rank is None else str(rank), 1) for query, rank in pieces]
    run = [ir_measures.ScoredDoc(query, str(rank), float(-rank)) for query, _ in pieces for rank in range(1, 16)]
    for k in CUTOFFS:
        measure = ir_measures.R @ k
        outside = {metric.query_id: metric.value for metric in ir_measures.iter_calc([measure], qrels, run)}
        for query, ranks in found.items():
            mean = sum(outside[f"{query} {at}"] for at in range(len(ranks))) / len(ranks)
            assert recall_at(ranks, k) == pytest.approx(mean)


@given(found_lists)
@settings(max_examples=60, deadline=None)
def test_mrr_and_ndcg_equal_the_formulas(ranks: list[int | None]) -> None:
    gains: dict[int, int] = {}
    for rank in ranks:
        if rank is not None:
            gains[rank] = gains.get(rank, 0) + 1
    gain = sum(g / math.log2(1 + rank) for rank, g in gains.items() if rank <= 10)
    ideals = sorted([*gains.values(), *(1 for rank in ranks if rank is None)], reverse=True)
    ideal = sum(g / math.log2(1 + at) for at, g in enumerate(ideals, 1) if at <= 10)
    score = rank_scores({"q": ranks}, {"q": 15})["q"]
    assert score.ndcg == pytest.approx(gain / ideal, abs=1e-4)
    assert score.mrr == pytest.approx(max((1 / r for r in gains if r <= 10), default=0.0), abs=1e-4)
