"""From pieces of type on a page to lines in reading order, each told apart: body, side column, footnote, running head.

Producers write the pieces of a page in any order: a letterhead's side column ("Onze referentie ...") comes between the
body's lines, two columns come line by line, a foot comes first. So the order is worked out from place and size of type
alone, in points from the lower left corner. Pieces on one baseline become a line, a gap between them two spaces (a cell
of a table, or two people who sign side by side).

Pure functions on Fragments; index/loaders/pdf.py makes those with pdfium.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from index.letter import Span


@dataclass(frozen=True, slots=True)
class Fragment:
    """Type set in one go: its text, left and right edge, baseline and height of type; `bold` when most of it is.

    `marks` are the stretches of `text` that are set small and raised: footnote markers.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool = False
    marks: tuple[Span, ...] = ()


class Part(Enum):
    """What a line is for the reader."""

    BODY = "body"
    SIDE = "side"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments on one baseline, left to right; `gap` says that white space above sets it apart from the line before.

    `cells` counts the stretches that wide gaps part; `last_cell` is the left edge of the last.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool
    marks: tuple[Span, ...]
    part: Part = Part.BODY
    gap: bool = False
    cells: int = 1
    last_cell: float = 0.0


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a page in points."""

    width: float
    height: float


FOOT = re.compile(
    r"(?:(?:Tweede|Eerste) Kamer,? (?:der Staten-Generaal,? )?vergaderjaar \d{4}\D\d{2,4}.*|ISSN [\d -]+X?"
    r"|[’']?s-Gravenhage \d{4}(?:\s+(?:Tweede|Eerste) Kamer,? vergaderjaar.*)?|Handelingen \w+ \d{4}\D\d{2,4}.*"
    r"|(?:kst|ah|blg|kv|h|nds|ag)-(?:[a-z]{2}-)?[0-9A-Za-z-]+"
    r"|[Pp]agina \d+(?: (?:van|/) \d+)?|[Bb]ladzijde \d+(?: van \d+)?)"
)
NUMBER = re.compile(r"[-–] ?(\d{1,4}) ?[-–]|(\d{1,4})(?: ?/ ?\d{1,4}| van \d{1,4})?")
RULE = re.compile(r"[\s._…—-]{5,}")
"""A ruled line made of full stops, strokes or dashes."""
NUMBERED = re.compile(r"(?:\d{2} ?\d{3}(?:[ -]\S{1,6})?|Nr\. ?\S{1,5}|[A-Z]{1,2})\s{2}\S")
"""The number of a dossier or document and, after a gap, its title."""
LABEL = re.compile(r"(\d{1,3}|\*{1,3}|[ivx]{1,4})(?=[\s.)]|$)")
ITEM = re.compile(r"(?:[•▪◦●■–—·o-]|\(?(?:\d{1,2}|[a-z])[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+\S")
NOTE_END = re.compile(r"(?:[.)»”?!\]]|(?:://|www\.|/)\S*)$")
"""How a complete footnote ends: a full stop or bracket, or an address."""
HEAD = 20
"""So many lines at most the letterhead of a paper takes, from the chamber to its title."""
SIGNS = "•▪◦●■·"
EDGE = 0.12
"""The part of a page's height, above and below, in which running heads and feet stand."""


def read_pages(pages: Sequence[Sequence[Fragment]], sizes: Sequence[Size]) -> list[list[Line]]:
    """The lines of every page in reading order: side column, body, footnotes, running heads and feet."""
    heights = Counter[float]()
    for page in pages:
        for fragment in page:
            heights[round(fragment.height, 1)] += len(fragment.text)
    body_height = heights.most_common(1)[0][0] if heights else 0.0
    repeated = _repeated(pages, sizes)
    result: list[list[Line]] = []
    open_note = False
    for number, (page, size) in enumerate(zip(pages, sizes, strict=True)):
        lines = _read_page(page, size, body_height, repeated[number], open_note=open_note)
        notes = [line for line in lines if line.part is Part.NOTE]
        open_note = bool(notes) and NOTE_END.search(notes[-1].text) is None
        result.append(lines)
    return result


def _read_page(
    page: Sequence[Fragment], size: Size, body_height: float, repeated: frozenset[int], *, open_note: bool
) -> list[Line]:
    furniture = [fragment for i, fragment in enumerate(page) if i in repeated or _is_furniture(fragment, size)]
    rest = [fragment for fragment in page if fragment not in furniture]
    side, rest = _side_column(rest, body_height)
    lines: list[Line] = []
    for column in _columns(rest, size):
        below = _spaced(_lines(column), body_height)
        if lines and below:
            below[0] = replace(below[0], gap=not goes_on(lines, below[0]))
        lines += below
    notes_from = _notes_start(lines, body_height, open_note=open_note)
    body = lines[:notes_from]
    notes = [replace(line, part=Part.NOTE) for line in lines[notes_from:]]
    aside = [replace(line, part=Part.SIDE) for line in _spaced(_lines(side), body_height)]
    heads = [replace(line, part=Part.FURNITURE) for line in _lines(furniture)]
    return [*aside, *body, *notes, *heads]


