"""The reading view and the search view of a letter, each with its map to the canonical text.

The reading view holds every block in order, blocks parted by a newline: lines unwrapped, line-end hyphens resolved, page
furniture and footnote markers left out; footnote texts stand after the running text, so that no sentence is cut by one.
No letter, accent or OCR slip is changed. The search view is the reading view with such slips mended, for the index only.

A view keeps for each of its characters the canonical characters that it stands for. Characters of the canonical text that
are in no view character (a hyphen at a line end, white space, a marker) stay inside the span around them; a span breaks
only where a block of another kind was taken out.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from index.letter import Block, BlockKind, Letter, Span

WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class View:
    """A derived text of a letter and its map.

    Character i of `text` stands for the canonical characters `starts[i]` to `ends[i]` (an empty range for a separator that
    stands for nothing). `breaks` are the positions in `text` before which something else was cut out.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    order: tuple[int, ...]
    """Positions in `text` sorted by canonical start: footnotes stand after the text that they were cut out of."""

    def to_canonical(self, start: int, end: int) -> tuple[Span, ...]:
        """The canonical spans of the characters `start` to `end` of this view, in the order of the view."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"not a span of this view: {start}-{end}")
        first = bisect_right(self.breaks, start)
        last = bisect_left(self.breaks, end)
        edges = [start, *self.breaks[first:last], end]
        spans = []
        for left, right in zip(edges, edges[1:], strict=False):
            while left < right and self.starts[left] == self.ends[left]:
                left += 1
            while left < right and self.starts[right - 1] == self.ends[right - 1]:
                right -= 1
            if left < right:
                spans.append(Span(self.starts[left], self.ends[right - 1]))
        return tuple(spans)

    def from_canonical(self, span: Span) -> tuple[int, int]:
        """The stretch of this view, from first to last character, that stands for the canonical `span`."""
        low = bisect_right(self.order, span.start, key=lambda i: self.ends[i])
        high = bisect_left(self.order, span.end, key=lambda i: self.starts[i])
        inside = self.order[low:high]
        if not inside:
            where = self.order[low] if low < len(self.order) else len(self.text)
            return where, where
        return min(inside), max(inside) + 1


@lru_cache(maxsize=8)
def reading_view(letter: Letter) -> View:
    """The reading view of `letter`."""
    return _build(letter)


@lru_cache(maxsize=8)
def search_view(letter: Letter) -> View:
    """The search view of `letter`."""
    return _build(letter)


def reading_text(letter: Letter, spans: tuple[Span, ...]) -> str:
    """The reading view of the canonical `spans`, in their order."""
    view = reading_view(letter)
    text = ""
    before: int | None = None
    for span in spans:
        start, end = view.from_canonical(span)
        piece = view.text[start:end].strip()
        if not piece:
            continue
        glued = before == start
        text += piece if not text or glued else " " + piece
        before = end
    return text


def _build(letter: Letter) -> View:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    running = [block for block in letter.blocks if block.kind not in (BlockKind.FURNITURE, BlockKind.FOOTNOTE)]
    notes = [block for block in letter.blocks if block.kind is BlockKind.FOOTNOTE]
    previous: Block | None = None
    for block in running + notes:
        if previous is not None:
            at = previous.end
            chars.append("\n")
            starts.append(at)
            ends.append(min(at + 1, block.start) if at <= block.start else at)
        for span in block.spans:
            if chars and letter.text[(ends[-1]) : span.start].strip() or (ends and span.start < ends[-1]):
                breaks.append(len(chars))
            at = span.start
            for match in WHITE.finditer(letter.text, span.start, span.end):
                for i in range(at, match.start()):
                    chars.append(letter.text[i])
                    starts.append(i)
                    ends.append(i + 1)
                chars.append(" ")
                starts.append(match.start())
                ends.append(match.start() + 1)
                at = match.end()
            for i in range(at, span.end):
                chars.append(letter.text[i])
                starts.append(i)
                ends.append(i + 1)
        previous = block
    order = tuple(sorted(range(len(chars)), key=lambda i: (starts[i], ends[i])))
    return View("".join(chars), tuple(starts), tuple(ends), tuple(breaks), order)
