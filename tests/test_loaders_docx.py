"""Word files, made with python-docx where it can and by hand where it cannot."""

import io
import zipfile

import pytest

from index.errors import UnreadableFileError
from index.letter import BlockKind
from index.loaders import docx, package
from index.loaders.docx import load

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """A package with the given body and further parts (footnotes="...", numbering="...", styles="...")."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def p(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def test_a_file_of_word_is_read_with_headings_lists_and_tables() -> None:
    from docx import Document

    document = Document()
    document.add_heading("Zandhazen", level=1)
    document.add_paragraph("De haas is terug.")
    document.add_heading("Tellingen", level=2)
    document.add_paragraph("elke dag", style="List Bullet")
    document.add_paragraph("eerst tellen", style="List Number")
    document.add_paragraph("dan meten", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Soort", "Aantal", "Zandhaas", "31"), strict=True):
        cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    assert docx.accepts(stream.getvalue(), "brief")
    extract = load(stream.getvalue(), "brief.docx")
    assert extract.text == (
        "Zandhazen\n\nDe haas is terug.\n\nTellingen\n\n• elke dag\n\n1. eerst tellen\n\n2. dan meten\n\n"
        "Soort\tAantal\nZandhaas\t31"
    )
    headings = [(extract.text[b.start : b.end], b.level) for b in extract.known if b.kind is BlockKind.HEADING]
    assert headings == [("Zandhazen", 1), ("Tellingen", 2)]


def test_a_footnote_stands_at_its_marker() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r>{t(" Zie de kaart.")}</w:r></w:p>'
    data = word(
        p(t("De haas"), '<w:footnoteReference w:id="2"/>', t(" is terug.")) + p(t("De vos niet.")),
        footnotes=notes + "</w:footnote></w:footnotes>",
    )
    extract = load(data, "x")
    assert extract.text == "De haas1 is terug.\n\n1 Zie de kaart.\n\nDe vos niet."
    (note,) = extract.known
    assert extract.text[note.start : note.end] == "Zie de kaart."
    assert note.anchor is not None
    assert (note.label, note.anchor.start, note.anchor.end) == ("1", 7, 8)


def test_tabs_line_breaks_and_hard_hyphens_are_kept() -> None:
    text = load(
        word(p(t("98765"), "<w:tab/>", t("Zand"), "<w:noBreakHyphen/>", t("hazen"), "<w:br/>", t("Nr. 3"))), "x"
    ).text
    assert text == "98765\tZand-hazen\nNr. 3"


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    gone = "<w:del><w:r><w:delText>vos</w:delText></w:r></w:del>"
    body = f"<w:p><w:r>{t('De ')}</w:r>{gone}<w:ins><w:r>{t('haas')}</w:r></w:ins></w:p>"
    extract = load(word(body), "x.docx")
    assert extract.text == "De haas"
    assert extract.warnings == ("x.docx: de bijgehouden wijzigingen zijn gelezen alsof ze zijn aanvaard.",)


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(t('Onze referentie ZH-1'))}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert load(word(p(t("Geachte voorzitter,"), both)), "x").text == "Geachte voorzitter,\n\nOnze referentie ZH-1"


def test_content_controls_hold_text_like_any_other() -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(t('De haas is terug.'))}</w:sdtContent></w:sdt>"
    assert load(word(body), "x").text == "De haas is terug."


def test_numbers_of_nested_lists_are_counted_as_word_does() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(level: int, text: str) -> str:
        number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        return f"<w:p>{number}<w:r>{t(text)}</w:r></w:p>"

    body = item(0, "haas") + item(1, "wit") + item(1, "bruin") + item(0, "vos") + item(1, "rood")
    assert load(word(body, numbering=numbering), "x").text.split("\n\n") == [
        "I. haas",
        "a) wit",
        "b) bruin",
        "II. vos",
        "a) rood",
    ]


def test_a_table_that_places_text_is_read_cell_by_cell() -> None:
    cells = "".join(f"<w:tc>{''.join(p(t(f'{side} {n}')) for n in range(4))}</w:tc>" for side in ("links", "rechts"))
    text = load(word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "x").text
    assert text.split("\n\n") == [f"{side} {n}" for side in ("links", "rechts") for n in range(4)]


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 100_000)
    with pytest.raises(UnreadableFileError, match="pakt uit tot meer dan"):
        load(word(p(t("haas " * 1_000_000))), "x.docx")


@pytest.mark.parametrize("cut", [200, 400])
def test_a_damaged_package_is_no_word_file_or_one_line(cut: int) -> None:
    data = word(p(t("De haas is terug.")))[:-cut]
    assert not docx.accepts(data, "x.docx")


def test_damaged_content_is_one_line() -> None:
    data = bytearray(word(p(t("De haas is terug. " * 50))))
    data[60:90] = b"\xff" * 30
    with pytest.raises(UnreadableFileError, match=r"x\.docx"):
        load(bytes(data), "x.docx")
