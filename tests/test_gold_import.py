"""Questions from a spreadsheet, and one added by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from fake_asker import LETTERS, gold_line, gold_set

from eval.gold import GoldError, read_gold
from eval.gold_import import (
    QuoteError,
    SpreadsheetError,
    add_question,
    import_rows,
    read_rows,
)
from eval.gold_import import (
    gold_line as line_of,
)
from eval.match import fold

CSV = """Vraag;Antwoord;Brief;Citaat
Wat kostte de reparatie?;1,5 miljoen euro;brug.txt;"De reparatie kostte 1,5
miljoen euro en duurde negen weken."
Hoeveel zwanen telt het Roze Meer?;145;;Het ROZE meer telt 145 zwanen
Wie is de burgemeester?;;;
"""


def saved(folder: Path, content: bytes, name: str = "vragen.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_becomes_gold_with_exact_evidence(tmp_path: Path, encoding: str) -> None:
    found = import_rows(read_rows(saved(tmp_path, CSV.encode(encoding))), LETTERS, "vragen.csv")
    assert found.problems == ()
    assert [(q.id, q.kind, q.answerable) for q in found.questions] == [
        ("vraag-001", "bedrag", True),
        ("vraag-002", "getal", True),
        ("vraag-003", "onbeantwoordbaar", False),
    ]
    spans = [q.evidence[0][0] for q in found.questions[:2]]
    assert [LETTERS[s.letter][s.start : s.end] for s in spans] == [
        "De reparatie kostte 1,5 miljoen euro en duurde negen weken.",
        "Het Roze Meer telt 145 zwanen",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_will_do(tmp_path: Path, delimiter: str) -> None:
    content = delimiter.join(["question", "answer"]) + "\n" + delimiter.join(["Waar?", "Daar"])
    assert [(row.line, row.question, row.answer) for row in read_rows(saved(tmp_path, content.encode()))] == [
        (2, "Waar?", "Daar")
    ]


def test_an_excel_sheet_is_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["id", "vraag", "antwoord", "brief", "citaat"],
        [7, "Hoeveel zwanen?", 145, "meer.txt", "telt 145 zwanen"],
        [None],
    ):
        sheet.append(row)
    book.save(tmp_path / "vragen.xlsx")
    found = import_rows(read_rows(tmp_path / "vragen.xlsx"), LETTERS, "vragen.xlsx")
    assert [(q.id, q.answer, len(q.evidence)) for q in found.questions] == [("7", "145", 1)]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("Waar?;Hier;brug.txt;Dit staat er niet", "het citaat staat niet in brug.txt: Dit staat er niet"),
        ("Waar?;Hier;;Dit staat er niet", "het citaat staat niet in de brieven: Dit staat er niet"),
        ("Waar?;Hier;weg.txt;De reparatie", "de brief 'weg.txt' is er niet"),
        ("Waar?;Hier;;", "geen citaat, dus geen bewijs"),
        ("Waar?;Hier;brug.txt;De", "het citaat staat op 3 plaatsen (brug.txt 0-2,"),
    ],
)
def test_a_quote_that_is_missing_or_not_the_only_one_is_told_and_not_guessed(
    tmp_path: Path, cells: str, problem: str
) -> None:
    found = import_rows(read_rows(saved(tmp_path, f"vraag;antwoord;brief;citaat\n{cells}\n".encode())), LETTERS, "v.csv")
    assert found.questions[0].evidence == ()
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"v.csv, regel 2: {problem}")


def test_rows_that_are_no_question_are_told(tmp_path: Path) -> None:
    content = "id;vraag;antwoord;soort\na;;Iets;\na;Wat?;Dat;raadsel\na;Wat?;Dat;\na;Nog eens?;Ja;\n"
    found = import_rows(read_rows(saved(tmp_path, content.encode())), LETTERS, "v.csv")
    assert [q.question for q in found.questions] == ["Wat?"]
    assert [p.split(":")[0] for p in found.problems] == [
        "v.csv, regel 2",
        "v.csv, regel 3",
        "v.csv, regel 4",
        "v.csv, regel 5",
    ]
    assert found.problems[3] == "v.csv, regel 5: id 'a' is al gebruikt; de vraag is overgeslagen"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "het bestand is leeg"),
        ("a.csv", b"kop;staart\n1;2\n", "noemt geen kolommen 'vraag' en 'antwoord'"),
        ("a.xlsx", b"geen excel", "geen leesbaar Excel-bestand"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(SpreadsheetError, match=message):
        read_rows(saved(tmp_path, content, name))
    with pytest.raises(SpreadsheetError, match="Klopt het pad"):
        read_rows(tmp_path / "weg.csv")


def test_a_gold_line_written_and_read_is_the_same_question() -> None:
    for line in (gold_line(), gold_line(kind="vervolg", history=["Eerst?"]), gold_line(derived=True)):
        question = gold_set(line).questions[0]
        assert gold_set(json.loads(line_of(question))).questions[0] == question
        assert list(json.loads(line_of(question)))[:3] == ["id", "question", "kind"]


def added(path: Path, **changes: Any) -> Any:
    given: dict[str, Any] = {
        "question": "Hoeveel zwanen telt het Roze Meer?",
        "answer": "145 zwanen",
        "quotes": ["Het Roze Meer telt 145 zwanen."],
        "facts": [["145", "honderdvijfenveertig"]],
    }
    return add_question(path, LETTERS, **given | changes)


def test_a_question_is_added_to_a_new_and_to_an_old_file(tmp_path: Path) -> None:
    path = tmp_path / "nieuw.jsonl"
    assert added(path).id == "vraag-001"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert added(path, question="Wie weet het?", answer="", quotes=[], facts=[]).kind == "onbeantwoordbaar"
    gold = read_gold(path)
    assert [(q.id, q.answerable) for q in gold.questions] == [("vraag-001", True), ("vraag-002", False)]
    assert fold(gold.questions[0].facts[0][1]) == "honderdvijfenveertig"


def test_a_bad_question_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "vragen.jsonl"
    added(path)
    before = path.read_bytes()
    with pytest.raises(GoldError, match="dezelfde vraag staat ook op regel 1"):
        added(path)
    with pytest.raises(QuoteError, match="Het citaat staat niet in de brieven"):
        added(path, question="Anders?", quotes=["Nergens te vinden"])
    with pytest.raises(GoldError, match="is leeg"):
        added(path, question="Anders?", facts=[["145", ""]])
    assert path.read_bytes() == before
