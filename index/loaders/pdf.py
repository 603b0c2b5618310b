"""PDF: the text layer through pdfium, laid out by place and size of type.

The canonical text keeps what is printed: lines as lines, a blank line between paragraphs, side column, footnotes and running
heads in their place on the page. pdfium reports a hyphen at a line's end as U+0002 or U+FFFE; it is written as the hyphen
that is printed, and index/hyphen.py decides on it for the reading view as it does for every letter. Running heads, page
numbers, side columns and footnotes are known by place and size of type and given as `known` blocks; footnotes carry the
anchor of their raised marker.
"""

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import Block, BlockKind, Span
from index.loaders.ocr import INSTALL, PROGRESS, is_installed, read_page, read_scan
from index.loaders.page import LABEL, Fragment, Line, Part, Size, goes_on, plain_lines, read_pages, starts_note, titles

MAX_PAGES = 3000
MAX_CHARS_PER_PAGE = 60_000
AFTER_LABEL = re.compile(r"[.):]?\s*")
SOFT_HYPHEN = "\u00ad"
HYPHENS = (0x02, 0xFFFE)
BREAKS = frozenset((0x0A, 0x0C, 0x0D))
SPACES = frozenset((0x09, 0x20, 0xA0))
ACUTE_AFTER = frozenset("cnzCNZ")
"""Letters after which type sets a loose acute for want of the joined letter; after a vowel it stands for an apostrophe."""
BOLD_FROM = 600
BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
INVISIBLE = 3


def accepts(data: bytes, name: str) -> bool:  # noqa: ARG001 - every loader is asked the same way
    """Whether `data` is a PDF; the header may stand within the first 1,024 bytes."""
    return b"%PDF-" in data[:1024]


def load(data: bytes, name: str) -> Extract:
    """The text layer of a PDF.

    A scan, which has none, goes to index/loaders/ocr.py. Raises UnreadableFileError when the file is damaged, locked or too
    long, or is a scan that cannot be read here.
    """
    with _opened(data, name) as document:
        if len(document) > MAX_PAGES:
            raise UnreadableFileError(f"{name}: {len(document)} bladzijden is meer dan {MAX_PAGES}. Splits het bestand.")
        pages: list[list[Fragment]] = []
        sizes: list[Size] = []
        pictures: list[int] = []
        hidden = 0
        for number, page in enumerate(_pages(document, name)):
            fragments, size = _fragments(page, name)
            pages.append(fragments)
            sizes.append(size)
            if not fragments and next(page.get_objects(max_depth=1), None) is not None:
                pictures.append(number)
            hidden += bool(fragments) and _is_scan_with_text(page)
    if not any(pages):
        return read_scan(data, name)
    lines = read_pages(pages, sizes)
    recognised = pictures if is_installed() else []
    for number in recognised:
        lines[number] = plain_lines(read_page(data, name, number))
    written = _write(lines)
    return Extract(
        text="".join(written.pieces),
        format="pdf",
        quality="ocr" if (hidden + len(recognised)) * 2 > len(pages) else "text",
        pages=tuple(written.pages),
        known=tuple(written.known),
        warnings=(_pictures_warning(name, pictures, recognised=bool(recognised)),) if pictures else (),
    )


def render(data: bytes, name: str, number: int, dots_per_inch: int = 300) -> Any:
    """Page `number` (counted from 0) as a picture in grey, for OCR."""
    with _opened(data, name) as document:
        page = document[number]
        scale = dots_per_inch / 72
        longest = max(page.get_size()) * scale
        return page.render(scale=scale * min(1.0, 6000 / longest), grayscale=True).to_pil()


def count_pages(data: bytes, name: str) -> int:
    """The number of pages."""
    with _opened(data, name) as document:
        return len(document)


