"""Answers to keep: Markdown, Word and a table, with numbered sources (letter, number, date, page, quote).

Pure but for the Word file's bytes. Quotes are verbatim. In the table a cell that a spreadsheet would read as a formula gets
an apostrophe before it: letters are untrusted, and a quote may begin with "=".
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rag.answer import Answer, Citation
from ui.render import answer_markdown, nearest_letters, one_line, printable, reader_line
from ui.words import REFUSAL, SUPPORT, filter_words, source_line

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (
    "vraag",
    "gezocht op",
    "bewering",
    "ondersteuning",
    "bron",
    "brief",
    "titel",
    "datum",
    "kop",
    "pagina",
    "van",
    "tot",
    "citaat",
)
FORMULA = re.compile(r"[=+\-@\t\r]")
NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def markdown(answers: Sequence[Answer], titles: Mapping[str, str]) -> str:
    """The answers under each other as Markdown."""
    return "\n".join(["# Vragen aan Kamerbrieven\n", *(answer_markdown(answer, titles) for answer in answers)])


def csv_table(answers: Sequence[Answer]) -> bytes:
    """A row per statement and source, in UTF-8 with a byte order mark and semicolons, as Dutch spreadsheets read it.

    A refusal, and a statement without source, have a row with empty cells for what is not there.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        for row in _rows(answer):
            writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(answer: Answer) -> list[list[object]]:
    head: list[object] = [answer.question, answer.standalone_question]
    empty: list[object] = [None] * 9
    if answer.refusal is not None:
        return [[*head, answer.refusal_text, REFUSAL[answer.refusal], *empty]]
    sources = {citation.n: citation for citation in answer.citations}
    rows: list[list[object]] = []
    for statement in answer.statements:
        said = " ".join(part for part in (statement.lead, statement.text) if part)
        cited = [sources[n] for n in statement.citations if n in sources]
        rows += [[*head, said, SUPPORT[statement.support], *_source_cells(citation)] for citation in cited] or [
            [*head, said, SUPPORT[statement.support], *empty]
        ]
    return rows


def _source_cells(citation: Citation) -> list[object]:
    if citation.status == "unknown":
        return [citation.n, "onbekende bron", *[None] * 7]
    return [
        citation.n,
        citation.letter,
        citation.title,
        citation.date,
        citation.heading,
        citation.page,
        citation.start,
        citation.end,
        citation.quote,
    ]


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    text = printable(value)
    return f"'{text}" if FORMULA.match(text) else text


def docx(answers: Sequence[Answer], titles: Mapping[str, str]) -> bytes:
    """The answers as a Word document."""
    from docx import Document

    document = Document()
    document.core_properties.title = "Vragen aan Kamerbrieven"
    document.core_properties.author = ""
    document.core_properties.language = "nl-NL"
    document.add_heading("Vragen aan Kamerbrieven", 0)
    for answer in answers:
        _write(document, answer, titles)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, answer: Answer, titles: Mapping[str, str]) -> None:
    document.add_heading(_line(answer.question), 1)
    if answer.standalone_question != answer.question:
        document.add_paragraph(_line(f"Gezocht op: {answer.standalone_question}"))
    if answer.filters:
        document.add_paragraph(_line("Beperkt tot: " + ", ".join(filter_words(applied) for applied in answer.filters)))
    if answer.refusal is not None:
        document.add_paragraph(_line(answer.refusal_text))
        document.add_paragraph(f"Reden: {REFUSAL[answer.refusal]}.")
        for name in nearest_letters(answer):
            document.add_paragraph(_line(titles.get(name, name)), style="List Bullet")
    for statement in answer.statements:
        paragraph = document.add_paragraph()
        if statement.lead:
            paragraph.add_run(_line(statement.lead) + " ").italic = True
        paragraph.add_run(_line(statement.text))
        paragraph.add_run(" " + "".join(f"[{n}]" for n in statement.citations))
        paragraph.add_run(f" ({SUPPORT[statement.support]})").italic = True
    if answer.citations:
        document.add_heading("Bronnen", 2)
    for citation in answer.citations:
        document.add_paragraph(_line(f"[{citation.n}] {source_line(citation)}"))
        if citation.status == "ok" and citation.quote is not None:
            document.add_paragraph(_line(citation.quote), style="Quote")
            document.add_paragraph(_line(f"{citation.letter}, tekens {citation.start}-{citation.end}"))
    for warning in answer.warnings:
        document.add_paragraph(_line(f"Let op: {warning}"))
    document.add_paragraph(_line(reader_line(answer)))


def _line(text: str) -> str:
    return NOT_XML.sub("\ufffd", one_line(text))
