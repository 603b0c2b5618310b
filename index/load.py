"""From the bytes of a file to its canonical text: the loader that recognises the content reads it.

The content decides, not the extension: a PDF that was saved as .txt is still a PDF, and a program named brief.txt is no
letter. What no loader recognises is refused in one line, so that no file disappears in silence.
"""

from index.errors import UnreadableFileError
from index.extract import Extract
from index.loaders import loaders

MAX_BYTES = 50 * 2**20
"""Larger files are refused: a letter of 50 MiB is no letter, and reading it would fill the memory."""


def load(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Extract:
    """The canonical text of the file called `name` with content `data`.

    Raises UnreadableFileError (one Dutch line with the name) when the file is empty, larger than `max_bytes`, of no known
    format, or without any text.
    """
    if not data:
        raise UnreadableFileError(f"{name} is leeg (0 bytes). Kies een bestand met tekst.")
    if len(data) > max_bytes:
        size, limit = len(data) / 2**20, max_bytes / 2**20
        raise UnreadableFileError(
            f"{name} is te groot ({size:.0f} MB, ten hoogste {limit:.0f} MB). Splits het bestand of laat het weg."
        )
    for loader in loaders():
        if loader.accepts(data, name):
            extract: Extract = loader.load(data, name)
            break
    else:
        raise UnreadableFileError(
            f"{name} is geen leesbaar tekstbestand. Sla de brief op als .txt, .pdf of .docx en voeg die toe."
        )
    if not extract.text.strip():
        raise UnreadableFileError(
            f"{name} bevat geen tekst. Kies een bestand met tekst; een scan moet eerst door tekstherkenning."
        )
    return extract
