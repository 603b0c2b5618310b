"""From a letter to its passages."""

from index.letter import Block, BlockKind, Letter, Passage, Role, Sentence, Span
from index.sentence import split
from index.view import reading_view, search_view

ROLES = {
    BlockKind.LETTERHEAD: Role.LETTERHEAD,
    BlockKind.HEADING: Role.BODY,
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.QUESTION: Role.QUESTION,
    BlockKind.ANSWER: Role.ANSWER,
    BlockKind.FOOTNOTE: Role.FOOTNOTE,
    BlockKind.SIGNATURE: Role.SIGNATURE,
}


def chunk(letter: Letter, max_chars: int = 1400) -> tuple[Passage, ...]:
    """The passages of `letter`."""
    groups: list[list[Block]] = []
    for block in letter.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        if groups and groups[-1][0].kind is block.kind and block.end - groups[-1][0].start <= max_chars:
            groups[-1].append(block)
        else:
            groups.append([block])
    return tuple(_passage(letter, group) for group in groups)


def _passage(letter: Letter, group: list[Block]) -> Passage:
    view, search = reading_view(letter), search_view(letter)
    sentences = []
    for block in group:
        start, end = view.from_canonical(Span(block.start, block.end))
        for left, right in split(view.text[start:end]):
            sentences.append(
                Sentence(view.text[start + left : start + right], view.to_canonical(start + left, start + right))
            )
    start, end = group[0].start, group[-1].end
    left, right = search.from_canonical(Span(start, end))
    return Passage(
        letter=letter.name,
        start=start,
        end=end,
        role=ROLES[group[0].kind],
        heading=(),
        fractie=group[0].fractie,
        pair=group[0].pair,
        page=letter.page_at(start),
        header=letter.title,
        search_text=search.text[left:right],
        sentences=tuple(sentences),
    )