def _pictures_warning(name: str, pictures: Sequence[int], *, recognised: bool) -> str:
    numbers = ", ".join(str(number + 1) for number in pictures[:10]) + (" ..." if len(pictures) > 10 else "")
    which = f"bladzijde {numbers} is een afbeelding" if len(pictures) == 1 else f"de bladzijden {numbers} zijn afbeeldingen"
    if recognised:
        return f"{name}: {which}; de tekst is herkend en kan fouten hebben."
    return f"{name}: {which} zonder tekst. Met tekstherkenning worden ze gelezen: {INSTALL}"


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableFileError(f"{name} is met een wachtwoord beveiligd. Sla het zonder wachtwoord op.") from error
        raise UnreadableFileError(f"{name} is geen leesbare PDF: het bestand is beschadigd. Haal het opnieuw op.") from error
    try:
        yield document
    finally:
        document.close()


def _pages(document: Any, name: str) -> Iterator[Any]:
    import pypdfium2

    progress = PROGRESS.get()
    for number in range(len(document)):
        if progress is not None:
            progress(number, len(document))
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(f"{name}: bladzijde {number + 1} is beschadigd. Haal het opnieuw op.") from error
        try:
            yield page
        finally:
            page.close()


@dataclass(slots=True)
class _Run:
    """A fragment in the making: characters with left, right, baseline, height and weight."""

    chars: list[tuple[str, float, float, float, float, bool]] = field(default_factory=list)

    def add(self, letters: str, left: float, right: float, base: float, height: float, *, bold: bool) -> None:
        """Add a character; an accent set as a character of its own joins the letter before it."""
        accent = "\u0301" if letters == "´" and self.chars and self.chars[-1][0] in ACUTE_AFTER else letters
        if accent and unicodedata.combining(accent[0]) and self.chars:
            before, *_ = self.chars[-1]
            joined = unicodedata.normalize("NFC", before + accent)
            if len(joined) == len(before):
                self.chars[-1] = (joined, *self.chars[-1][1:])
                return
        self.chars.append((letters, left, right, base, height, bold))

    def space(self) -> None:
        """Add a space, unless nothing stands before it."""
        if self.chars:
            self.chars.append((" ", 0.0, 0.0, 0.0, 0.0, False))

    def fragment(self) -> Fragment | None:
        """The fragment, or None when it holds only white space."""
        printed = [char for char in self.chars if not char[0].isspace()]
        if not printed:
            return None
        heights = Counter([char[4] for char in printed])
        main = max(height for height, count in heights.items() if count >= 0.2 * len(printed) or count >= 8)
        base = Counter([char[3] for char in printed if char[4] == main]).most_common(1)[0][0]
        text, marks = self.text(main, base)
        return Fragment(
            text=text,
            left=printed[0][1],
            right=max([char[2] for char in printed]),
            base=base,
            height=main,
            bold=sum([char[5] for char in printed]) > 0.5 * len(printed),
            marks=tuple(span for span in marks if LABEL.fullmatch(text[span.start : span.end].strip("() "))),
        )

    def text(self, main: float, base: float) -> tuple[str, list[Span]]:
        """The characters in order, and where type smaller than `main` stands raised above `base`."""
        text = "".join([char[0] for char in self.chars])
        if SOFT_HYPHEN not in text and min(char[4] for char in self.chars if char[4]) >= 0.8 * main:
            return text, []
        text = ""
        marks: list[Span] = []
        for i, (letters, _, _, low, height, _) in enumerate(self.chars):
            if letters == SOFT_HYPHEN:
                text += "-" if not any(char[0].strip() for char in self.chars[i + 1 :]) else ""
                continue
            raised = not letters.isspace() and height < 0.8 * main and low > base + 0.12 * main
            if raised and marks and marks[-1].end == len(text):
                marks[-1] = Span(marks[-1].start, len(text) + len(letters))
            elif raised:
                marks.append(Span(len(text), len(text) + len(letters)))
            text += letters
        return text, marks


class _Box(NamedTuple):
    """The box of a character, from the lower left corner of the page."""

    left: float
    right: float
    bottom: float
    top: float


