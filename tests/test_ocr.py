"""Text recognition: telling a scan, and mending words for the search view."""

import pytest

from index.ocr import is_ocr, mends


def mended(text: str) -> str:
    for start, end, new in reversed(mends(text)):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de Counci/ kwam", "de Council kwam"),
        ("(Counci/) en", "(Council) en"),
        ("een /ntegrated plan", "een Integrated plan"),
        ("een p/aybook", "een playbook"),
        ("de NAVO'’s", "de NAVO’s"),
        ("bijoehorende", "bijbehorende"),
        ("codrdinatie en coodrdinerende", "coordinatie en coordinerende"),
    ],
)
def test_slips_are_mended(text: str, expected: str) -> None:
    assert mended(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "fysiek en/of mentaal",
        "Koekkoek/Dassen",
        "t/m 3",
        "https://www.voorbeeld.nl/otters",
        "de regering besluit",
        "m/v",
        "km/uur",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_a_scan_is_told_by_three_signs() -> None:
    assert is_ocr("Belgié en Moldavié, financiéle steun en de Counci/ (NUC)")
    assert not is_ocr("België en Moldavië, financiële steun; één café, het idee en de ministeriële raad en/of de commissie")