def _is_furniture(fragment: Fragment, size: Size) -> bool:
    text = fragment.text.strip()
    if RULE.fullmatch(text):
        return True
    if fragment.base < 0.25 * size.height or fragment.base > (1 - EDGE) * size.height:
        return FOOT.fullmatch(text) is not None
    return re.fullmatch(r"[Pp]agina \d+ van \d+", text) is not None


def _repeated(pages: Sequence[Sequence[Fragment]], sizes: Sequence[Size]) -> list[frozenset[int]]:
    """For every page, the places of the fragments at its edge that return on most pages, or count them."""
    edge: Counter[tuple[str, int, int]] = Counter()
    counting: Counter[tuple[int, int]] = Counter()
    for number, (page, size) in enumerate(zip(pages, sizes, strict=True)):
        edge.update({_place(fragment, number) for fragment in page if _at_edge(fragment, size)})
        counting.update({place for fragment in page if _at_edge(fragment, size) for place in _counts(fragment, number)})
    enough = min(4, max(2, round(0.2 * len(pages))))  # a head may stand on left pages only, or on one chapter's
    counted = {place for place, count in counting.items() if count >= enough}
    return [
        frozenset(
            i
            for i, fragment in enumerate(page)
            if _at_edge(fragment, size)
            and (edge[_place(fragment, number)] >= enough or any(place in counted for place in _counts(fragment, number)))
        )
        for number, (page, size) in enumerate(zip(pages, sizes, strict=True))
    ]


def _at_edge(fragment: Fragment, size: Size) -> bool:
    return fragment.base < EDGE * size.height or fragment.base > (1 - EDGE) * size.height


def _place(fragment: Fragment, number: int) -> tuple[str, int, int]:
    """What stands where: a number at either end, counted from the page's own, is left out of the text."""
    text = fragment.text.strip()
    match = re.match(r"\d{1,4}\b|.*?\b(\d{1,4})$", text)
    if match is None:
        return text, 0, round(fragment.base / 8)
    digits = match[1] or match[0]
    return text.replace(digits, "#", 1), int(digits) - number, round(fragment.base / 8)


def _counts(fragment: Fragment, number: int) -> list[tuple[int, int]]:
    """Where a page number stands and how far it is from the page's own; nothing when the fragment is not a number."""
    match = NUMBER.fullmatch(fragment.text.strip())
    return [(int(match[1] or match[2]) - number, round(fragment.base / 8))] if match else []


