"""Excerpts: what is shown of a letter, and where its marks begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from eval.excerpt import excerpts, line_distance, tidied

TEXT = "Een eerste zin. Het bewijs staat hier. Een laatste zin."
GOLD = (16, 38)


def test_pieces_are_cut_where_the_marks_change() -> None:
    found = excerpts(TEXT, [GOLD], [(20, 45)], margin=3)
    assert len(found) == 1
    assert [(piece.text, piece.gold, piece.cited) for piece in found[0].pieces] == [
        ("zin. ", False, False),
        ("Het ", True, False),
        ("bewijs staat hier.", True, True),
        (" Een la", False, True),
        ("atste", False, False),
    ]


def test_stretches_that_meet_are_one_and_others_are_apart() -> None:
    text = "woord " * 100
    assert [(e.start, e.end) for e in excerpts(text, [(60, 65)], [(90, 95)], margin=20)] == [(36, 119)]
    assert len(excerpts(text, [(60, 65)], [(300, 305)], margin=20)) == 2


def test_spans_outside_the_letter_do_no_harm() -> None:
    assert excerpts("kort", [(10, 20)], [(2, 99)], margin=1)[0].pieces[-1].text == "rt"
    assert excerpts("", [(0, 5)], []) == []


spans = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)).map(lambda t: (t[0], t[0] + t[1])), max_size=4)


@given(st.text("ab \n", max_size=90), spans, spans, st.integers(0, 20))
def test_every_marked_character_is_shown_once(
    text: str, gold: list[tuple[int, int]], cited: list[tuple[int, int]], margin: int
) -> None:
    shown: dict[int, tuple[bool, bool]] = {}
    for excerpt in excerpts(text, gold, cited, margin):
        at = excerpt.start
        for piece in excerpt.pieces:
            assert text[at : at + len(piece.text)] == piece.text
            for position in range(at, at + len(piece.text)):
                assert position not in shown
                shown[position] = (piece.gold, piece.cited)
            at += len(piece.text)
        assert at == excerpt.end
    for position in range(len(text)):
        marks = tuple(any(start <= position < end for start, end in spans) for spans in (gold, cited))
        assert shown.get(position, (False, False)) == marks


def test_double_spaced_lines_are_shown_as_lines() -> None:
    double = "een\n\ntwee\n\ndrie\n\n\n\nvier"
    assert line_distance(double) == 2
    assert tidied(double, 2) == "een\ntwee\ndrie\n\nvier"
    assert line_distance("een\ntwee\ndrie\n\nvier") == 1
    assert tidied("een  \ntwee\n\nvier", 1) == "een\ntwee\n\nvier"
