"""Metadata: what a letter says about itself, and where it says so."""

from datetime import date

import pytest
from made_up_letters import DOCX_TEXT, LETTERHEAD, NOTA, PDF_TEXT, SCAN, made_up
from real_letters import needs_letters, real_letter

from index.letter import Contradiction, Fact, Metadata, Span
from index.metadata import read_metadata, title_of


def test_dossiers_and_their_titles_are_read_in_order() -> None:
    metadata = made_up(SCAN).metadata
    assert [fact.value for fact in metadata.dossiers] == ["99001", "99003-28"]
    assert [fact.value for fact in metadata.dossier_titles] == ["Bosbeheer", "Moerasraad"]
    assert metadata.key == "kst-99001-14"


def test_a_budget_chapter_is_a_suffix_and_a_document_letter_is_the_number() -> None:
    metadata = made_up(NOTA).metadata
    assert metadata.key == "kst-99100-X-D"
    assert metadata.session_year is not None
    assert metadata.session_year.value == "2030-2031"


def test_every_fact_points_at_the_words_it_was_read_from() -> None:
    letter = made_up(PDF_TEXT)
    metadata = letter.metadata
    assert metadata.date is not None
    assert metadata.date == Fact(date(2031, 5, 3), "heading", metadata.date.span)
    assert letter.quote(metadata.date.span or Span(0, 0)) == "3 mei 2031"
    assert metadata.number is not None
    assert letter.quote(metadata.number.span or Span(0, 0)) == "12"
    assert metadata.addressee is not None
    assert metadata.addressee.value == "de Voorzitter van de Tweede Kamer"


def test_letterhead_and_signature_are_both_kept_where_they_disagree() -> None:
    metadata = made_up(DOCX_TEXT).metadata
    assert [(fact.value.name, fact.value.role, fact.origin) for fact in metadata.senders] == [
        (None, "minister van Bosbeheer", "heading"),
        ("A.B. Eik", "minister van Waterwegen", "signature"),
    ]
    (contradiction,) = metadata.contradictions
    assert (contradiction.field, contradiction.first.value, contradiction.second.value) == (
        "senders",
        "minister van Bosbeheer",
        "minister van Waterwegen",
    )


def test_capitals_in_the_letterhead_are_no_contradiction() -> None:
    assert made_up(PDF_TEXT).metadata.contradictions == ()


def test_two_people_who_sign_on_one_line_are_two_senders() -> None:
    metadata = made_up(NOTA).metadata
    assert [(fact.value.name, fact.value.role) for fact in metadata.senders] == [
        ("mr. A.B. Eik", "minister van Bosbeheer"),
        ("drs. C. van der Linde", "staatssecretaris van Bosbeheer"),
    ]


def test_a_letter_without_letterhead_has_no_facts_but_its_signature() -> None:
    metadata = made_up("Het bos is groot.\n\nDe minister van Bosbeheer,\nA.B. Eik\n").metadata
    assert metadata.dossiers == ()
    assert (metadata.number, metadata.date, metadata.chamber, metadata.subject, metadata.key) == (
        None,
        None,
        None,
        None,
        None,
    )
    assert [fact.value.name for fact in metadata.senders] == ["A.B. Eik"]


def test_a_lost_dossier_of_a_council_meeting_is_inferred_and_marked_so() -> None:
    letter = made_up(
        "Nr. 3 BRIEF VAN DE MINISTER VAN BOSBEHEER\n\nDen Haag, 3 mei 2031\n\n"
        "Hierbij bied ik u het verslag aan van de Landbouw- en Visserijraad van vorige week, waaraan ik heb deelgenomen.\n"
    )
    (dossier,) = letter.metadata.dossiers
    assert (dossier.value, dossier.origin) == ("21501-32", "inferred")
    assert letter.quote(dossier.span or Span(0, 0)) == "Landbouw- en Visserijraad"
    assert letter.title == "Kamerbrief nr. 3: Brief van de minister van Bosbeheer (3 mei 2031)"


def test_what_the_file_states_overrules_what_is_read() -> None:
    stated = Metadata(number=Fact("99", "metadata"))
    letter = made_up(PDF_TEXT)
    metadata = read_metadata(letter.text, letter.blocks, stated)
    assert metadata.number == Fact("99", "metadata")
    assert metadata.date == letter.metadata.date


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (PDF_TEXT, "Kamerbrief nr. 12: Brief van de minister van Bosbeheer (3 mei 2031)"),
        (DOCX_TEXT, "Kamerbrief 99 001, nr. 13: Brief van de minister van Bosbeheer (9 juni 2031)"),
        (NOTA, "Kamerstuk 99 100 X, D: Nota naar aanleiding van het verslag (4 april 2031)"),
        (LETTERHEAD, "Geannoteerde agenda bijeenkomst ministers van Bosbeheer op 17 oktober 2031 (3 oktober 2031)"),
        ("Het bos is groot.\n", "brief.txt"),
        ("Het bos is groot.\n\nDe minister van Bosbeheer,\nA.B. Eik\n", "Brief van de minister van Bosbeheer (brief.txt)"),
    ],
)
def test_titles_say_what_is_known(text: str, title: str) -> None:
    assert made_up(text).title == title