def _fragments(page: Any, name: str) -> tuple[list[Fragment], Size]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    turned = page.get_rotation()
    size = Size(top - bottom, right - left) if turned in (90, 270) else Size(right - left, top - bottom)
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARS_PER_PAGE:
            raise UnreadableFileError(
                f"{name}: een bladzijde met {count} tekens is geen gewone brief. Controleer het bestand."
            )
        handle = textpage.raw
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        named = ctypes.create_string_buffer(128)
        at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        run = _Run()
        runs = [run]
        previous: tuple[float, float, float, float] | None = None
        bold: bool | None = None
        for i in range(count):
            code = pdfium.FPDFText_GetUnicode(handle, i)
            if not code:  # a glyph without a letter
                continue
            if code in BREAKS:
                run = _Run()
                runs.append(run)
                previous = bold = None
                continue
            if code in SPACES:
                run.space()
                bold = None
                continue
            pdfium.FPDFText_GetCharOrigin(handle, i, at_x, at_y)
            pdfium.FPDFText_GetLooseCharBox(handle, i, at_box)
            here = (y.value - bottom, box.left - left, box.right - left, box.top - box.bottom)
            if turned:
                place = _Box(here[1], here[2], box.bottom - bottom, box.top - bottom)
                here = _turn(turned, size, x.value - left, here[0], place)
            if previous is not None and _is_apart(previous, here):
                run = _Run()
                runs.append(run)
                bold = None
            if bold is None:  # asked once a word: it is the dearest question
                bold = pdfium.FPDFText_GetFontWeight(handle, i) >= BOLD_FROM or _is_named_bold(handle, i, named)
            run.add(_letters(code), here[1], here[2], round(here[0], 1), round(here[3], 1), bold=bold)
            previous = here
    finally:
        textpage.close()
    return [fragment for run in runs if (fragment := run.fragment()) is not None], size


def _is_named_bold(textpage: Any, number: int, named: Any) -> bool:
    """Whether the font of a character is called bold; fonts that are not in the file state no weight."""
    import pypdfium2.raw as pdfium

    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(textpage, number, named, len(named), ctypes.byref(flags))
    return 0 < length <= len(named) and BOLD_NAME.search(named.value) is not None


def _turn(turned: int, size: Size, x: float, y: float, box: _Box) -> tuple[float, float, float, float]:
    """Baseline, left, right and height of a character as the reader sees it on a page `turned` by so many degrees."""
    if turned == 90:
        return size.height - x, box.bottom, box.top, box.right - box.left
    if turned == 180:
        return size.height - y, size.width - box.right, size.width - box.left, box.top - box.bottom
    if turned == 270:
        return x, size.width - box.top, size.width - box.bottom, box.right - box.left
    return y, box.left, box.right, box.top - box.bottom


def _is_apart(previous: tuple[float, float, float, float], here: tuple[float, float, float, float]) -> bool:
    """Whether a character starts a new fragment: another line, a jump back, or a gap wider than spaces are."""
    height = max(previous[3], here[3], 1.0)
    return (
        abs(here[0] - previous[0]) > 0.5 * height or here[1] < previous[1] - height or here[1] - previous[2] > 1.6 * height
    )


@cache
def _letters(code: int) -> str:
    """The letters of one code point: ligatures apart, line-end hyphens as printed, control characters gone."""
    if code in HYPHENS:
        return "-"
    char = chr(code) if not 0xD800 <= code <= 0xDFFF else ""
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    if char == SOFT_HYPHEN:
        return char
    if char in ("\u200b", "\ufeff", "\u2060") or unicodedata.category(char or " ") in ("Cc", "Cs", "Cn"):
        return ""
    return char


def _is_scan_with_text(page: Any) -> bool:
    """Whether a page's text is invisible type over a picture: what a scanner's own OCR leaves."""
    import pypdfium2.raw as pdfium

    texts = hidden = 0
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=2):
        texts += 1
        hidden += pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == INVISIBLE
        if texts >= 50:
            break
    return hidden * 2 > texts


