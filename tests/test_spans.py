"""Evidence and spans on offer: what counts as found, and attempts to be found without showing the evidence."""

from hypothesis import given
from hypothesis import strategies as st

from eval.gold import GoldSpan
from eval.spans import Offer, citation_is_right, found_ranks, offers, pieces_cited


def at(start: int, end: int, letter: str = "a") -> GoldSpan:
    return GoldSpan(letter=letter, start=start, end=end)


def test_half_of_a_place_is_enough_and_less_is_not() -> None:
    assert found_ranks([[at(100, 200)]], [Offer("a", 0, 150)]) == (1,)
    assert found_ranks([[at(100, 200)]], [Offer("a", 0, 149)]) == (None,)


def test_the_union_of_passages_finds_a_piece() -> None:
    passages = [Offer("a", 0, 130), Offer("b", 0, 500), Offer("a", 180, 300)]
    assert found_ranks([[at(100, 200)]], passages) == (3,)


def test_overlapping_and_repeated_passages_cover_nothing_twice() -> None:
    assert found_ranks([[at(100, 200)]], [Offer("a", 0, 130)] * 50) == (None,)
    assert found_ranks([[at(100, 200)]], [Offer("a", 100 - i, 130) for i in range(30)]) == (None,)


def test_one_place_must_be_half_covered_not_two_places_a_quarter_each() -> None:
    assert found_ranks([[at(100, 200), at(300, 400)]], [Offer("a", 150, 175), Offer("a", 300, 325)]) == (None,)


def test_any_place_of_a_piece_will_do_and_every_piece_is_needed() -> None:
    pieces = [[at(0, 10), at(50, 60, "b")], [at(90, 99)]]
    assert found_ranks(pieces, [Offer("c", 0, 9), Offer("b", 50, 60)]) == (2, None)


def test_the_right_offsets_in_another_letter_find_nothing() -> None:
    assert found_ranks([[at(100, 200)]], [Offer("b", 100, 200)]) == (None,)


def test_a_passage_of_the_whole_letter_counts_with_its_first_1500_characters() -> None:
    assert found_ranks([[at(1400, 1600)]], [Offer("a", 0, 30000)]) == (1,)
    assert found_ranks([[at(1402, 1600)]], [Offer("a", 0, 30000)]) == (None,)


def test_a_citation_of_more_than_600_characters_is_wrong() -> None:
    evidence = [[at(100, 400)]]
    assert citation_is_right(Offer("a", 0, 600), evidence)
    assert not citation_is_right(Offer("a", 0, 601), evidence)
    assert pieces_cited(evidence, [Offer("a", 0, 600)]) == (True,)
    assert pieces_cited(evidence, [Offer("a", 0, 601)]) == (False,)


def test_a_citation_shares_half_of_the_shorter_one() -> None:
    assert citation_is_right(Offer("a", 150, 350), [[at(100, 200)]])
    assert not citation_is_right(Offer("a", 151, 351), [[at(100, 200)]])
    assert citation_is_right(Offer("a", 195, 205), [[at(100, 200)]])
    assert not citation_is_right(Offer("a", 196, 206), [[at(100, 200)]])


def test_a_crumb_of_the_evidence_is_a_right_citation_but_no_evidence_found() -> None:
    assert citation_is_right(Offer("a", 100, 101), [[at(100, 200)]])
    assert pieces_cited([[at(100, 200)]], [Offer("a", 100, 101)]) == (False,)


def test_what_points_at_no_characters_is_no_offer() -> None:
    items = [
        {"letter": "a", "start": 3, "end": 9},
        {"letter": None, "start": None, "end": None, "key": "zz"},
        {"letter": "a", "start": 9, "end": 9},
        {"letter": "a", "start": -5, "end": 9},
        {"letter": "a", "start": True, "end": 9},
        {"letter": "a", "start": 0.0, "end": 9},
        {},
    ]
    assert offers(items) == [Offer("a", 3, 9), None, None, None, None, None, None]
    assert found_ranks([[at(3, 9)]], offers(items)[1:]) == (None,)


spans = st.tuples(st.integers(0, 300), st.integers(1, 120)).map(lambda t: (t[0], t[0] + t[1]))


@given(spans, st.lists(spans, max_size=8))
def test_found_ranks_agrees_with_counting_characters(place: tuple[int, int], passages: list[tuple[int, int]]) -> None:
    covered: set[int] = set()
    expected = None
    for rank, (start, end) in enumerate(passages, 1):
        covered |= set(range(start, end)) & set(range(*place))
        if expected is None and len(covered) >= (place[1] - place[0]) / 2:
            expected = rank
    assert found_ranks([[at(*place)]], [Offer("a", s, e) for s, e in passages]) == (expected,)