def test_answers_to_kamervragen_tell_their_date_subject_and_minister() -> None:
    metadata = made_up(
        "Tweede Kamer der Staten-Generaal\n\nVergaderjaar 2030–2031\n\nVragen "
        "gesteld door de leden der Kamer, met antwoorden\n\n1314\n\n"
        "Vragen van het lid Beuk (VVD) aan de Minister van Bosbeheer over otters (ingezonden 2 mei 2031).\n\n"
        "Antwoord van Minister Eik (Bosbeheer) (ontvangen 3 juni 2031).\n\nVraag 1\n\nKent u het?\n\nAntwoord 1\n\nJa.\n"
    ).metadata
    assert metadata.kind is not None
    assert metadata.kind.value == "antwoord op Kamervragen"
    assert metadata.date is not None
    assert metadata.date.value == date(2031, 6, 3)
    assert metadata.subject is not None
    assert metadata.subject.value == "Vragen van het lid Beuk (VVD) aan de Minister van Bosbeheer over otters"
    assert [(fact.value.name, fact.value.role) for fact in metadata.senders] == [("Eik", "Minister (Bosbeheer)")]


def test_the_title_of_nothing_known_is_the_name_of_the_file() -> None:
    assert title_of(Metadata(), "map/brief.pdf") == "map/brief.pdf"


REAL = {
    "000": ("kst-21501-28-264", "tk", date(2024, 2, 6), "verslag"),
    "001": ("kst-36410-X-C", "ek", date(2024, 4, 12), "nota naar aanleiding van het verslag"),
    "002": ("kst-28676-471", "tk", date(2024, 10, 28), "verslag"),
    "003": (None, "ek", date(2024, 10, 3), "geannoteerde agenda"),
    "004": ("kst-28676-554", "tk", date(2025, 11, 12), "verslag"),
}
SENDERS = {
    "000": [(None, "MINISTER VAN DEFENSIE"), ("K.H. Ollongren", "Minister van Defensie")],
    "001": [
        ("drs. K.H. Ollongren", "minister van Defensie"),
        ("mr. drs. C.A. van der Maat", "staatssecretaris van Defensie"),
    ],
    "002": [(None, "minister van Defensie"), ("R.P. Brekelmans", "minister voor Rechtsbescherming")],
    "003": [("Ruben Brekelmans", "MINISTER VAN DEFENSIE")],
    "004": [(None, "minister van Defensie"), ("R.P. Brekelmans", "minister van Defensie")],
}


@needs_letters
@pytest.mark.parametrize("number", sorted(REAL))
def test_key_chamber_date_kind_and_senders_of_the_real_letters(number: str) -> None:
    metadata = real_letter(number).metadata
    chamber = metadata.chamber.value if metadata.chamber else None
    day = metadata.date.value if metadata.date else None
    kind = metadata.kind.value if metadata.kind else None
    assert (metadata.key, chamber, day, kind) == REAL[number]
    assert [(fact.value.name, fact.value.role) for fact in metadata.senders] == SENDERS[number]


@needs_letters
def test_dossiers_of_the_real_letters_say_where_they_come_from() -> None:
    found = {number: [(fact.value, fact.origin) for fact in real_letter(number).metadata.dossiers] for number in REAL}
    assert found == {
        "000": [("21501-28", "inferred")],
        "001": [("36410-X", "heading")],
        "002": [("28676", "heading")],
        "003": [],
        "004": [("28676", "heading"), ("21501-28", "heading"), ("36045", "heading")],
    }


@needs_letters
def test_only_letter_002_contradicts_itself() -> None:
    found = {number: real_letter(number).metadata.contradictions for number in REAL}
    assert [number for number in sorted(found) if found[number]] == ["002"]
    assert found["002"] == (
        Contradiction(
            "senders",
            Fact("minister van Defensie", "heading", Span(37, 58)),
            Fact("minister voor Rechtsbescherming", "signature", Span(11558, 11606)),
        ),
    )


@needs_letters
def test_titles_of_the_real_letters() -> None:
    assert real_letter("002").title == "Kamerbrief 28 676, nr. 471: Brief van de minister van Defensie (28 oktober 2024)"
    assert real_letter("001").title == "Kamerstuk 36 410 X, C: Nota naar aanleiding van het verslag (12 april 2024)"
