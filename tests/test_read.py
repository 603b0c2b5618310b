"""Reading: a pure function of bytes and name."""

import hashlib

from made_up_letters import PDF_TEXT

from index.read import read_letter


def test_the_hashes_are_those_of_the_text_and_of_the_file() -> None:
    data = b"\xef\xbb\xbf" + PDF_TEXT.encode()
    letter = read_letter(data, "brief.txt").letter
    assert letter.text == PDF_TEXT
    assert letter.sha256 == hashlib.sha256(PDF_TEXT.encode()).hexdigest()
    assert letter.source_sha256 == hashlib.sha256(data).hexdigest()


def test_the_name_and_the_warnings_come_along() -> None:
    read = read_letter(
        "De coördinatie van België en Italië is geregeld en de financiën ook. ".encode("cp1252") * 5, "oud.txt"
    )
    assert read.letter.name == "oud.txt"
    assert read.warnings[0].startswith("oud.txt")
