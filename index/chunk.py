"""From a letter to its passages: the stretches that are indexed and found as a whole.

A passage lies inside one section and one role, and is made of whole blocks, about 1,000 to 1,400 characters of them:
passages of half that size find clearly less. A longer paragraph is cut between sentences (and a longer sentence between
words), so that no passage is longer than what counts of it. A question and its answer are passages of their own, as they
are read differently, and know each other by `pair`. Headings begin the passage below them. Footnotes stand under the
headings of the place that they are a note to, not of the page that they ended up on. Every block's text is in exactly one
passage.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.letter import Block, BlockKind, Letter, Passage, Role, Sentence, Span
from index.metadata import dutch_date
from index.sentence import split
from index.view import View, reading_view, search_view

MAX_CHARS = 1400
HARD_MAX = 1500
"""No passage is longer, whatever the letter: what comes after that counts for nothing."""
MERGE_BELOW = 350
"""A last piece shorter than this (characters) is put with the former passage where that stays below HARD_MAX."""
BELOW_TITLES = frozenset({Role.BODY, Role.QUESTION, Role.ANSWER})
ROLES = {
    BlockKind.LETTERHEAD: Role.LETTERHEAD,
    BlockKind.HEADING: Role.BODY,
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.QUESTION: Role.QUESTION,
    BlockKind.ANSWER: Role.ANSWER,
    BlockKind.FOOTNOTE: Role.FOOTNOTE,
    BlockKind.SIGNATURE: Role.SIGNATURE,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or as much of one as fits a passage: its sentences, with all it is filed under."""

    role: Role
    heading: tuple[str, ...]
    fractie: str | None
    pair: int | None
    is_heading: bool
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def section(self) -> tuple[Role, tuple[str, ...], int | None]:
        return self.role, self.heading, self.pair


def chunk(letter: Letter, max_chars: int = MAX_CHARS) -> tuple[Passage, ...]:
    """The passages of `letter` in its order, each of at most about `max_chars` (never over 1,500) canonical characters."""
    view = reading_view(letter)
    limit = min(max_chars, HARD_MAX)
    parts = list(_parts(letter, view, limit))
    running = _groups([part for part in parts if part.role is not Role.FOOTNOTE], limit)
    notes = _groups([part for part in parts if part.role is Role.FOOTNOTE], limit)
    passages = [_passage(letter, group) for group in _without_crumbs([*running, *notes])]
    return tuple(sorted(passages, key=lambda passage: (passage.start, passage.end)))


def heading_paths(letter: Letter) -> dict[int, tuple[str, ...]]:
    """For the start of every block the reading text of the headings above it, top first (a heading is above itself)."""
    view = reading_view(letter)
    paths: dict[int, tuple[str, ...]] = {}
    stack: list[tuple[int, str]] = []
    for block in letter.blocks:
        if block.kind is BlockKind.HEADING:
            stack = [entry for entry in stack if entry[0] < block.level]
            stack.append((block.level, _text(view, block)))
        elif block.kind is BlockKind.SIGNATURE:
            stack = []
        paths[block.start] = tuple(text for _, text in stack)
    return paths


def _text(view: View, block: Block) -> str:
    start, end = view.from_canonical(Span(block.start, block.end))
    return " ".join(view.text[start:end].split())


def _parts(letter: Letter, view: View, limit: int) -> Iterator[Part]:
    paths = heading_paths(letter)
    starts = sorted(paths)
    for block in letter.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        path = paths[block.start]
        if block.anchor is not None:
            above = bisect_right(starts, block.anchor.start) - 1
            path = paths[starts[above]] if above >= 0 else ()
        sentences = [piece for sentence in _sentences(view, block) for piece in _bounded(view, sentence, limit)]
        for group in _filled(sentences, limit):
            yield Part(ROLES[block.kind], path, block.fractie, block.pair, block.kind is BlockKind.HEADING, tuple(group))


def _sentences(view: View, block: Block) -> Iterator[Sentence]:
    """The sentences of a block; a heading, and a letterhead's or signature's line, is one."""
    first, last = _view_range(view, block)
    text = view.text[first:last]
    whole = block.kind in (BlockKind.HEADING, BlockKind.LETTERHEAD, BlockKind.SIGNATURE)
    lead = len(text) - len(text.lstrip())
    for start, end in [(lead, len(text.rstrip()))] if whole else split(text):
        if start < end:
            yield _sentence(view, first + start, first + end)


def _view_range(view: View, block: Block) -> tuple[int, int]:
    ranges = [view.from_canonical(span) for span in block.spans]
    filled = [found for found in ranges if found[0] < found[1]]
    return (min(start for start, _ in filled), max(end for _, end in filled)) if filled else (0, 0)


