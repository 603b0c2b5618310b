"""Official publications as XML (op-xsd and the older kamerwrk): letters, motions, questions with answers, debates.

The format states headings, footnotes at their marker, questions and answers and who signed, so nothing of that is guessed.
An element that is not known is a container: its text is read like the rest, none is dropped. A debate is read with its
speakers as headings and the fractie of each speaker on what was said.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import BlockKind, Fact, Metadata
from index.loaders.compose import GAP, Composer, Inline, Note, fold
from index.loaders.xmltree import local, parse, starts_as_xml
from index.official import chamber_of, dated, dossier_key, merged, metadata_of

ROOTS = frozenset({"officiele-publicatie", "kamerwrk", "kamerstuk", "kamervragen", "handelingen"})
INLINE = frozenset(
    "nadruk extref intref dossierref sup inf noot datum naam voornaam achternaam voorvoegsels politiek organisatie "
    "kamervraagonderwerp ondernummer dossiernr begrotingshoofdstuk raadnr rijkswetnr plaats voetref herdruk b i u span a "
    "unl strong em vet cur".split()
)
"""Elements that stand within a line of text; others that hold text are lines of their own."""
LETTERHEADS = frozenset({"kamerstukkop", "kamervraagkop", "handelingenkop", "frontm"})
CHAMBER_LINES = ("kameraanduiding", "kamernummer")
NUMBERS = frozenset({"li.nr", "lidnr", "nr", "term", "ltrlabel"})
"""Elements whose text stands in front of the next paragraph."""
SKIPPED = frozenset({"metadata"})
TITLES = frozenset({"title", "titel", "table-title", "caption", "bijschrift"})
ROW_GROUPS = frozenset({"tgroup", "thead", "tbody", "tfoot"})
TIGHT = frozenset({"sup", "inf"})
MOTION_END = re.compile(r"en gaat over tot de orde van de dag", re.IGNORECASE)


def accepts(data: bytes, name: str) -> bool:  # noqa: ARG001 - every loader is asked the same way
    """Whether `data` begins as XML; `load` refuses what is no official publication."""
    return starts_as_xml(data)


def load(data: bytes, name: str) -> Extract:
    """The publication in `data`; raises UnreadableFileError when it is damaged or no official publication."""
    tree = parse(data, name)
    root = tree.root
    if local(root) == "metadata_gegevens":
        raise UnreadableFileError(f"{name} is een metadatabestand, geen brief. Zet het naast de brief waar het bij hoort.")
    if local(root) not in ROOTS:
        raise UnreadableFileError(f"{name} is XML, maar geen officiële publicatie. Kies de brief als .xml, .pdf of .docx.")
    reader = _Reader()
    reader.container(root)
    reader.flush()
    if not reader.out.length:
        raise UnreadableFileError(f"{name} bevat alleen metadata, geen tekst. Haal de PDF of de HTML van dit stuk op.")
    debate = next(root.iter("{*}handelingen"), None) is not None
    return Extract(
        text=reader.out.text,
        format="xml",
        blocks=tuple(sorted(reader.out.blocks, key=lambda block: (block.start, block.end))) if debate else None,
        known=() if debate else reader.out.known,
        metadata=_metadata(root, reader),
        warnings=tree.warnings,
    )


def sidecar(data: bytes, name: str, text: str) -> Metadata:
    """The facts in a metadata.xml that lies beside a document with `text`; raises UnreadableFileError when it is none."""
    root = parse(data, name).root
    if local(root) != "metadata_gegevens":
        raise UnreadableFileError(f"{name} is geen metadatabestand. Haal het opnieuw op.")
    records = _records(root)
    return dated(metadata_of(records), records, text)


@dataclass(slots=True)
class _Reader:
    """A walk through the tree that writes as it goes."""

    out: Composer = field(default_factory=Composer)
    prefix: list[str | Note] = field(default_factory=list)
    depth: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    fractie: str | None = None
    label: str | None = None
    pair: int = 0
    answered: bool = True
    ended: bool = False

    def element(self, element: Any) -> None:
        """Write one element that is not part of a line."""
        name = local(element)
        handler = HANDLERS.get(name)
        if name in SKIPPED or not name:
            return
        if handler is not None:
            handler(self, element)
        elif name in LETTERHEADS:
            self.letterhead(element)
        elif name in NUMBERS:
            self.prefix += [*_inline(element), " "]
        else:
            self.container(element)

    def container(self, element: Any, *skip: Any) -> None:
        """Write text and children in order, but for those to `skip`; children that stand within a line stay in it."""
        within_line = local(element) in ("al", "noot.al", "titel") or _has_text(element)
        line: list[str | Note] = [element.text or ""]
        for child in element:
            name = local(child)
            if not name or child in skip:
                line.append(child.tail or "")
                continue
            if _is_inline(child) if within_line else name in INLINE and name != "naam":
                line += _inline_child(child)
            else:
                self.line(line)
                self.element(child)
                line = []
            line.append(child.tail or "")
        self.line(line)

    def line(self, line: Inline, kind: BlockKind | None = None, level: int = 0) -> None:
        """Write one paragraph in the kind of where we are."""
        if not any(isinstance(part, Note) or part.strip() for part in line):
            return
        prefix, self.prefix = self.prefix, []
        self.out.add(
            [*prefix, *line],
            kind=kind or self.kind,
            level=level,
            fractie=self.fractie,
            pair=self.pair if (kind or self.kind) in (BlockKind.QUESTION, BlockKind.ANSWER) else None,
            label=self.label if (kind or self.kind) in (BlockKind.QUESTION, BlockKind.ANSWER) else None,
        )
        self.ended = self.ended or any(isinstance(part, str) and MOTION_END.search(part) for part in line)

    def flush(self) -> None:
        """Write a number that waits for its paragraph, when none came."""
        waiting, self.prefix = self.prefix, []
        self.line(waiting)

    def letterhead(self, element: Any) -> None:
        """The running title of a publication: chamber and its number on one line, then the session year and the rest."""
        if _has_text(element) or not all(local(child) == "tekstregel" for child in element if local(child)):
            self.inside(BlockKind.LETTERHEAD, element)
            return
        lines = [(child.get("inhoud"), _inline(child)) for child in element if local(child)]
        chamber = [part for name, line in lines if name in CHAMBER_LINES for part in (*line, " ")]
        self.out.add(chamber, *[line for name, line in lines if name not in CHAMBER_LINES], kind=BlockKind.LETTERHEAD)

    def inside(self, kind: BlockKind, element: Any) -> None:
        """Write the content of `element` as blocks of one kind."""
        before, self.kind = self.kind, kind
        self.container(element)
        self.kind = before

    def dossier(self, element: Any) -> None:
        """A dossier number and title on one line."""
        line: list[str | Note] = [element.text or ""]
        for child in element:
            inner = _dossier(child) if local(child) == "dossiernummer" else _inline(child)
            line += [*inner, GAP if local(child) == "dossiernummer" else " ", child.tail or ""]
        self.out.add(line, kind=BlockKind.LETTERHEAD)

    def stuk(self, element: Any) -> None:
        """A document: its number and title on one line, then its content."""
        head = [child for child in element if local(child) in ("stuknr", "titel", "nummer", "ltrlabel")]
        self.out.add([part for child in head for part in (*_inline(child), GAP)], kind=BlockKind.LETTERHEAD)
        self.container(element, *head)

    def letterhead_line(self, element: Any) -> None:
        """One line of the letterhead."""
        self.out.add(_inline(element), kind=BlockKind.LETTERHEAD)

    def heading(self, element: Any) -> None:
        """A heading between paragraphs; bold stands above the other forms."""
        form = element.get("kopopmaak") or element.get("letat") or "vet"
        self.line(_inline(element), BlockKind.HEADING, self.depth + (1 if form == "vet" else 2))

    def divided(self, element: Any) -> None:
        """A division with a heading of its own: what it holds stands one level deeper."""
        has_head = any(local(child) == "kop" for child in element)
        self.depth += has_head
        self.container(element)
        self.depth -= has_head

    def head(self, element: Any) -> None:
        """Number and title of a division on one line."""
        parts = [part for child in element for part in (*_inline_child(child), " ", child.tail or "", " ")]
        self.line([element.text or "", " ", *parts], BlockKind.HEADING, max(1, self.depth))

    def item(self, element: Any) -> None:
        """An item of a list; nested lists follow it."""
        self.flush()
        self.container(element)
        self.flush()

    def table(self, element: Any) -> None:
        """A table: a line for every row, a tab between cells, all rows in one block."""
        rows: list[Inline] = []
        self.rows(element, rows)
        self.out.add(*rows, fractie=self.fractie)

    def rows(self, element: Any, rows: list[Inline]) -> None:
        """Put the rows of a table, or of a part of one, in `rows`; what is no row is written."""
        self.line([element.text or ""])
        for child in element:
            name = local(child)
            if name in ("row", "tr"):
                rows.append(_row(child))
            elif name in TITLES:
                self.line(_inline(child))
            elif name in ROW_GROUPS:
                self.rows(child, rows)
            else:
                self.element(child)
            self.line([child.tail or ""])

    def loose_note(self, element: Any) -> None:
        """A note of an older file that no marker refers to."""
        wanted = (element.get("id"), element.get("nr"))
        markers = element.getroottree().iter("{*}voetref")
        if not any(_reference(marker) in wanted for marker in markers):
            self.line([_plain(element)], BlockKind.FOOTNOTE)

    def question(self, element: Any) -> None:
        """A question of a member of parliament; consecutive questions share the answer that follows."""
        if self.answered:
            self.pair += 1
            self.answered = False
        self.said(element, BlockKind.QUESTION)

    def answer(self, element: Any) -> None:
        """The answer to the questions before it."""
        if self.answered and self.pair == 0:
            self.pair = 1
        self.answered = True
        self.said(element, BlockKind.ANSWER)

    def said(self, element: Any, kind: BlockKind) -> None:
        """A question or answer: its number is a line of its own and no part of the text."""
        number = next((child for child in element if local(child) == "nr"), None)
        if number is not None:
            printed = fold("".join(part for part in _inline(number) if isinstance(part, str)))
            self.out.add(_inline(number), kind=BlockKind.FURNITURE)
            digits = re.search(r"\d.*", printed)
            self.label = digits[0] if digits else None
        before, self.kind = self.kind, kind
        self.container(element, number)
        self.kind, self.label = before, None

    def signature(self, element: Any) -> None:
        """Who signed: function and name, a line each."""
        lines: list[Inline] = [[element.text or ""]]
        for child in element:
            lines += [_spaced(child) if local(child) else [], [child.tail or ""]]
        self.out.add(*lines, kind=BlockKind.SIGNATURE)

    def paragraphs(self, element: Any) -> None:
        """A group of paragraphs; after the end of a motion it holds the names of those who move it."""
        if self.ended and not self.fractie and self.kind is BlockKind.PARAGRAPH:
            lines = [_inline(child) for child in element if local(child) == "al"]
            if lines and all(len("".join(part for part in line if isinstance(part, str)).strip()) < 60 for line in lines):
                self.out.add(*lines, kind=BlockKind.SIGNATURE)
                return
        self.container(element)

    def turn(self, element: Any) -> None:
        """What one speaker says in a debate."""
        self.container(element)
        self.fractie = None

    def speaker(self, element: Any) -> None:
        """The line that names who speaks."""
        parts = [part for child in element for part in (*_inline_child(child), child.tail or "")]
        self.fractie = None
        self.line([element.text or "", *parts], BlockKind.HEADING, 2)
        party = next(element.iter("{*}politiek"), None)
        self.fractie = fold("".join(party.itertext())) or None if party is not None else None

    def agenda_item(self, element: Any) -> None:
        """Number and title of an item of a sitting."""
        self.line(_inline(element), BlockKind.HEADING, 1)

    def motion(self, element: Any) -> None:
        """A motion read out in a debate."""
        ended, self.ended = self.ended, False
        before, self.depth = self.depth, 2
        self.divided(element)
        self.ended, self.depth = ended, before


HANDLERS = {
    "dossier": _Reader.dossier,
    "stuk": _Reader.stuk,
    "datumtekst": _Reader.letterhead_line,
    "kamervraagnummer": _Reader.letterhead_line,
    "kamervraagomschrijving": _Reader.letterhead_line,
    "ordernr": _Reader.letterhead_line,
    "vergjaar": _Reader.letterhead_line,
    "onderw": _Reader.letterhead_line,
    "vergadering": lambda reader, element: reader.inside(BlockKind.LETTERHEAD, element),
    "tussenkop": _Reader.heading,
    "tuskop": _Reader.heading,
    "divisie": _Reader.divided,
    "bijlage": _Reader.divided,
    "artikel": _Reader.divided,
    "hoofdstuk": _Reader.divided,
    "paragraaf": _Reader.divided,
    "wijzig-artikel": _Reader.divided,
    "kop": _Reader.head,
    "li": _Reader.item,
    "table": _Reader.table,
    "vraag": _Reader.question,
    "antwoord": _Reader.answer,
    "ondertekening": _Reader.signature,
    "ondtek": _Reader.signature,
    "al-groep": _Reader.paragraphs,
    "spreekbeurt": _Reader.turn,
    "spreker": _Reader.speaker,
    "item-titel": _Reader.agenda_item,
    "voetnoot": _Reader.loose_note,
    "motie": _Reader.motion,
}


def _has_text(element: Any) -> bool:
    """Whether text stands directly in the element, between its children."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _is_inline(child: Any) -> bool:
    """Whether a child stands within the line: an inline element, or an unknown one that holds no blocks."""
    name = local(child)
    if name in INLINE:
        return True
    blocks = {"al", "lijst", "table", "noot.al", "tekst", "li", *HANDLERS}
    return name not in blocks and not any(local(inner) in blocks for inner in child.iter())


