"""Writing the canonical text of a format with markup: paragraphs in order, a blank line between them, notes at their marker.

White space in markup is layout, so it is folded to single spaces; pretty-printed files also break before a full stop or a
bracket, and that break is taken out again. A footnote's marker stays where it stands; its text follows the paragraph as a
block of its own with the marker as anchor.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.letter import Block, BlockKind, Span


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote where its marker stands: the printed label and the note's own paragraphs."""

    label: str
    text: str


Inline = Sequence[str | Note]
"""What stands inside a paragraph, in order."""

MARK = "\0"
GAP = "\x1f"
"""A tab or a step to the next cell; written as a tab, as a text export of a word processor does."""
BREAK_BEFORE = re.compile(r"\s*\n\s*(?=[.,;:!?)\]»”’\0])")
BREAK_AFTER = re.compile(r"(?<=[(\[«“‘])\s*\n\s*")
ILLEGAL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1e\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def fold(text: str) -> str:
    """`text` on one line: white space to single spaces, none at the ends, none that pretty-printing put into a sentence."""
    text = BREAK_AFTER.sub("", BREAK_BEFORE.sub("", text))
    return re.sub(r"[^\S\x1f]+", " ", text).replace(f" {GAP}", GAP).replace(f"{GAP} ", GAP).replace(GAP, "\t").strip()


@dataclass(slots=True)
class Composer:
    """The canonical text in the making; `blocks` are all blocks so far, in order."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def add(
        self,
        *lines: Inline,
        kind: BlockKind = BlockKind.PARAGRAPH,
        level: int = 0,
        fractie: str | None = None,
        pair: int | None = None,
        label: str | None = None,
    ) -> Span | None:
        """Add one block of the given lines, then the notes in it; None when nothing is printed."""
        start: int | None = None
        notes: list[tuple[Note, Span]] = []
        for line in lines:
            written = self._write(line, "\n\n" if start is None else "\n", notes)
            start = written if start is None else start
        if start is None:
            return None
        span = Span(start, self.length)
        self.blocks.append(Block(kind, (span,), level=level, fractie=fractie, pair=pair, label=label))
        for note, anchor in notes:
            begin = self._write([f"{note.label} {note.text}"], "\n\n", [])
            if begin is not None and fold(note.text):
                begin += len(fold(note.label)) + 1 if fold(note.label) else 0
                footnote = Block(BlockKind.FOOTNOTE, (Span(begin, self.length),), label=note.label or None, anchor=anchor)
                self.blocks.append(footnote)
        return span

    @property
    def known(self) -> tuple[Block, ...]:
        """The blocks that are more than a paragraph."""
        return tuple(block for block in self.blocks if block.kind is not BlockKind.PARAGRAPH)

    def _write(self, line: Inline, separator: str, notes: list[tuple[Note, Span]]) -> int | None:
        found = [part for part in line if isinstance(part, Note)]
        raw = "".join(MARK if isinstance(part, Note) else ILLEGAL.sub("", part) for part in line)
        parts = fold(raw).split(MARK)
        if not any(parts) and not found:
            return None
        start = self.length + len(separator) if self.length else 0
        self.pieces.append(separator if self.length else "")
        self.length = start
        for i, part in enumerate(parts):
            if i:
                note = found[i - 1]
                notes.append((note, Span(self.length, self.length + len(fold(note.label)))))
                self.pieces.append(fold(note.label))
                self.length += len(fold(note.label))
            self.pieces.append(part)
            self.length += len(part)
        return start
