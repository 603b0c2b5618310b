"""Web pages of official publications, ministries and the chambers: the text of the publication only.

A page is mostly menus. The publication stands in `#broodtekst` on officielebekendmakingen.nl, elsewhere in an article or
main element; what is left of menus, forms and scripts inside it is taken out. Official pages keep their notes in boxes at
the end with a link at the marker, so notes are put at their marker as in the other formats.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import BlockKind
from index.loaders.compose import GAP, Composer, Inline, Note, fold
from index.loaders.xmltree import beginning
from index.official import dated, metadata_of

SKIPPED = frozenset(
    "script style noscript template iframe object embed svg canvas nav aside form button select input label dialog head "
    "audio video map".split()
)
PAGE_PARTS = frozenset({"header", "footer"})
"""Skipped outside the publication's own element; inside it they may hold its title."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "p div section article main body ul ol li dl dt dd table blockquote pre address figure figcaption header footer details "
    "summary hr fieldset center h1 h2 h3 h4 h5 h6 tr td th thead tbody tfoot caption".split()
)
PLACES = (
    "//*[@id='broodtekst']",
    "//article",
    "//main",
    "//*[@role='main']",
    "//*[@id='content' or @id='main']",
)
NOTE = re.compile(r"\b(?:foot|voet)?(?:noot|note)(?:n|tekst|text)?\b|\bdoc-footnote\b", re.IGNORECASE)
ERROR = re.compile(
    r"\b(?:404|500|503)\b.{0,40}(?:fout|error|gevonden|found)|pagina (?:is )?niet gevonden|page not found|niet gevonden"
    r"|er is (?:iets|een fout)|document (?:bestaat niet|niet beschikbaar)|technische storing",
    re.IGNORECASE,
)
LINE = "\n\n"


def accepts(data: bytes, name: str) -> bool:  # noqa: ARG001 - every loader is asked the same way
    """Whether `data` is an HTML page: it begins as one, or an html element comes early."""
    start = beginning(data)
    return start.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in start[:2000]


def load(data: bytes, name: str) -> Extract:
    """The publication on a web page; raises UnreadableFileError for a page without one, such as an error page."""
    root = _parse(data, name)
    title = fold("".join(next((t.itertext() for t in root.iter("title")), ())))
    heading = fold(" ".join("".join(h.itertext()) for h in root.iter("h1")))
    place = _place(root)
    official = place.get("id") == "broodtekst"
    if not official and (is_error_page(title) or is_error_page(heading)):
        raise UnreadableFileError(
            f"{name} is een foutpagina ({(title or heading)[:60]}), geen brief. Haal het stuk opnieuw op."
        )
    reader = _Reader(_by_id(root), place)
    reader.flow(place)
    records = _records(root)
    facts = dated(metadata_of(records), records, reader.out.text) if records else None
    return Extract(reader.out.text, "html", known=reader.out.known, metadata=facts)


def is_error_page(text: str) -> bool:
    """Whether a page's title or heading says that the page could not be found or shown."""
    return ERROR.search(text) is not None