def _inline(element: Any) -> list[str | Note]:
    """The text of an element with the footnotes in it at their marker."""
    parts: list[str | Note] = [element.text or ""] if local(element) else []
    for child in element:
        parts += _inline_child(child)
        parts.append(child.tail or "")
    return parts


def _inline_child(child: Any) -> list[str | Note]:
    name = local(child)
    if name == "noot":
        return [_note(child)]
    if name == "voetref":
        return [_referred_note(child)]
    if not name or name in SKIPPED:
        return []
    inner = _inline(child)
    if name in TIGHT:
        return [part.strip() if isinstance(part, str) else part for part in inner]
    return inner


def _note(element: Any) -> Note:
    label = "".join(fold(_plain(child)) for child in element if local(child) == "noot.nr")
    rest = [f"{_plain(child) if local(child) != 'noot.nr' else ''} {child.tail or ''}" for child in element]
    return Note(label, fold(" ".join([element.text or "", *rest])))


def _referred_note(reference: Any) -> Note:
    """The note that an older file keeps apart from its marker."""
    wanted = _reference(reference)
    note = None
    for candidate in reference.getroottree().iter("{*}voetnoot"):
        if wanted in (candidate.get("id"), candidate.get("nr")):
            note = candidate
            break
    label = fold("".join(reference.itertext())) or (note.get("nr") if note is not None else "") or ""
    text = fold(_plain(note)) if note is not None else ""
    return Note(label, text.removeprefix(label).strip() if label else text)


