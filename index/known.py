"""Blocks that a format states for certain, put together with blocks worked out from the text.

A PDF shows by place and size of type which lines are running heads and which are footnotes; Word and official XML name
headings and notes. What a letter's text is about (question, answer, signature) no format says, and for that one block
parser serves them all. So the known blocks that interrupt the running text (footnotes, running heads, a letterhead's side
column) are taken out before parsing and put back after it; the others (headings, questions, signatures) stay in the text
and overrule what the parser made of their lines. Offsets are canonical before and after: a paragraph that a page end cuts
in two comes back with two spans.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.letter import Block, BlockKind, Span

Parse = Callable[[str, tuple[int, ...]], Sequence[Block]]
"""From a text and the offsets at which its pages start to its blocks."""

INTERRUPTING = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE})


def around(text: str, pages: tuple[int, ...], known: Sequence[Block], parse: Parse) -> tuple[Block, ...]:
    """All blocks of `text` in order: the `known` ones as they are, the rest as `parse` finds them without those."""
    cuts = [block for block in known if _interrupts(block)]
    reduced = Reduced.without(text, [span for block in cuts for span in _with_label(text, block)])
    parsed = [reduced.restore(block) for block in parse(reduced.text, reduced.shorten(pages))]
    stated = [block for block in known if not _interrupts(block)]
    return tuple(sorted([*_overrule(text, parsed, stated), *cuts], key=lambda block: (block.start, block.end)))


@dataclass(frozen=True, slots=True)
class Reduced:
    """A text with stretches taken out; `starts` and `origins` are where each kept stretch begins, here and there."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    @staticmethod
    def without(text: str, spans: Iterable[Span]) -> "Reduced":
        """`text` without `spans`, each with the white space that follows it up to the next text.

        The white space before a stretch stays, so that a loader decides there whether a paragraph goes on after it.
        """
        pieces: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        position = length = 0
        for start, end in [*_merged(text, spans), (len(text), len(text))]:
            if start > position:
                pieces.append(text[position:start])
                starts.append(length)
                origins.append(position)
                length += start - position
            position = end
        return Reduced("".join(pieces), tuple(starts or (0,)), tuple(origins or (0,)))

    def origin(self, offset: int) -> int:
        """The original offset of the character at `offset`."""
        piece = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[piece] + offset - self.starts[piece]

    def spans(self, span: Span) -> tuple[Span, ...]:
        """The stretches of the original that `span` is made of, without those that are white space alone."""
        if span.start == span.end:
            return (Span(self.origin(span.start), self.origin(span.start)),)
        inner = [start for start in self.starts if span.start < start < span.end]
        cuts = pairwise([span.start, *inner, span.end])
        return tuple(
            Span(self.origin(start), self.origin(end - 1) + 1) for start, end in cuts if self.text[start:end].strip()
        ) or (Span(self.origin(span.start), self.origin(span.end - 1) + 1),)

    def restore(self, block: Block) -> Block:
        """`block` with offsets into the original."""
        spans = tuple(part for span in block.spans for part in self.spans(span))
        anchor = self.spans(block.anchor)[0] if block.anchor is not None else None
        return replace(block, spans=_trimmed_joints(self, spans), anchor=anchor)

    def shorten(self, offsets: Iterable[int]) -> tuple[int, ...]:
        """Where the original `offsets` lie here; one inside a stretch that was taken out lies at its place."""
        return tuple(self._short(offset) for offset in offsets)

    def _short(self, offset: int) -> int:
        piece = max(0, bisect_right(self.origins, offset) - 1)
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return max(0, min(self.starts[piece] + offset - self.origins[piece], end))


def _trimmed_joints(reduced: Reduced, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """`spans` without the white space at the places where a stretch was taken out."""
    if len(spans) < 2:
        return spans
    text = {span: reduced.text[reduced.shorten([span.start])[0] :][: span.end - span.start] for span in spans}
    first, last = spans[0], spans[-1]
    trimmed = []
    for span in spans:
        left = len(text[span]) - len(text[span].lstrip()) if span != first else 0
        right = len(text[span]) - len(text[span].rstrip()) if span != last else 0
        trimmed.append(Span(span.start + left, span.end - right))
    return tuple(trimmed)


def _with_label(text: str, block: Block) -> tuple[Span, ...]:
    """The spans of a block with the printed number in front of it, which is no part of a footnote's text."""
    first, *rest = block.spans
    label = re.escape(block.label or "")
    before = re.search(rf"(?:^|(?<=\s)){label}[.):]?\s*$", text[max(0, first.start - 12) : first.start]) if label else None
    return (Span(first.start - len(before[0]), first.end), *rest) if before else block.spans


def _interrupts(block: Block) -> bool:
    return block.kind in INTERRUPTING


def _merged(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in sorted(spans):
        end = span.end
        while end < len(text) and text[end] in "\n ":
            end += 1
        if merged and span.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((span.start, end))
    return merged


def _overrule(text: str, parsed: Sequence[Block], stated: Sequence[Block]) -> list[Block]:
    """`parsed` with the stated blocks in the place of whatever the parser made of their characters."""
    if not stated:
        return list(parsed)
    taken = sorted(span for block in stated for span in block.spans)
    kept: list[Block] = []
    for block in parsed:
        spans = tuple(part for span in block.spans for part in _minus(text, span, taken))
        if spans:
            kept.append(replace(block, spans=spans))
    return [*kept, *stated]


def _minus(text: str, span: Span, taken: Sequence[Span]) -> list[Span]:
    parts: list[Span] = []
    start = span.start
    overlapping = [other for other in taken if other.start < span.end and span.start < other.end]
    if not overlapping:
        return [span]
    for other in [*overlapping, Span(span.end, span.end)]:
        piece = text[start : other.start] if other.start > start else ""
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            parts.append(Span(start + lead, start + len(piece.rstrip())))
        start = max(start, other.end)
    return parts
