"""A letter and an answer as plain data for the component that shows them side by side.

The browser gets text and numbers, no HTML: its script puts every text in by textContent. All characters of the canonical
text come through, in order, each once; what a person sees differs only in white space (a paragraph flows, a signature keeps
its lines). Offsets are Python's, so the cutting is done here: JavaScript counts other units.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from index.hyphen import HYPHENS
from index.letter import Block, BlockKind, Letter, Sender, Span
from index.view import reading_view
from rag.answer import Answer, Citation
from ui.links import Place, official_link, place_link, question_link
from ui.render import answer_text, nearest_letters, printable, reader_line
from ui.words import CHAMBERS, REFUSAL, SUPPORT_REST, SUPPORT_SHORT, dutch_date, filter_words, source_line

LINES = frozenset({BlockKind.LETTERHEAD, BlockKind.SIGNATURE, BlockKind.FURNITURE})
"""Kinds that keep their lines on screen."""
LISTED = re.compile(r"^[ \t]*(?:[-–•*o·]|\d{1,2}[.)]|[a-z][.)])[ \t]+\S|\S[ \t]{3,}\S|\t\S", re.MULTILINE)
BROKEN = re.compile(rf"[{HYPHENS}][^\S\n\r\f]*[\n\r\f]\s*")
"""A word broken over a line end, from the hyphen on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a letter, belonging to `block` (None: text outside every block)."""

    start: int
    end: int
    block: Block | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be shown as cited; `n` is the number of its source."""

    n: int
    start: int
    end: int


def pieces(letter: Letter) -> list[Piece]:
    """The whole canonical text in order, cut at the blocks' spans; white space after a piece belongs to it."""
    spans = sorted(((span.start, span.end, block) for block in letter.blocks for span in block.spans), key=lambda s: s[:2])
    found: list[Piece] = []
    done = 0
    for start, end, block in spans:
        start = max(start, done)
        if start >= end:
            continue
        _fill(letter.text, found, done, start)
        found.append(Piece(start, end, block))
        done = end
    _fill(letter.text, found, done, len(letter.text))
    return found


def _fill(text: str, found: list[Piece], start: int, end: int) -> None:
    if start == end:
        return
    if found and not text[start:end].strip():
        last = found.pop()
        found.append(Piece(last.start, end, last.block))
    else:
        found.append(Piece(start, end, None))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a letter that looks the same: held by the sources `numbers`; `hidden` is kept but not seen."""

    text: str
    numbers: tuple[int, ...] = ()
    hidden: bool = False


def runs(text: str, start: int, end: int, marks: Sequence[Mark], hidden: Sequence[Span] = ()) -> list[Run]:
    """`text[start:end]` cut where a mark or a hidden stretch begins or ends."""
    edges = [(mark.start, mark.end) for mark in marks] + [(span.start, span.end) for span in hidden]
    cuts = {start, end} | {cut for edge in edges for cut in edge if start < cut < end}
    return [
        Run(
            text[left:right],
            tuple(sorted({mark.n for mark in marks if mark.start <= left and right <= mark.end})),
            any(span.start <= left and right <= span.end for span in hidden),
        )
        for left, right in pairwise(sorted(cuts))
    ]


def line_ends(letter: Letter) -> list[Span]:
    """What a reader should not see of a word that is broken over a line end: the break, and the hyphen where it is not the
    word's own. The reading view has decided which."""
    view = reading_view(letter)
    at = sorted(range(len(view.starts)), key=view.starts.__getitem__)
    starts = [view.starts[i] for i in at]
    found = []
    for broken in BROKEN.finditer(letter.text):
        first, last = bisect_left(starts, broken.start()), bisect_left(starts, broken.end())
        if first == 0 or starts[first - 1] != broken.start() - 1:
            continue
        kept = "".join(view.text[at[i]] for i in range(first, last))
        if not kept:
            found.append(Span(broken.start(), broken.end()))
        elif not kept.endswith(" "):
            found.append(Span(broken.start() + 1, broken.end()))
    return found


def marks_of(citations: Iterable[Citation], letter: Letter) -> list[Mark]:
    """The spans that `citations` have in `letter`; one whose words do not stand there (any more) is left out."""
    return [
        Mark(citation.n, citation.start, citation.end)
        for citation in citations
        if citation.letter == letter.name
        and citation.start is not None
        and citation.end is not None
        and letter.text[citation.start : citation.end] == citation.quote
    ]


def cited_view(letter: Letter, citations: Sequence[Citation]) -> dict[str, Any]:
    """`letter_view` with the spans of `citations` marked; `changed` tells that the letter no longer holds all of them.

    A letter can be replaced by another version after an answer was given.
    """
    marks = marks_of(citations, letter)
    cited = sum(citation.letter == letter.name for citation in citations)
    return letter_view(letter, marks) | {"changed": len(marks) < cited}


