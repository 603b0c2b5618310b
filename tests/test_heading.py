"""Headings: which short lines are one, and how deep."""

import pytest

from index.heading import heading_levels
from index.layout import Line, Paragraph


def found(*texts: str) -> dict[str, int]:
    paragraphs = [Paragraph((Line(text, 0, len(text), 1, 0, 0),)) for text in texts]
    return {texts[i]: level for i, level in heading_levels(paragraphs).items()}


BODY = "Dit is een gewone zin met tekst over het bos."


@pytest.mark.parametrize(
    "text", ["Otters", "Werksessie: bevers en otters 4", "‘Groen’ beleid", "Inzet in het Vogelmeer", "A. Algemeen"]
)
def test_a_short_line_with_text_below_it_is_a_heading(text: str) -> None:
    assert found(BODY, text, BODY) == {text: 1}


@pytest.mark.parametrize(
    "text",
    [
        "Otters.",
        "otters",
        "- Otters",
        "• Otters",
        "Klopt dat?",
        "als volgt:",
        "Otters,",
        "2031",
        "Jaar\tStand",
        "Dat is de",
        "Lang " * 30 + "woord",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert found(BODY, text, BODY) == {}


def test_a_last_line_is_no_heading() -> None:
    assert found(BODY, "Otters") == {}


def test_a_heading_right_below_another_is_one_level_deeper() -> None:
    assert found(BODY, "Raad", "Otters", BODY, "Bevers", BODY) == {"Raad": 1, "Otters": 2, "Bevers": 1}


def test_three_short_lines_in_a_row_are_a_list() -> None:
    assert found(BODY, "Appels", "Peren", "Pruimen", BODY) == {}


def test_numbers_that_count_on_with_nothing_between_are_a_list() -> None:
    assert found(BODY, "1. Otters", "2. Bevers", "3. Dassen", BODY) == {}
    assert found(BODY, "3. Otters", "3.1 Jonge otters", BODY, "4. Bevers", BODY) == {
        "3. Otters": 1,
        "3.1 Jonge otters": 2,
        "4. Bevers": 1,
    }


def test_a_printed_number_tells_the_level() -> None:
    assert found("1. Inleiding", BODY, "2. Water", "2.1 Otters", "2.1.1 Jongen", BODY) == {
        "1. Inleiding": 1,
        "2. Water": 1,
        "2.1 Otters": 2,
        "2.1.1 Jongen": 3,
    }
