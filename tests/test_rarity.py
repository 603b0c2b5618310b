"""Rarity: an index of a few letters is mixed with the background."""

import math

import pytest

from index.stem import stem
from rag.rarity import PRIOR, Rarity, background


def test_a_term_nobody_ever_saw_is_the_rarest() -> None:
    rarity = Rarity(lambda _: 0, 100)
    assert rarity("qqxqq") == pytest.approx(math.log(1 + (100 + PRIOR + 0.5) / 0.5))


def test_a_common_word_tells_little_although_no_letter_holds_it() -> None:
    rarity = Rarity(lambda _: 0, 100)
    assert rarity(stem("minister")) < rarity(stem("goed")) < rarity(stem("erwtensoep"))


def test_a_word_of_every_letter_tells_less_than_the_background_says() -> None:
    assert Rarity(lambda _: 100, 100)("sluis") < Rarity(lambda _: 0, 100)("sluis")


def test_the_background_holds_counts_of_analysed_terms() -> None:
    assert 10_000 < len(background()) < 50_000
    assert all(0 < n <= 100_000 for n in background().values())
