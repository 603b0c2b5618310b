"""Letterhead and signature: where the letter proper begins and ends."""

from made_up_letters import DOCX_TEXT, LETTERHEAD, NOTA, PDF_TEXT, SCAN

from index.layout import read_page
from index.letterhead import head_end, signature_start, subject_end


def head(text: str) -> list[str]:
    page = read_page(text)
    return [line.text for line in page.lines[: head_end(page.lines, page.layout)]]


def tail(text: str) -> list[str]:
    page = read_page(text)
    return [line.text for line in page.lines[signature_start(page.lines) :]]


def test_the_letterhead_ends_before_the_first_running_text() -> None:
    assert head(PDF_TEXT)[-1] == "Den Haag, 3 mei 2031"
    assert head(DOCX_TEXT)[-1] == "Den Haag, 9 juni 2031"
    assert head(SCAN)[-1] == "Den Haag, 12 september 2031"
    assert head(NOTA)[-1] == "Ontvangen 4 april 2031"
    assert head(LETTERHEAD)[-1] == "Geachte voorzitter,"


def test_a_letter_may_have_no_letterhead() -> None:
    assert head("De otters zwemmen in het meer en eten daar de hele dag vis.\n") == []


def test_the_salutation_ends_the_letterhead_whatever_follows() -> None:
    assert head("Geachte voorzitter,\n\nOnderwerp van deze brief zijn de otters in het meer.\n") == ["Geachte voorzitter,"]


def test_a_subject_goes_on_while_it_is_unfinished() -> None:
    lines = read_page("Betreft Agenda van de ministers van\n\nBosbeheer in mei\n\nGeachte heer,\n").lines
    assert subject_end(lines, 0) == 2
    lines = read_page("Betreft Agenda\n\nDe otters zijn er weer.\n").lines
    assert subject_end(lines, 0) == 1


def test_the_signature_starts_at_its_closing_or_function() -> None:
    assert tail(PDF_TEXT) == ["De Minister van Bosbeheer,", "A.B. Eik"]
    assert tail(LETTERHEAD) == ["Hoogachtend,", "DE MINISTER VAN BOSBEHEER", "Anna Eik"]
    assert len(tail(NOTA)) == 2
    assert tail("Het bos is groot.\n") == []


def test_a_sentence_about_a_minister_is_no_signature() -> None:
    assert tail("De otters zijn er.\n\nDe minister van Bosbeheer wijst erop dat het bos groot is.\n") == []
