import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fake_assistant import dike_and_bridge

from ui.review import (
    Judgement,
    ReviewError,
    Verdict,
    append,
    conversation_file,
    items_of,
    judge,
    latest,
    next_open,
    read,
    run_file,
    stored_answer,
    tally,
)

FAKE = dike_and_bridge()
ANSWER = FAKE.ask("Hoe lang wordt de dijk?")
ITEMS = items_of([("1", ANSWER), ("2", FAKE.ask("Hoeveel rijstroken krijgt de brug?"))])
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def given(at: int, verdict: Verdict, who: str, remark: str = "") -> Judgement:
    return judge(ITEMS[at], verdict, remark, who, NOW)


def test_every_citation_is_an_item_with_the_statements_that_cite_it():
    assert [(item.source, item.citation.n) for item in ITEMS] == [("1", 1), ("1", 2), ("2", 1)]
    assert [s.text for s in ITEMS[1].statements] == ["De dijk is in 2027 klaar."]
    assert len({item.key for item in ITEMS}) == 3


def test_an_item_is_the_same_in_every_run_and_another_with_another_statement():
    assert items_of([("x", FAKE.ask("Hoe lang wordt de dijk?"))])[0].key == ITEMS[0].key
    other = replace(ANSWER, statements=(replace(ANSWER.statements[0], text="Anders."), ANSWER.statements[1]))
    assert items_of([("x", other)])[0].key != ITEMS[0].key


def test_a_judgement_is_saved_at_once_and_read_back(tmp_path):
    file = tmp_path / "reviews" / "x.jsonl"
    judgements = [given(0, Verdict.GOOD, "AZ", " klopt "), given(1, Verdict.DOUBT, "AZ")]
    for one in judgements:
        append(file, one)
    assert read(file) == judgements
    line = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert line["verdict"] == "good"
    assert line["remark"] == "klopt"
    assert line["at"] == "2026-01-02T03:04:05+00:00"
    assert line["quote"] == ANSWER.citations[0].quote


def test_half_a_line_is_passed_over_and_the_next_judgement_starts_on_its_own(tmp_path):
    file = tmp_path / "x.jsonl"
    append(file, given(0, Verdict.GOOD, "AZ"))
    file.write_bytes(file.read_bytes() + b'{"item": "half')
    append(file, given(1, Verdict.WRONG, "AZ"))
    assert [one.verdict for one in read(file)] == [Verdict.GOOD, Verdict.WRONG]


def test_no_file_means_no_judgements(tmp_path):
    assert read(tmp_path / "niets.jsonl") == []


def test_a_folder_that_cannot_be_made_is_told_in_dutch(tmp_path):
    (tmp_path / "reviews").write_text("een bestand")
    with pytest.raises(ReviewError, match="kon niet worden bewaard"):
        append(tmp_path / "reviews" / "x.jsonl", given(0, Verdict.GOOD, "AZ"))


def test_the_last_judgement_of_a_person_counts():
    found = latest([given(0, Verdict.GOOD, "AZ"), given(0, Verdict.WRONG, "AZ"), given(0, Verdict.GOOD, "BY")])
    assert {who: one.verdict for (_, who), one in found.items()} == {"AZ": Verdict.WRONG, "BY": Verdict.GOOD}


def test_counts_and_agreement():
    judgements = [
        given(0, Verdict.GOOD, "AZ"),
        given(1, Verdict.WRONG, "AZ"),
        given(2, Verdict.GOOD, "AZ"),
        given(0, Verdict.GOOD, "BY"),
        given(1, Verdict.GOOD, "BY"),
    ]
    counts = tally(ITEMS, judgements, "AZ")
    assert (counts.items, counts.judged) == (3, 3)
    assert counts.verdicts == {Verdict.GOOD: 2, Verdict.WRONG: 1, Verdict.DOUBT: 0}
    assert (counts.shared, counts.agreed) == (2, 1)
    assert counts.kappa == pytest.approx(0.0)


def test_kappa_by_hand():
    # Both judged 3; observed 2/3; AZ: 2 good 1 wrong, BY: 1 good 2 wrong; chance (2*1 + 1*2)/9 = 4/9; (6/9-4/9)/(5/9) = 0.4.
    verdicts = {"AZ": "good good wrong", "BY": "good wrong wrong"}
    judgements = [given(at, Verdict(v), who) for who, said in verdicts.items() for at, v in enumerate(said.split())]
    assert tally(ITEMS, judgements, "AZ").kappa == pytest.approx(0.4)
    same = [given(at, Verdict.GOOD, who) for who in ("AZ", "BY") for at in range(3)]
    assert tally(ITEMS, same, "AZ").kappa is None


def test_judgements_of_other_items_do_not_count():
    assert tally(ITEMS[:1], [given(2, Verdict.GOOD, "AZ")], "AZ").judged == 0


def test_the_next_item_is_the_next_without_verdict_going_round():
    assert next_open(ITEMS, [], -1) == 0
    assert next_open(ITEMS, [ITEMS[1].key], 0) == 2
    assert next_open(ITEMS, [ITEMS[2].key], 2) == 0
    assert next_open(ITEMS, [item.key for item in ITEMS], 1) == 1


def test_the_file_of_a_conversation_does_not_give_its_token_away(tmp_path):
    assert "geheim-token" not in str(conversation_file(tmp_path, "geheim-token"))
    assert conversation_file(tmp_path, "a") != conversation_file(tmp_path, "b")
    assert run_file(tmp_path, "eerste") == tmp_path / "reviews" / "eerste.jsonl"


def test_a_stored_answer_comes_back_as_it_was():
    for answer in (ANSWER, FAKE.ask("Hoe hoog is de maan?")):
        assert stored_answer(json.loads(json.dumps(answer.to_dict()))).to_dict() == answer.to_dict()
