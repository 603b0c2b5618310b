"""Questions about the letters themselves: who signed, which date or number, which dossiers, how many letters on a subject.

These are answered from the metadata, with the span each fact was read from, and never by guessing from the running text.
Where a letter contradicts itself (letterhead and signature), both are shown and the contradiction is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.letter import Contradiction, Fact, Letter, Span
from index.view import reading_text
from rag.answer import Statement, Support
from rag.cite import Citations
from rag.scope import Scope
from rag.topic import Topic

if TYPE_CHECKING:
    from index.database import LetterInfo
    from index.store import Index


LEADS = {
    Topic.SIGNERS: "Ondertekend door:",
    Topic.DATE: "Datum:",
    Topic.NUMBER: "Nummer:",
    Topic.DOSSIERS: "Dossier:",
    Topic.ADDRESSEE: "Gericht aan:",
}
MAX_LETTERS = 6
"""More letters than this are too many to list one fact of; then the question is not about particular letters."""


@dataclass(frozen=True, slots=True)
class Found:
    """One fact to state: its lead, and the span of the letter where it was read."""

    letter: Letter
    lead: str
    span: Span


def facts(asked: Topic, index: "Index", scope: Scope) -> tuple[list[Found], list[str]]:
    """The facts that answer, per letter in scope newest first, and warnings in Dutch; nothing when the question names no
    letter and there are too many to list."""
    infos = [info for info in index.letters() if scope.letters is None or info.name in scope.letters]
    if not infos or len(infos) > MAX_LETTERS or (scope.letters is None and len(infos) > 1):
        return [], []
    found: list[Found] = []
    warnings: list[str] = []
    for info in newest_first(infos):
        letter = index.letter(info.name)
        spans = merged([fact.span for fact in _of(asked, letter) if fact.span is not None])
        if asked is Topic.DOSSIERS:
            spans = _with_titles(spans, letter)
        found += [Found(letter, LEADS[asked], span) for span in spans]
        if asked is Topic.SIGNERS:
            warnings += [_contradiction(c) for c in letter.metadata.contradictions]
    return found, warnings


def merged(spans: Sequence[Span]) -> list[Span]:
    """`spans` in their order, overlapping ones as one: of a signature in two columns the text gives both functions first."""
    found: list[Span] = []
    for span in spans:
        if found and span.start < found[-1].end and found[-1].start < span.end:
            found[-1] = Span(min(found[-1].start, span.start), max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _with_titles(dossiers: Sequence[Span], letter: Letter) -> list[Span]:
    """The spans of `dossiers`, each up to the end of the title printed behind its number."""
    titles = [fact.span for fact in letter.metadata.dossier_titles if fact.span is not None]
    found = []
    for dossier in dossiers:
        behind = (t for t in titles if t.start >= dossier.end and not letter.text[dossier.end : t.start].strip())
        found.append(Span(dossier.start, next(behind, dossier).end))
    return found


def newest_first(infos: "Iterable[LetterInfo]") -> "list[LetterInfo]":
    """Letters by date, newest first; undated ones last, by name."""
    return sorted(infos, key=lambda info: (info.date is None, -(info.date.toordinal() if info.date else 0), info.name))


def _of(asked: Topic, letter: Letter) -> Sequence[Fact[Any]]:
    meta = letter.metadata
    if asked is Topic.SIGNERS:
        signed = [fact for fact in meta.senders if fact.origin == "signature"]
        clash = [side for c in meta.contradictions for side in (c.first, c.second) if side.origin == "heading"]
        return [*(signed or meta.senders), *clash]
    single = {Topic.DATE: meta.date, Topic.NUMBER: meta.number, Topic.ADDRESSEE: meta.addressee}.get(asked)
    if asked is Topic.DOSSIERS:
        return meta.dossiers
    return [] if single is None else [single]


def _contradiction(found: Contradiction) -> str:
    sides = " en ".join(f"'{fact.value}' ({_where(fact)})" for fact in (found.first, found.second))
    return f"De brief spreekt zichzelf tegen: {sides}."


def _where(fact: Fact[str]) -> str:
    return {"heading": "briefhoofd", "signature": "ondertekening"}.get(fact.origin, "tekst")


def statement(found: Found, citations: Citations) -> Statement:
    """The fact as a statement: the words of the letter itself, cited where they stand."""
    text = reading_text(found.letter, [found.span])
    number = citations.cite_span(found.letter.name, found.span)
    return Statement(text, (number,), Support.VERBATIM, found.lead)
