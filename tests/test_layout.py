"""Layout: lines, page starts, and paragraphs."""

from made_up_letters import DOCX_TEXT, NOTA, PDF_TEXT, SCAN
from real_letters import line, needs_letters, real_letter

from index.layout import ends, is_bullet, paragraphs, read_page


def texts(text: str) -> list[str]:
    page = read_page(text)
    return [paragraph.text for paragraph in paragraphs(page.lines, page.layout)]


def test_the_run_of_blank_lines_between_wrapped_lines_is_found_per_file() -> None:
    assert read_page(PDF_TEXT).layout.wrap == 0
    assert read_page(NOTA).layout.wrap == 1
    assert read_page(DOCX_TEXT).layout.wrap is None
    assert read_page(SCAN).layout.wrap == 0


def test_a_line_with_one_leading_space_starts_a_page() -> None:
    page = read_page(PDF_TEXT)
    assert [PDF_TEXT[start : start + 12] for start in page.starts] == [" Nr. 12  BRI", " populatie v", " Voor de win"]


def test_a_form_feed_starts_a_page() -> None:
    text = "Eerste bladzijde.\n\fTweede bladzijde.\n\fDerde."
    assert [text[start:][:6] for start in read_page(text).starts] == ["Eerste", "Tweede", "Derde."]


def test_a_list_with_one_leading_space_makes_no_pages() -> None:
    assert read_page("Wij doen dit:\n - bomen planten\n - paden maken\n\nDat is alles.\n" * 3).starts == ()


def test_three_blank_lines_in_mid_sentence_are_a_page_of_a_scan() -> None:
    page = read_page(SCAN)
    assert len(page.starts) == 2
    assert SCAN[page.starts[1] :].startswith("werkgroep die de reigers")


def test_page_starts_stated_by_the_format_are_taken() -> None:
    text = "Een twee.\nDrie vier.\nVijf zes."
    page = read_page(text, (0, 10))
    assert page.starts == (0, 10)
    assert [found.text for found in page.lines if found.page_start] == ["Een twee.", "Drie vier."]


def test_a_page_that_starts_in_lower_case_goes_on_with_the_paragraph() -> None:
    assert any("De otter- populatie" in text or "om de otter- populatie" in text for text in texts(PDF_TEXT))


def test_a_page_that_starts_a_sentence_after_a_full_stop_starts_a_paragraph() -> None:
    assert "Voor de winter volgt een nieuwe telling." in texts(PDF_TEXT)


def test_a_short_heading_straight_above_its_text_is_a_paragraph_of_its_own() -> None:
    text = "Een inleiding.\n\n" + (
        "Bevers\nDe bevers bouwen in dit jaar een dam in de beek en houden\n"
        "het water zo tegen dat er een meer is ontstaan, met vis\nen riet.\n\n"
    ) * 3  # fmt: skip
    assert texts(text)[1] == "Bevers"


def test_items_of_a_list_are_paragraphs_of_their_own() -> None:
    text = (
        "Wij nemen in het komende jaar drie maatregelen voor het bos en\nvoor de paden:\n"
        "- nieuwe borden langs alle\npaden;\n- herstel;\n\n"
    ) * 3  # fmt: skip
    assert texts(text)[:3] == [
        "Wij nemen in het komende jaar drie maatregelen voor het bos en voor de paden:",
        "- nieuwe borden langs alle paden;",
        "- herstel;",
    ]


def test_what_ends_a_sentence() -> None:
    for text in (
        "Klaar.",
        "Klaar?",
        "(Klaar.)",
        "Klaar.”",
        "realiseren.2",
        "de motie Wilg c.s[footnoteRef:1].",
        "als volgt:",
    ):
        assert ends(text), text
    for text in ("een instrument", "op 16 september", "de leden van de", "komma,", "Kamerstuk 99 001, nr. 3"):
        assert not ends(text), text


def test_what_starts_a_list_item() -> None:
    assert [is_bullet(text) for text in ("- punt", "• punt", "1. punt", "a) punt", "(2) punt", "punt", "-punt")] == [
        True, True, True, True, True, False, False,
    ]  # fmt: skip


@needs_letters
def test_page_starts_of_the_real_letters() -> None:
    letters = {number: real_letter(number) for number in ("000", "001", "002", "003", "004")}
    lines = {number: [line(letter, start) for start in letter.pages] for number, letter in letters.items()}
    assert lines == {
        "000": [1, 40, 100, 160],
        "001": [1, 101, 210, 321, 432, 541, 647, 759],
        "002": [],
        "003": [1, 53, 109, 165],
        "004": [1, 55, 106, 157, 209],
    }
