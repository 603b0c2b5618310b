"""Units are the same terms however they are written, and nothing of a text but its words and numbers is kept."""

import pytest

from index import analyze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("de norm van 5 procent", "de norm van 5%"),
        ("de 5%-norm", "5 procent norm"),
        ("3 miljoen euro", "3 mln. euro"),
        ("euro 12 miljard", "€ 12 mld."),
        ("euro 12 miljard", "EUR 12 mld"),
    ],
)
def test_units_are_one_term_in_full_and_short(one: str, other: str) -> None:
    assert analyze.words(one) == analyze.words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("de foto's", "foto’s"),
        ("de foto's", "een foto"),
        ("F-16's", "F16’s"),
        ("F-16's", "de F-16"),
        ("Rutte’s plan", "plan Rutte"),
        ("zo'n dijk", "zo’n dijk"),
        ("zo'n dijk", "de dijk"),
    ],
)
def test_apostrophes_and_hyphens_make_no_other_words(one: str, other: str) -> None:
    assert sorted(analyze.words(one)) == sorted(analyze.words(other))


def test_stop_words_are_left_out_and_accents_folded() -> None:
    assert analyze.tokens("De coördinatie van 1.200 vrijwilligers is geregeld!") == [
        "coordinatie",
        "1.200",
        "vrijwilligers",
        "geregeld",
    ]
    assert analyze.every_token("De 5% (of meer)") == ["de", "5", "procent", "of", "meer"]


def test_grams_cover_a_word_with_its_ends() -> None:
    assert analyze.ngrams("dijk of brug") == ["_dijk", "dijk_", "_brug", "brug_"]
