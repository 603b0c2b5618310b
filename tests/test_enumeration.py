"""Lists in a passage: where they begin, what introduces them, what belongs to them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.enumeration import around, lists

BULLETS = [
    "Er gelden drie eisen:",
    "- de boot is schoon;",
    "- de boot heeft een naam;",
    "- er is een stuurman.",
    "Dat is veel.",
]
ORDINALS = [
    "De minister noemt twee redenen.",
    "Ten eerste is de sluis te smal.",
    "Dat bleek in mei.",
    "Ten tweede ontbreekt een brug.",
    "De raad stemde in.",
]


def test_items_belong_together_with_what_introduces_them() -> None:
    assert lists(BULLETS) == [range(0, 4)]
    assert around(BULLETS, 2) == range(0, 4)


def test_a_sentence_outside_a_list_stands_alone() -> None:
    assert around(BULLETS, 4) == range(4, 5)


def test_numbered_and_lettered_items_are_items() -> None:
    assert lists(["Het college adviseert over:", "a. wetten;", "b. besluiten.", "1. Einde", "Slot."]) == [range(0, 4)]


def test_a_list_inside_an_item_is_a_list_by_itself() -> None:
    texts = ["- de raad zag drie schepen;", "- de raad bezoekt:", "1. Texel", "2. Urk", "- de raad rust.", "- de raad eet."]
    assert lists(texts) == [range(1, 4), range(4, 6)]
    assert around(texts, 3) == range(1, 4)


def test_an_item_with_a_colon_and_one_item_below_it_is_no_list_by_itself() -> None:
    assert lists(["Er is:", "- een brief:", "a. van Jan", "- een nota."]) == [range(0, 4)]


def test_ordinals_in_running_text_form_a_list_with_the_sentences_between() -> None:
    assert lists(ORDINALS) == [range(0, 4)]


def test_a_lone_dash_or_a_lone_ordinal_is_no_list() -> None:
    assert lists(["Tot slot dank ik de raad.", "- aldus de minister."]) == []


def test_items_far_apart_are_not_one_list() -> None:
    assert lists(["- een", "Twee.", "Drie.", "Vier.", "- vijf"]) == []


@given(st.lists(st.sampled_from([*BULLETS, *ORDINALS, "Allereerst dit.", "Tot slot dat."]), max_size=14))
def test_lists_lie_inside_the_passage_and_never_overlap(texts: list[str]) -> None:
    found = lists(texts)
    assert all(0 <= one.start < one.stop <= len(texts) for one in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))
