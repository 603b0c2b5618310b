"""Views: what they show, and their map to the letter."""

import pytest
from made_up_letters import DOCX_TEXT, LETTERHEAD, NOTA, PDF_TEXT, SCAN, made_up
from real_letters import line, needs_letters, real_letter

from index.letter import BlockKind, Span
from index.view import reading_text, reading_view, search_view


def test_lines_are_joined_and_hyphens_resolved_also_over_a_page_end() -> None:
    text = reading_view(made_up(PDF_TEXT)).text
    assert "met een camera onder water" in text
    assert "Het gaat om de otterpopulatie van het hele meer." in text


def test_markers_are_left_out_and_notes_stand_at_the_end() -> None:
    text = reading_view(made_up(LETTERHEAD)).text
    assert "het Bosplan (BP). Daarin" in text
    assert text.endswith("\nDe Tweede Kamer kreeg dit plan op 5 mei 2031 (zie Kamerstuk 99 001, nr. 9).")
    assert "de motie Wilg c.s. De dam" in reading_view(made_up(DOCX_TEXT)).text


def test_a_marker_after_a_space_takes_the_space_along() -> None:
    text = (
        "De inzet op het bos (BOS) 1. Hierna volgt het water, dat dit jaar stijgt "
        "en\ndaarom extra zorg vraagt van de beheerders.\n\n1 Zie de brief.\n"
    )
    assert reading_view(made_up(text)).text.startswith("De inzet op het bos (BOS). Hierna volgt")


def test_a_sentence_cut_by_a_footnote_is_one_sentence_with_two_spans() -> None:
    letter = made_up(NOTA)
    view = reading_view(letter)
    sentence = "Is de regering bereid om die prijs elk jaar bekend te maken in een openbare lijst?"
    start = view.text.index(sentence)
    spans = view.to_canonical(start, start + len(sentence))
    assert len(spans) == 2
    assert letter.quote(spans[1]) == "openbare lijst?"
    assert letter.quote(spans[0]).rstrip().endswith("bekend \n\nte maken in een") or letter.quote(
        spans[0]
    ).rstrip().endswith("in een")
    assert reading_text(letter, spans) == sentence


def test_a_marker_or_a_line_end_breaks_no_span() -> None:
    letter = made_up(DOCX_TEXT)
    view = reading_view(letter)
    sentence = "De bevers bouwen een dam in de Rietbeek, in lijn met de motie Wilg c.s."
    start = view.text.index(sentence)
    (span,) = view.to_canonical(start, start + len(sentence))
    assert letter.quote(span) == "De bevers bouwen een dam in de Rietbeek, in lijn met de motie Wilg c.s[footnoteRef:1]."
    assert reading_text(letter, [span]) == sentence


def test_the_map_goes_back_to_the_same_stretch() -> None:
    letter = made_up(PDF_TEXT)
    view = reading_view(letter)
    at = letter.text.index("came-\x20\nra")
    assert view.text[slice(*view.from_canonical(Span(at, at + len("came- \nra"))))] == "camera"
    inside_furniture = letter.text.index("\n\nOtters")
    start, end = view.from_canonical(Span(inside_furniture, inside_furniture + 2))
    assert start == end


def test_paragraphs_parted_by_white_space_alone_are_one_span() -> None:
    letter = made_up("Een zin.\n\nTwee zinnen.\n")
    view = reading_view(letter)
    assert view.to_canonical(0, len(view.text)) == (Span(0, 22),)
    assert view.from_canonical(Span(0, 22)) == (0, len(view.text))


def test_what_is_no_stretch_of_the_view_is_refused() -> None:
    view = reading_view(made_up("Een zin."))
    for start, end in ((-1, 2), (3, 2), (0, 9)):
        with pytest.raises(ValueError, match="not a span"):
            view.to_canonical(start, end)


def test_the_search_view_mends_a_scan_and_the_reading_view_does_not() -> None:
    letter = made_up(SCAN)
    reading, search = reading_view(letter), search_view(letter)
    assert "/ntegrated" in reading.text
    assert "coodrdinerende" in reading.text
    assert "Integrated" in search.text
    assert "coordinerende" in search.text
    start = search.text.index("coordinerende")
    (span,) = search.to_canonical(start, start + len("coordinerende"))
    assert letter.quote(span) == "coodrdinerende"


def test_the_search_view_of_clean_text_is_the_reading_view() -> None:
    letter = made_up(PDF_TEXT)
    assert search_view(letter) is reading_view(letter)


