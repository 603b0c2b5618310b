"""The blocks of a letter: what each stretch of its text is.

Taken off one after another, the surest first: notes between brackets, page furniture, footnotes, letterhead, signature. What
is left is running text: its lines are put together in paragraphs, and those are headings, questions, answers or plain
paragraphs. Everything is worked out from the letter alone; a format that states its structure is taken at its word.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.extract import Extract
from index.footnote import Footnote, inline_notes, page_notes
from index.furniture import furniture
from index.heading import heading_levels
from index.known import around
from index.layout import Layout, Line, Page, Paragraph, paragraphs, read_page
from index.letter import Block, BlockKind, Quality, Span
from index.letterhead import ADDRESSEE, SUBJECT, head_end, signature_start, signatures, subject_end
from index.nota import Marker, is_exchange, label, marker, parts
from index.ocr import is_ocr


@dataclass(frozen=True, slots=True)
class Structure:
    """What the text of a letter is made of: blocks in order, page starts (empty: unknown), and how it was captured."""

    blocks: tuple[Block, ...]
    pages: tuple[int, ...]
    quality: Quality


def find_blocks(extract: Extract) -> Structure:
    """The blocks, page starts and text quality of `extract`."""
    text = extract.text
    pages = extract.pages or read_page(text).starts
    quality: Quality = "ocr" if extract.quality == "ocr" or is_ocr(text) else "text"
    if extract.blocks is not None:
        return Structure(extract.blocks, pages, quality)
    if extract.known:
        return Structure(around(text, pages, extract.known, parse), pages, quality)
    return Structure(parse(text, pages), pages, quality)


def parse(text: str, pages: tuple[int, ...] = ()) -> tuple[Block, ...]:
    """The blocks of plain `text` whose pages start at `pages` (empty: unknown), in order of their start."""
    notes = inline_notes(text)
    masked = _masked(text, [note.whole for note in notes])
    page = read_page(masked, pages)
    blocks = [_note_block(note) for note in notes]
    lines, taken = _without_furniture(masked, page)
    blocks += taken
    head, tail = head_end(lines, page.layout), signature_start(lines)
    tail = max(head, tail)
    blocks += _letterhead(lines[:head])
    blocks += _signature(lines[tail:])
    blocks += _running(lines[head:tail], page.layout)
    cuts = sorted(note.whole for note in notes)
    return tuple(sorted((_cut(text, block, cuts) for block in blocks), key=lambda block: (block.start, block.end)))


def _masked(text: str, spans: Sequence[Span]) -> str:
    """`text` with spaces in the place of `spans`, so that all offsets stay."""
    parts: list[str] = []
    at = 0
    for span in sorted(spans):
        parts += [text[at : span.start], re.sub(r"[^\n\r]", " ", text[span.start : span.end])]
        at = span.end
    return "".join([*parts, text[at:]])


def _note_block(note: Footnote) -> Block:
    return Block(BlockKind.FOOTNOTE, note.spans, label=note.label, anchor=note.anchor)


def _without_furniture(text: str, page: Page) -> tuple[list[Line], list[Block]]:
    """The lines of running text, and the blocks for page furniture and for footnotes at page ends."""
    removed = furniture(page.lines)
    blocks = [Block(BlockKind.FURNITURE, (Span(page.lines[i].start, page.lines[i].end),)) for i in sorted(removed)]
    lines: list[Line] = []
    cut = starts = False
    for i, line in enumerate(page.lines):
        if i in removed:
            cut = True
            starts = starts or line.page_start
        else:
            lines.append(replace(line, cut=cut, page_start=line.page_start or starts) if cut else line)
            cut = starts = False
    notes = page_notes(text, lines, page.layout)
    kept: list[Line] = []
    until = 0
    for i, line in enumerate(lines):
        if i in notes:
            note, until = notes[i]
            blocks.append(_note_block(note))
        if i >= until:
            kept.append(replace(line, cut=True) if i == until and i > 0 else line)
    return kept, blocks


def _letterhead(lines: Sequence[Line]) -> list[Block]:
    """A block for every line of the letterhead; a title or subject that runs on is one block."""
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        until = subject_end(lines, i) if SUBJECT.match(lines[i].text) else i + 1
        while until < len(lines) and _goes_on(lines[until - 1], lines[until]):
            until += 1
        blocks.append(Block(BlockKind.LETTERHEAD, _spans(lines[i:until])))
        i = until
    return blocks


def _goes_on(before: Line, line: Line) -> bool:
    return line.text[0].islower() and before.text[-1] not in ".,:;" and not ADDRESSEE.match(line.text)


def _signature(lines: Sequence[Line]) -> list[Block]:
    return [Block(BlockKind.SIGNATURE, _spans(lines))] if lines else []


def _running(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """Headings, paragraphs, questions and answers."""
    marked = {i: alone for i, line in enumerate(lines) if (alone := marker(line))}
    groups: list[Paragraph] = []
    before: dict[int, Marker] = {}
    start = 0
    for i in [*sorted(marked), len(lines)]:
        groups += paragraphs(lines[start:i], layout)
        if i < len(lines):
            before[len(groups)] = marked[i]
        start = i + 1
    said = [*marked.values()]
    for i, group in enumerate(groups):
        announced = label(group)
        if announced is not None:
            said.append(announced)
            before.setdefault(i, announced)
    signed = signatures(groups)
    # What stands right below "Vraag 9" or "Antwoord" is what was asked or answered, however short ("Ja").
    levels = {i: level for i, level in heading_levels(groups).items() if i not in signed and i not in before}
    exchange = is_exchange(said, [groups[i].text for i in levels])
    roles = parts(groups, levels, before) if exchange else {}
    if roles:
        blocks = [Block(BlockKind.FURNITURE, (Span(lines[i].start, lines[i].end),)) for i in marked]
    else:
        blocks = [Block(BlockKind.HEADING, (Span(lines[i].start, lines[i].end),), level=1) for i in marked]
    for i, group in enumerate(groups):
        spans = _spans(group.lines)
        if i in signed:
            blocks.append(Block(BlockKind.SIGNATURE, spans))
        elif i in levels:
            blocks.append(Block(BlockKind.HEADING, spans, level=levels[i]))
        elif i in roles:
            part = roles[i]
            blocks.append(Block(part.kind, spans, fractie=part.fractie, pair=part.pair, label=part.label))
        else:
            blocks.append(Block(BlockKind.PARAGRAPH, spans))
    return blocks


def _spans(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The spans of `lines`: one, unless something was cut out between two of them."""
    spans: list[Span] = []
    for line in lines:
        if spans and not line.cut:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
    return tuple(spans)


def _cut(text: str, block: Block, cuts: Sequence[Span]) -> Block:
    """`block` without the characters of `cuts` that lie inside its spans (notes between brackets)."""
    if block.kind is BlockKind.FOOTNOTE or not cuts:
        return block
    spans: list[Span] = []
    for span in block.spans:
        at = span.start
        for i in range(bisect_left(cuts, span.start, key=lambda cut: cut.start), len(cuts)):
            if cuts[i].end > span.end:
                break
            spans.append(Span(at, cuts[i].start))
            at = cuts[i].end
        spans.append(Span(at, span.end))
    trimmed = [_trimmed(text, span) for span in spans]
    return replace(block, spans=tuple(span for span in trimmed if span.start < span.end) or block.spans)


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    lead = len(piece) - len(piece.lstrip())
    return Span(span.start + lead, max(span.start + lead, span.start + len(piece.rstrip())))
