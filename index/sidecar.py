"""metadata.xml beside a letter: what officielebekendmakingen.nl states about a publication apart from its text.

`kamerbrief fetch` puts it next to the document as "<name>.metadata.xml"; a folder that holds one document may also have it
as plain "metadata.xml", as the repository itself does.
"""

from dataclasses import replace
from pathlib import Path

from index.errors import UnreadableFileError
from index.extract import Extract
from index.official import merged

ENDING = ".metadata.xml"
PLAIN = "metadata.xml"
MAX_BYTES = 2**20


def is_sidecar(path: Path) -> bool:
    """Whether the file at `path` is called as metadata beside a document is; it is no letter."""
    return path.name == PLAIN or path.name.endswith(ENDING)


def sidecar_of(path: Path) -> bytes | None:
    """The content of the metadata beside the document at `path`, None where there is none of a sensible size."""
    named = (path.with_name(path.name + ENDING), path.with_name(path.stem + ENDING))
    plain = path.with_name(PLAIN)
    for beside in (*named, *([plain] if _is_only_document(path, plain) else [])):
        try:
            if beside.is_file() and beside.stat().st_size <= MAX_BYTES:
                return beside.read_bytes()
        except OSError:
            continue
    return None


def with_sidecar(extract: Extract, sidecar: bytes | None, name: str) -> Extract:
    """`extract` with the facts of its sidecar where the document itself leaves them open; a damaged one gives a warning."""
    if sidecar is None:
        return extract
    from index.loaders.official_xml import sidecar as read

    try:
        facts = read(sidecar, f"{name}{ENDING}", extract.text)
    except UnreadableFileError as error:
        return replace(extract, warnings=(*extract.warnings, f"de metadata naast {name} zijn niet gebruikt: {error}"))
    return replace(extract, metadata=merged(extract.metadata, facts) if extract.metadata else facts)


def _is_only_document(path: Path, plain: Path) -> bool:
    if not plain.is_file():
        return False
    others = {other.stem for other in path.parent.iterdir() if other.is_file() and other.name != PLAIN}
    return others == {path.stem}
