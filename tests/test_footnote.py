"""Footnotes are bound to their markers."""

import pytest
from made_up_letters import DOCX_TEXT, LETTERHEAD, NOTA, SCAN, made_up
from real_letters import line, needs_letters, real_letter

from index.letter import Block, BlockKind, Letter


def notes(letter: Letter) -> list[Block]:
    return [block for block in letter.blocks if block.kind is BlockKind.FOOTNOTE]


def marker_with_neighbours(letter: Letter, note: Block) -> str:
    assert note.anchor is not None
    return letter.text[note.anchor.start - 5 : note.anchor.end + 1]


@pytest.mark.parametrize(
    ("text", "label", "marker", "note"),
    [
        (DOCX_TEXT, "1", "g c.s[footnoteRef:1].", "Kamerstuk 99 002, nr. 5 van 2 mei 2031."),
        (SCAN, "1", "assen?.", "Conform de motie-Riet, Kamerstuk 99 001, nr. 3"),
        (NOTA, "1", "lant.1 ", "Zie ook Kamerstuk 99 100 X, nr. 4."),
        (LETTERHEAD, "1", " (BP)1.", "De Tweede Kamer kreeg dit plan op 5 mei 2031 (zie Kamerstuk 99 001, \nnr. 9)."),
    ],
)
def test_a_footnote_is_bound_to_its_marker_in_every_layout(text: str, label: str, marker: str, note: str) -> None:
    letter = made_up(text)
    (found,) = notes(letter)
    assert found.label == label
    assert marker_with_neighbours(letter, found) == marker
    assert letter.text[found.start : found.end] == note


def test_a_line_that_starts_with_a_number_in_mid_text_is_no_footnote() -> None:
    letter = made_up(
        "De bijeenkomst over de bevers en de otters in het meer begon op\n1 "
        "oktober en duurde drie dagen, met veel gasten uit het land.\n" * 4
    )
    assert notes(letter) == []


def test_a_decimal_number_is_no_marker() -> None:
    text = (
        "De uitgaven voor bos en water stijgen dit jaar met 1,5 miljoen "
        "euro, en dat is\nmeer dan in het jaar ervoor is uitgegeven aan "
        "de paden1 en aan de\nborden langs het water.\n\n1 Zie de begroting.\n\n\fDe "
        "volgende bladzijde begint met een nieuwe zin over het water.\n"
    )
    letter = made_up(text)
    (found,) = notes(letter)
    assert marker_with_neighbours(letter, found) == "paden1 "


@needs_letters
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", []),
        (
            "001",
            [
                ("1", 434, "eel.1 ", 537, 540),
                ("2", 603, "ren.2 ", 642, 644),
                ("3", 623, "MI) 3.", 645, 645),
                ("4", 625, "mie.4 ", 646, 646),
            ],
        ),
        ("002", [("1", 18, " c.s[footnoteRef:1].", 41, 41)]),
        ("003", [("1", 54, "DPP)1.", 105, 106), ("2", 82, "eden2 ", 107, 108)]),
        ("004", [("1", 85, "oten?.", 102, 102)]),
    ],
)
def test_footnotes_of_the_real_letters(number: str, expected: list[tuple[str, int, str, int, int]]) -> None:
    letter = real_letter(number)
    found = []
    for note in notes(letter):
        assert note.anchor is not None
        marker = letter.text[note.anchor.start - 4 : note.anchor.end + 1]
        found.append(
            (note.label, line(letter, note.anchor.start), marker, line(letter, note.start), line(letter, note.end - 1))
        )
    assert found == expected
