"""Facts, traps, words and numbers of an answer: the rules, and attempts to get round them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.match import (
    answer_variants,
    fold,
    missing_facts,
    numbers,
    occurs,
    token_f1,
    traps_found,
    variants,
    without_markers,
    word_count,
)


def test_accents_case_and_white_space_do_not_matter() -> None:
    assert fold("  Oekraïne\n en  CRÈME ") == "oekraine en creme"


@pytest.mark.parametrize(
    ("alternative", "answer", "met"),
    [
        ("5%", "Het is 5% van het bbp.", True),
        ("5%", "Het is 1,5% van het bbp.", False),
        ("5%", "Het is 1.5% van het bbp.", False),
        ("5%", "Het is 25% van het bbp.", False),
        ("145", "Er zijn 145 zwanen.", True),
        ("145", "Er zijn 145, dus veel.", True),
        ("145", "Er zijn er 145.", True),
        ("145", "Er zijn 1.145 zwanen.", False),
        ("145", "Er zijn 145.000 zwanen.", False),
        ("145", "Er zijn 145,5 zwanen.", False),
        ("145", "Er zijn 1452 zwanen.", False),
        ("20.000", "Er waren 120.000 bezoekers.", False),
        ("40 000", "Er waren 140 000 bezoekers.", False),
        ("40 000", "Er waren 40\u00a0000 bezoekers.", True),
        ("1,5 miljoen", "Het kostte 31,5 miljoen.", False),
        ("september 2026", "tot september 2026", True),
        ("september 2026", "tot september 20261", False),
        ("punt 5", "in punt 5.", True),
        ("punt 5", "in punt 5.2", False),
    ],
)
def test_a_number_is_not_met_by_a_piece_of_another(alternative: str, answer: str, met: bool) -> None:
    assert occurs(alternative, answer_variants(answer)) is met


def test_a_number_is_found_where_a_longer_one_stands_before_it() -> None:
    assert occurs("5%", answer_variants("Eerst 1,5%, later 5%."))


def test_a_marker_does_not_glue_two_numbers_together() -> None:
    assert not occurs("145", answer_variants("1[1]45"))
    assert occurs("145", answer_variants("145[1]"))


def test_citation_markers_are_removed_with_the_space_before_them() -> None:
    assert without_markers("Nee [1]. Wel zo [2, 3], of [4-6] zo.[7][8]") == "Nee. Wel zo, of zo."


def test_the_number_in_a_marker_meets_no_fact() -> None:
    assert missing_facts([["145"]], answer_variants("Er zijn zwanen [145].")) == (0,)


def test_words_split_at_a_line_end_are_joined_with_and_without_the_hyphen() -> None:
    assert variants("lucht-\n verdediging") == ("lucht- verdediging", "luchtverdediging", "lucht-verdediging")
    assert occurs("luchtverdediging", variants("lucht-\n verdediging"))
    assert occurs("IT-coalitie", variants("IT-\ncoalitie"))


def test_every_fact_needs_one_of_its_alternatives() -> None:
    texts = answer_variants("Mali en Niger")
    assert missing_facts([["Mali"], ["Niger", "de Niger"], ["Burkina Faso"]], texts) == (2,)


def test_traps_are_compared_as_facts_are() -> None:
    assert traps_found(["1,5 miljard", "nee,"], answer_variants("Ja, 31,5 miljard")) == ()
    assert traps_found(["1,5 miljard"], answer_variants("Het is 1,5 MILJARD")) == ("1,5 miljard",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Er zijn 145 zwanen.", 4),
        ("Er zijn 145 zwanen [1][2].", 4),
        ("[1] [2] [3]", 0),
        ("een\u200btwee\u200bdrie", 3),
        ("_".join(["woord"] * 200), 30),
    ],
)
def test_words_are_counted_without_markers_and_glue_is_no_way_out(text: str, words: int) -> None:
    assert word_count(text) == words


def test_numbers_are_written_alike() -> None:
    assert dict(numbers("40.000 en 40 000, 1,4 en 1.4, in 2024 en 24,50 [3]")) == {
        "40000": 2,
        "1.4": 2,
        "2024": 1,
        "24.50": 1,
    }


def test_a_year_before_a_number_stays_a_year() -> None:
    assert dict(numbers("in 2024 300 keer")) == {"2024": 1, "300": 1}


def test_token_f1_by_hand() -> None:
    # "er", "zijn", "145" in common of 5 and 4 tokens: 2 * 3 / 9; "de" is an article.
    assert token_f1("Er zijn dus de 145 eenden", "er zijn 145 zwanen") == pytest.approx(6 / 9)
    assert token_f1("", "") == 1.0
    assert token_f1("", "zwanen") == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_token_f1_is_symmetric_and_between_0_and_1(left: str, right: str) -> None:
    assert 0.0 <= token_f1(left, right) <= 1.0
    assert token_f1(left, right) == token_f1(right, left)


@given(st.text(min_size=1, max_size=20), st.text(max_size=30), st.text(max_size=30))
def test_a_text_between_spaces_is_found(needle: str, before: str, after: str) -> None:
    folded = fold(needle)
    digit_ends = folded[:1].isdigit() or folded[-1:].isdigit()
    if folded and not digit_ends:
        assert occurs(needle, [f"{before} {folded} {after}"])
