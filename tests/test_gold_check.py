"""Checking gold against the letters, and moving evidence in letters that changed, never in silence."""

from pathlib import Path
from typing import Any

import pytest
from fake_asker import LETTERS, gold_line, gold_set, place, span, unanswerable

from eval.anchor import make_pins
from eval.gold import GoldSet, read_gold
from eval.gold_check import check, reanchor
from eval.letter_texts import LetterTexts

HASHES = {name: f"hash of {name}" for name in LETTERS}
REAL = Path(__file__).parent.parent.parent / "shared" / "letters"


def messages(*lines: dict[str, Any], texts: dict[str, str] = LETTERS) -> list[str]:
    gold = gold_set(*lines)
    return [finding.text("g") for finding in check(gold, texts.get, HASHES.get, None)]


def test_a_good_set_has_no_findings() -> None:
    assert messages(gold_line(), unanswerable()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"evidence": [[{"letter": "weg.txt", "start": 0, "end": 5}]]}, "de brief weg.txt is er niet"),
        (
            {"evidence": [[{"letter": "meer.txt", "start": 0, "end": 999}]]},
            "bewijs 0-999 valt buiten meer.txt (60 tekens)",
        ),
        (
            {"facts": [["2 miljoen"], ["1,5 miljoen"]], "answer": "2 miljoen, 1,5 miljoen"},
            "geen van '2 miljoen' staat in het bewijs",
        ),
        ({"answer": "Een hoop geld."}, "het voorbeeldantwoord mist '1,5 miljoen', '1,5 mln'"),
        ({"answer": "1,5 miljoen, niet 1,4 miljoen"}, "het voorbeeldantwoord bevat de valstrik '1,4 miljoen'"),
        ({"facts": [], "traps": []}, "let op, zonder facts telt deze vraag niet mee bij de goede antwoorden"),
        ({"evidence": []}, "let op, zonder evidence telt deze vraag niet mee bij het zoeken"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], message: str) -> None:
    assert messages(gold_line(**changes)) == [f"g, regel 1 (q1): {message}"]


def test_evidence_that_leans_on_white_space_is_named() -> None:
    letter, start, end = place("brug.txt", "De reparatie kostte 1,5 miljoen euro en duurde negen weken.")
    found = messages(gold_line(evidence=[[span((letter, start - 1, end))]]))
    assert found == [f"g, regel 1 (q1): bewijs {start - 1}-{end} in brug.txt begint of eindigt met witruimte"]


def test_a_piece_of_a_number_in_the_evidence_is_no_fact() -> None:
    assert "geen van '5 miljoen' staat in het bewijs" in messages(gold_line(facts=[["5 miljoen"]], answer="5 miljoen"))[0]


def test_a_derived_answer_need_not_stand_in_the_evidence() -> None:
    assert messages(gold_line(facts=[["3 miljoen"]], answer="3 miljoen", derived=True)) == []


def test_nearly_the_same_question_is_a_warning_on_the_later_line() -> None:
    one = gold_line(question="Hoeveel miljoen euro kostte de reparatie van de brug van Zandwijk in totaal?")
    other = gold_line(id="q3", question="Hoeveel zwanen telt het meer?")
    same = gold_line(id="q2", question=one["question"].replace("kostte", "kost"))
    assert messages(one, other, same) == [f"g, regel 3 (q2): let op, lijkt erg op de vraag op regel 1: {one['question']}"]


def test_a_follow_up_is_not_like_the_question_that_it_follows() -> None:
    one = gold_line(question="Hoeveel miljoen kostte de reparatie van de brug van Zandwijk precies?")
    two = gold_line(id="q2", question="En toen?", kind="vervolg", history=[one["question"]])
    assert messages(one, two) == []


def pinned() -> tuple[GoldSet, Any]:
    gold = gold_set(gold_line())
    return gold, make_pins(gold, LETTERS.get, HASHES.get)


def test_a_changed_letter_is_an_error_until_the_evidence_is_moved() -> None:
    gold, pins = pinned()
    assert check(gold, LETTERS.get, HASHES.get, pins) == []
    found = check(gold, LETTERS.get, {**HASHES, "brug.txt": "other"}.get, pins)
    assert [f.message for f in found] == [
        "de tekst van brug.txt is veranderd sinds het bewijs is vastgelegd; zie --reanchor"
    ]


def test_evidence_moves_with_its_words_and_every_move_is_told() -> None:
    gold, pins = pinned()
    texts = {**LETTERS, "brug.txt": "Een nieuw briefhoofd.\n\n" + LETTERS["brug.txt"].replace("kostte ", "kostte\n")}
    found = reanchor(gold, texts.get, {**HASHES, "brug.txt": "other"}.get, pins)
    (moved,) = found.questions[0].evidence[0]
    assert texts["brug.txt"][moved.start : moved.end].startswith("De reparatie kostte\n1,5 miljoen")
    assert found.lines == (f"brug.txt 37-96 is nu {moved.start}-{moved.end}",)
    assert found.lost == ()


def test_words_that_are_gone_or_stand_twice_stay_and_are_told() -> None:
    gold, pins = pinned()
    hashes = {**HASHES, "brug.txt": "other"}
    gone = reanchor(gold, {"brug.txt": "Niets meer."}.get, hashes.get, pins)
    assert gone.lost == ("brug.txt 37-96: staat er niet meer",)
    twice = reanchor(gold, {"brug.txt": LETTERS["brug.txt"] * 2}.get, hashes.get, pins)
    assert twice.lost == ("brug.txt 37-96: staat er 2 keer",)
    assert gone.questions == twice.questions == gold.questions


def test_a_letter_that_did_not_change_is_left_alone() -> None:
    gold, pins = pinned()
    found = reanchor(gold, {"brug.txt": "x" + LETTERS["brug.txt"]}.get, HASHES.get, pins)
    assert (found.questions, found.lines, found.lost) == (gold.questions, (), ())


@pytest.mark.skipif(not REAL.is_dir(), reason="the real letters are not there")
def test_the_development_set_fits_the_real_letters() -> None:
    from eval.anchor import read_pins

    path = Path(__file__).parent.parent / "eval" / "gold" / "kamerbrieven.jsonl"
    letters = LetterTexts.of_folder(REAL)
    pins = read_pins(path)
    assert pins is not None
    assert [f for f in check(read_gold(path), letters.texts.get, letters.hashes.get, pins) if f.error] == []
    assert len(pins.spans) == 112