def _sentence(view: View, start: int, end: int) -> Sentence:
    spans = view.to_canonical(start, end)
    return Sentence(view.text[start:end], spans)


def _bounded(view: View, sentence: Sentence, limit: int) -> Iterator[Sentence]:
    """`sentence` whole, or cut between words (in need inside one) into pieces of at most `limit` canonical characters."""
    if sentence.end - sentence.start <= limit:
        yield sentence
        return
    first = view.from_canonical(sentence.spans[0])[0]
    last = first + len(sentence.text)
    start = first
    while start < last:
        end = start
        fits = start
        for match in re.finditer(r"\S+", view.text[start:last]):
            spans = view.to_canonical(start, start + match.end())
            if spans and spans[-1].end - spans[0].start > limit:
                break
            fits = start + match.end()
        end = fits
        if end == start:
            end = start + 1
            while end < last and not view.text[end].isspace():
                spans = view.to_canonical(start, end + 1)
                if spans and spans[-1].end - spans[0].start > limit:
                    break
                end += 1
        piece = _sentence(view, start, end)
        if piece.spans:
            yield piece
        start = end
        while start < last and view.text[start].isspace():
            start += 1


def _filled(sentences: Sequence[Sentence], limit: int) -> Iterator[list[Sentence]]:
    """Runs of sentences that are as near to equal in length as `limit` allows."""
    if not sentences:
        return
    total = sentences[-1].end - sentences[0].start
    count = -(-total // limit)
    target = limit if count <= 1 else min(limit, total / count)
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.end - group[0].start > limit or sentence.start - group[0].start >= target):
            yield group
            group = []
        group.append(sentence)
    yield group


def _groups(parts: Sequence[Part], limit: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in parts:
        if group and (
            part.section != group[0].section or part.is_heading > group[-1].is_heading or not _fits(group, part, limit)
        ):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _fits(group: Sequence[Part], part: Part, limit: int) -> bool:
    return group[0].start <= part.start and part.end - group[0].start <= limit


def _without_crumbs(groups: Sequence[list[Part]]) -> list[list[Part]]:
    """`groups` with short last pieces put with the former passage of their section."""
    kept: list[list[Part]] = []
    for group in _with_titles(groups):
        size = group[-1].end - group[0].start
        if (
            kept
            and size < MERGE_BELOW
            and not group[0].is_heading
            and group[0].section == kept[-1][0].section
            and all(_fits(kept[-1], part, HARD_MAX) for part in group)
        ):
            kept[-1] += group
        else:
            kept.append(group)
    return kept


def _with_titles(groups: Sequence[list[Part]]) -> Iterator[list[Part]]:
    """`groups` with a heading that has no text of its own put before the section or question below it."""
    titles: list[Part] = []
    for group in groups:
        first = group[0]
        below = titles and first.heading[: len(titles[-1].heading)] == titles[-1].heading
        if titles and not (below and first.role in BELOW_TITLES and group[-1].end - titles[0].start <= HARD_MAX):
            yield titles
            titles = []
        if all(part.is_heading for part in group):
            titles = titles + group
        else:
            yield [
                replace(title, role=first.role, heading=first.heading, fractie=first.fractie, pair=first.pair)
                for title in titles
            ] + group
            titles = []
    if titles:
        yield titles


def _passage(letter: Letter, group: Sequence[Part]) -> Passage:
    first = group[0]
    start, end = first.start, max(part.end for part in group)
    search = search_view(letter)
    sentences = tuple(sentence for part in group for sentence in part.sentences)
    texts = []
    for sentence in sentences:
        text, until = "", -1
        for span in sentence.spans:
            left, right = search.from_canonical(span)
            text += ("" if left == until else " ") + search.text[left:right]  # a page end may fall inside a word
            until = right
        texts.append(text.strip())
    return Passage(
        letter=letter.name,
        start=start,
        end=end,
        role=first.role,
        heading=first.heading,
        fractie=first.fractie,
        pair=first.pair,
        page=letter.page_at(start),
        header=_header(letter, first),
        search_text=" ".join(text for text in texts if text),
        sentences=sentences,
    )


def _header(letter: Letter, part: Part) -> str:
    """The context that is indexed with a passage: title, kind, date, heading path, fractie."""
    facts = [letter.title]
    metadata = letter.metadata
    if metadata.kind is not None and metadata.kind.value.casefold() not in letter.title.casefold():
        facts.append(metadata.kind.value)
    if metadata.date is not None and dutch_date(metadata.date.value) not in letter.title:
        facts.append(dutch_date(metadata.date.value))
    facts += part.heading
    if part.fractie:
        facts.append(f"{part.fractie}-fractie")
    return " | ".join(facts)
