"""A composite question is taken apart into questions that can each be answered."""

import pytest

from rag.parts import parts

SINGLE = [
    "Hoeveel bruggen waren er in november 2024 dicht?",
    "Wie waarschuwde de minister, maar waarschuwt nu niet meer?",
    "Welke bruggen en sluizen worden vervangen?",
    "Hoeveel bruggen en hoeveel sluizen beheert de dienst?",
    "Welke twee projecten zijn gestopt en waarom?",
    "Liep het programma van 2023 tot en met 2025?",
]


@pytest.mark.parametrize("question", SINGLE)
def test_a_single_question_is_left_as_it_is(question: str) -> None:
    assert parts(question) == (question,)


def test_two_periods_are_two_questions() -> None:
    assert parts("Welke havens deden begin 2024 en in oktober 2025 mee aan de oefening?") == (
        "Welke havens deden begin 2024 mee aan de oefening?",
        "Welke havens deden in oktober 2025 mee aan de oefening?",
    )


def test_a_further_question_that_only_names_a_period_is_the_first_about_that_period() -> None:
    assert parts("Wie was in 2024 voorzitter van de raad, en wie in 2025?") == (
        "Wie was in 2024 voorzitter van de raad?",
        "Wie was in 2025 voorzitter van de raad?",
    )
    assert parts("Hoeveel boeien lagen er op zee en hoeveel in het najaar van 2025?") == (
        "Hoeveel boeien lagen er op zee?",
        "Hoeveel boeien lagen er op zee in het najaar van 2025?",
    )


def test_a_further_question_takes_the_subject_along_but_not_the_period_or_letter_of_the_first() -> None:
    assert parts("Hoeveel boeien noemt de agenda van 5 september 2024 en hoeveel werden het er in mei 2025?") == (
        "Hoeveel boeien noemt de agenda van 5 september 2024?",
        "Hoeveel werden het er in mei 2025? (over: boeien noemt)",
    )


def test_that_autumn_is_the_autumn_of_the_year_named_before() -> None:
    first, second = parts("Bij wie kocht het fonds begin 2024 zand, en met welke landen kocht het dat najaar schepen?")
    assert first == "Bij wie kocht het fonds begin 2024 zand?"
    assert second.startswith("Met welke landen kocht het in het najaar van 2024 schepen?")


def test_no_word_is_lost() -> None:
    asked = "Wat betaalt Nederland aan het meetnet en waarvoor is het geld bedoeld?"
    together = " ".join(parts(asked)).lower()
    assert all(word in together for word in ("betaalt", "nederland", "meetnet", "geld", "bedoeld"))
