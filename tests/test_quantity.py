"""Quantities: every spelling of a sum gives the same value, and what is no quantity is left alone."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantity import find, same


def values(text: str) -> list[tuple[str, str, str]]:
    return [(q.text, format(q.value.normalize(), "f"), q.unit) for q in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("er is 5 mld. euro nodig", [("5 mld. euro", "5000000000", "euro")]),
        ("er is €5 miljard nodig", [("€5 miljard", "5000000000", "euro")]),
        ("er is EUR 5 miljard nodig", [("EUR 5 miljard", "5000000000", "euro")]),
        ("vijf miljard euro", [("vijf miljard euro", "5000000000", "euro")]),
        ("€21,6 miljard euro", [("€21,6 miljard euro", "21600000000", "euro")]),
        (
            "van 138,2 (2015) tot 199 miljoen euro (2022)",
            [("138,2", "138200000", "euro"), ("199 miljoen euro", "199000000", "euro")],
        ),
        ("€ 10 tot 15 miljoen", [("€ 10", "10000000", "euro"), ("15 miljoen", "15000000", "euro")]),
        ("€500.000 tot 1 miljoen euro", [("€500.000", "500000", "euro"), ("1 miljoen euro", "1000000", "euro")]),
        ("€90\nmiljoen", [("€90\nmiljoen", "90000000", "euro")]),
        ("maximaal € 1.250,50 per persoon", [("€ 1.250,50", "1250.5", "euro")]),
        ("een half miljoen euro", [("een half miljoen euro", "500000", "euro")]),
        ("1,95% van het bbp", [("1,95%", "1.95", "procent")]),
        ("10-15 procent", [("10", "10", "procent"), ("15 procent", "15", "procent")]),
        ("tweehonderdvijftig bomen", [("tweehonderdvijftig", "250", "")]),
        ("zevenentwintig kazernes", [("zevenentwintig", "27", "")]),
        ("anderhalf jaar", [("anderhalf jaar", "1.5", "jaar")]),
        ("een driejarig project", [("driejarig", "3", "jaar")]),
        ("tweeënhalf miljoen", [("tweeënhalf miljoen", "2500000", "")]),
        ("de 21ste en de tweede keer", [("21ste", "21", ""), ("tweede", "2", "")]),
        ("155mm en 155 mm", [("155mm", "155", "millimeter"), ("155 mm", "155", "millimeter")]),
    ],
)
def test_every_spelling_gives_its_value(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "op 6 februari 2024",
        "30–31 januari 2024 en 17 en 18 oktober",
        "in 2024 stijgt dit",
        "Vergaderjaar 2023-2024",
        "Kamerstuk 28 676, nr. 471",
        "(36\n\n124, nr. 41)",
        "21 501-28, nr. 264",
        "de F-16 en de CV90 en COVID-19",
        "artikel 5, lid 2 en resoluties 83 en 84",
        "de Tweede Kamer",
        "het kabinet acht het van belang",
        "een schip en Een haven",
        "onze autonomie.4 Daarnaast",
        "om 14.00 uur",
    ],
)
def test_dates_references_and_names_are_no_quantities(text: str) -> None:
    assert values(text) == []


def test_kind_qualifier_and_noun_are_read() -> None:
    troops, share = find("circa 40.000 getrainde soldaten en ruim 5 procent")
    assert (troops.kind, troops.qualifier, troops.noun) == ("number", "circa", "soldaten")
    assert (share.kind, share.qualifier, share.noun) == ("percentage", "ruim", "")


def test_vague_amounts_are_marked_and_equal_only_each_other() -> None:
    vague, exact = find("honderden miljoenen euro's en 100 miljoen euro")
    assert (vague.vague, vague.value, vague.unit) == (True, Decimal(100_000_000), "euro")
    assert not same(vague, exact)
    assert same(vague, find("honderden miljoenen euro")[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2 jaar", "24 maanden", True),
        ("twee weken", "14 dagen", True),
        ("1 miljard", "1 miljard euro", True),
        ("15 cent", "€0,15", True),
        ("5 euro", "5 procent", False),
        ("5 euro", "5 dollar", False),
        ("een derde", "33 procent", True),
        ("de helft", "50%", True),
        ("de derde", "drie", False),
    ],
)
def test_same_compares_meanings(left: str, right: str, expected: bool) -> None:
    assert same(find(left)[-1], find(right)[-1]) is expected


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_thousands_point_does_not_change_the_value(number: int) -> None:
    (quantity,) = find(f"er zijn € {number:,}".replace(",", ".") + " euro")
    assert quantity.value == number


@given(st.text(alphabet="0123456789 .,€%-een twee miljoenjr\n", max_size=60))
def test_offsets_are_exact_and_in_order(text: str) -> None:
    found = find(text)
    assert all(text[q.start : q.end] == q.text and q.text.strip() == q.text for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
