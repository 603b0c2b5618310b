import csv
import io
from dataclasses import replace

from docx import Document
from fake_assistant import dike_and_bridge

from rag.answer import Citation, Statement, Support
from ui.export import COLUMNS, csv_table, docx, markdown

FAKE = dike_and_bridge()
ANSWER = FAKE.ask("Hoe lang wordt de dijk?")
REFUSED = FAKE.ask("Hoe hoog is de maan?")
TITLES = {name: letter.title for name, letter in FAKE.letters.items()}


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_markdown_holds_every_answer_under_each_other():
    text = markdown([ANSWER, REFUSED], TITLES)
    assert text.startswith("# Vragen aan Kamerbrieven\n")
    assert text.index("## Hoe lang wordt de dijk?") < text.index("## Hoe hoog is de maan?")
    assert "> De dijk wordt 4,2 kilometer langer dan in het eerste plan stond." in text


def test_the_table_has_a_row_per_statement_and_source_with_the_verbatim_quote():
    head, first, second = rows(csv_table([ANSWER]))
    assert tuple(head) == COLUMNS
    cited = ANSWER.citations[0]
    assert dict(zip(head, first, strict=True)) == {
        "vraag": "Hoe lang wordt de dijk?",
        "gezocht op": "Hoe lang wordt de dijk?",
        "bewering": "De dijk wordt 4,2 kilometer langer dan in het eerste plan stond.",
        "ondersteuning": "letterlijk uit de brief",
        "bron": "1",
        "brief": "dijk.txt",
        "titel": cited.title,
        "datum": "2024-05-03",
        "kop": "",
        "pagina": "",
        "van": str(cited.start),
        "tot": str(cited.end),
        "citaat": "De dijk wordt 4,2 kilometer\nlanger dan in het eerste plan stond.",
    }
    assert second[2] == "Stand 3 mei 2024: De dijk is in 2027 klaar."


def test_a_refusal_and_an_unknown_source_have_a_row_too():
    unknown = replace(
        ANSWER,
        statements=(Statement("Zomaar.", (1,), Support.UNVERIFIED), Statement("Zonder bron.", (), Support.UNVERIFIED)),
        citations=(Citation(1, status="unknown", key="q"),),
    )
    found = rows(csv_table([REFUSED, unknown]))[1:]
    assert [row[2] for row in found] == ["Dit staat niet in de brieven.", "Zomaar.", "Zonder bron."]
    assert [row[5] for row in found] == ["", "onbekende bron", ""]
    assert {len(row) for row in found} == {len(COLUMNS)}


def test_a_quote_that_looks_like_a_formula_is_made_harmless():
    cited = replace(ANSWER.citations[0], quote='=HYPERLINK("x")')
    assert rows(csv_table([replace(ANSWER, citations=(cited, ANSWER.citations[1]))]))[1][-1] == '\'=HYPERLINK("x")'


def test_the_word_file_holds_question_statements_and_numbered_sources():
    document = Document(io.BytesIO(docx([ANSWER, REFUSED], TITLES)))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert "Hoe lang wordt de dijk?" in text
    assert "De dijk wordt 4,2 kilometer langer dan in het eerste plan stond. [1] (letterlijk uit de brief)" in text
    quotes = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Quote"]
    assert quotes == [" ".join((cited.quote or "").split()) for cited in ANSWER.citations]
    assert "Dit staat niet in de brieven." in text
    assert TITLES["dijk.txt"] in text
    assert document.core_properties.author == ""


def test_characters_that_word_cannot_hold_do_not_break_the_file():
    odd = replace(ANSWER, question="a\x00b\x0bc\ud800")
    assert Document(io.BytesIO(docx([odd], TITLES))).paragraphs[1].text == "a\ufffdb\ufffdc\ufffd"
