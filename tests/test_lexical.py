import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import lexical
from index.lexical import Field, Postings, build, combine

TERMS = st.lists(st.sampled_from("duin strand zee golf schelp krab".split()), max_size=8)
PASSAGES = st.lists(TERMS, max_size=12)
WEIGHTS = st.dictionaries(st.sampled_from("duin strand zee golf schelp krab walvis".split()), st.floats(0.1, 3), max_size=5)


def bm25(passages: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """The formula, word by word."""
    average = sum(map(len, passages)) / len(passages) or 1
    scores = []
    for terms in passages:
        score = 0.0
        for term, weight in weights.items():
            count, frequency = terms.count(term), sum(term in other for other in passages)
            idf = math.log(1 + (len(passages) - frequency + 0.5) / (frequency + 0.5))
            score += weight * idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(terms) / average))
        scores.append(score)
    return scores


def split(passages: Sequence[Sequence[str]], cuts: Sequence[int]) -> list[Postings]:
    """The passages as segments that start at `cuts`."""
    bounds = [0, *sorted(min(cut, len(passages)) for cut in cuts), len(passages)]
    return [build(passages[start:end]) for start, end in pairwise(bounds)]


def test_score_of_one_term_is_what_the_formula_gives_by_hand() -> None:
    # N = 2, df = 1, so idf = ln(1 + 1.5 / 1.5) = ln 2; lengths 2 and 4, mean 3; 1.2 * (0.25 + 0.75 * 2 / 3) = 0.9.
    field = Field([build([["duin", "zee"], ["zee", "zee", "golf", "krab"]])])
    assert field.scores({"duin": 1.0}).tolist() == pytest.approx([math.log(2) * 2.2 / 1.9, 0.0])


@settings(max_examples=40, deadline=None)
@given(passages=PASSAGES.filter(len), weights=WEIGHTS)
def test_scores_are_those_of_the_plain_formula(passages: list[list[str]], weights: dict[str, float]) -> None:
    assert Field([build(passages)]).scores(weights).tolist() == pytest.approx(bm25(passages, weights), rel=1e-5)


@settings(max_examples=40, deadline=None)
@given(passages=PASSAGES, weights=WEIGHTS, cuts=st.lists(st.integers(0, 12), max_size=4))
def test_segments_do_not_change_one_bit_of_a_score(
    passages: list[list[str]], weights: dict[str, float], cuts: list[int]
) -> None:
    whole, parts = Field([build(passages)]), Field(split(passages, cuts))
    assert whole.scores(weights).tolist() == parts.scores(weights).tolist()
    for term in weights:
        assert parts.document_frequency(term) == sum(term in terms for terms in passages)


@settings(max_examples=40, deadline=None)
@given(
    passages=PASSAGES, kept=st.lists(st.booleans(), min_size=12, max_size=12), cuts=st.lists(st.integers(0, 12), max_size=3)
)
def test_combining_what_is_kept_gives_the_arrays_of_a_fresh_build(
    passages: list[list[str]], kept: list[bool], cuts: list[int]
) -> None:
    parts, at = [], 0
    for postings in split(passages, cuts):
        size = len(postings.lengths)
        parts.append((postings, np.array(kept[at : at + size], dtype=bool)))
        at += size
    joined = combine(parts)
    fresh = build([terms for terms, keep in zip(passages, kept, strict=False) if keep])
    for name in Postings.__slots__:
        np.testing.assert_array_equal(getattr(joined, name), getattr(fresh, name))
        assert getattr(joined, name).dtype == getattr(fresh, name).dtype


def test_order_of_the_query_terms_does_not_change_one_bit() -> None:
    passages = [["duin", "zee", "golf"] * n + ["krab"] for n in range(1, 9)]
    field = Field([build(passages)])
    forth = {"duin": 0.3, "zee": 0.7, "golf": 1.1, "krab": 0.9}
    assert field.scores(forth).tolist() == field.scores(dict(reversed(forth.items()))).tolist()


def test_term_in_more_than_half_of_many_passages_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    field = Field([build([["duin", "zee"], ["zee"], ["golf"]])])
    full = field.scores({"zee": 1.0, "golf": 1.0})
    monkeypatch.setattr(lexical, "MANY", 1)
    assert field.scores({"zee": 1.0, "golf": 1.0}).tolist() == [0.0, 0.0, full[2]]
    assert full[0] > 0


def test_a_term_counts_up_to_255_times() -> None:
    assert build([["zee"] * 300]).counts.tolist() == [255]


def test_no_passages_and_no_terms_give_no_scores() -> None:
    assert Field([]).scores({"zee": 1.0}).tolist() == []
    assert Field([build([["zee"]])]).scores({}).tolist() == [0.0]
    assert Field([build([[], []])]).scores({"zee": 1.0}).tolist() == [0.0, 0.0]


def test_document_frequency_counts_the_passages_of_all_segments() -> None:
    field = Field([build([["duin", "zee"], ["zee", "zee"]]), build([]), build([["zee"], ["golf"]])])
    assert [field.document_frequency(term) for term in ("zee", "duin", "golf", "krab")] == [3, 1, 1, 0]
    assert Field([]).document_frequency("zee") == 0