@dataclass(slots=True)
class _Written:
    """The canonical text in the making: its pieces, page starts, known blocks, and the footnote markers not yet bound."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)
    known: list[Block] = field(default_factory=list)
    markers: list[tuple[str, Span]] = field(default_factory=list)

    def put(self, line: Line, separator: str) -> Span:
        """Add a line after `separator` and return where it stands."""
        start = self.length + len(separator) if self.length else 0
        self.pieces += [separator if self.length else "", line.text]
        self.length = start + len(line.text)
        if line.part is Part.BODY:
            for mark in line.marks:
                label = line.text[mark.start : mark.end].strip("() ")
                self.markers.append((label, Span(start + mark.start, start + mark.end)))
        return Span(start, self.length)

    def put_block(self, lines: Sequence[Line], separator: str) -> Span:
        """Add lines as one block and return where it stands."""
        first = self.put(lines[0], separator)
        last = first
        for line in lines[1:]:
            last = self.put(line, "\n")
        return Span(first.start, last.end)


def _write(pages: Sequence[Sequence[Line]]) -> _Written:
    written = _Written()
    bodies = [[line for line in lines if line.part is Part.BODY] for lines in pages]
    open_end = False
    for number, lines in enumerate(pages):
        begin = written.length
        first = len(written.pieces)
        side = [line for line in lines if line.part is Part.SIDE]
        if side:
            kind = BlockKind.LETTERHEAD if number == 0 else BlockKind.FURNITURE
            written.known.append(Block(kind, (written.put_block(side, "\n\n"),)))
        spans = [
            written.put(line, "\n" if (open_end if i == 0 else not line.gap) else "\n\n")
            for i, line in enumerate(bodies[number])
        ]
        for start, until in titles(bodies[number]) if number == 0 else ():
            whole = Span(spans[start].start, spans[until - 1].end)
            written.known.append(Block(BlockKind.LETTERHEAD, (whole,)))
        if bodies[number]:
            following = next((body for body in bodies[number + 1 :] if body), None)
            open_end = following is not None and goes_on(bodies[number], following[0])
        separator = "\n" if open_end else "\n\n"
        for note in _notes([line for line in lines if line.part is Part.NOTE]):
            _write_note(written, note, separator)
        furniture = [line for line in lines if line.part is Part.FURNITURE]
        if furniture:
            written.known.append(Block(BlockKind.FURNITURE, (written.put_block(furniture, separator),)))
        written.pages.append(begin + len(written.pieces[first]) if len(written.pieces) > first else begin)
    return written


def _notes(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of every footnote; the first may be the rest of one from the page before."""
    notes: list[list[Line]] = []
    for line in lines:
        if not notes or starts_note(line):
            notes.append([line])
        else:
            notes[-1].append(line)
    return notes


def _write_note(written: _Written, lines: Sequence[Line], separator: str) -> None:
    """Add a footnote and bind it to its marker; small type that is no footnote after all becomes text."""
    span = written.put_block(lines, separator)
    if not starts_note(lines[0]):
        rest = next((i for i in reversed(range(len(written.known))) if written.known[i].kind is BlockKind.FOOTNOTE), None)
        if rest is not None:
            note = written.known[rest]
            written.known[rest] = replace(note, spans=(*note.spans, span))
        return
    match = LABEL.match(lines[0].text)
    label = match[1] if match else None
    bound = next((i for i, (marker, _) in enumerate(written.markers) if marker == label), None)
    anchor = written.markers.pop(bound)[1] if bound is not None else None
    if anchor is not None or lines[0].marks:
        printed = AFTER_LABEL.match(lines[0].text, match.end()) if match else None
        if printed and span.start + printed.end() < span.end:
            span = Span(span.start + printed.end(), span.end)
        written.known.append(Block(BlockKind.FOOTNOTE, (span,), label=label, anchor=anchor))
