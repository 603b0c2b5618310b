"""Reading gold files: what is valid, and a Dutch line with its number for every error."""

import json
from pathlib import Path
from typing import Any

import pytest
from fake_asker import gold_line, gold_set, unanswerable

from eval.gold import GoldError, parse_gold, read_gold
from rag.turn import Turn

DEVELOPMENT = Path(__file__).parent.parent / "eval" / "gold" / "kamerbrieven.jsonl"


def errors_of(*lines: bytes | dict[str, Any]) -> tuple[str, ...]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    with pytest.raises(GoldError) as caught:
        parse_gold(b"\n".join(raw), Path("vragen.jsonl"))
    return caught.value.lines


def test_the_development_set_is_valid() -> None:
    gold = read_gold(DEVELOPMENT)
    assert len(gold.questions) == 100
    assert sum(question.answerable for question in gold.questions) == 90
    assert len(gold.letters) == 5
    assert gold.lines == tuple(range(1, 101))


def test_a_question_is_read_with_its_places() -> None:
    question = gold_set(gold_line()).questions[0]
    assert question.facts == (("1,5 miljoen", "1,5 mln"),)
    assert (question.evidence[0][0].letter, question.letters) == ("brug.txt", ("brug.txt",))


def test_history_becomes_turns() -> None:
    line = gold_line(kind="vervolg", history=["Eerst?", {"question": "Toen?", "answer": "Zo."}])
    assert gold_set(line).questions[0].turns == (Turn("Eerst?"), Turn("Toen?", "Zo."))


def test_empty_lines_and_a_byte_order_mark_are_no_errors() -> None:
    content = b"\xef\xbb\xbf\n" + json.dumps(gold_line()).encode() + b"\r\n\n"
    assert parse_gold(content, Path("x")).lines == (2,)


def test_twenty_kinds_of_errors_give_twenty_lines() -> None:
    def evidence(**changes: Any) -> list[Any]:
        return [[{"letter": "brug.txt", "start": 0, "end": 5} | changes]]

    missing = gold_line(id="e3")
    del missing["facts"]
    lines: list[bytes | dict[str, Any]] = [
        gold_line(id="goed"),
        b'{"id": "e1", ',
        b'"alleen tekst"',
        missing,
        gold_line(id="e4", question="Vier?", evidance=[]),
        gold_line(id="e5", question=5),
        gold_line(id="e6", question="Zes?", answerable="ja"),
        gold_line(id="e7", question="Zeven?", kind="raadsel"),
        gold_line(id="e8", question="  "),
        gold_line(id="goed", question="Negen?"),
        gold_line(id="e10"),
        gold_line(id="e11", question="Elf?", answerable=False),
        unanswerable(id="e12", question="Twaalf?", facts=[["twaalf"]]),
        unanswerable(id="e13", question="Dertien?", evidence=evidence()),
        gold_line(id="e14", question="Veertien?", facts=[[]]),
        gold_line(id="e15", question="Vijftien?", facts=[["145", " 145"]]),
        gold_line(id="e16", question="Zestien?", traps=["kip", ""]),
        gold_line(id="e17", question="Zeventien?", evidence=evidence(start=9, end=9)),
        gold_line(id="e18", question="Achttien?", evidence=evidence(start=-1)),
        gold_line(id="e19", question="Negentien?", evidence=evidence(end=5.5)),
        gold_line(id="e20", question="Twintig?", kind="vervolg"),
        gold_line(id="e21", question="Eenentwintig?", history=["Hoe dan?"]),
        b'{"id": "e22", "id": "e23"}',
        b'{"id": "\xff"}',
        gold_line(id="e24", question="Vierentwintig?", facts="145"),
    ]
    assert errors_of(*lines) == (
        "vragen.jsonl, regel 2: geen geldige JSON (teken 14: Expecting property name enclosed in double quotes)",
        "vragen.jsonl, regel 3: geen JSON-object tussen accolades",
        "vragen.jsonl, regel 4: 'facts' ontbreekt",
        "vragen.jsonl, regel 5: onbekende sleutel 'evidance'; bedoelde u 'evidence'?",
        "vragen.jsonl, regel 6: 'question' moet tekst zijn",
        "vragen.jsonl, regel 7: 'answerable' moet true of false zijn",
        "vragen.jsonl, regel 8: 'kind' is 'raadsel'; kies uit: getal, bedrag, datum, persoon, lijst, uitleg, ja-nee, "
        "vergelijking, vervolg, onbeantwoordbaar",
        "vragen.jsonl, regel 9: 'question' is leeg",
        "vragen.jsonl, regel 10: id 'goed' staat ook op regel 1",
        "vragen.jsonl, regel 11: dezelfde vraag staat ook op regel 1",
        "vragen.jsonl, regel 12: answerable is false, maar kind is 'bedrag'",
        "vragen.jsonl, regel 13: een onbeantwoordbare vraag heeft geen facts",
        "vragen.jsonl, regel 14: een onbeantwoordbare vraag heeft geen evidence",
        "vragen.jsonl, regel 15: 'facts[0]' is een lege lijst; zet er een alternatief in of haal haar weg",
        "vragen.jsonl, regel 16: 'facts[0][1]' begint of eindigt met een spatie, en die telt bij het vergelijken niet mee",
        "vragen.jsonl, regel 17: 'traps[1]' is leeg",
        "vragen.jsonl, regel 18: 'evidence[0][0]' loopt van 9 tot 9: het einde moet na het begin liggen",
        "vragen.jsonl, regel 19: 'evidence[0][0].start' mag niet negatief zijn",
        "vragen.jsonl, regel 20: 'evidence[0][0].end' moet een geheel getal zijn",
        "vragen.jsonl, regel 21: een vraag van kind 'vervolg' heeft een history nodig",
        "vragen.jsonl, regel 22: history hoort alleen bij kind 'vervolg'",
        "vragen.jsonl, regel 23: de sleutel 'id' staat er twee keer",
        "vragen.jsonl, regel 24: geen UTF-8 (byte 9 van de regel)",
        "vragen.jsonl, regel 25: 'facts' moet een lijst zijn",
    )


def test_several_errors_on_one_line_are_all_named() -> None:
    assert len(errors_of(gold_line(question="", kind="raadsel", answerable=1))) == 3


def test_a_file_without_questions_or_no_file_is_one_line(tmp_path: Path) -> None:
    assert errors_of(b"\n\n") == ("vragen.jsonl: hier staan geen vragen in. Verwacht wordt een JSON-object per regel.",)
    with pytest.raises(GoldError, match="kan dit bestand met vragen niet lezen"):
        read_gold(tmp_path / "weg.jsonl")


def test_deeply_nested_json_is_an_error_and_no_crash() -> None:
    assert "regel 1" in errors_of(b"[" * 100_000)[0]
