"""The nouns of reading: Letter, Block, Metadata, and the Passages and Sentences cut from it.

All offsets are half-open character offsets into `Letter.text`, the canonical text, which never changes. What is derived
from it (reading view, search view) maps back to it, so that every quote is `letter.text[start:end]`.
"""

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  (a field called date hides it: its annotation is read after its default)
from enum import StrEnum
from typing import Generic, Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of a letter's canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")


class BlockKind(StrEnum):
    """What a block of a letter is, in the reader's terms."""

    LETTERHEAD = "letterhead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUESTION = "question"
    ANSWER = "answer"
    FOOTNOTE = "footnote"
    SIGNATURE = "signature"
    FURNITURE = "furniture"
    """Page numbers, running heads and the lone word "Antwoord": shown in the letter pane, never read or indexed."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a letter.

    `spans` is the block's own text in order: a paragraph that a page end or a footnote cuts in two has two spans.
    `level` is the depth of a heading, 1 for the top; 0 for other blocks. `fractie` and `pair` (counted from 1 within the
    letter) tie a question to its answer. `label` is the printed number of a footnote or question. `anchor` is where a
    footnote's marker stands in the running text.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    level: int = 0
    fractie: str | None = None
    pair: int | None = None
    label: str | None = None
    anchor: Span | None = None

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


Origin = Literal["heading", "signature", "text", "metadata", "inferred"]
"""Where a fact was read: letterhead, signature block, running text, the file's own metadata, or worked out by a rule."""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """One value of a letter's metadata, with where it came from; `span` is None only for "metadata" and "inferred"."""

    value: T
    origin: Origin
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent or signed a letter: a name, a function, or both, as printed."""

    name: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of one letter that disagree about `field`; both are kept."""

    field: str
    first: Fact[str]
    second: Fact[str]


Chamber = Literal["tk", "ek"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a letter says about itself; every field may be absent (None or an empty tuple).

    `dossiers` are normalised ("28676", "21501-28", "36410-X"), the first is the one that `number` belongs to. `number` is
    the number ("471") or letter ("C") within that dossier. `kind` is the document type in Dutch ("verslag",
    "geannoteerde agenda", "nota naar aanleiding van het verslag", "brief", ...). `session_year` is the vergaderjaar
    ("2023-2024").
    """

    dossiers: tuple[Fact[str], ...] = ()
    dossier_titles: tuple[Fact[str], ...] = ()
    number: Fact[str] | None = None
    chamber: Fact[Chamber] | None = None
    date: Fact[Date] | None = None
    senders: tuple[Fact[Sender], ...] = ()
    addressee: Fact[str] | None = None
    kind: Fact[str] | None = None
    subject: Fact[str] | None = None
    session_year: Fact[str] | None = None
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def key(self) -> str | None:
        """The canonical key (`kst-28676-471`) where dossier and number are known, else None."""
        if not self.dossiers or self.number is None:
            return None
        return f"kst-{self.dossiers[0].value}-{self.number.value}"


Quality = Literal["text", "ocr"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was read.

    `name` is how outputs call it (a file name). `sha256` is the hex digest of the canonical text in UTF-8;
    `source_sha256` that of the file's bytes. `pages` holds the offset at which each page starts (empty where the format
    has no pages). `title` is made from the metadata for people to read.
    """

    name: str
    text: str
    sha256: str
    source_sha256: str
    format: str
    quality: Quality
    pages: tuple[int, ...]
    blocks: tuple[Block, ...]
    metadata: Metadata
    title: str

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, that holds the character at `offset`; None where pages are unknown."""
        if not self.pages:
            return None
        return max(1, sum(start <= offset for start in self.pages))

    def quote(self, span: Span) -> str:
        """The canonical text of `span`, never altered."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: `text` is its reading view, `spans` the canonical text it came from, in order."""

    text: str
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


class Role(StrEnum):
    """What a passage is; a reader treats a question of a fractie otherwise than the answer of the government."""

    BODY = "body"
    QUESTION = "question"
    ANSWER = "answer"
    FOOTNOTE = "footnote"
    LETTERHEAD = "letterhead"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one letter, inside one section, that is indexed and retrieved as a whole.

    `start` and `end` are canonical offsets; `heading` is the path of headings above it, top first. `header` is the
    context that is indexed with the passage but is not part of its span (title, date, heading path, fractie).
    `search_text` is the search view of the span, without the header. `pair` ties questions to answers.
    """

    letter: str
    start: int
    end: int
    role: Role
    heading: tuple[str, ...]
    fractie: str | None
    pair: int | None
    page: int | None
    header: str
    search_text: str
    sentences: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)
