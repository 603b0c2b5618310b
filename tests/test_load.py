"""Loading: what is text, how it is decoded, and what is refused in one line."""

import pytest

from index.errors import UnreadableFileError
from index.load import load


def test_the_text_of_a_file_is_kept_to_the_last_newline() -> None:
    extract = load(b"Een brief.\r\n\r\nTweede regel \n", "brief.txt")
    assert extract.text == "Een brief.\r\n\r\nTweede regel \n"
    assert extract.format == "txt"
    assert extract.warnings == ()


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert load(b"\xef\xbb\xbfOekra\xc3\xafne", "brief.txt").text == "Oekraïne"


def test_utf_16_is_read_by_its_byte_order_mark() -> None:
    assert load("Oekraïne en België".encode("utf-16"), "brief.txt").text == "Oekraïne en België"


def test_another_encoding_is_guessed_and_said() -> None:
    text = "Het kabinet heeft de financiële steun aan België en Italië geïntensiveerd; de coördinatie is geregeld. " * 5
    extract = load(text.encode("cp1252"), "oud.txt")
    assert extract.text == text
    assert len(extract.warnings) == 1
    assert extract.warnings[0].startswith("oud.txt is geen UTF-8 en is gelezen als ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg.txt is leeg"),
        (b" \n\t \n", "bevat geen tekst"),
        (bytes(range(256)) * 20, "geen leesbaar"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "geen leesbaar"),
        (b"\xff\xfe\x00", "leeg.txt"),
    ],
)
def test_what_cannot_be_a_letter_is_refused_in_one_line_with_its_name(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        load(data, "leeg.txt")
    assert words in str(caught.value)
    assert "leeg.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read() -> None:
    assert load(b"abc", "klein.txt", max_bytes=3).text == "abc"
    with pytest.raises(UnreadableFileError, match=r"groot\.txt is te groot"):
        load(b"abcd", "groot.txt", max_bytes=3)
