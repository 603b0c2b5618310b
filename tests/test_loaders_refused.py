"""Files that are no letters are refused by content, each with what to do instead."""

import io
import zipfile
from pathlib import Path

import pytest

from index.errors import UnreadableFileError
from index.load import load
from index.loaders.refused import accepts

MAIL = b"Received: from x\r\nFrom: haas@voorbeeld.nl\r\nTo: vos@voorbeeld.nl\r\nSubject: telling\r\n\r\nDag vos,\r\n"


def package(*parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for part in parts:
            file.writestr(part, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (MAIL, "brief.txt", "een e-mail"),
        (b"Beste vos, de haas is terug.", "brief.eml", "een e-mail"),
        (package("brief.pdf"), "brieven.zip", "een zip-bestand"),
        (package("brief.pdf"), "brief.pdf", "een zip-bestand"),
        (package("word/other.xml"), "brief.docx", "beschadigd of geen tekstdocument"),
        (package("xl/workbook.xml"), "telling.xlsx", "een rekenblad"),
        (package("ppt/presentation.xml"), "haas.pptx", "een presentatie"),
        (b"PK\x03\x04" + b"half", "brief.docx", "beschadigd of geen tekstdocument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "brief.doc", r"een oud Office-bestand \(\.doc of \.msg\)"),
        (rb"{\rtf1 haas}", "brief.rtf", "een RTF-bestand"),
        (b"\x89PNG\r\n\x1a\n", "brief.png", "een afbeelding"),
        (b"\xff\xd8\xff\xe0", "brief.jpg", "een afbeelding"),
        (b"\x1f\x8b\x08", "brief.gz", "een ingepakt bestand"),
    ],
)
def test_the_line_names_the_kind_and_the_next_step(data: bytes, name: str, why: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^{name.replace('.', '[.]')} is {why}.*[.]$"):
        load(data, name)


@pytest.mark.parametrize("path", sorted(Path("examples/formats").iterdir()), ids=lambda path: path.name)
def test_letters_are_not_refused(path: Path) -> None:
    assert not accepts(path.read_bytes(), path.name)


def test_a_letter_with_a_few_labels_is_no_mail() -> None:
    text = b"Datum: 4 mei 2031\nBetreft: de zandhaas\nKenmerk: ZH-1\n\nGeachte voorzitter,\n"
    assert not accepts(text, "brief.txt")