def _reference(marker: Any) -> str | None:
    value = marker.get("refid") or marker.get("idref") or marker.get("id")
    return str(value) if value else None


def _plain(element: Any) -> str:
    """All text of an element, a space between its parts."""
    parts = [element.text or ""]
    for child in element:
        parts += [_plain(child) if local(child) else "", child.tail or ""]
    return "".join(parts)


def _spaced(element: Any) -> Inline:
    """The text of an element whose children are words of one line ("R.P." and "Brekelmans")."""
    parts: list[str | Note] = [element.text or ""]
    for child in element:
        parts += [*_inline_child(child), child.tail or "", " "]
    return parts


def _dossier(element: Any) -> Inline:
    """A dossier number as printed: "36 410 XVI", "21 501-20"."""
    text = fold(element.text or "")
    for child in element:
        part = fold(_plain(child)) if local(child) else ""
        text += (" " if part and text and not text.endswith(("-", "–", "(")) else "") + part
        tail = fold(child.tail or "")
        text += (" " if tail.startswith("(") else "") + tail
    return [re.sub(r"\s*([-–])\s*", r"\1", text)]


def _row(row: Any) -> Inline:
    """The cells of a row, a gap between them, and whatever else stands in it."""
    line: list[str | Note] = [row.text or ""]
    cells = 0
    for child in row:
        is_cell = local(child) in ("entry", "td", "th")
        line += [
            *([GAP] if is_cell and cells else []),
            *(_cell(child) if is_cell else _inline_child(child)),
            child.tail or "",
        ]
        cells += is_cell
    return line


