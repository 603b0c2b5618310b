"""Write the example letters in the other formats: PDF, Word, ODT, HTML and official XML, into examples/formats/.

Each letter is read from its text file and set anew as that format would have it: headings as headings, footnotes as real
notes at their marker, a scan as a picture with the recognised text hidden behind it. Reading the results must give the
passages of the text files again, up to white space (tests/test_formats.py).

    python examples/make_formats.py        needs reportlab (development only)
"""

import html
import io
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.letter import Block, BlockKind, Letter, Span
from index.read import read_letter
from index.view import reading_text

HERE = Path(__file__).parent
LETTERS = HERE / "letters"
TARGET = HERE / "formats"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at its marker."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block: its kind, heading level, and lines of text with the footnotes in them."""

    kind: BlockKind
    level: int
    lines: tuple[tuple[str | Note, ...], ...]


def parts_of(letter: Letter) -> list[Part]:
    """The blocks of a letter without page furniture and with the footnotes put at their marker."""
    notes = {block.anchor: block for block in letter.blocks if block.kind is BlockKind.FOOTNOTE and block.anchor}
    parts: list[Part] = []
    for block in letter.blocks:
        text = " ".join(letter.quote(span) for span in block.spans)
        if block.kind is BlockKind.FOOTNOTE and block.anchor:
            continue
        if block.kind is BlockKind.FURNITURE and not text.strip().lower().startswith(("antwoord", "vraag")):
            continue
        by_line = block.kind in (BlockKind.SIGNATURE, BlockKind.FURNITURE)
        pieces = [line for span in block.spans for line in _line_spans(letter, span)] if by_line else None
        lines = [[letter.quote(span).strip()] for span in pieces] if pieces else [_with_notes(letter, block, notes)]
        parts.append(Part(block.kind, block.level, tuple(tuple(line) for line in lines)))
    return parts


def _line_spans(letter: Letter, span: Span) -> list[Span]:
    spans: list[Span] = []
    start = span.start
    for line in letter.quote(span).split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _with_notes(letter: Letter, block: Block, notes: dict[Span, Block]) -> list[str | Note]:
    line: list[str | Note] = []
    spans = list(block.spans)
    anchors = sorted(anchor for anchor in notes if any(s.start <= anchor.start and anchor.end <= s.end for s in spans))
    for anchor in anchors:
        before = [Span(s.start, min(s.end, anchor.start)) for s in spans if s.start < anchor.start]
        spans = [Span(max(s.start, anchor.end), s.end) for s in spans if s.end > anchor.end]
        text = reading_text(letter, before)
        line += [(" " if line and letter.text[before[0].start].isspace() else "") + text]
        line += [Note(notes[anchor].label or "", reading_text(letter, notes[anchor].spans))]
    rest = reading_text(letter, spans) if spans else ""
    glue = " " if line and spans and letter.text[spans[0].start].isspace() else ""
    return [part for part in (*line, glue + rest) if part]


# -- Word


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(parts: list[Part]) -> bytes:
    """A Word file."""
    notes: list[Note] = []
    body = "".join(_docx_part(part, notes) for part in parts)
    footnotes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {_esc(note.text)}</w:t></w:r></w:p></w:footnote>'
        for i, note in enumerate(notes, start=1)
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Kop{n}"><w:name w:val="heading {n}"/><w:pPr><w:outlineLvl w:val="{n - 1}"/>'
        "</w:pPr><w:rPr><w:b/></w:rPr></w:style>"
        for n in (1, 2, 3)
    )
    kinds = {"document": "document.main", "footnotes": "footnotes", "styles": "styles"}
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{office}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    return _zip(
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/_rels/document.xml.rels": _relations(
                {"rId1": ("footnotes", "footnotes.xml"), "rId2": ("styles", "styles.xml")}
            ),
            "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "word/footnotes.xml": f'{XML}<w:footnotes xmlns:w="{WORD}">{footnotes}</w:footnotes>',
            "word/styles.xml": f'{XML}<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
        }
    )


def _docx_part(part: Part, notes: list[Note]) -> str:
    style = f'<w:pPr><w:pStyle w:val="Kop{part.level}"/></w:pPr>' if part.kind is BlockKind.HEADING else ""
    runs: list[str] = []
    for i, line in enumerate(part.lines):
        runs += ["<w:r><w:br/></w:r>"] if i else []
        for piece in line:
            if isinstance(piece, Note):
                notes.append(piece)
                runs.append(
                    f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(notes)}"/></w:r>'
                )
            else:
                runs.append(f'<w:r><w:t xml:space="preserve">{_esc(piece)}</w:t></w:r>')
    return f"<w:p>{style}{''.join(runs)}</w:p>"


