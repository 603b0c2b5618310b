"""The reading view and the search view of a letter, each with its map to the canonical text.

The reading view holds every block but page furniture, one a line: wrapped lines joined, line-end hyphens resolved, footnote
markers left out. Footnote texts stand after the running text, so that none cuts a sentence. No letter, accent or OCR slip
is changed. The search view is the reading view with such slips mended (scans only); it is indexed and never shown.

A view is a row of pieces, each of which stands for one stretch of the canonical text; every character knows the canonical
characters that it stands for. Canonical characters without a place in the view (a line end, a hyphen, a marker) stay
inside the span around them: a span breaks only where a footnote text or page furniture was cut out.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from index.hyphen import HYPHENS, Vocabulary, resolve
from index.letter import Block, BlockKind, Letter, Span
from index.ocr import mends

SPACE = re.compile(r" *[^\S ]\s*|  \s*")
"""White space other than one plain space, which stands for itself."""
LINE_END = re.compile(r"[\n\r\f\v\x85\u2028\u2029]")
LONGEST_WORD = 80
KEPT = 16
"""Views kept in memory, the last made ones."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a view, that stand for one stretch of the canonical text, in order.

    `joined` says that only white space parts it from the former piece in the canonical text.
    """

    start: int
    end: int
    joined: bool


@dataclass(frozen=True, slots=True)
class View:
    """A derived text of a letter and its map.

    Character i of `text` stands for the canonical characters `starts[i]` up to `ends[i]`. Between pieces stand separators
    that stand for nothing.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    pieces: tuple[Piece, ...]
    order: tuple[int, ...]
    """The indexes of `pieces` in canonical order: footnotes stand elsewhere in the letter than here."""

    def to_canonical(self, start: int, end: int) -> tuple[Span, ...]:
        """The canonical spans of the characters `start` to `end` of this view, in the order of the view.

        Raises ValueError when that is no stretch of this view.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"not a span of this view: {start}-{end}")
        spans: list[Span] = []
        first = max(0, bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1)
        for i in range(first, len(self.pieces)):
            piece = self.pieces[i]
            if piece.start >= end:
                break
            left, right = max(start, piece.start), min(end, piece.end)
            if left >= right:
                continue
            span = Span(self.starts[left], self.ends[right - 1])
            if spans and piece.joined and left == piece.start:
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        return tuple(spans)

    def from_canonical(self, span: Span) -> tuple[int, int]:
        """The stretch of this view, from first to last character, that stands for characters of the canonical `span`.

        Empty (at the nearest place) when none does.
        """
        inside: list[tuple[int, int]] = []
        where = len(self.text)
        first = bisect_right(self.order, span.start, key=lambda i: self.ends[self.pieces[i].end - 1])
        for place in range(first, len(self.order)):
            piece = self.pieces[self.order[place]]
            left = bisect_right(self.ends, span.start, piece.start, piece.end)
            right = bisect_left(self.starts, span.end, piece.start, piece.end)
            where = left if where == len(self.text) else where
            if self.starts[piece.start] >= span.end:
                break
            if left < right:
                inside.append((left, right))
        if not inside:
            return where, where
        return min(left for left, _ in inside), max(right for _, right in inside)


def reading_view(letter: Letter) -> View:
    """The reading view of `letter`."""
    return _kept("reading", letter, lambda: _build(letter, letter.blocks))


def search_view(letter: Letter) -> View:
    """The search view of `letter`: the reading view itself, unless the letter is a scan."""
    reading = reading_view(letter)
    return reading if letter.quality == "text" else _kept("search", letter, lambda: _mended(reading))


def reading_text(letter: Letter, spans: Iterable[Span]) -> str:
    """The reading view of the canonical `spans`, in their order, without outer white space.

    A statement is verbatim when its text equals this for its cited spans. Only the blocks at those spans are read, so the
    cost does not grow with the letter.
    """
    text = ""
    before: tuple[Span, int] | None = None
    for span in spans:
        touched = tuple(block for block in letter.blocks if any(_overlap(part, span) for part in block.spans))
        view = _build(letter, touched)
        start, end = view.from_canonical(span)
        piece = view.text[start:end].strip()
        if piece:
            text += _seam(letter, before[0], span) + piece if before else piece
            before = (span, end)
    return text


def _seam(letter: Letter, before: Span, after: Span) -> str:
    """What the reading view has between two spans: a hyphenated word may go on after what was cut out."""
    whole = reading_view(letter)
    end, start = whole.from_canonical(before)[1], whole.from_canonical(after)[0]
    return "" if end == start and whole.text[end - 1 : end] != " " and whole.text[start : start + 1] != " " else " "


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


_views: OrderedDict[tuple[str, int], tuple[Letter, View]] = OrderedDict()


def _kept(kind: str, letter: Letter, make: Callable[[], View]) -> View:
    """The view made before for this very letter, or a new one; by identity, as hashing a letter costs as much as a view."""
    found = _views.get((kind, id(letter)))
    if found is not None and found[0] is letter:
        return found[1]
    view = make()
    _views[kind, id(letter)] = (letter, view)
    while len(_views) > KEPT:
        try:
            _views.popitem(last=False)
        except KeyError:
            break
    return view


class _Builder:
    """Collects a view's characters with the canonical characters that each stands for."""

    def __init__(self, letter: Letter, blocks: Sequence[Block]) -> None:
        self.source = letter.text
        self.all = letter.blocks
        self.markers = sorted(block.anchor for block in letter.blocks if block.anchor is not None)
        self.vocabulary: Vocabulary | None = None
        self.parts: list[str] = []
        self.length = 0
        self.starts = array("I")
        self.ends = array("I")
        self.pieces: list[Piece] = []
        self.blocks = blocks

    def copy(self, start: int, end: int) -> None:
        """Characters that stand for themselves."""
        if start < end:
            self.parts.append(self.source[start:end])
            self.length += end - start
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))

    def put(self, char: str, start: int, end: int) -> None:
        """One character that stands for the canonical `start` to `end`."""
        self.parts.append(char)
        self.length += 1
        self.starts.append(start)
        self.ends.append(end)

    def drop(self) -> None:
        """Takes the last character away again."""
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1
        self.starts.pop()
        self.ends.pop()

    def known(self) -> Vocabulary:
        """The letter's words, counted at the first line-end hyphen."""
        if self.vocabulary is None:
            self.vocabulary = Vocabulary.of(self.source)
        return self.vocabulary


