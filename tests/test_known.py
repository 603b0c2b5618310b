"""Blocks that a format states go round the parsed ones; offsets stay canonical."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from index.known import Reduced, around
from index.letter import Block, BlockKind, Span


def lines(text: str, pages: tuple[int, ...]) -> list[Block]:
    """A parser for these tests: a paragraph is what stands between blank lines."""
    return [
        Block(BlockKind.PARAGRAPH, (Span(m.start(), m.end()),)) for m in re.finditer(r"\S(?:.|\n(?!\n))*", text.rstrip())
    ]


def quotes(text: str, block: Block) -> list[str]:
    return [text[span.start : span.end] for span in block.spans]


def test_a_paragraph_goes_on_round_what_interrupts_it() -> None:
    text = "De haas is\nPagina 1\nterug op het wad.\n\nDe vos niet."
    foot = Block(BlockKind.FURNITURE, (Span(text.index("Pagina"), text.index("\nterug")),))
    blocks = around(text, (), [foot], lines)
    assert [(block.kind, quotes(text, block)) for block in blocks] == [
        (BlockKind.PARAGRAPH, ["De haas is", "terug op het wad."]),
        (BlockKind.FURNITURE, ["Pagina 1"]),
        (BlockKind.PARAGRAPH, ["De vos niet."]),
    ]


def test_the_number_of_a_footnote_is_taken_out_with_it() -> None:
    text = "De haas1 is terug.\n\n1 Zie de kaart.\n\nDe vos niet."
    start = text.index("Zie")
    note = Block(BlockKind.FOOTNOTE, (Span(start, start + 13),), label="1", anchor=Span(7, 8))
    blocks = around(text, (), [note], lines)
    assert [quotes(text, block) for block in blocks] == [["De haas1 is terug."], ["Zie de kaart."], ["De vos niet."]]


def test_a_stated_heading_takes_the_place_of_what_was_made_of_its_line() -> None:
    text = "Op het wad\nDe haas is terug."
    blocks = around(text, (), [Block(BlockKind.HEADING, (Span(0, 10),), level=2)], lines)
    assert [(block.kind, block.level, quotes(text, block)) for block in blocks] == [
        (BlockKind.HEADING, 2, ["Op het wad"]),
        (BlockKind.PARAGRAPH, 0, ["De haas is terug."]),
    ]


def test_page_starts_are_given_to_the_parser_in_its_own_text() -> None:
    text = "een\n\nvoet\n\ntwee"
    seen: list[tuple[str, tuple[int, ...]]] = []

    def parse(reduced: str, pages: tuple[int, ...]) -> list[Block]:
        seen.append((reduced, pages))
        return []

    around(text, (0, 11), [Block(BlockKind.FURNITURE, (Span(5, 9),))], parse)
    assert seen == [("een\n\ntwee", (0, 5))]


@settings(max_examples=200)
@given(st.text("ab \n", max_size=60), st.data())
def test_every_offset_maps_back_to_its_own_character(text: str, data: st.DataObject) -> None:
    cuts = []
    position = 0
    while position < len(text) and data.draw(st.booleans()):
        start = data.draw(st.integers(position, len(text)))
        end = data.draw(st.integers(start, len(text)))
        cuts.append(Span(start, end))
        position = end + 1
    reduced = Reduced.without(text, cuts)
    assert all(reduced.text[i] == text[reduced.origin(i)] for i in range(len(reduced.text)))
    origins = [reduced.origin(i) for i in range(len(reduced.text))]
    assert origins == sorted(set(origins))
    inside = {i for cut in cuts for i in range(cut.start, cut.end)}
    assert {i for i in range(len(text)) if not text[i].isspace()} - inside <= set(origins)
    assert not inside & set(origins)
    for start in range(len(reduced.text)):
        spans = reduced.spans(Span(start, len(reduced.text)))
        whole = "".join(text[s.start : s.end] for s in spans)
        assert re.sub(r"\s", "", whole) == re.sub(r"\s", "", reduced.text[start:])
