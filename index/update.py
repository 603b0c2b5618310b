"""The write side of the index: add, remove and sync letters, with a report line for every file.

A letter is known by the hash of its file: what did not change is neither read nor embedded again, and the same content
under another path is the same letter. All changes of one call come into use together (index/generation.py), so a call
that is killed changes nothing.

Removing is complete: the segment that held the letter is written anew, and `remove` and --sync clear away the older
generations as well.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Self

from index.analyze import VERSION
from index.chunk import chunk
from index.database import Entry, LetterInfo, Place, write_catalogue
from index.embed import Embedder
from index.errors import DamagedIndexError, KamerbriefError, NoIndexError, UnreadableFileError
from index.generation import Generation, prepare, publish, read_current, remove_older, take_over, writing
from index.letter import Letter, Passage
from index.manifest import FORMAT, FileRecord, Manifest, record
from index.read import read_letter
from index.sandbox import Sandbox
from index.segment import build_segment, files_of, join_segments
from index.sidecar import is_sidecar, sidecar_of
from index.store import CATALOGUE, Letters, check_embedder, check_version, find_letter
from index.twins import Twins, told

SUFFIXES = frozenset({".txt", ".text", ".pdf", ".docx", ".odt", ".html", ".htm", ".xhtml", ".xml"})
"""What is taken from a folder; a file that is named itself is read whatever it is called."""
NO_ACCESS = "geen toegang tot deze map. Controleer de rechten."
UNUSABLE_NAME = "de bestandsnaam is geen geldige tekst (UTF-8). Geef het bestand een andere naam."
SEGMENT_LETTERS = 1000
"""Letters of a segment that is written at once: it bounds the memory that adding takes."""
JOIN = 8
"""So many segments of about the same size are joined into one."""
MAX_JOINED = 2000
"""Letters above which a segment is not joined any more: joining must stay a matter of seconds."""

Hashes = Mapping[str, "str | UnreadableFileError"]
"""For every file found, by path, the sha256 of its content or why it cannot be read."""
Cut = Callable[[Letter], Sequence[Passage]]
"""From a letter to its passages."""
Progress = Callable[[int, int], None]
"""Called with the number of files done and the number of all files."""


class Outcome(StrEnum):
    """What happened to a file or letter."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    SKIPPED = "skipped"
    GONE = "gone"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One file or letter: what happened, why (Dutch, may be empty), and what to look out for (Dutch)."""

    outcome: Outcome
    path: str
    letter: str | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a change did. `generation` is the one in use after it, None when there is none.

    `cleared` names the generations that were removed; `erased` says that letters were taken out, and with them all older
    generations.
    """

    lines: tuple[ReportLine, ...]
    generation: str | None
    letters: int
    passages: int
    cleared: tuple[str, ...] = ()
    erased: bool = False

    @property
    def failed(self) -> bool:
        """Whether a file was refused."""
        return any(line.outcome is Outcome.REFUSED for line in self.lines)

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)


def add(
    index: Path,
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    sync: bool = False,
    rebuild: bool = False,
    max_bytes: int = 40 * 2**20,
    progress: Progress | None = None,
    pages: Progress | None = None,
    cut: Cut = chunk,
) -> Report:
    """Add or update the files and folders `paths` in the folder `index`.

    With `sync`, letters of these folders whose file is gone are removed; without, they are named and kept. With `rebuild`
    nothing of the former index is used: it then holds exactly the letters of `paths`. `cut` makes the passages of a letter;
    only the evaluation gives another one, to compare passage sizes. `progress` counts files, `pages` the pages of the file
    at hand. Raises UnreadableFileError when a path does not exist or no letter is found, IndexBusyError,
    EmbedderMismatchError, DamagedIndexError, or a KamerbriefError when the folder cannot be written to.
    """
    found = list_files(paths, index)
    if not found.files and not sync:
        raise _nothing_found(paths, found, removes=False)
    with writing(index):
        former = None if rebuild else _former(index, embedder)
        change = _Change(index, former, embedder, cut, sandbox=Sandbox(progress=pages))
        if not found.files:
            raise _nothing_found(paths, found, removes=bool(change.entries))
        with change:
            change.lines += found.skipped
            change.add(found, max_bytes=max_bytes, sync=sync, progress=progress)
            if rebuild:
                change.dropped(index)
            return change.finish()


