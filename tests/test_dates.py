"""Dates: from Dutch words to days, counted from the day of the letter."""

from datetime import date

import pytest

from index.dates import find, prinsjesdag

LETTER = date(2024, 4, 12)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("6 februari 2024", date(2024, 2, 6), date(2024, 2, 6), "day"),
        ("6 feb. 2024", date(2024, 2, 6), date(2024, 2, 6), "day"),
        ("2024-02-06", date(2024, 2, 6), date(2024, 2, 6), "day"),
        ("6-2-2024", date(2024, 2, 6), date(2024, 2, 6), "day"),
        ("30–31 januari 2024", date(2024, 1, 30), date(2024, 1, 31), "days"),
        ("17 en 18 oktober 2024", date(2024, 10, 17), date(2024, 10, 18), "days"),
        ("17 en 18 oktober", date(2024, 10, 17), date(2024, 10, 18), "days"),
        ("28 februari tot en met 2 maart 2024", date(2024, 2, 28), date(2024, 3, 2), "days"),
        ("13 maart jl.", date(2024, 3, 13), date(2024, 3, 13), "day"),
        ("13 december jl.", date(2023, 12, 13), date(2023, 12, 13), "day"),
        ("maart a.s.", date(2025, 3, 1), date(2025, 3, 31), "month"),
        ("mei a.s.", date(2024, 5, 1), date(2024, 5, 31), "month"),
        ("mei dit jaar", date(2024, 5, 1), date(2024, 5, 31), "month"),
        ("medio november 2024", date(2024, 11, 11), date(2024, 11, 20), "part"),
        ("eind februari", date(2024, 2, 21), date(2024, 2, 29), "part"),
        ("begin januari 2024", date(2024, 1, 1), date(2024, 1, 10), "part"),
        ("eind 2024", date(2024, 10, 1), date(2024, 12, 31), "part"),
        ("september 2025", date(2025, 9, 1), date(2025, 9, 30), "month"),
        ("januari 2025 tot en met december 2026", date(2025, 1, 1), date(2026, 12, 31), "months"),
        ("2024 en 2031", date(2024, 1, 1), date(2031, 12, 31), "years"),
        ("vorig jaar", date(2023, 1, 1), date(2023, 12, 31), "year"),
        ("afgelopen zomer", date(2023, 6, 1), date(2023, 8, 31), "season"),
        ("voor de zomer", date(2024, 4, 12), date(2024, 5, 31), "season"),
        ("zomer van 2025", date(2025, 6, 1), date(2025, 8, 31), "season"),
        ("vergaderjaar 2023-2024", date(2023, 9, 19), date(2024, 9, 16), "years"),
        ("2014", date(2014, 1, 1), date(2014, 12, 31), "year"),
    ],
)
def test_every_form_of_a_date(text: str, first: date, last: date, precision: str) -> None:
    (mention,) = find(f"Dat was {text} zo", LETTER)
    assert (mention.first, mention.last, mention.precision) == (first, last, precision)
    assert f"Dat was {text} zo"[mention.start : mention.end].endswith(text.split()[-1])


@pytest.mark.parametrize(
    "text", ["nr. 2027", "12.024 euro", "31 februari 2024", "1 miljoen granaten", "mei", "artikel 5", "2,5", "2030,5"]
)
def test_what_is_no_date(text: str) -> None:
    assert [mention for mention in find(text, LETTER) if mention.precision != "year" or text.startswith("nr")] == []


def test_relative_dates_need_an_anchor() -> None:
    assert find("13 maart jl. en vorig jaar") == []
    assert [mention.precision for mention in find("13 maart 2024")] == ["day"]


def test_dates_come_in_order_and_apart() -> None:
    text = "Op 3 mei 2024, in 2023 en van januari 2025 tot en met maart 2025."
    mentions = find(text, LETTER)
    assert [text[mention.start : mention.end] for mention in mentions] == [
        "3 mei 2024",
        "2023",
        "januari 2025 tot en met maart 2025",
    ]


def test_a_parliamentary_year_begins_on_the_third_tuesday_of_september() -> None:
    assert [prinsjesdag(year) for year in (2023, 2024, 2025)] == [date(2023, 9, 19), date(2024, 9, 17), date(2025, 9, 16)]
