"""Page furniture: what belongs to the page and not to the letter."""

import pytest

from index.furniture import furniture
from index.layout import read_page


def removed(text: str) -> list[str]:
    page = read_page(text)
    return [page.lines[i].text for i in sorted(furniture(page.lines))]


@pytest.mark.parametrize(
    "text",
    [
        "Pagina 2 van 4",
        "pagina 3",
        "- 3 -",
        "2/5",
        "kst-99001-12",
        "ISSN 0921 - 7371",
        "’s-Gravenhage 2031",
        "Bij beantwoording, datum, onze referentie en onderwerp vermelden",
        "MINDEF20310012345",
        "Tweede Kamer, vergaderjaar 2030–2031, 99 001, nr. 12  3",
    ],
)
def test_running_heads_and_page_numbers(text: str) -> None:
    assert removed(f"Een zin over het bos.\n{text}\nNog een zin.\n") == [text]


def test_a_bare_number_is_furniture_only_at_the_edge_of_a_page() -> None:
    assert removed("Een zin.\n12\nNog een zin.\n\fTweede bladzijde.\n3\n") == ["3"]


def test_what_stands_at_the_edge_of_three_pages_is_furniture() -> None:
    body = ["De otters zijn er.", "De bevers ook.", "Het bos groeit.", "Het water stijgt."]
    pages = [
        f"Ministerie van Bosbeheer, blad {number}\n{chr(10).join(body)}\nPunt {chr(64 + number)}.\n" for number in (1, 2, 3)
    ]
    assert removed("\f".join(pages)) == [f"Ministerie van Bosbeheer, blad {number}" for number in (1, 2, 3)]


def test_a_text_of_which_nearly_every_line_is_alike_is_no_furniture() -> None:
    assert removed("\f".join(["otter\n"] * 9)) == []


def test_ordinary_lines_stay() -> None:
    assert removed("Een zin over 2031.\nPagina 3 van het rapport noemt otters.\n2031\n\nLaatste zin.\n") == []
