"""Blocks: headings, questions and answers, footnotes and signatures of made-up and real letters."""

import pytest
from made_up_letters import DOCX_TEXT, LETTERHEAD, NOTA, PDF_TEXT, SCAN, made_up
from real_letters import line, needs_letters, real_letter

from index.letter import BlockKind, Letter


def headings(letter: Letter) -> list[tuple[int, str]]:
    return [
        (block.level, letter.text[block.start : block.end]) for block in letter.blocks if block.kind is BlockKind.HEADING
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PDF_TEXT, [(1, "Otters in het Vogelmeer"), (1, "Wegen en paden")]),
        (DOCX_TEXT, [(1, "Bevers"), (1, "Geld")]),
        (SCAN, [(1, "Moerassen"), (2, "Reigers")]),
        (LETTERHEAD, [(1, "Werksessie met gasten: bevers en otters 4")]),
        (
            NOTA,
            [
                (1, "Antwoord op de vragen van de leden van de Eiken-fractie"),
                (1, "Antwoord op de vragen van de leden van de Linden-Beuken-fractie"),
            ],
        ),
    ],
)
def test_headings_of_every_layout(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(made_up(text)) == expected


def test_numbered_headings_have_the_depth_of_their_number() -> None:
    text = (
        "1. Inleiding\n\nHet bos is van ons allen.\n\n2. Maatregelen\n\n2.1 "
        "Paden\n\nDe paden zijn open.\n\n2.2 Water\n\nHet water stijgt.\n"
    )
    assert headings(made_up(text)) == [(1, "1. Inleiding"), (1, "2. Maatregelen"), (2, "2.1 Paden"), (2, "2.2 Water")]


def test_rows_of_a_table_and_items_of_a_list_are_no_headings() -> None:
    text = (
        "De standen zijn als volgt.\n\nJaar\tStand\n2029\t1,2 m\n2030\t1,4 m\n\n- "
        "Paden open\n- Bruggen heel\n\nAppels\n\nPeren\n\nPruimen\n\nDat is alles.\n"
    )
    assert headings(made_up(text)) == []


def test_a_question_without_its_answer_line_still_has_its_answer() -> None:
    letter = made_up(NOTA)
    found = [
        (block.kind, block.fractie, block.pair, len(block.spans))
        for block in letter.blocks
        if block.kind in (BlockKind.QUESTION, BlockKind.ANSWER)
    ]
    assert found == [
        (BlockKind.QUESTION, "Eiken", 1, 1),
        (BlockKind.ANSWER, "Eiken", 1, 1),
        (BlockKind.QUESTION, "Eiken", 2, 2),
        (BlockKind.ANSWER, "Eiken", 2, 1),
        (BlockKind.QUESTION, "Linden-Beuken", 3, 1),
        (BlockKind.ANSWER, "Linden-Beuken", 3, 1),
    ]


NUMBERED_NOTA = """I. Algemeen

De leden van de SGP-fractie hebben met interesse kennisgenomen van het plan.

1 De leden van de VVD-fractie lezen dat er bomen worden geplant. Zij horen graag waarom.

Antwoord

Er worden bomen geplant omdat het bos kleiner wordt.

2, 3 en 4 In het verlengde hiervan vragen deze leden wat dat kost. Vraag 1. Is dat veel?

Antwoord

Dat kost 12 euro per boom.

De leden van de CDA-fractie vinden dat veel en horen graag of het goedkoper kan.

Nee, dat kan niet.

II. Slot

5 Kan de regering zeggen wanneer het klaar is?

Antwoord

In mei.
"""


def test_questions_of_a_nota_may_be_numbered_and_need_no_question_mark() -> None:
    letter = made_up(NUMBERED_NOTA)
    found = [(block.kind, block.pair, block.fractie, block.label) for block in letter.blocks if block.pair]
    assert found == [
        (BlockKind.QUESTION, 1, "SGP", None),
        (BlockKind.QUESTION, 1, "VVD", "1"),
        (BlockKind.ANSWER, 1, "VVD", None),
        (BlockKind.QUESTION, 2, "VVD", "2, 3 en 4"),
        (BlockKind.ANSWER, 2, "VVD", None),
        (BlockKind.QUESTION, 3, "CDA", None),
        (BlockKind.ANSWER, 3, "CDA", None),
        (BlockKind.QUESTION, 4, None, "5"),
        (BlockKind.ANSWER, 4, None, None),
    ]


def test_two_questions_that_are_answered_together_are_one_pair() -> None:
    text = (
        "Vraag 1\nKent u het bericht?\n\nAntwoord 1\nJa.\n\nVraag "
        "2\nHoeveel otters zijn er?\n\nVraag 3\nZijn dat er meer?\n\n"
        "Antwoord op vraag 2 en 3\nEr zijn 41 otters.\n"
    )
    letter = made_up(text)
    found = [(block.kind, block.pair, block.label) for block in letter.blocks if block.kind is not BlockKind.FURNITURE]
    assert found == [
        (BlockKind.QUESTION, 1, "1"),
        (BlockKind.ANSWER, 1, "1"),
        (BlockKind.QUESTION, 2, "2"),
        (BlockKind.QUESTION, 2, "3"),
        (BlockKind.ANSWER, 2, "2 en 3"),
    ]


def test_questions_and_answers_may_announce_themselves_on_their_own_line() -> None:
    letter = made_up(
        "Vraag 1: Zijn er bevers?\nAntwoord: Ja, zes.\n\nVraag 2: Wat kost dat?\nAntwoord: Dat kost 20.000 euro.\n"
    )
    assert [(block.kind, block.pair) for block in letter.blocks] == [
        (BlockKind.QUESTION, 1),
        (BlockKind.ANSWER, 1),
        (BlockKind.QUESTION, 2),
        (BlockKind.ANSWER, 2),
    ]


def test_the_word_antwoord_in_a_letter_without_questions_is_no_marker() -> None:
    letter = made_up("In deze brief staat een verhaal.\n\nAntwoord\n\nHet bos is groot.\n")
    assert [block.kind for block in letter.blocks] == [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_signature_before_an_annex_is_a_signature() -> None:
    letter = made_up(
        "Geachte voorzitter,\n\nHierbij de antwoorden.\n\nDe minister van "
        "Bosbeheer,\nA.B. Eik\n\nVraag 1\nWaar?\n\nAntwoord 1\nHier.\n"
    )
    assert [letter.text[block.start : block.end] for block in letter.blocks if block.kind is BlockKind.SIGNATURE] == [
        "De minister van Bosbeheer,",
        "A.B. Eik",
    ]


def test_page_numbers_are_furniture_and_do_not_cut_a_sentence() -> None:
    wrapped = (
        "De beheerders van het bos tellen elk jaar hoeveel dieren er in het "
        "bos\nleven, en schrijven dat op in een groot boek dat in de hut ligt.\n"
    )
    text = (
        wrapped * 3 + "De hut staat aan de rand van het water, waar ook de otters "
        "en de bevers\n\nPagina 1 van 2\n\n\fhun holen hebben.\n"
    )
    letter = made_up(text)
    furniture = [letter.text[block.start : block.end] for block in letter.blocks if block.kind is BlockKind.FURNITURE]
    assert furniture == ["Pagina 1 van 2"]
    assert len(letter.blocks[0].spans) == 2
    assert letter.text[letter.blocks[0].spans[1].start : letter.blocks[0].spans[1].end] == "hun holen hebben."


PAIRS_001 = [
    ("BBB", [(38, 56)], (62, 74)),
    ("BBB", [(78, 90)], (96, 100)),
    ("BBB", [(101, 129)], (135, 179)),
    ("GroenLinks-PvdA", [(187, 212)], (218, 256)),
    ("GroenLinks-PvdA", [(260, 270)], (276, 294)),
    ("GroenLinks-PvdA", [(298, 310)], (316, 343)),
    ("GroenLinks-PvdA", [(347, 355)], (361, 401)),
    ("GroenLinks-PvdA", [(405, 413)], (419, 450)),
    ("GroenLinks-PvdA", [(454, 470)], (476, 532)),
    ("GroenLinks-PvdA", [(541, 551)], (555, 585)),
    ("GroenLinks-PvdA", [(589, 593)], (599, 633)),
    ("GroenLinks-PvdA", [(637, 639), (647, 649)], (651, 672)),
    ("GroenLinks-PvdA", [(676, 692)], (696, 716)),
    ("GroenLinks-PvdA", [(720, 740)], (746, 767)),
]
"""Fractie, lines of the question, lines of the answer; read from the letter by hand. Pairs 10, 12 and 13 have no marker."""


@needs_letters
@pytest.mark.parametrize("pair", range(1, 15))
def test_question_answer_pairs_of_letter_001(pair: int) -> None:
    letter = real_letter("001")
    questions = [block for block in letter.blocks if block.kind is BlockKind.QUESTION and block.pair == pair]
    answers = [block for block in letter.blocks if block.kind is BlockKind.ANSWER and block.pair == pair]
    fractie, question_lines, answer_lines = PAIRS_001[pair - 1]
    assert {block.fractie for block in (*questions, *answers)} == {fractie}
    spans = [span for block in questions for span in block.spans]
    assert [(line(letter, span.start), line(letter, span.end - 1)) for span in spans] == question_lines
    assert (line(letter, answers[0].start), line(letter, answers[-1].end - 1)) == answer_lines


@needs_letters
def test_letter_001_has_14_pairs_and_11_lone_answer_lines() -> None:
    letter = real_letter("001")
    assert max(block.pair or 0 for block in letter.blocks) == 14
    lone = [letter.text[block.start : block.end] for block in letter.blocks if block.kind is BlockKind.FURNITURE]
    assert lone == ["Antwoord"] * 11


HEADINGS = {
    "000": [
        (11, 1, "Militaire EU-steun aan Oekraïne"),
        (46, 1, "Paraatheid Europese Defensie-industrie"),
        (83, 1, "Actuele Zaken"),
        (89, 1, "Situatie Rode Zee"),
        (105, 1, "Sahel en West-Afrikaanse Kuststaten"),
        (140, 1, "Militaire Mobiliteit"),
        (150, 1, "Toezegging overwinsten defensie-industrie"),
    ],
    "002": [
        (13, 1, "Oekraïne"),
        (20, 1, "Afschrikking en verdediging"),
        (27, 1, "Samenwerking met de EU en de Indo-Pacific partners"),
        (34, 1, "Inzet forensische  opsporingsexperts in Oekraïne"),
        (37, 1, "Nederlandse inzet United Nations Command te Zuid-Korea"),
        (40, 1, "Coalitie voor de bestrijding van ISIS"),
    ],
    "003": [
        (35, 1, "Afschrikking en verdediging"),
        (65, 1, "Versterking van de defensie-industrie"),
        (88, 1, "Oekraïne"),
        (126, 1, "Missies en operaties"),
        (150, 1, "Werksessie met partners: EU en Indo-Pacific 4"),
    ],
    "004": [
        (21, 1, "NAVO Defensie Ministeriéle bijeenkomst"),
        (30, 1, "Afschrikking en verdediging"),
        (81, 1, "Oekraine"),
        (112, 1, "Ukraine Defence Contact Group"),
        (137, 1, "Raad Buitenlandse Zaken Defensie"),
        (139, 2, "Oekraine"),
        (153, 1, "Defensiegereedheid"),
        (196, 1, "Voorlopig triloogakkoord EDIP"),
    ],
}


@needs_letters
@pytest.mark.parametrize("number", sorted(HEADINGS))
def test_headings_of_the_real_letters(number: str) -> None:
    letter = real_letter(number)
    found = [
        (line(letter, block.start), block.level, letter.text[block.start : block.end])
        for block in letter.blocks
        if block.kind is BlockKind.HEADING
    ]
    assert found == HEADINGS[number]


@needs_letters
def test_headings_of_letter_001_are_those_of_its_two_fracties() -> None:
    letter = real_letter("001")
    found = [
        (line(letter, block.start), letter.text[block.start : block.end])
        for block in letter.blocks
        if block.kind is BlockKind.HEADING
    ]
    assert [number for number, _ in found] == [34, 183]
    assert [text.split()[-1] for _, text in found] == ["BBB-fractie", "GroenLinks-PvdA-fractie"]


@needs_letters
def test_text_quality_of_the_real_letters() -> None:
    assert [real_letter(number).quality for number in ("000", "001", "002", "003", "004")] == [
        "text",
        "text",
        "text",
        "text",
        "ocr",
    ]
