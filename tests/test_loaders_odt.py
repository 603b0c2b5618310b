"""ODT files, made with odfpy where it can and by hand where it cannot."""

import io
import zipfile

import pytest

from index.errors import UnreadableFileError
from index.letter import BlockKind
from index.loaders import odt
from index.loaders.odt import load

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)


def document(body: str, styles: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


def test_a_file_of_an_office_program_is_read_with_headings_lists_and_tables() -> None:
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import H, List, ListItem, P

    file = OpenDocumentText()
    file.text.addElement(H(outlinelevel=1, text="Zandhazen"))
    file.text.addElement(P(text="De haas is terug."))
    items = List()
    item = ListItem()
    item.addElement(P(text="elke dag"))
    items.addElement(item)
    file.text.addElement(items)
    table = Table()
    for cells in (("Soort", "Aantal"), ("Zandhaas", "31")):
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    file.text.addElement(table)
    stream = io.BytesIO()
    file.write(stream)
    assert odt.accepts(stream.getvalue(), "brief")
    extract = load(stream.getvalue(), "brief.odt")
    assert extract.text == "Zandhazen\n\nDe haas is terug.\n\n• elke dag\n\nSoort\tAantal\nZandhaas\t31"
    assert [(b.kind, b.level) for b in extract.known] == [(BlockKind.HEADING, 1)]


def test_a_note_stands_at_its_marker() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>3</text:note-citation><text:note-body>'
        "<text:p>Zie de kaart.</text:p></text:note-body></text:note>"
    )
    extract = load(document(f"<text:p>De haas{note} is terug.</text:p>"), "x")
    assert extract.text == "De haas3 is terug.\n\n3 Zie de kaart."
    (found,) = extract.known
    assert (found.label, extract.text[found.start : found.end]) == ("3", "Zie de kaart.")
    assert found.anchor is not None
    assert extract.text[found.anchor.start : found.anchor.end] == "3"


def test_spaces_tabs_and_line_breaks_are_elements() -> None:
    body = '<text:p>98765<text:tab/>Zand<text:s text:c="2"/>hazen<text:line-break/>Nr. 3</text:p>'
    assert load(document(body), "x").text == "98765\tZand hazen\nNr. 3"


def test_text_that_was_removed_or_remarked_is_not_read() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>De vos</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>De haas<office:annotation><text:p>klopt dit?</text:p>"
        "</office:annotation> is terug.</text:p>"
    )
    assert load(document(body), "x").text == "De haas is terug."


def test_lists_have_the_numbers_of_their_style() -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
        "</text:list-style>"
    )
    inner = "<text:list><text:list-item><text:p>wit</text:p></text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L1"><text:list-item><text:p>haas</text:p>{inner}</text:list-item>'
        "<text:list-item><text:p>vos</text:p></text:list-item></text:list>"
    )
    assert load(document(body, styles), "x").text.split("\n\n") == ["1. haas", "a) wit", "2. vos"]


def test_a_package_without_text_is_one_line() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", "<x/>")
    with pytest.raises(UnreadableFileError, match=r"brief\.odt heeft geen tekst"):
        load(stream.getvalue(), "brief.odt")