def _parse(data: bytes, name: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    stated = re.search(rb"""<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9._-]+)""", data[:4096], re.IGNORECASE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = stated[1].decode("ascii") if stated else "cp1252"
        try:
            text = data.decode(encoding if encoding.lower() not in ("utf-8", "iso-8859-1") else "cp1252", "replace")
        except LookupError:
            text = data.decode("cp1252", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableFileError(f"{name} is geen leesbare webpagina. Haal het bestand opnieuw op.") from error
    if any("depth" in entry.message for entry in parser.error_log):  # the parser then drops the rest
        raise UnreadableFileError(f"{name}: de webpagina is te diep genest. Sla de brief op als PDF.")
    return root


def _place(root: Any) -> Any:
    """The element that holds the publication."""
    for path in PLACES:
        found = [element for element in root.xpath(path) if fold("".join(element.itertext()))]
        if found:
            return max(found, key=lambda element: len("".join(element.itertext())))
    body = root.find("body")
    return root if body is None else body


def _by_id(root: Any) -> dict[str, Any]:
    return {
        element.get("id") or element.get("name"): element for element in root.iter() if _name(element) and _named(element)
    }


def _named(element: Any) -> bool:
    return bool(element.get("id") or (element.tag == "a" and element.get("name")))


def _name(element: Any) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


@dataclass(slots=True)
class _Reader:
    """A walk through the publication that writes as it goes."""

    targets: dict[str, Any]
    place: Any
    out: Composer = field(default_factory=Composer)
    prefix: list[str | Note] = field(default_factory=list)
    used: set[Any] = field(default_factory=set)

    def __post_init__(self) -> None:
        for link in self.place.iter("a"):
            box = self.note_box(link)
            if box is not None:
                self.used.add(box)

    def flow(self, element: Any) -> None:
        """Write the blocks of an element in order; text between blocks is a paragraph."""
        line: list[str | Note] = [element.text or ""]
        for child in element:
            name = _name(child)
            if child in self.used or not name or name in SKIPPED or _is_hidden(child):
                pass
            elif name in BLOCKS or any(_name(inner) in BLOCKS for inner in child.iter() if inner not in self.used):
                self.paragraph(line)
                line = []
                self.block(child, name)
            else:
                line += self.inline_child(child)
            line.append(child.tail or "")
        self.paragraph(line)

    def block(self, element: Any, name: str) -> None:
        """Write one block element."""
        if name in PAGE_PARTS and self.place.tag == "body":
            return
        if name in HEADINGS:
            self.paragraph(self.inline(element), BlockKind.HEADING, HEADINGS[name])
        elif name == "table":
            self.table(element)
        elif name in ("ul", "ol"):
            self.items(element, numbered=name == "ol")
        else:
            self.flow(element)

    def paragraph(self, line: list[str | Note], kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        """Write a paragraph with the label that waits for it."""
        if not any(isinstance(part, Note) or part.strip() for part in line):
            return
        prefix, self.prefix = self.prefix, []
        self.out.add(*_lines([*prefix, *line]), kind=kind, level=level)

    def items(self, element: Any, *, numbered: bool) -> None:
        """The items of a list; official pages print the label in a span, others leave it to the browser."""
        number = _int(element.get("start"), 1)
        for child in element:
            if child in self.used:
                number += 1
            elif _name(child) == "li":
                labelled = any("ol" in (inner.get("class") or "").split() for inner in child.iter("span"))
                plain = "list-style: none" in (element.get("style") or "") or labelled
                self.prefix = [] if plain else [f"{number}. " if numbered else "• "]
                number += 1
                self.flow(child)
            elif _name(child):
                self.block(child, _name(child))
        self.prefix = []

    def table(self, element: Any) -> None:
        """A table: a line for every row; one that holds a single column or tables is read cell by cell."""
        rows = [[cell for cell in row if _name(cell) in ("td", "th")] for row in element.iter("tr")]
        if next(element.iterdescendants("table"), None) is not None or all(len(row) <= 1 for row in rows):
            self.flow(element)
            return
        for caption in element.iter("caption"):
            self.paragraph(self.inline(caption))
        lines: list[Inline] = []
        for row in rows:
            line: list[str | Note] = []
            for i, cell in enumerate(row):
                texts = self.inline(cell)
                line += [
                    *([GAP] if i else []),
                    *(part.replace(LINE, " ") if isinstance(part, str) else part for part in texts),
                ]
            lines.append(line)
        self.out.add(*lines)

    def inline(self, element: Any) -> list[str | Note]:
        """The text of an element with its notes."""
        parts: list[str | Note] = [element.text or ""]
        for child in element:
            parts += self.inline_child(child)
            parts.append(child.tail or "")
        return parts

    def inline_child(self, child: Any) -> list[str | Note]:
        name = _name(child)
        if not name or name in SKIPPED or child in self.used or _is_hidden(child):
            return []
        if name == "br":
            return [LINE]
        if name == "a" and (box := self.note_box(child)) is not None:
            label = fold("".join(child.itertext()))
            return [Note(label.strip("[]()"), self.note_text(box, label))]
        block = [" "] if name in BLOCKS else []
        return [*block, *self.inline(child), *block]

    def note_box(self, link: Any) -> Any | None:
        """The box with the text of the note that a marker links to; None when the link is no marker."""
        target = (link.get("href") or "").partition("#")[2] if (link.get("href") or "").startswith("#") else ""
        label = fold("".join(link.itertext()))
        if not target or not re.fullmatch(r"[\[(]?(?:\d{1,3}|\*{1,3}|[a-z])[\])]?", label):
            return None
        found = self.targets.get(target)
        if found is None:
            return None
        for box in (found, *found.iterancestors()):
            if box is self.place or _name(box) in ("body", "article", "main", "ol", "ul", "section"):
                return None
            if NOTE.search(f"{box.get('class') or ''} {box.get('role') or ''} {box.get('id') or ''}") or _name(box) == "li":
                inside = next((e for e in link.iterancestors() if e is box), None)
                return None if inside is not None or _name(box) in ("a", "sup", "span") else box
        return None

    def note_text(self, box: Any, label: str) -> str:
        """The text of a note without its own number, back link and close button."""
        parts: list[str] = [box.text or ""]
        for child in box:
            parts += [*self.note_part(child, label), child.tail or ""]
        return fold("".join(parts))

    def note_part(self, element: Any, label: str) -> list[str]:
        name = _name(element)
        text = fold("".join(element.itertext()))
        if not name or name in SKIPPED or "close" in (element.get("class") or ""):
            return []
        if name in ("sup", "a", "span", "h5") and text in (
            label,
            label.strip("[]()"),
            f"{label}.",
            "↩",
            "↩︎",
            "^",
            "X",
            "terug",
        ):
            return []
        parts = [" ", element.text or ""]
        for child in element:
            parts += [*self.note_part(child, label), child.tail or ""]
        return [*parts, " " if name in BLOCKS else ""]


def _lines(line: list[str | Note]) -> list[Inline]:
    lines: list[list[str | Note]] = [[]]
    for part in line:
        if part == LINE:
            lines.append([])
        else:
            lines[-1].append(part)
    return list(lines)


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or element.get("aria-hidden") == "true"


def _records(root: Any) -> dict[str, list[str]]:
    records: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name"), meta.get("content")
        if name and content and name.startswith(("DC", "OVERHEID")):
            records.setdefault(name, []).append(fold(content))
    return records


def _int(value: str | None, otherwise: int) -> int:
    try:
        return min(int(value or ""), 9999)
    except ValueError:
        return otherwise
