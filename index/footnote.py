"""Footnotes, and the markers in the running text that they belong to.

Converted text leaves a footnote where its page ended, often in the middle of a sentence, and its marker as a bare digit
glued to a word. A line is taken for a footnote when it starts with the next number in order after a break, and a marker
with that number stands before it on the page (or the page ends with it). Word texts converted by pandoc say both:
`[footnoteRef:1]` and `[1:  text]`. In scans a raised figure may be read as another sign ("bondgenoten?."): where no marker
is found, the one place that has such a sign before a full stop or comma is taken.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.layout import Layout, Line, ends
from index.letter import Span

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPTS = str.maketrans(RAISED, "0123456789")
START = re.compile(
    r"(?:(?P<label>\d{1,2})(?=\s)|(?P<raised>[⁰¹²³⁴-⁹]{1,2})|\[(?P<square>\d{1,2})\](?!\s*[.,;)]))\s*(?=[^\W_]|[‘’“”\"'«(<])"
)
INLINE_NOTE = re.compile(r"\[(?P<label>\d{1,3}):\s+(?P<note>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
INLINE_MARKER = re.compile(r"\[footnoteRef:(?P<label>\d{1,3})\]")
ENUMERATORS = (
    "actielijn|artikel|lid|nr|nummer|bijlage|pagina|punt|vraag|deel|fase|hoofdstuk|paragraaf|tabel|figuur|stap|spoor|art|blz"
)
FOLLOWED = r"(?=[\s)\]”’?!]|[.,;:](?!\d)|$)"
LABEL = "(?P<mark>[0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
FORMS = tuple(
    re.compile(form)
    for form in (
        r"\[(?P<mark>\d{1,2})\]",
        rf"(?<=[a-zß-ÿ])[)\]”’\"'»%]*[.,;:?!]?[)\]”’\"'»]*{LABEL}{FOLLOWED}",
        rf"(?<=[)\]”’\"'»%])[.,;:?!]?{LABEL}{FOLLOWED}",
        rf"(?<![\w-])(?!(?:{ENUMERATORS})\b)[^\W\d_][\w-]{{0,40}}[)\]”’\"'»]*\s{LABEL}(?=[.,;:](?!\d))",
        rf"(?<=[A-ZÀ-Þ])[.,;:?!]?{LABEL}{FOLLOWED}",
    )
)
"""Markers, the surest form first; a digit behind a capital comes last, as it is mostly a name's own (IP4, F16)."""
MOST_LINES_OF_NOTES = 30
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


class Markers:
    """Everything in a text that looks like a footnote marker, sorted by what it says; found once for the whole text."""

    def __init__(self, text: str) -> None:
        self.forms: list[dict[int, list[Span]]] = []
        for form in FORMS:
            found: dict[int, list[Span]] = {}
            for match in form.finditer(text):
                place = Span(*(match.span() if form is FORMS[0] else match.span("mark")))
                found.setdefault(int(match["mark"].translate(SUPERSCRIPTS)), []).append(place)
            self.forms.append(found)
        self.signs = [Span(*match.span("mark")) for match in OCR_MARKER.finditer(text)]

    def nearest(self, number: int, low: int, high: int) -> Span | None:
        """The last marker with `number` between the offsets `low` and `high`, of the surest form that there is."""
        for found in self.forms:
            places = found.get(number, [])
            i = bisect_left(places, high, key=lambda place: place.end) - 1
            if i >= 0 and places[i].start >= low:
                return places[i]
        return None

    def misread(self, low: int, high: int) -> Span | None:
        """The one sign between `low` and `high` that a scanner may have made of a marker; None where there are more."""
        first = bisect_left(self.signs, low, key=lambda place: place.start)
        last = bisect_left(self.signs, high, key=lambda place: place.start)
        return self.signs[first] if last - first == 1 else None


def inline_notes(text: str) -> list[Footnote]:
    """Notes that stand in the text itself between brackets (`[1:  ...]`), whose `[footnoteRef:1]` stands somewhere too."""
    markers: dict[str, Span] = {}
    for match in INLINE_MARKER.finditer(text):
        markers.setdefault(match["label"], Span(*match.span()))
    notes = []
    for match in INLINE_NOTE.finditer(text) if markers else ():
        start, end = match.span("note")
        end = start + len(text[start:end].rstrip())
        marker = markers.get(match["label"])
        if marker is not None and start < end:
            notes.append(Footnote(match["label"], (Span(start, end),), Span(*match.span()), marker))
    return notes


def page_notes(text: str, lines: Sequence[Line], layout: Layout) -> dict[int, tuple[Footnote, int]]:
    """Footnotes at the ends of pages: index of the first line -> the footnote and the index after its last line."""
    found: dict[int, tuple[Footnote, int]] = {}
    markers: Markers | None = None
    label = page_start = after = bound = i = 0
    restart = False
    while i < len(lines):
        line = lines[i]
        if line.page_start:
            page_start, restart = line.start, True
        match = START.match(line.text)
        number = _number(match) if match else 0
        if (
            match is None
            or not (number == label + 1 or (number == 1 and restart))
            or not _may_start(lines, i, layout, after)
        ):
            i += 1
            continue
        markers = markers or Markers(text)
        until = _end(lines, i, layout, number)
        page = max(page_start, bound)
        anchor = (
            markers.nearest(number, page, line.start)
            or markers.misread(page, line.start)
            or markers.nearest(number, bound, line.start)
        )
        if anchor is None and not _ends_page(lines, until):
            i += 1
            continue
        place = Span(line.start + match.end(), lines[until - 1].end)
        found[i] = (Footnote(str(number), (place,), Span(line.start, place.end), anchor), until)
        bound = anchor.end if anchor is not None else bound
        label, after, i, restart = number, until, until, False
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
    """Whether the page ends at line `until`, or after further notes there: a list in mid-page is no row of footnotes."""
    for i in range(until, min(len(lines), until + MOST_LINES_OF_NOTES)):
        if lines[i].page_start:
            return True
        if START.match(lines[i].text) is None and lines[i].gap > 0:
            return False
    return until + MOST_LINES_OF_NOTES >= len(lines)
