"""How the lines of a plain text make paragraphs.

Text that came out of a PDF, a Word file or a scan keeps the lines of the page, each in its own way: wrapped lines with
nothing between them, wrapped lines with a blank line between each two, or a whole paragraph on every line. Nothing in the
file says which; the most common run of blank lines between two lines does, together with the question whether lines run on
(end in mid-sentence). What is larger than that run parts two paragraphs. Page ends fall anywhere and are mended: a page
that starts in lower case after an unfinished line goes on with it.

A page starts at a form feed, at a line with exactly one leading space (what remains of a form feed in much converted text),
or, in scans, at a run of three blank lines of which at least one falls in mid-sentence.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]*")
BREAK = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
LONG = 150
"""No page is so wide: a longer line (in characters) was never wrapped."""
LONG_SHARE = 0.3
RUN_ON_SHARE = 0.35
"""In wrapped text more than half of the lines end in mid-sentence; in text with a paragraph a line nearly none does."""
ENOUGH_LINES = 4
SHORT = 0.8
"""A sentence that ends in a line shorter than this share of its neighbours, the next word included, ends a paragraph."""
SCAN_PAGE_GAP = 3
PAGE_SHARE = 0.2
"""Where more of the lines are indented, indenting means something else than a page start."""
END = re.compile(r"[.?!:…](?:[)\]”’\"'»]|\d{1,2}|\[\w+:?\d*\]|[¹²³⁰⁴-⁹])*$|(?<!\bnr)[.?!]\s\d{1,2}$|[)\]]\s?\d{1,2}[.]$")
BULLET = re.compile(r"(?:[-–—•▪●◦‣·*o]|\uf0b7|(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]))\s+\S")
LABEL = re.compile(r"(?:(?P<answer>antwoord)|vraag)(?: op vraag)?(?:\s+(?P<label>\d{1,3}))?\s*[:.]\s+(?=\S)", re.IGNORECASE)
"""How a question or answer starts that announces itself on its own first line."""
BULLET_SIGN = re.compile(r"[•▪●◦‣·\uf0b7]\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text: canonical `start` and `end` without outer white space, `gap` blank lines before it.

    `indent` and `trail` count the white space before and behind it. `cut` says that something that is no running text stood
    between this line and the former one.
    """

    text: str
    start: int
    end: int
    gap: int
    indent: int
    trail: int
    page_start: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's lines are set: `wrap` blank lines between the lines of one paragraph, None when nothing is wrapped.

    `width` is the length of the longest line in characters. `trail` is the usual white space at the end of a line: much
    converted text has one space there, and two at the end of a paragraph.
    """

    wrap: int | None
    width: int
    trail: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a letter with the layout they are in and the offsets at which its pages start (empty: unknown)."""

    lines: tuple[Line, ...]
    layout: Layout
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `text` is those lines with a space between."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


def read_page(text: str, pages: Sequence[int] = ()) -> Page:
    """The lines, layout and page starts of `text`; `pages` are the page starts where the format states them."""
    lines, feeds = _lines(text)
    layout = layout_of(lines)
    if pages:
        indexes = {bisect_left(lines, start, key=lambda line: line.start) for start in pages}
        lines = tuple(replace(line, page_start=True) if i in indexes else line for i, line in enumerate(lines))
        return Page(lines, layout, tuple(pages))
    found = feeds or _spaced_pages(lines) or _scanned_pages(lines, layout)
    lines = tuple(replace(line, page_start=True) if i in found else line for i, line in enumerate(lines))
    starts = tuple(line.start - line.indent for line in lines if line.page_start)
    if starts and lines[0].start - lines[0].indent not in starts:
        starts = (0, *starts)
    return Page(lines, layout, (0, *starts[1:]) if starts else ())


def layout_of(lines: Sequence[Line]) -> Layout:
    """The layout that most of `lines` are set in."""
    width = max((len(line.text) for line in lines), default=0)
    total = sum(len(line.text) for line in lines)
    if sum(len(line.text) for line in lines if len(line.text) > LONG) > LONG_SHARE * total:
        return Layout(None, width)
    gaps = Counter(line.gap for line in lines[1:])
    for gap, count in gaps.most_common(2):
        pairs = [(before, line) for before, line in pairwise(lines) if line.gap == gap]
        run_on = sum(runs_on(before, line) for before, line in pairs)
        if count >= ENOUGH_LINES and run_on >= RUN_ON_SHARE * count:
            trail = Counter(line.trail for line in lines).most_common(1)[0][0]
            return Layout(gap, width, trail)
    return Layout(None, width)