def letter_view(letter: Letter, marks: Sequence[Mark] = ()) -> dict[str, Any]:
    """A letter as data: `facts` to head it, `blocks` with runs `[text, [numbers], hidden]`.

    Text outside every block has the kind "text".
    """
    facts = letter.metadata
    dossiers = " / ".join(fact.value for fact in facts.dossiers)
    number = f", nr. {facts.number.value}" if facts.number else ""
    day = dutch_date(facts.date.value) if facts.date else None
    rows = [
        ("Nummer", f"{dossiers}{number}" if dossiers else None),
        ("Datum", day),
        ("Afzender", "; ".join(senders([fact.value for fact in facts.senders])) or None),
        ("Kamer", CHAMBERS.get(facts.chamber.value) if facts.chamber else None),
        ("Soort", facts.kind.value if facts.kind else None),
        ("Bestand", letter.name),
    ]
    return {
        "name": letter.name,
        "title": printable(letter.title),
        "short": printable(letter.title.removesuffix(f" ({day})")),
        "date": day,
        "facts": [[label, printable(value)] for label, value in rows if value],
        "official": official_link(facts.key),
        "link": place_link(Place(letter.name)),
        "ocr": letter.quality == "ocr",
        "contradictions": [f"“{printable(c.first.value)}” en “{printable(c.second.value)}”" for c in facts.contradictions],
        "blocks": list(_blocks(letter, marks)),
    }


def senders(found: Sequence[Sender]) -> list[str]:
    """Each sender as "name, role"; a role without a name is left out where a named sender has that role."""
    named = {sender.role.casefold() for sender in found if sender.name and sender.role}
    kept = [sender for sender in found if sender.name or (sender.role and sender.role.casefold() not in named)]
    return [", ".join(part for part in (sender.name, sender.role) if part) for sender in kept]


def _blocks(letter: Letter, marks: Sequence[Mark]) -> Iterator[dict[str, Any]]:
    page = 0
    before = ""
    hidden = line_ends(letter)
    for piece in pieces(letter):
        text = letter.text[piece.start : piece.end]
        block = piece.block
        here = letter.page_at(piece.end - 1) if letter.pages else None
        view: dict[str, Any] = {
            "kind": str(block.kind) if block else "text",
            "runs": [
                [run.text, list(run.numbers), run.hidden]
                for run in runs(letter.text, piece.start, piece.end, marks, [s for s in hidden if s.start < piece.end])
            ],
        }
        if block is not None and block.kind is BlockKind.HEADING:
            view["level"] = max(1, block.level)
        if block is not None and block.kind in (BlockKind.QUESTION, BlockKind.ANSWER) and before != "Antwoord":
            view["who"] = _who(block)
        if block is None or block.kind in LINES or LISTED.search(text):
            view["lines"] = True
        before = text.strip()
        if here is not None and here != page:
            if page:
                view["page"] = here
            page = here
        yield view


def _who(block: Block) -> str:
    if block.kind is BlockKind.ANSWER:
        return "Antwoord"
    return f"Vraag van de {block.fractie}-fractie" if block.fractie else "Vraag"


def answer_view(answer: Answer, titles: Mapping[str, str]) -> dict[str, Any]:
    """An answer as data; `titles` gives the letters' titles by name. `copy` is the text for the clipboard."""
    return {
        "question": answer.question,
        "standalone": answer.standalone_question if answer.standalone_question != answer.question else None,
        "filters": [{"words": filter_words(f), "source": f.source} for f in answer.filters],
        "statements": [
            {
                "lead": printable(statement.lead),
                "text": printable(statement.text),
                "citations": list(statement.citations),
                "support": str(statement.support),
                "word": SUPPORT_SHORT[statement.support],
                "meaning": SUPPORT_REST[statement.support],
            }
            for statement in answer.statements
        ],
        "sources": [_source(citation) for citation in answer.citations],
        "refusal": None
        if answer.refusal is None
        else {
            "text": answer.refusal_text,
            "reason": REFUSAL[answer.refusal],
            "nearest": [{"name": name, "title": titles.get(name, name)} for name in nearest_letters(answer)],
        },
        "warnings": list(answer.warnings),
        "reader": reader_line(answer),
        "share": question_link(answer.question),
        "copy": answer_text(answer, 10_000, titles),
    }


def _source(citation: Citation) -> dict[str, Any]:
    known = citation.status == "ok" and citation.letter is not None
    return {
        "n": citation.n,
        "known": known,
        "letter": citation.letter,
        "line": printable(source_line(citation)),
        "quote": printable(citation.quote or ""),
        "ocr": citation.quality == "ocr",
        "page": citation.page,
        "link": place_link(Place(citation.letter, citation.start, citation.end)) if known and citation.letter else None,
    }
