"""Footnotes, and the markers in the running text that they belong to.

Converted text leaves a footnote where its page ended, often in the middle of a sentence, and its marker as a bare digit
glued to a word. A line is taken for a footnote when it starts with the next number in order after a break, and a marker
with that number stands before it on the page (or the page ends with it). Word texts converted by pandoc say both:
`[footnoteRef:1]` and `[1:  text]`. In scans a raised figure may be read as another sign ("bondgenoten?."): where no marker
is found, the one place that has such a sign before a full stop or comma is taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.layout import Layout, Line, ends
from index.letter import Span

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPTS = str.maketrans(RAISED, "0123456789")
START = re.compile(
    r"(?:(?P<label>\d{1,2})(?=\s)|(?P<raised>[⁰¹²³⁴-⁹]{1,2})|\[(?P<square>\d{1,2})\](?!\s*[.,;)]))\s*(?=[^\W_]|[‘’“”\"'«(<])"
)
INLINE_NOTE = re.compile(r"\[(?P<label>\d{1,3}):\s+(?P<note>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
INLINE_MARKER = r"\[footnoteRef:{label}\]"
ENUMERATORS = (
    "actielijn|artikel|lid|nr|nummer|bijlage|pagina|punt|vraag|deel|fase|hoofdstuk|paragraaf|tabel|figuur|stap|spoor|art|blz"
)
FOLLOWED = r"(?=[\s)\]”’?!]|[.,;:](?!\d)|$)"
GLUED = r"(?<=[a-zß-ÿ])[)\]”’\"'»%]*[.,;:?!]?[)\]”’\"'»]*(?P<mark>{label})" + FOLLOWED
BRACKETED = r"(?<=[)\]”’\"'»%])[.,;:?!]?(?P<mark>{label})" + FOLLOWED
SPACED = r"(?<![\w-])(?!(?:{enumerators})\b)[^\W\d_][\w-]*[)\]”’\"'»]*\s(?P<mark>{label})(?=[.,;:](?!\d))"
CAPITAL = r"(?<=[A-ZÀ-Þ])[.,;:?!]?(?P<mark>{label})" + FOLLOWED
"""Last, as a digit behind a capital is mostly a name's own (IP4, F16)."""
SQUARE = r"(?P<mark>\[{label}\])"
OCR_MARKER = re.compile(r"(?<=[^\W\d_])(?P<mark>[?*°\"“”!])(?=[.,;])")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its printed number, its text without that number, and where its marker stands (None: not found).

    `whole` is all that it takes up in the letter, number and brackets included.
    """

    label: str
    spans: tuple[Span, ...]
    whole: Span
    anchor: Span | None


def inline_notes(text: str) -> list[Footnote]:
    """Notes that stand in the text itself between brackets (`[1:  ...]`), with a `[footnoteRef:1]` somewhere before."""
    notes = []
    for match in INLINE_NOTE.finditer(text):
        marker = re.search(INLINE_MARKER.format(label=match["label"]), text)
        if marker:
            start, end = match.span("note")
            end = start + len(text[start:end].rstrip())
            if start < end:
                notes.append(Footnote(match["label"], (Span(start, end),), Span(*match.span()), Span(*marker.span())))
    return notes


def page_notes(text: str, lines: Sequence[Line], layout: Layout) -> dict[int, tuple[Footnote, int]]:
    """Footnotes at the ends of pages: index of the first line -> the footnote and the index after its last line."""
    found: dict[int, tuple[Footnote, int]] = {}
    label = 0
    page_start = after = 0
    i = 0
    while i < len(lines):
        if lines[i].page_start:
            page_start = lines[i].start
        match = START.match(lines[i].text)
        number = _number(match) if match else None
        if (
            match is None
            or number is None
            or not (number == label + 1 or (number == 1 and label))
            or not _may_start(lines, i, layout, after)
        ):
            i += 1
            continue
        until = _end(lines, i, layout, number)
        anchor = _anchor(text, number, page_start, lines[i].start, found.values())
        if anchor is None and not _ends_page(lines, until):
            i += 1
            continue
        start = lines[i].start + match.end()
        spans = (Span(start, lines[until - 1].end),)
        found[i] = (Footnote(str(number), spans, Span(lines[i].start, lines[until - 1].end), anchor), until)
        label, after, i = number, until, until
    return found


def _number(match: re.Match[str]) -> int:
    return int((match["label"] or match["square"] or match["raised"]).translate(SUPERSCRIPTS))


def _may_start(lines: Sequence[Line], i: int, layout: Layout, after: int) -> bool:
    """After a break, after another footnote, or after a line that ends a sentence."""
    return (
        i == after
        or i == 0
        or lines[i].gap > (layout.wrap or 0)
        or lines[i].gap > 1
        or layout.wrap is None
        or ends(lines[i - 1].text)
    )


def _end(lines: Sequence[Line], i: int, layout: Layout, number: int) -> int:
    until = i + 1
    while until < len(lines) and layout.wrap is not None:
        line = lines[until]
        match = START.match(line.text)
        if line.page_start or line.gap > layout.wrap or (match and _number(match) == number + 1):
            break
        until += 1
    return until


def _ends_page(lines: Sequence[Line], until: int) -> bool:
    if until >= len(lines) or lines[until].page_start:
        return True
    return START.match(lines[until].text) is not None


def _anchor(text: str, number: int, page_start: int, start: int, found: Iterable[tuple[Footnote, int]]) -> Span | None:
    """The marker of footnote `number` whose text begins at `start`; on its page first, then anywhere before it."""
    last = max((note.anchor.end for note, _ in found if note.anchor is not None), default=0)
    page = max(page_start, last)
    return _digits(text, number, page, start) or _misread(text, page, start) or _digits(text, number, last, start)


def _digits(text: str, number: int, low: int, high: int) -> Span | None:
    raised = "".join(RAISED[int(digit)] for digit in str(number))
    for form in (SQUARE, GLUED, BRACKETED, SPACED, CAPITAL):
        pattern = form.replace("{label}", f"(?:{number}|{raised})").replace("{enumerators}", ENUMERATORS)
        matches = list(re.finditer(pattern, text[low:high]))
        if matches:
            start, end = matches[-1].span("mark")
            return Span(low + start, low + end)
    return None


def _misread(text: str, low: int, high: int) -> Span | None:
    signs = list(OCR_MARKER.finditer(text, low, high))
    return Span(*signs[0].span("mark")) if len(signs) == 1 else None