def remove(index: Path, refs: Sequence[str]) -> Report:
    """Remove the letters that `refs` mean, and every older generation, so that their text is nowhere in the index.

    Raises UnknownLetterError, before anything changes, when a letter is not known; else as `add`.
    """
    read_current(index)
    with writing(index):
        former = _former(index, None)
        if former is None:
            raise NoIndexError(f"Er is nog geen index in {index}. Voeg eerst brieven toe: kamerbrief index add MAP")
        change = _Change(index, former, None)
        infos = [entry.info for entry in change.entries.values()]
        names = dict.fromkeys(find_letter(infos, ref).name for ref in refs)
        with change:
            for name in names:
                change.remove(name)
            return change.finish()


# -- which files


@dataclass(frozen=True, slots=True)
class Found:
    """The letters' files in given paths, absolute and in order; `skipped` are the others; `folders` were looked through."""

    files: tuple[Path, ...]
    skipped: tuple[ReportLine, ...]
    folders: tuple[Path, ...]


def list_files(paths: Sequence[Path], index: Path) -> Found:
    """The files to read for `paths`; raises UnreadableFileError when one does not exist."""
    files: dict[Path, None] = {}
    skipped: list[ReportLine] = []
    folders: list[Path] = []
    for given in paths:
        path = _absolute(given.expanduser())
        if path.is_dir():
            folders.append(path)
            for file, reason in _walk(path, _absolute(index)):
                if not _is_text(str(file)):
                    skipped.append(ReportLine(Outcome.REFUSED, _printable(file), reason=UNUSABLE_NAME))
                elif reason:
                    outcome = Outcome.REFUSED if reason == NO_ACCESS else Outcome.SKIPPED
                    skipped.append(ReportLine(outcome, str(file), reason=reason))
                else:
                    files[file] = None
        elif path.exists() and not _is_text(str(path)):
            skipped.append(ReportLine(Outcome.REFUSED, _printable(path), reason=UNUSABLE_NAME))
        elif path.exists():
            files[path] = None
        else:
            raise UnreadableFileError(f"{given} bestaat niet. Controleer de naam van het bestand of de map.")
    return Found(tuple(files), tuple(skipped), tuple(folders))


def _is_text(path: str) -> bool:
    """Whether a path can be stored: a name of other bytes than UTF-8 comes from Python as half characters."""
    return not any("\ud800" <= char <= "\udfff" for char in path)