def _relations(relations: dict[str, tuple[str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{RELATION}/{t}" Target="{to}"/>' for i, (t, to) in relations.items())
    return (
        f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


# -- ODT


def odt(parts: list[Part]) -> bytes:
    """An OpenDocument text."""
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("style", "style"))
    )
    body = "".join(_odt_part(part) for part in parts)
    content = (
        f'{XML}<office:document-content {namespaces} office:version="1.3"><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    mimetype = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", mimetype), ("content.xml", "text/xml"))
    )
    return _zip(
        {
            "mimetype": mimetype,
            "content.xml": content,
            "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="{manifest}">{entries}</manifest:manifest>',
        }
    )


def _odt_part(part: Part) -> str:
    lines = "<text:line-break/>".join("".join(_odt_piece(piece) for piece in line) for line in part.lines)
    if part.kind is BlockKind.HEADING:
        return f'<text:h text:outline-level="{part.level}">{lines}</text:h>'
    return f"<text:p>{lines}</text:p>"


def _odt_piece(piece: str | Note) -> str:
    if isinstance(piece, str):
        return _odt_text(piece)
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{_esc(piece.label)}</text:note-citation>'
        f"<text:note-body><text:p>{_odt_text(piece.text)}</text:p></text:note-body></text:note>"
    )


def _odt_text(text: str) -> str:
    return _esc(text).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')


# -- HTML and XML


def web_page(parts: list[Part], title: str) -> bytes:
    """A page as officielebekendmakingen.nl shows a publication: menus around, the text in #broodtekst, notes in boxes."""
    notes: list[Note] = []
    body = "\n".join(_html_part(part, notes) for part in parts)
    boxes = "\n".join(
        f'<div class="voet noot" id="noot-{i}"><h5 class="note-close"><a href="#sluit-{i}">X</a> Noot</h5>'
        f'<sup><span class="nootnum" id="ID-{i}">{_esc(note.label)}</span></sup><p>{_esc(note.text)}</p></div>'
        for i, note in enumerate(notes, start=1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8"><title>{_esc(title)}</title>'
        "<script>var menu = 'Zoeken';</script><style>p { margin: 0 }</style></head><body>\n"
        '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/zoeken">Zoeken</a></li></ul></nav></header>\n'
        f'<main><article><div id="broodtekst" class="stuk broodtekst-container">\n{body}\n{boxes}\n</div></article></main>\n'
        "<footer><p>Over deze voorbeeldsite</p></footer></body></html>\n"
    ).encode()


def _html_part(part: Part, notes: list[Note]) -> str:
    lines: list[str] = []
    for line in part.lines:
        text = ""
        for piece in line:
            if isinstance(piece, Note):
                notes.append(piece)
                text += f'<sup><a class="nootnum" href="#ID-{len(notes)}">{_esc(piece.label)}</a></sup>'
            else:
                text += _esc(piece)
        lines.append(text)
    tag = f"h{min(6, part.level + 1)}" if part.kind is BlockKind.HEADING else "p"
    return f"<{tag}>{'<br>'.join(lines)}</{tag}>"


def official_xml(parts: list[Part]) -> bytes:
    """An official publication in op-xsd; the letterhead stays text, as the example letters word it themselves."""
    body = "\n".join(_xml_part(part) for part in parts)
    return (
        f'{XML}<officiele-publicatie>\n<metadata/>\n<kamerstuk><stuk><algemeen><vrije-tekst><tekst status="goed">\n'
        f"{body}\n</tekst></vrije-tekst></algemeen></stuk></kamerstuk>\n</officiele-publicatie>\n"
    ).encode()


def _xml_part(part: Part) -> str:
    lines = ["".join(_xml_piece(piece) for piece in line) for line in part.lines]
    if part.kind is BlockKind.HEADING:
        return f'<tussenkop kopopmaak="{"vet" if part.level == 1 else "cur"}">{lines[0]}</tussenkop>'
    if part.kind is BlockKind.SIGNATURE:
        return f"<ondertekening>{''.join(f'<functie>{line}</functie>' for line in lines)}</ondertekening>"
    return "".join(f"<al>{line}</al>" for line in lines)


def _xml_piece(piece: str | Note) -> str:
    if isinstance(piece, str):
        return _esc(piece)
    return f'<noot type="voet"><noot.nr>{_esc(piece.label)}</noot.nr><noot.al>{_esc(piece.text)}</noot.al></noot>'


# -- PDF


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 595, 842, 90, 505, 770, 90
SIZE, LEADING, NOTE_SIZE, NOTE_LEADING = 10, 13, 8, 10


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: words with whether each is a raised marker, its size, and the notes whose markers stand on it."""

    words: tuple[tuple[str, bool], ...]
    bold: bool
    notes: tuple[Note, ...]
    space: float


def pdf(parts: list[Part], *, scanned: bool = False) -> bytes:
    """A letter on A4 with running feet and footnotes at the foot; a scan has its text hidden behind a picture."""
    from reportlab.pdfgen.canvas import Canvas

    pages = _paginate([row for part in parts for row in _rows(part)])
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=True, pageCompression=1)
    for number, rows in enumerate(pages, start=1):
        if scanned:
            _paper(canvas)
        y = float(TOP)
        for i, row in enumerate(rows):
            y -= LEADING + (row.space if i else 0)
            _print(canvas, row.words, LEFT, y, SIZE, bold=row.bold, hidden=scanned)
        notes = [line for row in rows for note in row.notes for line in _note_lines(note)]
        y = BOTTOM + NOTE_LEADING * len(notes)
        for words in notes:
            _print(canvas, words, LEFT, y, NOTE_SIZE, bold=False, hidden=scanned)
            y -= NOTE_LEADING
        _print(canvas, ((f"Pagina {number} van {len(pages)}", False),), LEFT, 50, NOTE_SIZE, bold=False, hidden=scanned)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _rows(part: Part) -> list[Row]:
    rows: list[Row] = []
    bold = part.kind is BlockKind.HEADING
    for i, line in enumerate(part.lines):
        words: list[tuple[str, bool]] = []
        notes: list[Note] = []
        for piece in line:
            if isinstance(piece, Note):
                words.append((piece.label, True))
                notes.append(piece)
            else:
                words += [(word, False) for word in _words(piece)]
        rows += _wrap(words, notes, SIZE, bold=bold, space=SIZE if i == 0 else 0)
    return rows


def _words(text: str) -> list[str]:
    """Words with the space behind them, so that a marker can follow a word without one."""
    return re.findall(r"\s*\S+\s*", text)


def _wrap(words: list[tuple[str, bool]], notes: list[Note], size: float, *, bold: bool, space: float) -> list[Row]:
    rows: list[Row] = []
    row: list[tuple[str, bool]] = []
    waiting = list(notes)
    for word, raised in [*words, ("", False)]:
        width = sum(_width(w, size, raised=r, bold=bold) for w, r in row)
        last = not word
        if row and (last or (not raised and width + _width(word.rstrip(), size, raised=False, bold=bold) > RIGHT - LEFT)):
            count = sum(r for _, r in row)
            rows.append(Row(tuple(row), bold, tuple(waiting[:count]), space if not rows else 0))
            waiting = waiting[count:]
            row = []
        if not last:
            row.append((word, raised))
    return rows


def _note_lines(note: Note) -> list[tuple[tuple[str, bool], ...]]:
    words = [(note.label, True), *((word, False) for word in _words(" " + note.text))]
    return [row.words for row in _wrap(words, [], NOTE_SIZE, bold=False, space=0)]


def _width(text: str, size: float, *, raised: bool, bold: bool) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", 0.6 * size if raised else size))


def _paginate(rows: list[Row]) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    used = 0.0
    for i, row in enumerate(rows):
        notes = sum(NOTE_LEADING * len(_note_lines(note)) for note in row.notes)
        height = LEADING + row.space + notes
        following = LEADING * 2 if row.bold and i + 1 < len(rows) else 0  # no heading alone at the foot of a page
        if pages[-1] and used + height + following > TOP - BOTTOM - 2 * LEADING:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += height
    return pages


def _print(
    canvas: Any, words: tuple[tuple[str, bool], ...], x: float, y: float, size: float, *, bold: bool, hidden: bool
) -> None:
    text = canvas.beginText()
    text.setTextRenderMode(3 if hidden else 0)
    for word, raised in words:
        text.setFont("Helvetica-Bold" if bold else "Helvetica", 0.6 * size if raised else size)
        text.setTextOrigin(x, y + (0.4 * size if raised else 0))
        text.textOut(word)
        x += _width(word, size, raised=raised, bold=bold)
    canvas.drawText(text)


def _paper(canvas: Any) -> None:
    """A grey sheet for the picture of a scan."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 85), 235)), 0, 0, WIDTH, HEIGHT)


def _esc(text: str) -> str:
    return html.escape(text, quote=False)


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, content.encode())
    return stream.getvalue()


def main() -> int:
    """Write every letter in every format."""
    TARGET.mkdir(exist_ok=True)
    for path in sorted(LETTERS.glob("*.txt")):
        letter = read_letter(path.read_bytes(), path.name).letter
        parts = parts_of(letter)
        stem = TARGET / path.stem
        stem.with_suffix(".pdf").write_bytes(pdf(parts, scanned=letter.quality == "ocr"))
        stem.with_suffix(".docx").write_bytes(docx(parts))
        stem.with_suffix(".odt").write_bytes(odt(parts))
        stem.with_suffix(".html").write_bytes(web_page(parts, letter.title))
        stem.with_suffix(".xml").write_bytes(official_xml(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