def _side_column(page: Sequence[Fragment], body_height: float) -> tuple[list[Fragment], list[Fragment]]:
    """The fragments of a narrow column right of the body's, and the rest."""
    prose = [fragment for fragment in page if len(fragment.text) >= 40 and fragment.height >= 0.85 * body_height]
    if len(prose) < 3:
        return [], list(page)
    rights = sorted(fragment.right for fragment in prose)
    edge = rights[-1 - len(rights) // 20]
    left = min(fragment.left for fragment in prose)
    beside = [
        fragment for fragment in page if fragment.left > edge + 1 and fragment.right - fragment.left < 0.6 * (edge - left)
    ]
    columns = Counter(round(fragment.left / 3) for fragment in beside)
    if not columns:
        return [], list(page)
    (column, count), *_ = columns.most_common()
    if count < 3 or len({round(fragment.base) for fragment in beside}) < 3:
        return [], list(page)
    # What starts left of the column's own edge belongs to a table or heading that runs over it.
    side = [fragment for fragment in beside if round(fragment.left / 3) >= column - 1]
    return side, [fragment for fragment in page if fragment not in side]


def _columns(page: Sequence[Fragment], size: Size) -> list[list[Fragment]]:
    """The page cut into stretches to be read one after the other: full width, left column, right column."""
    gutter = _gutter(page, size)
    if gutter is None:
        return [list(page)]
    crossing = sorted({f.base for f in page if f.left < gutter < f.right}, reverse=True)
    bands: list[list[Fragment]] = []
    edges = [float("inf"), *crossing, float("-inf")]
    for upper, lower in pairwise(edges):
        band = [f for f in page if lower < f.base < upper and not f.left < gutter < f.right]
        left = [f for f in band if f.right <= gutter]
        right = [f for f in band if f.left >= gutter]
        both_prose = _is_prose(left, gutter) and _is_prose(right, gutter)
        bands += [left, right] if both_prose else [band]
        bands.append([f for f in page if f.base == lower and f.left < gutter < f.right])
    return [band for band in bands if band]


def _gutter(page: Sequence[Fragment], size: Size) -> float | None:
    """Where a page of two columns of prose has its gutter: the middle half holds a line that few lines cross."""
    long = [f for f in page if len(f.text) >= 20]
    if len(long) < 12:
        return None
    best: float | None = None
    fewest = len(long) * 0.15
    for step in range(30, 71):
        place = size.width * step / 100
        left = [f for f in long if f.right <= place]
        right = [f for f in long if f.left >= place]
        crossing = len(long) - len(left) - len(right)
        if crossing < fewest and min(len(left), len(right)) >= 0.25 * len(long):
            best, fewest = place, crossing
    return best


def _is_prose(fragments: Sequence[Fragment], gutter: float) -> bool:
    """Whether the fragments are the wrapped lines of text: most run to the same right edge."""
    if len(fragments) < 3:
        return False
    width = max(f.right for f in fragments) - min(f.left for f in fragments)
    full = [f for f in fragments if f.right - f.left > 0.75 * width]
    return width > 0.3 * gutter and len(full) >= 0.5 * len(fragments)


def _lines(fragments: Iterable[Fragment]) -> list[Line]:
    """The fragments joined to lines, top first."""
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (-f.base, f.left)):
        if lines and _same_line(lines[-1], fragment):
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return [line for row in lines if (line := _line(sorted(row, key=lambda f: f.left))).text]


def _same_line(row: Sequence[Fragment], fragment: Fragment) -> bool:
    main = max(row, key=lambda f: f.height)
    return abs(main.base - fragment.base) < 0.4 * max(main.height, fragment.height)


def _line(row: Sequence[Fragment]) -> Line:
    main = max(row, key=lambda f: (f.height, len(f.text)))
    text = ""
    marks: list[Span] = []
    previous: Fragment | None = None
    for fragment in row:
        if previous is not None:
            text = text.rstrip(" ") + _between(previous, fragment, main.height)
        marks += [Span(span.start + len(text), span.end + len(text)) for span in _marks(fragment, main)]
        text += fragment.text if text else fragment.text.lstrip(" ")
        previous = fragment
    shift = len(row[0].text) - len(row[0].text.lstrip(" "))
    text = text.rstrip(" ")
    marks = [Span(max(0, m.start - shift), m.end - shift) for m in marks if m.end > shift and m.end - shift <= len(text)]
    weights = sum(len(f.text.strip()) for f in row)
    heights = Counter[float]()
    for fragment in row:
        heights[round(fragment.height, 1)] += len(fragment.text.strip())
    parted = [b.left for a, b in pairwise(row) if b.left - a.right > 0.8 * a.height]
    return Line(
        text=text,
        left=min(f.left for f in row),
        right=max(f.right for f in row),
        base=main.base,
        height=heights.most_common(1)[0][0],
        bold=sum(len(f.text.strip()) for f in row if f.bold) > 0.5 * weights,
        marks=tuple(marks),
        cells=1 + len(parted),
        last_cell=parted[-1] if parted else row[0].left,
    )


def _between(before: Fragment, after: Fragment, height: float) -> str:
    """What stands between two fragments of a line whose type is `height` high: nothing, a space, or the gap of a cell."""
    gap = after.left - before.right
    if gap > 0.8 * height:
        return "  "
    return " " if gap > 0.13 * height or before.text.endswith(" ") else ""


def _marks(fragment: Fragment, main: Fragment) -> tuple[Span, ...]:
    """The footnote markers of a fragment of the line in which `main` is the largest type."""
    if fragment.height < 0.8 * main.height and fragment.base > main.base + 0.12 * main.height:
        text = fragment.text.rstrip()
        return (Span(0, len(text)),) if LABEL.fullmatch(text.strip("() ")) else ()
    return fragment.marks


