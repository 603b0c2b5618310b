"""metadata.xml beside a letter."""

from datetime import date
from pathlib import Path

import pytest

from index.read import read_letter
from index.sidecar import is_sidecar, sidecar_of
from tests.repository_server import letter_xml, metadata_xml

TEXT = b"Geachte voorzitter,\n\nDe haas is terug op het wad.\n"


@pytest.mark.parametrize("name", ["brief.txt.metadata.xml", "brief.metadata.xml", "metadata.xml"])
def test_every_way_of_laying_it_beside_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "brief.txt").write_bytes(TEXT)
    (tmp_path / name).write_bytes(b"<metadata_gegevens/>")
    assert sidecar_of(tmp_path / "brief.txt") == b"<metadata_gegevens/>"
    assert is_sidecar(tmp_path / name)
    assert not is_sidecar(tmp_path / "brief.txt")


def test_plain_metadata_belongs_to_no_letter_when_there_are_several(tmp_path: Path) -> None:
    for name in ("brief.txt", "andere.txt", "metadata.xml"):
        (tmp_path / name).write_bytes(b"x")
    assert sidecar_of(tmp_path / "brief.txt") is None


def test_its_facts_fill_in_what_the_letter_leaves_open() -> None:
    letter = read_letter(TEXT, "brief.txt", sidecar=metadata_xml("kst-98765-3")).letter
    assert letter.metadata.key == "kst-98765-3"
    assert letter.metadata.date is not None
    assert letter.metadata.date.value == date(2031, 5, 6)


def test_the_day_of_publication_does_not_overrule_the_day_of_the_letter() -> None:
    data = letter_xml("98765", "3", "De haas is terug.")
    letter = read_letter(data, "brief.xml", sidecar=metadata_xml("kst-98765-3")).letter
    assert letter.metadata.date is not None
    assert letter.metadata.date.value == date(2031, 5, 4)


def test_a_damaged_one_is_told_and_the_letter_is_read() -> None:
    read = read_letter(TEXT, "brief.txt", sidecar=b"<metadata_gegevens>")
    assert read.letter.text == TEXT.decode()
    (warning,) = read.warnings
    assert warning.startswith("de metadata naast brief.txt zijn niet gebruikt: brief.txt.metadata.xml is geen geldige XML")
