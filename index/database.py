"""The texts of the index in SQLite: one catalogue of all letters, and per segment its letters and passages.

Both are written once, in a new generation, and opened read-only after that ("immutable": no locks, no journal). A passage
is one compressed JSON value, because it is always read as a whole; what search needs of every passage (start, letter,
pair) stands in the segment's arrays. The catalogue holds what `list` and filters need, without any text.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from index import abbreviations
from index.codec import from_plain, to_plain
from index.letter import Block, Chamber, Fact, Letter, Metadata, Passage, Quality, Role, Sender, Span

T = TypeVar("T")

CATALOGUE_TABLES = """
CREATE TABLE letter (
    source_sha256 TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, segment TEXT NOT NULL, number INTEGER NOT NULL,
    info TEXT NOT NULL, UNIQUE (segment, number)
);
CREATE TABLE path (path TEXT PRIMARY KEY, source_sha256 TEXT NOT NULL REFERENCES letter, position INTEGER NOT NULL);
"""
SEGMENT_TABLES = """
CREATE TABLE letter (number INTEGER PRIMARY KEY, document BLOB NOT NULL, text BLOB NOT NULL);
CREATE TABLE passage (number INTEGER PRIMARY KEY, content BLOB NOT NULL);
"""
LEVEL = 3
"""zlib's level: level 6 saves 4 % more space and costs twice the time."""


@dataclass(frozen=True, slots=True)
class LetterInfo:
    """What `list`, filters and citations need of a letter, without its text.

    `paths` are the files with this content, the first added first. `characters` is the length of the canonical text,
    `abbreviations` are the (short, long) forms that the letter explains.
    """

    name: str
    title: str
    paths: tuple[str, ...]
    source_sha256: str
    sha256: str
    format: str
    quality: Quality
    key: str | None
    number: str | None
    date: date | None
    kind: str | None
    chamber: Chamber | None
    dossiers: tuple[str, ...]
    senders: tuple[Sender, ...]
    subject: str | None
    characters: int
    passage_count: int
    sentence_count: int
    abbreviations: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, letter: Letter, passages: Sequence[Passage]) -> "LetterInfo":
        """What the catalogue keeps of `letter`; the paths are stored beside it."""
        facts = letter.metadata
        return cls(
            name=letter.name,
            title=letter.title,
            paths=(),
            source_sha256=letter.source_sha256,
            sha256=letter.sha256,
            format=letter.format,
            quality=letter.quality,
            key=facts.key,
            number=_value(facts.number),
            date=_value(facts.date),
            kind=_value(facts.kind),
            chamber=_value(facts.chamber),
            dossiers=tuple(fact.value for fact in facts.dossiers),
            senders=tuple(fact.value for fact in facts.senders),
            subject=_value(facts.subject),
            characters=len(letter.text),
            passage_count=len(passages),
            sentence_count=sum(len(passage.sentences) for passage in passages),
            abbreviations=tuple(dict.fromkeys((pair.short, pair.long) for pair in abbreviations.find(letter.text))),
        )


