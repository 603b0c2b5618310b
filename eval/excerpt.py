"""Excerpts: the stretches of a letter round cited and gold spans, cut where the marks change, for a report to colour."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

MARGIN = 220
"""Characters shown before and after a marked span; stretches that meet are shown as one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a letter with the same marks: part of a gold place, of a citation, of both or of neither."""

    text: str
    gold: bool
    cited: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One stretch of a letter, from `start` to `end`, in pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def excerpts(
    text: str, gold: Iterable[tuple[int, int]], cited: Iterable[tuple[int, int]], margin: int = MARGIN
) -> list[Excerpt]:
    """The stretches of `text` that show every span, in order; spans outside the text show what there is of them."""
    golds, cites = _inside(gold, len(text)), _inside(cited, len(text))
    shown: list[tuple[int, int]] = []
    for start, end in sorted([*golds, *cites]):
        low, high = _word_start(text, max(0, start - margin)), _word_end(text, min(len(text), end + margin))
        if shown and low <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(shown[-1][1], high))
        else:
            shown.append((low, high))
    return [Excerpt(low, high, _pieces(text, low, high, golds, cites)) for low, high in shown]


def _word_start(text: str, at: int) -> int:
    while 0 < at < len(text) and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while 0 < at < len(text) and not text[at].isspace():
        at += 1
    return at


def line_distance(text: str) -> int:
    """How many line ends stand between two lines of `text` as a rule: 1, or 2 where it is double-spaced."""
    runs = Counter(run.count("\n") for run in re.findall(r"\n\s*", text))
    return max(runs, key=lambda count: (runs[count], -count), default=1)


def tidied(text: str, distance: int) -> str:
    """`text` with one line end where there were `distance` or fewer, and an empty line where there were more."""
    return re.sub(r"[^\S\n]*\n\s*", lambda run: "\n" if run[0].count("\n") <= distance else "\n\n", text)


def _inside(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    return [(max(0, start), min(end, length)) for start, end in spans if max(0, start) < min(end, length)]


def _pieces(
    text: str, low: int, high: int, golds: Sequence[tuple[int, int]], cites: Sequence[tuple[int, int]]
) -> tuple[Piece, ...]:
    edges = sorted({low, high, *(edge for span in (*golds, *cites) for edge in span if low < edge < high)})
    return tuple(
        Piece(
            text[start:end],
            any(a <= start and end <= b for a, b in golds),
            any(a <= start and end <= b for a, b in cites),
        )
        for start, end in pairwise(edges)
    )
