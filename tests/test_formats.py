"""The example letters in every format give the passages of their text files, up to white space."""

import re
from functools import cache
from pathlib import Path

import pytest

from examples import make_formats
from index.chunk import chunk
from index.letter import Passage
from index.read import read_letter

LETTERS = sorted(make_formats.LETTERS.glob("*.txt"))
ENDINGS = ("pdf", "docx", "odt", "html", "xml")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def told(passage: Passage) -> tuple[str, tuple[str, ...], str | None, int | None, str]:
    """What a passage is and says."""
    heading = tuple(squeezed(part) for part in passage.heading)
    return passage.role.value, heading, passage.fractie, passage.pair, squeezed(passage.search_text)


@cache
def passages(path: Path) -> list[tuple[str, tuple[str, ...], str | None, int | None, str]]:
    """The passages of a letter, in an order that does not depend on where footnotes are printed."""
    return sorted(map(told, chunk(read_letter(path.read_bytes(), path.name).letter)), key=repr)


def test_every_letter_is_there_in_every_format() -> None:
    expected = {f"{path.stem}.{ending}" for path in LETTERS for ending in ENDINGS}
    assert {path.name for path in make_formats.TARGET.iterdir()} == expected
    assert len(LETTERS) >= 8


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem[:2])
def test_the_passages_are_those_of_the_text_file(path: Path, ending: str) -> None:
    assert passages(make_formats.TARGET / f"{path.stem}.{ending}") == passages(path)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem[:2])
def test_the_files_are_what_the_script_makes(path: Path) -> None:
    letter = read_letter(path.read_bytes(), path.name).letter
    parts = make_formats.parts_of(letter)
    assert make_formats.docx(parts) == (make_formats.TARGET / f"{path.stem}.docx").read_bytes()
    assert make_formats.official_xml(parts) == (make_formats.TARGET / f"{path.stem}.xml").read_bytes()


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem[:2])
def test_pdf_citations_have_a_page_number(path: Path) -> None:
    pdf = make_formats.TARGET / f"{path.stem}.pdf"
    found = chunk(read_letter(pdf.read_bytes(), pdf.name).letter)
    pages = [passage.page for passage in found if passage.role.value != "footnote"]
    assert None not in pages
    assert pages[0] == 1
    assert pages == sorted(page for page in pages if page is not None)