def _printable(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _absolute(path: Path) -> Path:
    """The path without ".." but with its links: a letter is called as the user calls it."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _walk(folder: Path, index: Path) -> Iterator[tuple[Path, str]]:
    """Every file below `folder` with the reason to skip it or ""; a skipped folder is given as one."""
    errors: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=errors.append):
        here = Path(place)
        for name in sorted(folders):
            if here / name == index:
                folders.remove(name)
            elif name.startswith("."):
                folders.remove(name)
                yield here / name, "verborgen map"
            elif (here / name).is_symlink():
                folders.remove(name)
                yield here / name, "verwijzing naar een andere map"
        folders.sort()
        for name in sorted(names):
            suffix = Path(name).suffix.lower()
            if name.startswith("."):
                yield here / name, "verborgen bestand"
            elif is_sidecar(here / name):
                yield here / name, "metadata bij een brief"
            elif suffix not in SUFFIXES:
                yield here / name, f"geen soort bestand voor brieven ({suffix or 'geen extensie'})"
            else:
                yield here / name, ""
    for error in errors:
        yield Path(error.filename), NO_ACCESS


def _nothing_found(paths: Sequence[Path], found: Found, *, removes: bool) -> UnreadableFileError:
    names = ", ".join(str(path) for path in paths)
    if removes:
        return UnreadableFileError(
            f"In {names} staan geen brieven; --sync zou brieven uit de index verwijderen. "
            "Verwijder ze zo: kamerbrief index remove BRIEF"
        )
    others = f" ({len(found.skipped)} andere bestanden overgeslagen)" if found.skipped else ""
    kinds = ", ".join(sorted(SUFFIXES - {".text", ".htm", ".xhtml"}))
    return UnreadableFileError(f"In {names} staan geen brieven{others}. Kies een map met bestanden als {kinds}.")


# -- what changes


def _former(index: Path, embedder: Embedder | None) -> Generation | None:
    try:
        generation = read_current(index)
    except NoIndexError:
        return None
    check_version(index, generation.manifest)
    if embedder is not None:
        check_embedder(index, generation.manifest, embedder)
    if generation.manifest.erased:  # a writer may have been killed between taking out letters and this
        remove_older(index, generation.manifest)
    return generation


@dataclass
class _Change:
    """One change of an index while it is being made; only `finish` puts it in use.

    `entries` are the letters as they will be, by the hash of their file, and `paths` the hash at each path. `detached`
    holds, for a path whose file changed, the letter that was there, and `reserved` its name where no other letter is
    called so. `waiting` were read but stand in no segment yet, each with the number of its report line.
    """

    index: Path
    former: Generation | None
    embedder: Embedder | None
    cut: Cut = chunk
    lines: list[ReportLine] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    detached: dict[str, Entry] = field(default_factory=dict)
    reserved: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[Letter, Sequence[Passage], int]] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    new_files: list[str] = field(default_factory=list)
    next_segment: int = 1
    folder: Path | None = None
    erased: bool = False
    before: dict[str, Entry] = field(default_factory=dict)
    sandbox: Sandbox = field(default_factory=Sandbox)
    twins: Twins = field(init=False)

    def __post_init__(self) -> None:
        self.twins = Twins(self._stored)
        if self.former is None:
            return
        self.next_segment = self.former.manifest.next_segment
        self.sizes = dict.fromkeys(self.former.manifest.segments, 0)
        self.before = {entry.info.source_sha256: entry for entry in Letters(self.index, self.former).entries()}
        for sha256, entry in self.before.items():
            self.entries[sha256] = entry
            self.sizes[entry.place.segment] += 1
            self.names.add(entry.info.name)
            self.paths |= dict.fromkeys(entry.info.paths, sha256)
            self.twins.meet(entry.info)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Clear away what was not put in use."""
        self.sandbox.close()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _stored(self, name: str) -> Letter:
        """A letter of the index as it was before this change."""
        if self.former is None:
            raise LookupError(name)
        return Letters(self.index, self.former).letter(name)

    # steps

    def add(self, found: Found, *, max_bytes: int, sync: bool, progress: Progress | None) -> None:
        """Take in all files of `found`.

        All are hashed first, and what changed is detached from its letter before anything is read: files that swapped
        names then get the letters that a fresh index would give them.
        """
        hashes = {str(file): _hash(file, max_bytes) for file in found.files}
        self._gone(found, hashes, sync=sync)
        for path, sha256 in hashes.items():
            if isinstance(sha256, str) and self.paths.get(path, sha256) != sha256:
                self.detached[path] = self.entries[self.paths[path]]
                self._detach(path, hashes)
        for done, (path, sha256) in enumerate(hashes.items()):
            if progress is not None:
                progress(done, len(hashes))
            self._take(path, sha256, max_bytes)
        self._flush()
        if progress is not None:
            progress(len(hashes), len(hashes))

    def _take(self, path: str, sha256: str | UnreadableFileError, max_bytes: int) -> None:
        if isinstance(sha256, UnreadableFileError):
            self._refuse(path, sha256)
        elif self.paths.get(path) == sha256:
            self.lines.append(ReportLine(Outcome.UNCHANGED, path, self.entries[sha256].info.name))
        elif sha256 in self.entries:
            entry = self.entries[sha256]
            self._replace(entry, (*entry.info.paths, path))
            self.paths[path] = sha256
            self._release_name(path)
            reason = f"zelfde inhoud als {entry.info.paths[0]}"
            self.lines.append(ReportLine(Outcome.DUPLICATE, path, entry.info.name, reason))
        else:
            self._read(path, max_bytes)

    def _read(self, path: str, max_bytes: int) -> None:
        """Read a file with new content."""
        before = self.detached.get(path)
        # A file that changed keeps the name of its letter, unless that letter lives on at another path.
        kept = self.reserved.get(path)
        name = kept or _free_name(path, self.names)
        try:
            found = read_letter(
                _content(Path(path), max_bytes), name, sidecar=sidecar_of(Path(path)), loader=self.sandbox.load
            )
            passages = self.cut(found.letter)
        except KamerbriefError as error:
            self._refuse(path, error)
            return
        sha256 = found.letter.source_sha256
        twin = self.twins.find(found.letter, self.entries)
        info = replace(LetterInfo.of(found.letter, passages), name=name, paths=(path,))
        self.names.add(name)
        self.paths[path] = sha256
        self.entries[sha256] = Entry(info, Place("", len(self.waiting)))
        self.twins.meet(info)
        self.waiting.append((found.letter, passages, len(self.lines)))
        warnings = tuple(found.warnings)
        if name != PurePosixPath(path).name and not kept:
            warnings += (f"heet in de index {name}, want er is al een brief {PurePosixPath(path).name}",)
        if found.letter.quality == "ocr":
            warnings += ("scan: de tekst is herkend en kan leesfouten hebben",)
        if not passages:
            warnings += ("bevat geen lopende tekst om in te zoeken",)
        outcome = Outcome.ADDED if before is None else Outcome.UPDATED
        reason = told(found.letter, twin) if twin is not None else ""
        self.lines.append(ReportLine(outcome, path, name, reason, warnings))
        if len(self.waiting) >= SEGMENT_LETTERS:
            self._flush()

    def _flush(self) -> None:
        """Write the waiting letters as a segment."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        if self.embedder is None:
            raise ValueError("adding needs an embedder")
        name = self._new_segment(len(waiting))
        cut = build_segment(self._fresh(), name, [(letter, found) for letter, found, _ in waiting], self.embedder)
        for number, ((letter, _, line), too_long) in enumerate(zip(waiting, cut, strict=True)):
            entry = self.entries[letter.source_sha256]
            self.entries[letter.source_sha256] = replace(entry, place=Place(name, number))
            if too_long:
                warning = f"{len(too_long)} passages zijn langer dan het embeddingmodel leest"
                self.lines[line] = replace(self.lines[line], warnings=(*self.lines[line].warnings, warning))

    def _gone(self, found: Found, hashes: Hashes, *, sync: bool) -> None:
        """Name (or with `sync` remove) what stood in the folders of `found` and is no file there any more."""
        for path in sorted(self.paths):
            if path in hashes or not _below(path, found.folders) or Path(path).exists():
                continue
            info = self.entries[self.paths[path]].info
            name = info.name
            others = [other for other in info.paths if other != path]
            if sync:
                self._detach(path, hashes)
                self.erased = self.erased or not others
                kept = f"; dezelfde inhoud blijft als {others[0]}" if others else ""
                self.lines.append(ReportLine(Outcome.REMOVED, path, name, f"het bestand is er niet meer{kept}"))
            else:
                reason = "het bestand is er niet meer; de brief blijft in de index (met --sync gaat hij eruit)"
                self.lines.append(ReportLine(Outcome.GONE, path, name, reason))

    def remove(self, name: str) -> None:
        """Take out the letter with this name, with all its paths."""
        entry = next(entry for entry in self.entries.values() if entry.info.name == name)
        for path in entry.info.paths:
            del self.paths[path]
        del self.entries[entry.info.source_sha256]
        self.erased = True
        self.lines.append(ReportLine(Outcome.REMOVED, entry.info.paths[0], name))

    def dropped(self, index: Path) -> None:
        """Name the letters of the index that this one replaces which are not in this one, as far as they can be read."""
        self.erased = True
        try:
            former = Letters.open(index).letters()
        except (NoIndexError, DamagedIndexError):
            return
        for info in former:
            if info.source_sha256 not in self.entries and not any(path in self.paths for path in info.paths):
                reason = "stond in de vorige index, maar niet in deze paden"
                self.lines.append(ReportLine(Outcome.REMOVED, info.paths[0], info.name, reason))

    def finish(self) -> Report:
        """Put the change in use, if there is any, and report."""
        manifest = self.former.manifest if self.former else None
        cleared: list[str] = []
        if self.entries != self.before:
            folder = self._fresh()
            self._rewrite()
            self._join_small()
            entries = sorted(self.entries.values(), key=lambda entry: entry.info.name)
            write_catalogue(folder / CATALOGUE, entries)
            self.new_files.append(CATALOGUE)
            manifest = self._manifest(folder, entries)
            cleared = publish(self.index, folder, manifest, self.new_files)
        if manifest is None:
            return Report(tuple(self.lines), None, 0, 0)
        counts = (manifest.letters, manifest.passages)
        return Report(tuple(self.lines), manifest.generation, *counts, tuple(cleared), self.erased)

    # inside

    def _refuse(self, path: str, error: KamerbriefError) -> None:
        """Report a file that cannot be read; the letter that was there before stays."""
        before = self.detached.get(path)
        if before is not None and path not in self.paths:
            sha256 = before.info.source_sha256
            now = self.entries.get(sha256)
            self.entries[sha256] = replace(before, info=replace(before.info, paths=(path,)))
            if now is not None:
                self._replace(now, (*now.info.paths, path))
            self.paths[path] = sha256
        kept = self.paths.get(path)
        name = self.entries[kept].info.name if kept else None
        warnings = ("de vorige versie blijft in de index",) if kept else ()
        self.lines.append(ReportLine(Outcome.REFUSED, path, name, str(error), warnings))

    def _replace(self, entry: Entry, paths: tuple[str, ...]) -> None:
        self.entries[entry.info.source_sha256] = replace(entry, info=replace(entry.info, paths=paths))

    def _release_name(self, path: str) -> None:
        """Free the name that was kept for a changed file, now that it needs none."""
        if path in self.reserved:
            self.names.discard(self.reserved.pop(path))

    def _detach(self, path: str, hashes: Hashes) -> None:
        """Take a path from its letter.

        A letter is called after its first path. When it loses that one and its other files are at hand, it is read again
        under the name of the next; where they are not, it stays as it is.
        """
        sha256 = self.paths.pop(path)
        entry = self.entries[sha256]
        others = tuple(other for other in entry.info.paths if other != path)
        at_hand = all(hashes.get(other) == sha256 for other in others)
        if others and not (at_hand and entry.info.paths[0] == path):
            self._replace(entry, others)
            return
        del self.entries[sha256]
        for other in others:
            del self.paths[other]
        if path in self.detached:
            self.reserved[path] = entry.info.name
        else:
            self.names.discard(entry.info.name)

    def _fresh(self) -> Path:
        if self.folder is None:
            self.folder = prepare(self.index)
        return self.folder

    def _new_segment(self, letters: int) -> str:
        name = f"{self.next_segment:05d}"
        self.next_segment += 1
        self.sizes[name] = letters
        self.new_files += files_of(name)
        return name

    def _by_segment(self) -> dict[str, list[Entry]]:
        """The letters of each segment, by number."""
        found: dict[str, list[Entry]] = {name: [] for name in self.sizes}
        for entry in self.entries.values():
            found[entry.place.segment].append(entry)
        return {name: sorted(entries, key=lambda entry: entry.place.number) for name, entries in found.items()}

    def _rewrite(self) -> None:
        """Write anew every segment that lost a letter."""
        for name, entries in self._by_segment().items():
            if len(entries) < self.sizes[name]:
                self._join({name: entries})

    def _join_small(self) -> None:
        """Join segments of about the same size where there are many of them."""
        while True:
            tiers: dict[int, dict[str, list[Entry]]] = {}
            for name, entries in self._by_segment().items():
                tiers.setdefault(_tier(len(entries)), {})[name] = entries
            crowded = [tier for tier in tiers.values() if len(tier) >= JOIN and sum(map(len, tier.values())) <= MAX_JOINED]
            if not crowded:
                return
            self._join(crowded[0])

    def _join(self, parts: dict[str, list[Entry]]) -> None:
        """Write what is left of these segments as one segment in their stead, or none when nothing is left."""
        import numpy as np

        left = [entry for entries in parts.values() for entry in entries]
        if left:
            sources = []
            for name, entries in parts.items():
                mask = np.zeros(self.sizes[name], dtype=bool)
                mask[[entry.place.number for entry in entries]] = True
                sources.append((self._home(name), name, mask))
            joined = self._new_segment(len(left))
            join_segments(self._fresh(), joined, sources)
            for number, entry in enumerate(left):
                self.entries[entry.info.source_sha256] = replace(entry, place=Place(joined, number))
        for name in parts:
            del self.sizes[name]
            for file in files_of(name):
                if file in self.new_files:
                    self.new_files.remove(file)
                    (self._fresh() / file).unlink()

    def _home(self, segment: str) -> Path:
        """The folder where the files of a segment are now."""
        if self.former is None or files_of(segment)[0] in self.new_files:
            return self._fresh()
        return self.former.folder

    def _manifest(self, folder: Path, entries: Sequence[Entry]) -> Manifest:
        files: dict[str, FileRecord] = {}
        for name in (file for segment in self.sizes for file in files_of(segment)):
            if self.former is not None and name not in self.new_files:
                take_over(self.former.folder / name, folder)
                files[name] = self.former.manifest.files[name]
        files |= {name: record(folder / name) for name in self.new_files}
        if self.embedder is not None:
            embedder = self.embedder.info
        elif self.former is not None:
            embedder = self.former.manifest.embedder
        else:
            raise ValueError("a new index needs an embedder")
        return Manifest(
            generation=folder.stem,
            format=FORMAT,
            analyzer=VERSION,
            embedder=embedder,
            letters=len(entries),
            passages=sum(entry.info.passage_count for entry in entries),
            sentences=sum(entry.info.sentence_count for entry in entries),
            segments=tuple(self.sizes),
            next_segment=self.next_segment,
            erased=self.erased,
            files=dict(sorted(files.items())),
        )


def _tier(letters: int) -> int:
    """0 for 1 to 7 letters, 1 for 8 to 63, 2 for 64 to 511 and so on."""
    tier = 0
    while letters >= JOIN:
        letters //= JOIN
        tier += 1
    return tier


def _below(path: str, folders: Collection[Path]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _hash(file: Path, max_bytes: int) -> str | UnreadableFileError:
    """The sha256 of a file, or why it cannot be read."""
    try:
        return hashlib.sha256(_content(file, max_bytes)).hexdigest()
    except UnreadableFileError as error:
        return error


def _content(file: Path, max_bytes: int) -> bytes:
    """The bytes of a file; raises UnreadableFileError where it cannot be opened or is larger than `max_bytes`."""
    try:
        size = file.stat().st_size
        if size > max_bytes:
            raise UnreadableFileError(
                f"{file.name} is te groot ({size / 2**20:.0f} MB, ten hoogste {max_bytes / 2**20:.0f} MB). "
                "Splits het bestand of verhoog de instelling max_file_mib."
            )
        if not file.is_file():
            raise UnreadableFileError(f"{file.name} is geen gewoon bestand. Geef een bestand of een map.")
        return file.read_bytes()
    except OSError as error:
        reason = "geen toegang" if isinstance(error, PermissionError) else (error.strerror or "fout bij het lezen")
        raise UnreadableFileError(
            f"{file.name} is niet te openen ({reason}). Controleer de rechten van het bestand."
        ) from error


def _free_name(path: str, taken: Collection[str]) -> str:
    """The shortest tail of `path` that no letter is called by yet."""
    parts = PurePosixPath(Path(path).as_posix()).parts
    tails = ("/".join(parts[-length:]) for length in range(1, len(parts)))
    return next((tail for tail in tails if tail not in taken), path)
