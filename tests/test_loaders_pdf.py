"""PDF: made-up pages set for the purpose, and the real documents where they are present."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import Block, BlockKind
from index.loaders import ocr, pdf
from index.read import read_letter
from tests.typeset import Type, picture, prose, width
from tests.typeset import pdf as typeset

BODY = (
    "De zandhaas van Oosterwad is dit jaar vaker gezien dan in de",
    "vijf jaren daarvoor. Het waterschap telt elke maand en geeft de",
    "tellingen door aan de provincie, die er een kaart van maakt voor",
    "alle gemeenten langs de kust.",
)


def blocks(extract: Extract, kind: BlockKind) -> list[str]:
    return [" ".join(extract.text[s.start : s.end] for s in block.spans) for block in extract.known if block.kind is kind]


def test_lines_stay_lines_and_white_space_makes_paragraphs() -> None:
    page = [*prose(90, 700, *BODY), *prose(90, 640, "Een tweede alinea staat hier, met een regel wit erboven.")]
    extract = pdf.load(typeset(page), "brief.pdf")
    assert extract.text == "\n".join(BODY) + "\n\nEen tweede alinea staat hier, met een regel wit erboven."
    assert (extract.format, extract.quality, extract.pages) == ("pdf", "text", (0,))


def test_a_short_last_line_ends_a_paragraph_without_white_space() -> None:
    extract = pdf.load(typeset(prose(90, 700, *BODY, "Het werk gaat door tot de winter en begint dan weer opnieuw.")), "x")
    assert extract.text.endswith(
        "alle gemeenten langs de kust.\n\nHet werk gaat door tot de winter en begint dan weer opnieuw."
    )


def test_a_word_split_at_a_line_end_keeps_its_hyphen_and_reads_as_one_word() -> None:
    page = prose(90, 700, "De provincie maakt een overzicht van alle dijken en verbe-", "tert elk jaar een deel daarvan.")
    letter = read_letter(typeset(page), "brief.pdf").letter
    assert "verbe-\ntert" in letter.text
    assert not set("\ufffe\u00ad\x02") & set(letter.text)


def test_running_heads_and_feet_are_furniture() -> None:
    pages = [
        [*prose(90, 700, *BODY), Type(90, 40, f"Pagina {n} van 3", 7), Type(90, 810, "Ministerie van Zandhazen", 7)]
        for n in (1, 2, 3)
    ]
    extract = pdf.load(typeset(*pages), "brief.pdf")
    assert blocks(extract, BlockKind.FURNITURE) == [f"Ministerie van Zandhazen\nPagina {n} van 3" for n in (1, 2, 3)]
    assert [extract.text[start:].split(" ", 2)[:2] for start in extract.pages] == [["De", "zandhaas"]] * 3


def test_official_feet_are_furniture_also_on_a_single_page() -> None:
    feet = ("kst-98765-3", "ISSN 0921 - 7371", "’s-Gravenhage 2031", "Tweede Kamer, vergaderjaar 2030–2031, 98 765, nr. 3")
    page = [*prose(90, 700, *BODY), *prose(90, 90, *feet, size=7, leading=9)]
    assert blocks(pdf.load(typeset(page), "x"), BlockKind.FURNITURE) == ["\n".join(feet)]


def test_page_numbers_alone_are_furniture_when_they_count() -> None:
    pages = [[*prose(90, 700, *BODY), Type(300, 30, str(n), 8)] for n in (4, 5, 6)]
    assert blocks(pdf.load(typeset(*pages), "x"), BlockKind.FURNITURE) == ["4", "5", "6"]


def test_a_paragraph_that_a_page_end_cuts_is_one_paragraph_with_two_spans() -> None:
    first = [
        *prose(90, 112, "De telling van dit jaar gaat door tot aan de", "dijk bij het dorp, waar de"),
        Type(90, 40, "Pagina 1 van 2", 7),
    ]
    second = [*prose(90, 750, "wind het hardst waait. Daar ligt ook het oude", "gemaal."), Type(90, 40, "Pagina 2 van 2", 7)]
    letter = read_letter(typeset([*prose(90, 700, *BODY), *first], second), "brief.pdf").letter
    (block,) = [block for block in letter.blocks if len(block.spans) == 2]
    assert [letter.quote(span) for span in block.spans] == [
        "De telling van dit jaar gaat door tot aan de\ndijk bij het dorp, waar de",
        "wind het hardst waait. Daar ligt ook het oude\ngemaal.",
    ]
    assert [letter.page_at(span.start) for span in block.spans] == [1, 2]


def footnotes(extract: Extract) -> list[Block]:
    return [block for block in extract.known if block.kind is BlockKind.FOOTNOTE]


def test_a_footnote_is_bound_to_its_raised_marker() -> None:
    end = 90 + width("De kaart is openbaar.")
    marked = [Type(90, 640, "De kaart is openbaar."), Type(end, 644, "1", 6), Type(end + 6, 640, "Iedereen mag hem zien.")]
    note = [Type(90, 102, "1", 5), Type(96, 100, "Zie de kaart van 4 mei 2031, in te zien bij de provincie.", 7)]
    extract = pdf.load(typeset([*prose(90, 700, *BODY), *marked, *note]), "x")
    (found,) = footnotes(extract)
    assert extract.text[found.start : found.end] == "Zie de kaart van 4 mei 2031, in te zien bij de provincie."
    assert found.label == "1"
    assert found.anchor is not None
    assert extract.text[: found.anchor.end].endswith("De kaart is openbaar.1")


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    first = [*prose(90, 700, *BODY), Type(230, 668, "7", 6), Type(90, 92, "7", 5), Type(96, 90, "Zie de brief over het", 7)]
    second = [*prose(90, 700, *BODY), Type(96, 90, "wad, bladzijde 3.", 7)]
    extract = pdf.load(typeset(first, second), "x")
    (found,) = footnotes(extract)
    assert [extract.text[s.start : s.end] for s in found.spans] == ["Zie de brief over het", "wad, bladzijde 3."]


def test_small_type_without_a_number_is_no_footnote() -> None:
    extract = pdf.load(typeset([*prose(90, 700, *BODY), *prose(90, 100, "Bron: provincie Oosterwad.", size=7)]), "x")
    assert footnotes(extract) == []
    assert extract.text.endswith("Bron: provincie Oosterwad.")


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Linker regel {n} die vol staat met woorden" for n in range(1, 9)]
    right = [f"Rechter regel {n} die vol staat met woorden" for n in range(1, 9)]
    rows = [
        piece
        for i, (a, b) in enumerate(zip(left, right, strict=True))
        for piece in (Type(60, 700 - 12 * i, a), Type(320, 700 - 12 * i, b))
    ]
    text = pdf.load(typeset(rows), "x").text
    assert text.split("\n") == left + right or text.replace("\n\n", "\n").split("\n") == left + right


def test_a_side_column_of_a_letterhead_is_kept_apart_from_the_body() -> None:
    side = ["Ministerie van Zandhazen", "Duinweg 4", "Onze referentie", "ZH-2031-17", "Bijlagen", "2"]
    rows = [
        piece for i in range(6) for piece in (Type(90, 700 - 12 * i, (BODY * 2)[i]), Type(460, 700 - 12 * i, side[i], 7))
    ]
    extract = pdf.load(typeset([*rows, *prose(90, 600, *BODY)]), "x")
    assert blocks(extract, BlockKind.LETTERHEAD) == ["\n".join(side)]
    assert "\n".join(BODY) in extract.text


def test_a_side_column_on_later_pages_is_furniture() -> None:
    side = prose(460, 700, "Ministerie van Zandhazen", "Onze referentie", "ZH-2031-17", size=7)
    extract = pdf.load(typeset([*prose(90, 700, *BODY), *side], [*prose(90, 700, *BODY), *side]), "x")
    assert blocks(extract, BlockKind.FURNITURE) == ["Ministerie van Zandhazen\nOnze referentie\nZH-2031-17"]


def test_a_title_behind_its_number_is_one_block_of_the_letterhead() -> None:
    head = [
        Type(90, 780, "98 765", bold=True),
        Type(180, 780, "Regels omtrent de instelling van het", bold=True),
        Type(180, 768, "College van Zandhazen", bold=True),
        Type(90, 744, "Nr. 3", bold=True),
        Type(180, 744, "VOORSTEL VAN WET", bold=True),
    ]
    extract = pdf.load(typeset([*head, *prose(90, 700, *BODY)]), "x")
    assert blocks(extract, BlockKind.LETTERHEAD) == [
        "98 765  Regels omtrent de instelling van het\nCollege van Zandhazen",
        "Nr. 3  VOORSTEL VAN WET",
    ]


def test_cells_of_a_table_stay_on_their_row() -> None:
    rows = [("Soort", "2030", "2031"), ("Zandhaas", "12", "31"), ("Duinvos", "4", "2")]
    table = [Type(90 + 120 * c, 600 - 12 * r, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    text = pdf.load(typeset([*prose(90, 700, *BODY), *table]), "x").text
    assert text.endswith("Soort  2030  2031\nZandhaas  12  31\nDuinvos  4  2")


def test_a_page_that_is_turned_is_read_as_the_reader_sees_it() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=True)
    canvas.setPageRotation(90)
    canvas.translate(595, 0)
    canvas.rotate(90)
    for i, line in enumerate(BODY):
        canvas.drawString(90, 400 - 12 * i, line)
    canvas.showPage()
    canvas.save()
    assert pdf.load(stream.getvalue(), "x").text == "\n".join(BODY)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n", "beschadigd"),
        (b"%PDF-1.4 " + bytes(range(256)) * 20, "beschadigd"),
        (typeset(prose(90, 700, *BODY), password="geheim"), "wachtwoord"),
    ],
    ids=["empty", "noise", "locked"],
)
def test_a_file_that_cannot_be_opened_is_one_line(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFileError, match=why) as error:
        pdf.load(data, "brief.pdf")
    assert str(error.value).startswith("brief.pdf")
    assert "\n" not in str(error.value)


def test_invisible_text_over_a_picture_is_recognised_text() -> None:
    data = Path("examples/formats/06_verslag_kustraad_scan.pdf").read_bytes()
    assert pdf.load(data, "x").quality == "ocr"


def test_a_scan_without_text_recognition_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_program", lambda: None)
    with pytest.raises(UnreadableFileError, match=r"scan zonder tekst\. Installeer tekstherkenning: sudo apt-get install"):
        pdf.load(picture(typeset(prose(90, 700, *BODY)), 40), "brief.pdf")


def test_a_picture_among_pages_with_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.setattr(ocr, "_program", lambda: None)
    whole = pypdfium2.PdfDocument(typeset(prose(90, 700, *BODY)))
    whole.import_pages(pypdfium2.PdfDocument(picture(typeset(prose(90, 700, *BODY)), 40)))
    import io

    stream = io.BytesIO()
    whole.save(stream)
    extract = pdf.load(stream.getvalue(), "brief.pdf")
    assert extract.warnings == (
        "brief.pdf: bladzijde 2 is een afbeelding zonder tekst. Met tekstherkenning worden ze gelezen: "
        "sudo apt-get install tesseract-ocr tesseract-ocr-nld",
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 560),
            st.integers(1, 40),
            st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30),
            st.sampled_from([5, 7, 10, 14]),
        ),
        max_size=12,
        unique_by=lambda piece: piece[1],
    )
)
def test_whatever_the_layout_every_printed_character_is_in_the_text(pieces: list[tuple[float, int, str, int]]) -> None:
    page = [Type(x, 20 * row, text, size) for x, row, text, size in pieces if x + width(text, size) < 590]
    if not page:
        return
    extract = pdf.load(typeset(page), "x")
    printed = sorted("".join(piece.text for piece in page))
    assert sorted(extract.text.replace(" ", "").replace("\n", "")) == printed
    for block in extract.known:
        assert all(0 <= s.start <= s.end <= len(extract.text) for s in block.spans)


# -- the real documents


DOCUMENTS = Path(__file__).resolve().parents[2] / "shared" / "documents"
PAIRS = json.loads((Path(__file__).parent / "data" / "aanhangsel_pairs.json").read_text())
"""Answers by file as printed: lines that are "Antwoord" and a number, counted by eye in ten of the files."""
needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not in ../shared/documents")


@needs_documents
@pytest.mark.parametrize("name", sorted(PAIRS))
def test_every_aanhangsel_gives_its_questions_with_their_answers(name: str) -> None:
    letter = read_letter((DOCUMENTS / "aanhangsel" / name).read_bytes(), name).letter
    answered = {block.pair for block in letter.blocks if block.kind is BlockKind.ANSWER}
    asked = {block.pair for block in letter.blocks if block.kind is BlockKind.QUESTION}
    assert len(answered) == PAIRS[name]
    assert answered <= asked
    assert None not in answered


@needs_documents
def test_the_pairs_of_all_files_are_157() -> None:
    assert {path.name for path in (DOCUMENTS / "aanhangsel").glob("*.pdf")} == set(PAIRS)
    assert sum(PAIRS.values()) == 157
    assert sum(count == 0 for count in PAIRS.values()) == 1


@needs_documents
@pytest.mark.parametrize("name", sorted(PAIRS)[:8])
def test_no_running_foot_is_left_in_the_running_text(name: str) -> None:
    letter = read_letter((DOCUMENTS / "aanhangsel" / name).read_bytes(), name).letter
    for block in letter.blocks:
        text = " ".join(letter.quote(span) for span in block.spans)
        if block.kind is BlockKind.FURNITURE:
            continue
        assert "ISSN 0921" not in text
        assert "vergaderjaar 2023–2024, Aanhangsel" not in text
        assert "ah-tk-" not in text


@needs_documents
@pytest.mark.parametrize("name", sorted(PAIRS)[8:])
def test_every_footnote_is_bound_to_its_marker(name: str) -> None:
    letter = read_letter((DOCUMENTS / "aanhangsel" / name).read_bytes(), name).letter
    notes = [block for block in letter.blocks if block.kind is BlockKind.FOOTNOTE]
    assert notes or PAIRS[name] == 0
    for note in notes:
        assert note.anchor is not None
        assert letter.quote(note.anchor) == note.label