def runs_on(before: Line, line: Line) -> bool:
    """Whether `before` ends in mid-sentence and `line` goes on with it, as far as letters and signs tell."""
    return not ends(before.text) and (line.text[0].islower() or len(before.text) >= 50)


def ends(text: str) -> bool:
    """Whether `text` ends as a sentence does, footnote markers and closing quotes passed over."""
    return END.search(text) is not None


def paragraphs(lines: Sequence[Line], layout: Layout) -> list[Paragraph]:
    """`lines` put together in paragraphs."""
    found: list[list[Line]] = []
    widths = _widths(lines, layout)
    for i, line in enumerate(lines):
        if i and not _starts_paragraph(found[-1], line, layout, widths[i - 1]):
            found[-1].append(line)
        else:
            found.append([line])
    return [Paragraph(tuple(group)) for group in found]


def is_bullet(text: str) -> bool:
    """Whether `text` starts as an item of a list does."""
    return BULLET.match(text) is not None or BULLET_SIGN.match(text) is not None


def fits(before: Line, line: Line, width: float) -> bool:
    """Whether the first word of `line` would still have fitted behind `before`: the line was ended on purpose."""
    return len(before.text) + 1 + len(line.text.split(None, 1)[0]) <= width


def _starts_paragraph(group: Sequence[Line], line: Line, layout: Layout, width: int) -> bool:
    before = group[-1]
    lower = line.text[0].islower()
    done = ends(before.text)
    moved = line.page_start or line.cut
    if LABEL.match(line.text):
        return True
    if layout.wrap is None:
        return not (moved and lower and not done)
    if is_bullet(line.text) and (
        line.gap > layout.wrap or before.text[-1] in ".:;,?!" or is_bullet(group[0].text) or BULLET_SIGN.match(line.text)
    ):
        return True
    if line.gap > layout.wrap or line.cut:
        full = moved and not fits(before, line, 0.9 * layout.width)
        return not (moved and not done and (lower or full))
    if moved:
        return done and not lower
    if done:
        return not lower and (fits(before, line, SHORT * width) or before.trail > layout.trail)
    title = len(group) == 1 and len(before.text) <= 70 and fits(before, line, 0.7 * layout.width)
    return (
        title
        and line.text[0].isupper()
        and before.text[0].isupper()
        and before.text[-1] not in ",;-–"
        and line.gap == 0 < before.gap
    )


def _widths(lines: Sequence[Line], layout: Layout) -> list[int]:
    """Per line the length of the longest line of its stretch, as bold or quoted text may be set narrower."""
    wrap = layout.wrap or 0
    widths: list[int] = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or lines[i].gap > wrap:
            longest = max(len(line.text) for line in lines[start:i])
            widths.extend([longest] * (i - start))
            start = i
    return widths


def _lines(text: str) -> tuple[tuple[Line, ...], frozenset[int]]:
    lines: list[Line] = []
    feeds: set[int] = set()
    gap = at = 0
    feed = False
    for match in [*BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        raw = text[at:end]
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            if feed:
                feeds.add(len(lines))
                feed = False
            start = at + indent
            lines.append(Line(stripped, start, start + len(stripped), gap, indent, len(raw) - indent - len(stripped)))
            gap = 0
        else:
            gap += match is None or match[0] != "\f"
        if match:
            feed = feed or match[0] == "\f"
            at = match.end()
    return tuple(lines), frozenset(feeds)


def _spaced_pages(lines: Sequence[Line]) -> frozenset[int]:
    """Lines with exactly one leading space, where the others have none."""
    found = frozenset(i for i, line in enumerate(lines) if line.indent == 1)
    indented = sum(line.indent > 1 for line in lines)
    listed = any(i + 1 in found or is_bullet(lines[i].text) for i in found)
    return found if not listed and len(found) + indented <= max(1, PAGE_SHARE * len(lines)) else frozenset()


def _scanned_pages(lines: Sequence[Line], layout: Layout) -> frozenset[int]:
    if layout.wrap != 0:
        return frozenset()
    found = [i for i, line in enumerate(lines) if i and line.gap == SCAN_PAGE_GAP]
    torn = any(not ends(lines[i - 1].text) and lines[i].text[0].islower() for i in found)
    return frozenset(found) if torn else frozenset()