def test_the_reading_text_of_several_places_has_a_space_between() -> None:
    letter = made_up("Een zin.\n\nTwee zinnen.\n")
    assert reading_text(letter, [Span(0, 8), Span(10, 22)]) == "Een zin. Twee zinnen."
    assert reading_text(letter, [Span(10, 22), Span(0, 8)]) == "Twee zinnen. Een zin."
    assert reading_text(letter, []) == ""


KEPT = [
    "GroenLinks-PvdA-fractie",
    "defensie-industrie op te schalen",
    "Noord-Atlantische",
    "NAVO-commandostructuren",
    "Noord-Korea baart",
    "Oost-Azië",
    "Productie- en Leveringszekerheid en de prioritaire",
    "nr. 130 - Voortgang",
    "NAVO-ministers van Defensie (DMM), de",
    "(NUC)-format",
    "NAVO-top kwamen",
    "NAVO-bondgenoten, Austral",
    "NAVO-bondgenoten van belang",
    "defensie-begrotingstekort",
]
DROPPED = [
    "samenwerking",
    "Assistance",
    "munitiebehoefte",
    "artilleriemunitie",
    "granaten",
    "Investeringsprogramma",
    "productiecapaciteit",
    "inkoopproject",
    "diplomatiek",
    "conceptaanpak",
    "aangekondigd",
    "teruggetrokken",
    "veiligheidssamenwerking",
    "vergemakkelijken",
    "groeiverwachting",
]


@needs_letters
def test_30_of_the_31_line_end_hyphens_of_the_real_letters_are_right() -> None:
    """The 31st, "niche-capaciteit", is joined without its hyphen: nothing in the letter says otherwise."""
    views = {number: reading_view(real_letter(number)).text for number in ("000", "001", "002", "003", "004")}
    everything = "\n".join(views.values())
    assert [form for form in KEPT if form not in everything] == []
    assert [form for form in DROPPED if form not in views["000"]] == []
    assert "toegang van de defensie-industrie tot" in views["000"]
    assert "nichecapaciteit" in views["001"]
    assert len(KEPT) + len(DROPPED) + 1 == 30


@needs_letters
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_character_of_the_real_letters_is_changed_and_none_but_markers_and_furniture_lost(number: str) -> None:
    letter = real_letter(number)
    view = reading_view(letter)
    shown = {i for start, end in zip(view.starts, view.ends, strict=True) for i in range(start, end)}
    removed = {i for block in letter.blocks if block.anchor for i in range(block.anchor.start, block.anchor.end)}
    removed |= {i for block in letter.blocks if block.kind is BlockKind.FURNITURE for i in range(block.start, block.end)}
    lost = [i for i, char in enumerate(letter.text) if not char.isspace() and i not in shown and i not in removed]
    labels = {"000": "", "001": "1234", "002": "[1:]", "003": "12", "004": "1"}[number]
    hyphens = {"000": 15, "001": 1, "002": 0, "003": 0, "004": 0}[number]
    assert sorted(letter.text[i] for i in lost) == sorted("-" * hyphens + labels)


@needs_letters
def test_question_12_of_letter_001_is_one_sentence_with_two_spans() -> None:
    letter = real_letter("001")
    view = reading_view(letter)
    start = view.text.index("maar ook een instrument zijn voor buitenlands beleid.")
    spans = view.to_canonical(start, start + len("maar ook een instrument zijn voor buitenlands beleid."))
    assert [(line(letter, span.start), line(letter, span.end - 1)) for span in spans] == [(639, 639), (647, 647)]
    assert reading_text(letter, spans) == "maar ook een instrument zijn voor buitenlands beleid."


@needs_letters
def test_slips_of_the_scanned_letter_are_mended_for_searching_only() -> None:
    reading, search = reading_view(real_letter("004")).text, search_view(real_letter("004")).text
    slips = [
        "Counci/",
        "/ntegrated",
        "/ntent",
        "p/aybook",
        "NAVO'’s",
        "bijoehorende",
        "codrdinatie",
        "codrdinerende",
        "coodrdinerende",
    ]
    assert [slip for slip in slips if slip not in reading] == []
    assert [slip for slip in slips if slip in search] == []
    assert all(
        word in search
        for word in ("Council", "Integrated", "Intent", "playbook", "NAVO’s", "bijbehorende", "coordinatie", "coordinerende")
    )
