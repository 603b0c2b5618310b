"""Questions and answers: their announcements and their fracties."""

import pytest

from index.layout import Line, Paragraph
from index.letter import BlockKind
from index.nota import Marker, fractie_in, is_exchange, label, marker


def line_of(text: str) -> Line:
    return Line(text, 0, len(text), 1, 0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Antwoord", Marker(BlockKind.ANSWER, None)),
        ("ANTWOORD", Marker(BlockKind.ANSWER, None)),
        ("Antwoord:", Marker(BlockKind.ANSWER, None)),
        ("Antwoord 3", Marker(BlockKind.ANSWER, "3")),
        ("Antwoord op vraag 2 en 3", Marker(BlockKind.ANSWER, "2 en 3")),
        ("Antwoorden op de vragen 4, 5 en 6", Marker(BlockKind.ANSWER, "4, 5 en 6")),
        ("Vraag 12", Marker(BlockKind.QUESTION, "12")),
        ("Vraag", None),
        ("Antwoord op de vragen van de leden van de Eiken-fractie", None),
        ("Nota van Antwoord op de zienswijzen", None),
        ("Het antwoord", None),
    ],
)
def test_lines_that_only_announce(text: str, expected: Marker | None) -> None:
    assert marker(line_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De leden van de BBB-fractie vragen", "BBB"),
        ("Antwoord aan de leden van de GroenLinks-PvdA-fractie", "GroenLinks-PvdA"),
        ("de leden van de fractie van de VVD vragen", "VVD"),
        ("de fractieleden van GroenLinks-PvdA menen", "GroenLinks-PvdA"),
        ("Vragen van het lid Beuk (D66) over otters", "D66"),
        ("Vragen van de leden Van der Linde (SP) en Eik (VVD)", "SP"),
        ("de leden van de Raad spraken", None),
        ("het lid Beuk (voorzitter)", None),
        ("De regering plant bomen", None),
    ],
)
def test_the_fractie_named_in_a_text(text: str, expected: str | None) -> None:
    assert fractie_in(text) == expected


def test_a_paragraph_may_announce_itself() -> None:
    assert label(Paragraph((line_of("Antwoord: Nee."),))) == Marker(BlockKind.ANSWER, None)
    assert label(Paragraph((line_of("Vraag 3. Kunt u dat zeggen?"),))) == Marker(BlockKind.QUESTION, "3")
    assert label(Paragraph((line_of("Antwoord gaf de minister niet."),))) is None


def test_one_lone_answer_line_makes_no_exchange_without_a_fractie() -> None:
    answer = Marker(BlockKind.ANSWER, None)
    assert not is_exchange([answer], ["Bos"])
    assert is_exchange([answer], ["Vragen van de leden van de Eiken-fractie"])
    assert is_exchange([answer, answer], [])
    assert not is_exchange([], ["Vragen van de leden van de Eiken-fractie"])
