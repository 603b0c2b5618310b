"""Whether a letter or a sentence is about the time asked after."""

from datetime import date

from index import dates
from rag.periods import dated_in, elsewhere, inside, speaks_of

EARLY = dates.find("begin 2024")
OCTOBER = dates.find("in oktober 2025")


def test_a_letter_reports_on_a_period_until_sixty_days_after_it() -> None:
    assert dated_in(date(2025, 10, 3), OCTOBER)
    assert dated_in(date(2025, 12, 30), OCTOBER)
    assert not dated_in(date(2025, 12, 31), OCTOBER)
    assert not dated_in(date(2025, 9, 30), OCTOBER)
    assert not dated_in(None, OCTOBER)
    assert not dated_in(date(2025, 10, 3), [])


def test_a_sentence_speaks_of_a_period_by_a_date_in_it_read_from_its_letter() -> None:
    letter = date(2025, 11, 12)
    assert speaks_of("Op 15 oktober jl. sprak ik de raad.", letter, OCTOBER)
    assert not speaks_of("Op 15 september jl. sprak ik de raad.", letter, OCTOBER)
    assert speaks_of("Het besluit viel in februari 2024.", letter, EARLY)
    assert not speaks_of("Het besluit viel later.", letter, EARLY)


def test_a_letter_is_of_a_period_by_its_date_alone() -> None:
    assert inside(date(2025, 10, 31), OCTOBER)
    assert not inside(date(2025, 11, 1), OCTOBER)
    assert not inside(None, OCTOBER)


def test_a_sentence_speaks_of_another_time_only_where_it_names_one() -> None:
    letter = date(2026, 3, 2)
    assert elsewhere("Op 15 september 2025 sprak ik de raad.", letter, OCTOBER)
    assert not elsewhere("Van september tot december 2025 sprak ik de raad.", letter, OCTOBER)
    assert not elsewhere("Ik sprak de raad.", letter, OCTOBER)
    assert not elsewhere("Op 15 september 2025 sprak ik de raad.", date(2025, 10, 20), OCTOBER)
    assert not elsewhere("Op 15 september 2025 sprak ik de raad.", letter, [])
