"""Importing questions that people keep in a spreadsheet, and adding one by hand.

What people have is a question and an answer, sometimes the letter and the sentence it came from. The sentence becomes a span
of evidence when it stands in exactly one place (eval/anchor.py); otherwise it is reported, never guessed. Facts are left
out: which words decide is a person's judgement, and until somebody adds them only token F1 is taken.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.anchor import Squeezed, places, squeeze
from eval.gold import UNANSWERABLE, GoldError, GoldQuestion, parse_gold, read_gold
from index.errors import KamerbriefError
from rag.answer_type import AnswerType, answer_type

COLUMNS: Mapping[str, str] = {
    "question": "question",
    "vraag": "question",
    "answer": "answer",
    "antwoord": "answer",
    "letter": "letter",
    "brief": "letter",
    "bestand": "letter",
    "quote": "quote",
    "citaat": "quote",
    "bewijs": "quote",
    "id": "id",
    "nr": "id",
    "kind": "kind",
    "soort": "kind",
}
"""The headings that are understood, in English and Dutch."""

KIND_OF: Mapping[AnswerType, str] = {
    AnswerType.AMOUNT: "bedrag",
    AnswerType.NUMBER: "getal",
    AnswerType.PERCENTAGE: "getal",
    AnswerType.DATE: "datum",
    AnswerType.DURATION: "datum",
    AnswerType.PERSON: "persoon",
    AnswerType.ORGANISATION: "persoon",
    AnswerType.LIST: "lijst",
    AnswerType.YES_NO: "ja-nee",
}
NO_ANSWER = "Dat staat niet in de brieven."


class SpreadsheetError(KamerbriefError):
    """A spreadsheet cannot be read."""


class QuoteError(KamerbriefError):
    """A quote stands nowhere in the letters, or in more than one place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a spreadsheet, `line` counted from 1 with the heading as the first; missing cells are empty."""

    line: int
    question: str
    answer: str = ""
    letter: str = ""
    quote: str = ""
    id: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A letter in which quotes are looked for: its canonical text, and that text squeezed."""

    text: str
    squeezed: Squeezed


@dataclass(frozen=True, slots=True)
class Imported:
    """The questions of a spreadsheet, and a Dutch line for every cell that needs a person."""

    questions: tuple[GoldQuestion, ...]
    problems: tuple[str, ...]