def _value(fact: Fact[T] | None) -> T | None:
    return None if fact is None else fact.value


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter's content stands: its number, from 0, within a segment."""

    segment: str
    number: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter in the catalogue."""

    info: LetterInfo
    place: Place


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence as stored; `terms` are its analysed words."""

    text: str
    spans: tuple[Span, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as stored; the letter it belongs to and the numbers of its sentences are known by its segment."""

    start: int
    end: int
    role: Role
    heading: tuple[str, ...]
    fractie: str | None
    pair: int | None
    page: int | None
    header: str
    search_text: str
    sentences: tuple[StoredSentence, ...]


# -- the catalogue


def write_catalogue(file: Path, entries: Iterable[Entry]) -> None:
    """Write the catalogue of all letters to a new file."""
    with _new(file, CATALOGUE_TABLES) as connection:
        for entry in entries:
            info = json.dumps(_info_values(entry.info), separators=(",", ":"))
            connection.execute(
                "INSERT INTO letter VALUES (?, ?, ?, ?, ?)",
                (entry.info.source_sha256, entry.info.name, entry.place.segment, entry.place.number, info),
            )
            connection.executemany(
                "INSERT INTO path VALUES (?, ?, ?)",
                [(path, entry.info.source_sha256, position) for position, path in enumerate(entry.info.paths)],
            )


def read_catalogue(connection: sqlite3.Connection) -> list[Entry]:
    """All letters of a catalogue, by name."""
    rows = connection.execute("SELECT info, segment, number FROM letter ORDER BY name")
    return [Entry(_info(json.loads(info)), Place(segment, number)) for info, segment, number in rows]


# Written out, both ways, because every change and every question may handle thousands of these: index/codec.py would take
# five times as long.
def _info_values(info: LetterInfo) -> list[Any]:
    return [
        info.name,
        info.title,
        info.paths,
        info.source_sha256,
        info.sha256,
        info.format,
        info.quality,
        info.key,
        info.number,
        None if info.date is None else info.date.isoformat(),
        info.kind,
        info.chamber,
        info.dossiers,
        [(sender.name, sender.role) for sender in info.senders],
        info.subject,
        info.characters,
        info.passage_count,
        info.sentence_count,
        info.abbreviations,
    ]


def _info(values: list[Any]) -> LetterInfo:
    name, title, paths, source, sha, form, quality, key, number, day, kind, chamber, dossiers, senders, *rest = values
    subject, characters, passages, sentences, *pairs = rest
    return LetterInfo(
        name,
        title,
        tuple(paths),
        source,
        sha,
        form,
        quality,
        key,
        number,
        None if day is None else date.fromisoformat(day),
        kind,
        chamber,
        tuple(dossiers),
        tuple(Sender(*sender) for sender in senders),
        subject,
        characters,
        passages,
        sentences,
        tuple((short, long) for short, long in pairs[0]) if pairs else (),
    )


# -- a segment


def write_segment(file: Path, letters: Iterable[tuple[Letter, Sequence[StoredPassage]]]) -> None:
    """Write the letters of a segment with their passages, both numbered in order, to a new file."""
    with _new(file, SEGMENT_TABLES) as connection:
        number = 0
        for ordinal, (letter, passages) in enumerate(letters):
            connection.execute(
                "INSERT INTO letter VALUES (?, ?, ?)", (ordinal, _document(letter), _packed_text(letter.text))
            )
            for passage in passages:
                connection.execute("INSERT INTO passage VALUES (?, ?)", (number, _packed_passage(passage)))
                number += 1


def copy_segments(file: Path, parts: Sequence[tuple[Path, Sequence[int], Sequence[int]]]) -> None:
    """Write one segment from several: of each the letters and passages with these numbers, renumbered in order."""
    with _new(file, SEGMENT_TABLES) as connection:
        targets = {"letter": 0, "passage": 0}
        for source, letters, passages in parts:
            old = open_database(source)
            for table, numbers in (("letter", letters), ("passage", passages)):
                chosen = frozenset(numbers)
                marks = "(?, ?, ?)" if table == "letter" else "(?, ?)"
                for number, *values in old.execute(f"SELECT * FROM {table} ORDER BY number"):  # noqa: S608 - our own two names
                    if number in chosen:
                        connection.execute(f"INSERT INTO {table} VALUES {marks}", (targets[table], *values))  # noqa: S608
                        targets[table] += 1
            old.close()


def read_letter(connection: sqlite3.Connection, number: int, name: str) -> Letter:
    """The letter with this number in a segment."""
    document, text = connection.execute("SELECT document, text FROM letter WHERE number = ?", (number,)).fetchone()
    values: Mapping[str, Any] = json.loads(zlib.decompress(document))
    return Letter(
        name=name,
        text=zlib.decompress(text).decode("utf-8", "surrogatepass"),
        sha256=values["sha256"],
        source_sha256=values["source_sha256"],
        format=values["format"],
        quality=values["quality"],
        pages=tuple(values["pages"]),
        blocks=from_plain(tuple[Block, ...], values["blocks"]),
        metadata=from_plain(Metadata, values["metadata"]),
        title=values["title"],
    )


def read_passage(connection: sqlite3.Connection, number: int) -> StoredPassage:
    """The passage with this number in a segment."""
    (content,) = connection.execute("SELECT content FROM passage WHERE number = ?", (number,)).fetchone()
    start, end, role, heading, fractie, pair, page, header, search_text, sentences = json.loads(zlib.decompress(content))
    return StoredPassage(
        start,
        end,
        Role(role),
        tuple(heading),
        fractie,
        pair,
        page,
        header,
        search_text,
        tuple(
            StoredSentence(text, tuple(Span(*span) for span in spans), tuple(terms.split(" ")) if terms else ())
            for text, spans, terms in sentences
        ),
    )


def _document(letter: Letter) -> bytes:
    names = ("sha256", "source_sha256", "format", "quality", "pages", "blocks", "metadata", "title")
    return _packed({name: to_plain(getattr(letter, name)) for name in names})


def _packed_text(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def _packed_passage(passage: StoredPassage) -> bytes:
    *values, sentences = to_plain(passage)
    return _packed([*values, [[text, spans, " ".join(terms)] for text, spans, terms in sentences]])


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), LEVEL)


# -- files


@contextmanager
def _new(file: Path, tables: str) -> Iterator[sqlite3.Connection]:
    """A connection to a new database, written without a journal: its folder is not in use until it is complete."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {tables}")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_database(file: Path) -> sqlite3.Connection:
    """A read-only connection that several threads may use; raises sqlite3.Error where it cannot be opened."""
    uri = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute("PRAGMA mmap_size=268435456")
    return connection
