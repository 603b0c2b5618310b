"""ALCE against examples worked by hand, and how far the judge agrees with people."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from eval.alce import SAMPLE, Alce, Cited, agreement, alce, verify_judge


def parts_judge(statement: str, sources: Sequence[Cited]) -> bool:
    """Proved when every letter of the statement stands in one of the sources: "ab" by "a" and "b" together."""
    return set(statement) <= set("".join(source.text for source in sources))


def answer(*statements: tuple[str, list[str | None]]) -> dict[str, Any]:
    citations: list[dict[str, Any]] = []
    made = []
    for text, quotes in statements:
        numbers = []
        for quote in quotes:
            numbers.append(len(citations) + 1)
            citations.append({"n": len(citations) + 1, "quote": quote, "date": None, "title": None, "heading": None})
        made.append({"text": text, "citations": numbers})
    return {"answered": True, "statements": made, "citations": citations}


@pytest.mark.parametrize(
    ("statements", "recall", "precision"),
    [
        # One statement proved by its one citation.
        ([("a", ["a"])], 1.0, 1.0),
        # The second citation neither proves "a" nor is needed for it: 1 of 2 of use.
        ([("a", ["a", "x"])], 1.0, 0.5),
        # Neither proves "ab" alone, both are needed: both of use.
        ([("ab", ["a", "b"])], 1.0, 1.0),
        # Each proves "a" alone: neither is of no use, by ALCE's definition.
        ([("a", ["a", "a"])], 1.0, 1.0),
        # The third is of no use to a pair that proves together: 2 of 3.
        ([("ab", ["a", "b", "x"])], 1.0, 2 / 3),
        # Not proved: none of its citations counts, though one holds half of it.
        ([("ab", ["a", "x"])], 0.0, 0.0),
        # Two statements, one proved with 1 of 2 citations of use, one not: recall 1/2, precision 1/3.
        ([("a", ["a", "x"]), ("b", ["x"])], 0.5, 1 / 3),
        # A statement without citation is not proved and has no citation to count.
        ([("a", ["a"]), ("b", [])], 0.5, 1.0),
        # Nothing cited at all.
        ([("a", [])], 0.0, 0.0),
        # An invented citation: the statement does not count as proved.
        ([("a", ["a", None])], 0.0, 0.0),
    ],
)
def test_examples_worked_by_hand(statements: list[tuple[str, list[str | None]]], recall: float, precision: float) -> None:
    found = alce(answer(*statements), parts_judge)
    assert found is not None
    assert (found.recall, found.precision) == (pytest.approx(recall), pytest.approx(precision))


def test_a_refusal_has_no_alce() -> None:
    assert alce({"answered": False, "statements": [], "citations": []}, parts_judge) is None
    assert alce({"answered": True, "statements": [], "citations": []}, parts_judge) is None


def test_verify_is_the_judge_unless_told_otherwise() -> None:
    source = "De brug kostte in 2031 precies 1,5 miljoen euro."
    assert alce(answer(("De brug kostte 1,5 miljoen euro.", [source]))) == Alce(1.0, 1.0)
    assert alce(answer(("De brug kostte 2,5 miljoen euro.", [source]))) == Alce(0.0, 0.0)


def test_a_word_broken_at_a_line_end_is_read_whole() -> None:
    assert verify_judge("De stormvloedkering kostte 8 miljoen.", [Cited("De storm-\nvloedkering kostte 8 miljoen.")])


def test_the_agreement_of_a_judge_is_counted_by_hand(tmp_path: Any) -> None:
    sample = tmp_path / "sample.jsonl"
    pairs = [("a", "a", True), ("b", "b", True), ("c", "x", True), ("d", "d", False), ("e", "x", False)]
    lines = [{"statement": s, "sources": [t], "context": "", "date": None, "proved": label} for s, t, label in pairs]
    sample.write_text("\n".join(json.dumps(line) for line in lines))
    found = agreement(parts_judge, sample)
    assert (found.pairs, found.agreed) == (5, 0.6)
    assert found.kappa == pytest.approx((0.6 - 13 / 25) / (1 - 13 / 25))
    assert (found.missed, found.fooled) == (pytest.approx(1 / 3), 0.5)


def test_the_hand_labelled_sample_is_whole() -> None:
    pairs = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    assert len(pairs) == len({pair["statement"] for pair in pairs}) == 40
    assert sum(pair["proved"] for pair in pairs) == 17
    assert 0 < agreement().agreed <= 1