def read_rows(path: Path) -> list[Row]:
    """The rows of a .csv or .xlsx file (first sheet); raises SpreadsheetError when it cannot be read or lacks a column."""
    try:
        table = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path.read_bytes())
    except OSError as error:
        raise SpreadsheetError(f"{path}: kan dit bestand niet lezen. Klopt het pad?") from error
    if not table:
        raise SpreadsheetError(f"{path}: het bestand is leeg. Verwacht worden kolommen: vraag, antwoord, brief, citaat.")
    heads = [COLUMNS.get(cell.strip().casefold()) for cell in table[0]]
    if "question" not in heads or "answer" not in heads:
        raise SpreadsheetError(f"{path}: de eerste regel noemt geen kolommen 'vraag' en 'antwoord' (of question en answer).")
    rows = []
    for line, cells in enumerate(table[1:], 2):
        values = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if head is not None}
        if any(values.values()):
            rows.append(Row(line, **{"question": ""} | values))
    return rows


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what Excel writes on a Dutch Windows
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def _xlsx(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet: Any = book.worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        raise SpreadsheetError(f"{path}: dit is geen leesbaar Excel-bestand. Sla het op als .xlsx of .csv.") from error


def import_rows(rows: Iterable[Row], letters: Mapping[str, str], name: str) -> Imported:
    """Gold questions from the rows of a spreadsheet called `name`; `letters` gives the canonical text per letter.

    A quote that stands nowhere or in several places gives a question without evidence and a line that says so. Rows that
    cannot be a question at all are left out, with a line.
    """
    sources = {letter: Source(text, squeeze(text)) for letter, text in letters.items()}
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    used: set[str] = set()
    for number, row in enumerate(rows, 1):
        where = f"{name}, regel {row.line}"
        evidence, problem = anchored(row.quote, row.letter, sources)
        content = gold_content(row.id or f"vraag-{number:03}", row.question, row.answer, kind=row.kind, evidence=evidence)
        if content["id"] in used:
            problems.append(f"{where}: id '{content['id']}' is al gebruikt; de vraag is overgeslagen")
            continue
        try:
            questions.append(made(content))
        except GoldError as error:
            problems.extend(f"{where}: {line.partition(': ')[2]}; de vraag is overgeslagen" for line in error.lines)
            continue
        used.add(content["id"])
        if problem and questions[-1].answerable:
            problems.append(f"{where}: {problem}")
    return Imported(tuple(questions), tuple(problems))


def anchored(quote: str, letter: str, letters: Mapping[str, Source]) -> tuple[list[dict[str, Any]], str]:
    """The one span where `quote` stands, or none and why not; an empty `letter` means any of `letters`."""
    if not quote:
        return [], "geen citaat, dus geen bewijs"
    if letter and letter not in letters:
        return [], f"de brief '{letter}' is er niet"
    names = [letter] if letter else sorted(letters)
    found = [(name, *place) for name in names for place in places(quote, letters[name].text, letters[name].squeezed)]
    if not found:
        return [], f"het citaat staat niet in {letter or 'de brieven'}: {_short(quote)}"
    if len(found) > 1:
        there = ", ".join(f"{name} {start}-{end}" for name, start, end in found[:4])
        return [], f"het citaat staat op {len(found)} plaatsen ({there}); neem een langer citaat of noem de brief"
    name, start, end = found[0]
    return [{"letter": name, "start": start, "end": end}], ""


def gold_content(
    id: str,  # noqa: A002  (the key's name)
    question: str,
    answer: str,
    *,
    kind: str = "",
    evidence: Sequence[Mapping[str, Any]] = (),
    facts: Sequence[Sequence[str]] = (),
    traps: Sequence[str] = (),
    history: Sequence[str] = (),
    note: str = "",
) -> dict[str, Any]:
    """The JSON object of one gold question; without an answer it is one that the letters do not answer.

    Every span is a piece of its own. A kind that is not given follows from the question.
    """
    answerable = bool(answer) and kind != UNANSWERABLE
    guessed = "vervolg" if history else KIND_OF.get(answer_type(question), "uitleg")
    content: dict[str, Any] = {
        "id": id,
        "question": question,
        "kind": (kind or guessed) if answerable else UNANSWERABLE,
        "answerable": answerable,
        "answer": answer if answer else NO_ANSWER,
        "facts": [list(alternatives) for alternatives in facts] if answerable else [],
        "traps": list(traps),
        "evidence": [[dict(span)] for span in evidence] if answerable else [],
        "note": note or "ingevoerd",
    }
    return content | ({"history": list(history)} if history else {})


def made(content: Mapping[str, Any]) -> GoldQuestion:
    """The gold question in a JSON object; raises GoldError with a line for every error."""
    return parse_gold(json.dumps(content).encode(), Path("vraag")).questions[0]


def gold_line(question: GoldQuestion) -> str:
    """A gold question as the line of a file, its keys in the order of the format."""
    content = question.model_dump(mode="json", exclude_defaults=False)
    for key, empty in (("history", []), ("derived", False)):
        if content[key] == empty:
            del content[key]
    return json.dumps(content, ensure_ascii=False) + "\n"


def next_id(questions: Iterable[GoldQuestion]) -> str:
    """An id that none of the questions has."""
    used = {question.id for question in questions}
    number = len(used) + 1
    while f"vraag-{number:03}" in used:
        number += 1
    return f"vraag-{number:03}"


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 60 else joined[:59] + "…"


def add_question(
    path: Path,
    letters: Mapping[str, str],
    *,
    question: str,
    answer: str,
    letter: str = "",
    quotes: Sequence[str] = (),
    facts: Sequence[Sequence[str]] = (),
    traps: Sequence[str] = (),
    history: Sequence[str] = (),
    kind: str = "",
) -> GoldQuestion:
    """Add one question to the gold file at `path`, which is made when it is not there; the file stays valid.

    Every quote is a needed piece of evidence and must stand in exactly one place. Raises GoldError or QuoteError and then
    leaves the file as it was.
    """
    from eval.run import write_file

    there = read_gold(path) if path.exists() else None
    sources = {name: Source(text, squeeze(text)) for name, text in letters.items()}
    evidence = []
    for quote in quotes:
        spans, problem = anchored(quote, letter, sources)
        if problem:
            raise QuoteError(f"{problem[:1].upper()}{problem[1:]}.")
        evidence += spans
    content = gold_content(
        next_id(there.questions if there else ()),
        question,
        answer,
        kind=kind,
        evidence=evidence,
        facts=facts,
        traps=traps,
        history=history,
    )
    line = gold_line(made(content))
    before = there.content if there else b""
    after = before + (b"" if not before or before.endswith(b"\n") else b"\n") + line.encode()
    added = parse_gold(after, path).questions[-1]
    write_file(path, after)
    return added