def _build(letter: Letter, blocks: Sequence[Block]) -> View:
    builder = _Builder(letter, blocks)
    running = [block for block in blocks if block.kind not in (BlockKind.FURNITURE, BlockKind.FOOTNOTE)]
    notes = [block for block in blocks if block.kind is BlockKind.FOOTNOTE]
    last: int | None = None
    for block in running + notes:
        parts = [span for span in block.spans if letter.text[span.start : span.end].strip()]
        if builder.length and parts:
            builder.put("\n", last or 0, last or 0)
        for i, span in enumerate(parts):
            start = builder.length
            gap = letter.text[last : span.start] if last is not None and last <= span.start else "cut"
            _piece(builder, span, parts[i + 1] if i + 1 < len(parts) else None)
            if builder.length > start:
                builder.pieces.append(Piece(start, builder.length, not gap.strip() and bool(builder.pieces)))
            last = span.end
    return View(
        "".join(builder.parts), builder.starts, builder.ends, tuple(builder.pieces), _order(builder.starts, builder.pieces)
    )


def _order(starts: Sequence[int], pieces: Sequence[Piece]) -> tuple[int, ...]:
    return tuple(sorted(range(len(pieces)), key=lambda i: starts[pieces[i].start]))


def _piece(builder: _Builder, span: Span, following: Span | None) -> None:
    """One span of a block; `following` is the span in which the block goes on after something that was cut out."""
    source = builder.source
    first = bisect_left(builder.markers, span.start, key=lambda marker: marker.start)
    inside = takewhile(lambda marker: marker.end <= span.end, islice(builder.markers, first, None))
    stops = [*((marker.start, marker.end) for marker in inside), (span.end, span.end)]
    at = span.start
    begun = builder.length
    for left, right in stops:
        _flow(builder, at, left, begun)
        if (
            left < right
            and builder.length > begun
            and builder.parts[-1].endswith(" ")
            and (right >= span.end or source[right] in ".,;:)?!" or source[right].isspace())
        ):
            builder.drop()
        at = right
    if following is None:
        return
    hyphen = source[span.end - 1]
    if hyphen in HYPHENS and builder.length > begun and builder.ends[-1] == span.end:
        word = _before(source, span.start, span.end - 1)
        join = resolve(word, _after(source, following.start, following.end), builder.known())
        if not join:
            builder.drop()
        if join != "- ":
            return
    builder.put(" ", span.end, span.end)


def _flow(builder: _Builder, start: int, end: int, begun: int) -> None:
    """Running text from `start` to `end`: white space made single, line-end hyphens resolved."""
    source = builder.source
    at = start
    for match in SPACE.finditer(source, start, end):
        left, right = match.span()
        broken = LINE_END.search(source, left, right) is not None
        if broken and left > at and source[left - 1] in HYPHENS and right < end:
            builder.copy(at, left - 1)
            join = resolve(_before(source, start, left - 1), _after(source, right, end), builder.known())
            if join:
                builder.put("-", left - 1, left)
            if join == "- ":
                builder.put(" ", left, left + 1)
        else:
            builder.copy(at, left)
            if builder.length > begun and not builder.parts[-1].endswith(" "):
                builder.put(" ", left, left + 1)
        at = right
    builder.copy(at, end)


def _before(source: str, start: int, end: int) -> str:
    """The part of a word that stands right before `end`."""
    words = source[max(start, end - LONGEST_WORD) : end].split()
    return words[-1] if words and not source[end - 1 : end].isspace() else ""


def _after(source: str, start: int, end: int) -> str:
    """The part of a word that stands right at `start`."""
    words = source[start : min(end, start + LONGEST_WORD)].split(None, 1)
    return words[0] if words and not source[start : start + 1].isspace() else ""


def _mended(view: View) -> View:
    """`view` with the slips of text recognition mended, piece by piece."""
    edits = mends(view.text)
    if not edits:
        return view
    text: list[str] = []
    starts = array("I")
    ends = array("I")
    shifts: list[tuple[int, int]] = []
    at = length = 0
    for start, end, new in [*edits, (len(view.text), len(view.text), "")]:
        text.append(view.text[at:start])
        starts.extend(view.starts[at:start])
        ends.extend(view.ends[at:start])
        length += start - at
        for _ in new:
            starts.append(view.starts[start])
            ends.append(view.ends[end - 1])
        text.append(new)
        length += len(new)
        shifts.append((end, length - end))
        at = end
    places = [end for end, _ in shifts]

    def moved(place: int) -> int:
        i = bisect_right(places, place) - 1
        return place + (shifts[i][1] if i >= 0 else 0)

    pieces = tuple(Piece(moved(piece.start), moved(piece.end), piece.joined) for piece in view.pieces)
    return View("".join(text), starts, ends, pieces, view.order)
