"""Stems: forms of one word share theirs, unlike words do not."""

import pytest

from index.stem import stem


@pytest.mark.parametrize(
    "forms",
    [
        "trainen traint getraind",
        "betalen betaalt betaald",
        "leveren levert geleverd",
        "plannen gepland",
        "leven leeft geleefd",
        "reizen reist gereisd",
        "geval gevallen",
        "gemeente gemeenten",
        "beslissen beslist beslissing",
        "investeren investeert geinvesteerd",
    ],
)
def test_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "mening"),
        ("gebied", "bieden"),
        ("gezond", "zon"),
        ("gewond", "wonen"),
        ("geweld", "wel"),
        ("gevolg", "volgens"),
        ("minister", "mini"),
        ("plant", "plan"),
        ("kust", "kussen"),
        ("gast", "gas"),
    ],
)
def test_unlike_words_keep_unlike_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)
