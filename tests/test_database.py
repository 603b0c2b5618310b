import dataclasses
from datetime import date
from pathlib import Path

from index.database import Entry, LetterInfo, Place, open_database, read_catalogue, write_catalogue
from index.letter import Sender

FULL = LetterInfo(
    name="2031/brief.txt",
    title="Brief over schelpen",
    paths=("/a/2031/brief.txt", "/b/kopie.txt"),
    source_sha256="a" * 64,
    sha256="b" * 64,
    format="txt",
    quality="ocr",
    key="kst-90123-7",
    number="7",
    date=date(2031, 3, 5),
    kind="verslag",
    chamber="tk",
    dossiers=("90123", "90124-X"),
    senders=(Sender("A.B. Duinker", None), Sender(None, "minister van Getijden")),
    subject="Schelpen",
    characters=1234,
    passage_count=5,
    sentence_count=17,
    abbreviations=(("RvS", "Raad van Schelpen"),),
)
BARE = LetterInfo("a.txt", "a.txt", ("/a.txt",), "c" * 64, "d" * 64, "txt", "text", *[None] * 5, (), (), None, 0, 0, 0)


def test_catalogue_gives_back_every_field_by_name(tmp_path: Path) -> None:
    assert all(getattr(FULL, field.name) for field in dataclasses.fields(FULL))
    entries = [Entry(BARE, Place("00002", 0)), Entry(FULL, Place("00001", 3))]
    write_catalogue(tmp_path / "letters.db", entries)
    assert read_catalogue(open_database(tmp_path / "letters.db")) == [entries[1], entries[0]]


def test_folder_with_signs_of_a_url_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "50% & meer? #1"
    folder.mkdir()
    write_catalogue(folder / "letters.db", [])
    assert read_catalogue(open_database(folder / "letters.db")) == []
