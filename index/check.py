"""What state the index is in: `status` looks, `verify` recomputes every hash.

Opening an index checks only the manifest's hash and the files' sizes, because a question must not read the whole index.
`verify` reads all of it and says which letters a damaged file holds and which command mends it.
"""

import shlex
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from index.embed import EmbedderInfo
from index.errors import DamagedIndexError
from index.generation import GENERATIONS, UNFINISHED, Generation, is_complete, read_current
from index.manifest import record
from index.store import CATALOGUE, Letters

MANY_FOLDERS = 3


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an index. `bytes` is its size on disk, hard-linked files counted once; `changed` is in UTC.

    `undated` counts the letters without a date, which fall outside --since and --until; `missing` are paths of letters
    where no file is any more; `generations` are all that are kept.
    """

    folder: Path
    generation: str
    generations: tuple[str, ...]
    changed: datetime
    letters: int
    passages: int
    sentences: int
    segments: int
    bytes: int
    embedder: EmbedderInfo
    analyzer: str
    undated: int
    scanned: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not as it was written: `what` says so in Dutch, `letters` are the letters that need it, if known."""

    file: str
    what: str
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of `verify`; `mend` is the command that mends the damage, None where there is none."""

    generation: str | None
    files: int
    damage: tuple[Damage, ...]
    mend: str | None


def status(index: Path) -> Status:
    """The state of the index in the folder `index`; raises NoIndexError or DamagedIndexError."""
    generation = read_current(index)
    letters = Letters(index, generation).letters()
    manifest = generation.manifest
    kept = sorted(folder.name for folder in (index / GENERATIONS).iterdir() if is_complete(folder))
    return Status(
        folder=index,
        generation=manifest.generation,
        generations=tuple(kept),
        changed=datetime.fromtimestamp((generation.folder / CATALOGUE).stat().st_mtime, tz=UTC),
        letters=manifest.letters,
        passages=manifest.passages,
        sentences=manifest.sentences,
        segments=len(manifest.segments),
        bytes=_size(index),
        embedder=manifest.embedder,
        analyzer=manifest.analyzer,
        undated=sum(info.date is None for info in letters),
        scanned=sum(info.quality == "ocr" for info in letters),
        missing=tuple(path for info in letters for path in info.paths if not Path(path).exists()),
    )


def verify(index: Path) -> Verification:
    """Recompute the hash of every file of the generation in use; raises NoIndexError when there is no index."""
    try:
        generation = read_current(index)
    except DamagedIndexError as error:
        found = _complete(index)
        return Verification(None, 0, (Damage("CURRENT", str(error).split(". ")[0]),), _mend(index, found))
    damage = []
    for name, expected in generation.manifest.files.items():
        try:
            actual = record(generation.folder / name)
        except OSError as error:
            damage.append(Damage(name, f"is niet te lezen ({error.strerror})", _letters_in(index, generation, name)))
            continue
        if actual != expected:
            damage.append(Damage(name, "is veranderd na het schrijven", _letters_in(index, generation, name)))
    mend = _mend(index, generation) if damage else None
    return Verification(generation.manifest.generation, len(generation.manifest.files), tuple(damage), mend)


def _letters_in(index: Path, generation: Generation, file: str) -> tuple[str, ...]:
    """The letters that a file holds, as far as the catalogue still tells."""
    segment = PurePosixPath(file).stem
    try:
        entries = Letters(index, generation).entries()
    except DamagedIndexError:
        return ()
    return tuple(entry.info.name for entry in entries if file == CATALOGUE or entry.place.segment == segment)


def _complete(index: Path) -> Generation | None:
    """The last generation whose manifest can still be read, for the paths of its letters."""
    from index.manifest import FILE_NAME, Manifest

    for folder in sorted((index / GENERATIONS).glob("*"), reverse=True):
        try:
            return Generation(folder, Manifest.from_json((folder / FILE_NAME).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return None


def _mend(index: Path, generation: Generation | None) -> str:
    """The command that builds the index anew from the folders that its letters came from, as far as they are known."""
    folders: list[str] = []
    if generation is not None:
        try:
            paths = [path for info in Letters(index, generation).letters() for path in info.paths]
            folders = sorted({str(PurePosixPath(path).parent) for path in paths if Path(path).exists()})
        except (DamagedIndexError, sqlite3.Error, OSError):
            folders = []
    top = [folder for folder in folders if not any(other != folder and _inside(folder, other) for other in folders)]
    named = " ".join(map(shlex.quote, top)) if 0 < len(top) <= MANY_FOLDERS else "MAP"
    return f"kamerbrief --index {shlex.quote(str(index))} index add {named} --rebuild"


def _inside(folder: str, other: str) -> bool:
    return PurePosixPath(folder).is_relative_to(other)


def _size(index: Path) -> int:
    seen: dict[tuple[int, int], int] = {}
    for file in index.rglob("*"):
        if file.is_file() and UNFINISHED not in file.parent.name:
            stat = file.stat()
            seen[stat.st_dev, stat.st_ino] = stat.st_size
    return sum(seen.values())