def _spaced(lines: list[Line], body_height: float) -> list[Line]:
    """The lines with `gap` set where white space, another type, an item or a short line above says "new paragraph"."""
    leading = _leadings(lines)
    full = [line.right for line in lines if line.height >= 0.85 * body_height and len(line.text) >= 40]
    edge = sorted(full)[-1 - len(full) // 20] if full else 0.0
    result = lines[:1]
    for above, line in pairwise(lines):
        step = above.base - line.base
        usual = leading.get(round(line.height), 1.25 * line.height)
        # A line is left short on purpose when the next word would have fitted on it.
        ends_short = above.text.endswith((".", "?", "!", ":", ";")) and edge - above.right > 1.1 * _first_word(line)
        gap = (
            step > 1.35 * usual
            or abs(line.height - above.height) > 0.1 * line.height
            or line.bold != above.bold
            or _starts_item(above, line, edge)
            or (ends_short and line.text[:1].isupper() and line.cells == 1 and bool(full))
        )
        result.append(replace(line, gap=gap))
    return result


def _starts_item(above: Line, line: Line, edge: float) -> bool:
    """Whether a line starts an item of a list; a dash or number may also begin a line in mid-sentence."""
    if ITEM.match(line.text) is None:
        return False
    done = above.text.endswith((".", ":", ";", ",", "?", "!")) or ITEM.match(above.text) is not None
    return done or line.text[0] in SIGNS or edge - above.right > 1.5 * _first_word(line) or line.left > above.left + 1


def goes_on(above: Sequence[Line], line: Line) -> bool:
    """Whether the last paragraph of a page or column goes on with the first line of the next."""
    last = above[-1]
    if abs(line.height - last.height) > 0.1 * line.height or line.bold != last.bold or ITEM.match(line.text):
        return False
    if line.text[:1].islower():
        return True
    edge = max(other.right for other in above if abs(other.left - last.left) < 0.5 * (last.right - last.left) + 1)
    return not last.text.endswith((".", "?", "!", ":", ";", "»", "”")) and edge - last.right < 1.1 * _first_word(line)


def _first_word(line: Line) -> float:
    """The width in points of a line's first word and a space."""
    return (len(line.text.split(maxsplit=1)[0]) + 1) * (line.right - line.left) / max(1, len(line.text))


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    """For every height of type, the usual distance between two lines of it."""
    steps: dict[int, Counter[float]] = {}
    for above, line in pairwise(lines):
        step = above.base - line.base
        if abs(above.height - line.height) <= 0.1 * line.height and 0.9 * line.height < step < 2.6 * line.height:
            steps.setdefault(round(line.height), Counter())[round(step * 2) / 2] += 1
    return {
        height: min(step for step, count in counts.items() if count >= 0.3 * counts.most_common(1)[0][1])
        for height, counts in steps.items()
    }


def _notes_start(lines: Sequence[Line], body_height: float, *, open_note: bool) -> int:
    """The place of the first footnote line: the small type at the foot of the page from its first numbered line on."""
    first = len(lines)
    while first and lines[first - 1].height < 0.95 * body_height:
        first -= 1
    numbered = next((i for i in range(first, len(lines)) if starts_note(lines[i])), len(lines))
    if not open_note or first == len(lines):
        return numbered
    # The rest of a note from the page before stands right above this page's own notes, or alone at the foot.
    rest = min(numbered, len(lines) - 1)
    while rest > first and lines[rest - 1].base - lines[rest].base < 1.7 * lines[rest].height and lines[rest - 1].cells == 1:
        rest -= 1
    return rest if lines[rest].cells == 1 else numbered


def starts_note(line: Line) -> bool:
    """Whether a line of small type begins a footnote: a raised label, or a plain number and then text."""
    if line.marks and line.marks[0].start == 0:
        return True
    match = LABEL.match(line.text)
    return match is not None and match.end() < len(line.text) and line.cells <= 2


def titles(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The dossier and document titles at the head of a paper, each with its first and last line + 1.

    A number stands before the title ("36 450  Regels omtrent ..."). It is set bold, or goes on in lines that begin where
    the title does.
    """
    found: list[tuple[int, int]] = []
    for i, line in enumerate(lines[:HEAD]):
        if line.cells != 2 or NUMBERED.match(line.text) is None:
            continue
        until = i + 1
        while until < len(lines) and _goes_below(lines[until - 1], lines[until], line.last_cell):
            until += 1
        if until > i + 1 or line.bold:
            found.append((i, until))
    return found


def _goes_below(above: Line, line: Line, left: float) -> bool:
    return (
        not line.gap
        and line.cells == 1
        and abs(line.left - left) < 2
        and abs(line.height - above.height) < 0.1 * line.height
    )


def plain_lines(text: str) -> list[Line]:
    """The lines of recognised `text`, whose place on the page is not known; a blank line parts paragraphs."""
    lines: list[Line] = []
    gap = False
    for i, row in enumerate(text.splitlines()):
        if row.strip():
            lines.append(Line(row.strip(), 0.0, 5.0 * len(row), -12.0 * i, 10.0, bold=False, marks=(), gap=gap))
        gap = not row.strip()
    return lines
