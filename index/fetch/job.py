"""Fetching publications into a folder, so that a second run only fetches what changed.

Every document is a file named after its identifier, with its metadata.xml beside it. What a server said about a file's
version (ETag, Last-Modified) is kept in the folder and sent along the next time. A document appears whole or not at all,
and what is done is written down after each, so that an interrupted run goes on where it was.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.errors import KamerbriefError, UnreadableFileError
from index.extract import Extract
from index.fetch.client import Answer, Client, FetchError, NoAnswerError
from index.fetch.documents import FORMS, Source, is_metadata, looks_like, metadata_source, repository_source, sources
from index.sidecar import ENDING

STATE = ".kamerbrief-fetch.json"
GIVE_UP = 3
"""After so many publications in a row for which no server answered, the rest is not tried."""
Check = Callable[[bytes, str], Extract]
"""Loads a document or raises UnreadableFileError: one that cannot be read is not kept, the next form is taken."""
Progress = Callable[[int, int], None]
"""Called with the number of publications done and the number of all."""


class Outcome(StrEnum):
    """What became of a publication."""

    FETCHED = "fetched"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A publication to fetch; `urls` are its addresses by form where a search gave them."""

    identifier: str
    urls: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one publication: the file (None when there is none), its form and size in bytes, and why (Dutch)."""

    outcome: Outcome
    identifier: str
    file: str | None = None
    form: str | None = None
    size: int = 0
    reason: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A line for every publication."""

    lines: tuple[Line, ...]
    requests: int

    @property
    def failed(self) -> bool:
        """Whether a publication is missing or failed."""
        return any(line.outcome in (Outcome.FAILED, Outcome.MISSING) for line in self.lines)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of all publications that are there now."""
        return tuple(Path(line.file) for line in self.lines if line.file)


@dataclass(frozen=True, slots=True)
class Version:
    """What is known of a file that was fetched: its address, what the server called its version, and its hash."""

    url: str
    form: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None


def fetch(
    wanted: Iterable[Wanted],
    folder: Path,
    client: Client,
    check: Check,
    *,
    publication_url: str,
    repository_url: str,
    total: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Fetch the publications into `folder`; a failure of one is a line in the report and does not end the run.

    Raises KamerbriefError when the folder cannot be written to.
    """
    place = _Place.open(folder)
    asked = client.asked
    lines: list[Line] = []
    silent = 0
    for done, publication in enumerate(wanted):
        if progress is not None:
            progress(done, total or 0)
        if silent >= GIVE_UP:
            lines.append(Line(Outcome.FAILED, publication.identifier, reason="niet geprobeerd: de server antwoordt niet."))
            continue
        one = _One(publication, place, client, check, publication_url, repository_url)
        try:
            lines.append(one.fetch())
            silent = 0
        except FetchError as error:
            lines.append(Line(Outcome.FAILED, publication.identifier, reason=str(error)))
            silent = silent + 1 if isinstance(error, NoAnswerError) else 0
        place.save()
    if progress is not None:
        progress(len(lines), total or len(lines))
    return Report(tuple(lines), client.asked - asked)


@dataclass(slots=True)
class _Place:
    """The folder that is fetched into, with the versions of what is there."""

    folder: Path
    versions: dict[str, Version]

    @staticmethod
    def open(folder: Path) -> "_Place":
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for left in folder.glob(".*.fetching"):
                left.unlink()
        except OSError as error:
            raise KamerbriefError(f"In de map {folder} kan niet worden geschreven ({error.strerror}).") from error
        return _Place(folder, dict(_read_versions(folder / STATE)))

    def write(self, name: str, content: bytes) -> Path:
        """Write a file whole or not at all."""
        path = self.folder / name
        draft = self.folder / f".{name}.fetching"
        try:
            draft.write_bytes(content)
            os.replace(draft, path)  # noqa: PTH105 - the one step that is atomic
        except OSError as error:
            raise KamerbriefError(f"{path} kan niet worden geschreven ({error.strerror}).") from error
        return path

    def save(self) -> None:
        """Write down the versions."""
        plain = {name: asdict(version) for name, version in sorted(self.versions.items())}
        self.write(STATE, json.dumps(plain, indent=1).encode())

    def version(self, name: str) -> Version | None:
        """The version of a file, if the file is there as it was fetched."""
        version = self.versions.get(name)
        path = self.folder / name
        if version is None or not path.is_file():
            return None
        with contextlib.suppress(OSError):
            if hashlib.sha256(path.read_bytes()).hexdigest() == version.sha256:
                return version
        return None


