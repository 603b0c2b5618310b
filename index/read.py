"""Reading: from the bytes of a file to a Letter.

A pure function of the bytes, the name and the version of the program: no letter depends on another.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from index.blocks import find_blocks
from index.extract import Extract
from index.letter import Letter
from index.load import load
from index.metadata import read_metadata, title_of
from index.sidecar import with_sidecar

Load = Callable[[bytes, str], Extract]
"""From the bytes and name of a file to its canonical text."""


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter with the Dutch warnings that came up while it was read."""

    letter: Letter
    warnings: tuple[str, ...]


def read_letter(data: bytes, name: str, *, sidecar: bytes | None = None, loader: Load = load) -> ReadLetter:
    """The letter in the file called `name` with content `data`; raises UnreadableFileError where it cannot be read.

    `sidecar` is the content of the metadata.xml beside the file (index/sidecar.py). `loader` reads the file; that of a
    Sandbox survives a parser that hangs or crashes.
    """
    extract = with_sidecar(loader(data, name), sidecar, name)
    return ReadLetter(letter_from_extract(extract, name, hashlib.sha256(data).hexdigest()), extract.warnings)


def letter_from_extract(extract: Extract, name: str, source_sha256: str) -> Letter:
    """The letter that a loader's `extract` holds: blocks and metadata worked out where the format does not state them."""
    structure = find_blocks(extract)
    metadata = read_metadata(extract.text, structure.blocks, extract.metadata)
    return Letter(
        name=name,
        text=extract.text,
        sha256=hashlib.sha256(extract.text.encode("utf-8", "surrogatepass")).hexdigest(),
        source_sha256=source_sha256,
        format=extract.format,
        quality=structure.quality,
        pages=structure.pages,
        blocks=structure.blocks,
        metadata=metadata,
        title=title_of(metadata, name),
    )