def _cell(cell: Any) -> list[str | Note]:
    """The text of a cell; its paragraphs follow one another on the line."""
    parts: list[str | Note] = [cell.text or ""]
    for child in cell:
        parts += [*_inline_child(child), " " if local(child) not in INLINE else "", child.tail or ""]
    return parts


def _records(root: Any) -> dict[str, list[str]]:
    """The metadata records of a file: every name with its values in order."""
    records: dict[str, list[str]] = {}
    for record in root.iter("{*}meta", "{*}metadata"):
        name, content = record.get("name"), record.get("content")
        if name and content:
            records.setdefault(name, []).append(fold(content))
    return records


def _metadata(root: Any, reader: _Reader) -> Metadata:
    """What the publication states: its own elements first, then its metadata records."""
    records = _records(root)
    keys = [key for element in root.iter("{*}dossiernummer") if (key := dossier_key("".join(map(str, _dossier(element)))))]
    titles = [fold("".join(e.itertext())) for d in root.iter("{*}dossier") for e in d if local(e) == "titel"]
    number = next((fold("".join(e.itertext())) for e in root.iter("{*}ondernummer")), "")
    heads = " ".join(" ".join(e.itertext()) for e in root.iter("{*}tekstregel", "{*}frontm"))
    chamber = chamber_of(heads)
    year = re.search(r"(\d{4})\s*[-–]\s*(\d{4})", heads)
    stated = Metadata(
        dossiers=tuple(Fact(key, "metadata") for key in dict.fromkeys(keys)),
        dossier_titles=tuple(Fact(title, "metadata") for title in titles if title),
        number=Fact(number, "metadata") if number else None,
        chamber=Fact(chamber, "metadata") if chamber else None,
        date=next((fact for e in root.iter("{*}datum") if (fact := _iso(e.get("isodatum")))), None),
        session_year=Fact(f"{year[1]}-{year[2]}", "metadata") if year else None,
        kind=_kind(root),
        subject=next((Fact(t, "metadata") for e in root.iter("{*}item-titel") if (t := fold("".join(e.itertext())))), None),
    )
    return dated(merged(stated, metadata_of(records)), records, reader.out.text)


def _kind(root: Any) -> Fact[str] | None:
    if next(root.iter("{*}handelingen"), None) is not None:
        return Fact("debat", "metadata")
    if next(root.iter("{*}kamervragen"), None) is not None:
        return Fact("antwoord op Kamervragen", "metadata")
    if next(root.iter("{*}amendement"), None) is not None:
        return Fact("amendement", "metadata")
    titles = [fold("".join(e.itertext())) for s in root.iter("{*}stuk") for e in s if local(e) == "titel"]
    if any(re.match(r"(?:gewijzigde |nader gewijzigde )?motie\b", title.casefold()) for title in titles):
        return Fact("motie", "metadata")
    return None


def _iso(value: str | None) -> Fact[date] | None:
    try:
        return Fact(date.fromisoformat(value), "metadata") if value else None
    except ValueError:
        return None
