"""Scans: with tesseract where it is installed, and with a program in its place elsewhere."""

import stat
from pathlib import Path

import pytest

from index.errors import UnreadableFileError
from index.loaders import ocr, pdf
from tests.typeset import pdf as typeset
from tests.typeset import picture, prose

LINES = ("De zandhaas van Oosterwad is dit jaar vaker gezien", "dan in de vijf jaren daarvoor.")
SCAN = picture(typeset(prose(90, 700, *LINES, size=12, leading=16), prose(90, 700, "Tweede bladzijde.", size=12)), 100)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of tesseract; tests write what it does."""
    path = tmp_path / "tesseract"
    monkeypatch.setattr(ocr, "_program", lambda: str(path))
    return path


def does(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_pages_are_parted_by_three_blank_lines_and_marked_as_recognised(program: Path) -> None:
    does(program, "cat > /dev/null; printf 'Een regel.\\n\\n\\n\\n\\nNog een.\\n\\f'")
    extract = pdf.load(SCAN, "x")
    assert extract.text == "Een regel.\n\n\nNog een.\n\n\n\nEen regel.\n\n\nNog een."
    assert (extract.quality, extract.pages) == ("ocr", (0, 25))


def test_every_page_is_told_when_it_begins(program: Path) -> None:
    does(program, "cat > /dev/null; echo haas")
    told: list[tuple[int, int]] = []
    token = ocr.PROGRESS.set(lambda done, total: told.append((done, total)))
    try:
        ocr.read_scan(SCAN, "x")
    finally:
        ocr.PROGRESS.reset(token)
    assert told == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("script", "why"),
    [("exit 1", "bladzijde 1 is mislukt"), ("cat > /dev/null", "geen tekst is herkend"), ("sleep 5", "duurt te lang")],
)
def test_what_goes_wrong_is_one_line(program: Path, monkeypatch: pytest.MonkeyPatch, script: str, why: str) -> None:
    monkeypatch.setattr(ocr, "SECONDS_PER_PAGE", 0.3)
    does(program, script)
    with pytest.raises(UnreadableFileError, match=why):
        pdf.load(SCAN, "brief.pdf")


def test_a_scan_that_is_too_long_is_refused(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_PAGES", 1)
    with pytest.raises(UnreadableFileError, match="scan van 2 bladzijden"):
        pdf.load(SCAN, "brief.pdf")


@pytest.mark.skipif(not ocr.is_installed(), reason="tesseract with Dutch is not installed")
def test_tesseract_reads_the_words_of_a_scan() -> None:
    extract = pdf.load(picture(typeset(prose(90, 700, *LINES, size=12, leading=16)), 200), "x")
    assert " ".join(extract.text.split()) == " ".join(LINES)