@dataclass(slots=True)
class _One:
    """One publication being fetched."""

    wanted: Wanted
    place: _Place
    client: Client
    check: Check
    publication_url: str
    repository_url: str

    def fetch(self) -> Line:
        """Take the best form that can be read."""
        name = self.wanted.identifier
        reasons: list[str] = []
        for source in sources(name, self.publication_url, self.repository_url, self.wanted.urls):
            file = f"{name}.{source.form}"
            answer = self.ask(source, self.place.version(file))
            if answer.status == 304:
                return self.done(Outcome.UNCHANGED, file, source.form, self.metadata())
            why = self.why_not(source, answer, file)
            if why is not None:
                reasons.append(why)
                continue
            return self.keep(source, answer, file)
        readable = [reason for reason in reasons if reason]
        if readable:
            return Line(Outcome.FAILED, name, reason=readable[0])
        return Line(Outcome.MISSING, name, reason=f"niet gevonden op {self.publication_url}. Controleer het nummer.")

    def ask(self, source: Source, version: Version | None) -> Answer:
        """The answer for one form; when the website does not answer, that of the repository behind it."""
        same = version is not None and version.url == source.url
        try:
            return self.client.get(
                source.url,
                etag=version.etag if version and same else None,
                last_modified=version.last_modified if version and same else None,
            )
        except NoAnswerError:
            address = (
                None if self.wanted.urls else repository_source(self.wanted.identifier, source.form, self.repository_url)
            )
            if address is None:
                raise
            return self.client.get(address)

    def why_not(self, source: Source, answer: Answer, file: str) -> str | None:
        """None when an answer is the document; "" when that is not there, a Dutch line when it cannot be read."""
        if answer.status >= 400 or not looks_like(source.form, answer.content, answer.url):
            return ""
        try:
            self.check(answer.content, file)
        except UnreadableFileError as error:
            return str(error)
        return None

    def keep(self, source: Source, answer: Answer, file: str) -> Line:
        """Write the document, and clear away a lesser form that an earlier run took."""
        before = self.place.version(file)
        sha256 = hashlib.sha256(answer.content).hexdigest()
        existed = (self.place.folder / file).exists()
        lesser = [other for form in FORMS if form != source.form and (other := f"{self.wanted.identifier}.{form}")]
        replaced = [other for other in lesser if self.place.version(other) is not None]
        self.place.write(file, answer.content)
        self.place.versions[file] = Version(source.url, source.form, sha256, answer.etag, answer.last_modified)
        for other in replaced:
            (self.place.folder / other).unlink(missing_ok=True)
            self.place.versions.pop(other, None)
        warnings = self.metadata()
        if before is not None and before.sha256 == sha256:
            return self.done(Outcome.UNCHANGED, file, source.form, warnings)
        outcome = Outcome.UPDATED if existed or replaced else Outcome.FETCHED
        return self.done(outcome, file, source.form, warnings)

    def done(self, outcome: Outcome, file: str, form: str, warnings: Sequence[str]) -> Line:
        path = self.place.folder / file
        return Line(outcome, self.wanted.identifier, str(path), form, path.stat().st_size, warnings=tuple(warnings))

    def metadata(self) -> list[str]:
        """Fetch the metadata beside the document; without it the document is kept all the same."""
        file = f"{self.wanted.identifier}{ENDING}"
        url = metadata_source(self.wanted.identifier, self.publication_url, self.repository_url, self.wanted.urls)
        version = self.place.version(file)
        try:
            answer = self.client.get(
                url, etag=version.etag if version else None, last_modified=version.last_modified if version else None
            )
        except FetchError as error:
            return [f"de metadata zijn niet opgehaald: {error}"]
        if answer.status == 304:
            return []
        if answer.status >= 400 or not is_metadata(answer.content):
            return ["er zijn geen metadata bij dit stuk gevonden"]
        self.place.write(file, answer.content)
        sha256 = hashlib.sha256(answer.content).hexdigest()
        self.place.versions[file] = Version(url, "metadata", sha256, answer.etag, answer.last_modified)
        return []


def _read_versions(path: Path) -> Iterator[tuple[str, Version]]:
    """The versions that an earlier run wrote down; none when they cannot be read: then all is fetched again."""
    try:
        plain: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        for name, fields in plain.items():
            yield name, replace(Version("", "", ""), **fields)
    except (OSError, ValueError, TypeError, AttributeError):
        return
