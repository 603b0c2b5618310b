"""Word files (.docx), read from the document's own XML.

Of the package only the text, styles, numbering, notes, heads and feet are unpacked. Headings come from outline levels, the
printed numbers of lists are counted as Word counts them, footnotes stand at their marker. Tracked changes are read as if
accepted. What a heading is for the reader (question, signature) is left to the block parser, as for every format.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import BlockKind
from index.loaders.compose import GAP, Composer, Inline, Note, fold
from index.loaders.package import Package, part_names
from index.loaders.xmltree import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOCUMENT = "word/document.xml"
CONTAINERS = frozenset(
    {"sdt", "sdtcontent", "customxml", "smarttag", "ins", "moveto", "hyperlink", "fldsimple", "dir", "bdo"}
)
REMOVED = frozenset({"del", "movefrom", "instrtext", "deltext", "rpr", "ppr", "fldchar", "sdtpr", "sdtendpr"})
LINE = "\n\n"
"""A line break inside a paragraph; two, as one would be folded away with the white space of the markup."""


def accepts(data: bytes, name: str) -> bool:  # noqa: ARG001 - every loader is asked the same way
    """Whether `data` is a package with a Word document in it."""
    return DOCUMENT in part_names(data)


def load(data: bytes, name: str) -> Extract:
    """The text of a Word file; raises UnreadableFileError when it is damaged, locked or unpacks to too much."""
    package = Package(data, name)
    package.names()
    root = package.xml(DOCUMENT)
    body = None if root is None else next(root.iter("{*}body"), None)
    if body is None:
        raise UnreadableFileError(f"{name} heeft geen tekst: het Word-bestand is beschadigd. Haal het opnieuw op.")
    reader = _Reader(_styles(package), _numbering(package), _notes(package, "footnote"), _notes(package, "endnote"))
    first, running = _heads(package, body)
    for head in first:
        reader.flow(head, BlockKind.LETTERHEAD)
    reader.flow(body)
    for head in running:
        reader.flow(head, BlockKind.FURNITURE)
    changed = next(body.iter("{*}ins", "{*}del"), None) is not None
    warning = f"{name}: de bijgehouden wijzigingen zijn gelezen alsof ze zijn aanvaard."
    return Extract(reader.out.text, "docx", known=reader.out.known, warnings=(warning,) if changed else ())


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: its outline level (1 is the top, 0 none) and its list (number and level)."""

    outline: int = 0
    list_id: str | None = None
    list_level: int = 0


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its numbers look."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class _Reader:
    styles: dict[str, _Style]
    levels: dict[str, dict[int, _Level]]
    footnotes: dict[str, Any]
    endnotes: dict[str, Any]
    out: Composer = field(default_factory=Composer)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    notes: int = 0

    def flow(self, element: Any, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write paragraphs and tables in order."""
        for child in element:
            name = local(child)
            if name == "p":
                self.paragraph(child, kind)
            elif name == "tbl":
                self.table(child, kind)
            elif name in CONTAINERS:
                self.flow(child, kind)

    def paragraph(self, element: Any, kind: BlockKind) -> None:
        """Write a paragraph, then the text boxes that hang on it."""
        style = self.style_of(element)
        line = [*self.label(style), *self.inline(element)]
        heading = style.outline and kind is BlockKind.PARAGRAPH
        self.out.add(*_lines(line), kind=BlockKind.HEADING if heading else kind, level=style.outline if heading else 0)
        for box in _boxes(element):
            self.flow(box, kind)

    def table(self, element: Any, kind: BlockKind) -> None:
        """A table: a line for every row; one that only places text on the page is read cell by cell."""
        rows = [list(_within(row, "tc")) for row in _within(element, "tr")]
        placed = any(
            len(list(_within(cell, "p"))) > 3 or next(_within(cell, "tbl"), None) is not None for r in rows for cell in r
        )
        if placed or all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self.flow(cell, kind)
            return
        lines: list[Inline] = []
        for row in rows:
            line: list[str | Note] = []
            for i, cell in enumerate(row):
                texts = [part for p in _within(cell, "p") for part in (*self.label(self.style_of(p)), *self.inline(p), " ")]
                line += [
                    *([GAP] if i else []),
                    *(part.replace(LINE, " ") if isinstance(part, str) else part for part in texts),
                ]
            lines.append(line)
        self.out.add(*lines, kind=kind)

    def style_of(self, paragraph: Any) -> _Style:
        """The style of a paragraph with what the paragraph itself overrules."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self.styles.get("", _Style())
        named = properties.find(f"{W}pStyle")
        style = self.styles.get(named.get(f"{W}val") if named is not None else "", _Style())
        return _overruled(style, properties)

    def label(self, style: _Style) -> list[str | Note]:
        """The printed number or bullet of a list item."""
        levels = self.levels.get(style.list_id or "")
        level = levels.get(style.list_level) if levels else None
        if level is None or style.list_id is None or levels is None:
            return []
        counts = self.counts.setdefault(style.list_id, {})
        counts[style.list_level] = counts.get(style.list_level, level.start - 1) + 1
        for deeper in [depth for depth in counts if depth > style.list_level]:
            del counts[deeper]
        if level.form == "bullet":
            return ["- " if level.text in ("-", "–", "—") else "• "]
        if level.form == "none":
            return []
        text = level.text
        for depth in range(style.list_level + 1):
            form = levels[depth].form if depth in levels else "decimal"
            text = text.replace(f"%{depth + 1}", _number(counts.get(depth, 1), form))
        return [text + " "]

    def inline(self, element: Any) -> list[str | Note]:
        """The text of a paragraph or run with its notes."""
        parts: list[str | Note] = []
        for child in element:
            name = local(child)
            if name == "t":
                parts.append(child.text or "")
            elif name in ("tab", "ptab"):
                parts.append(GAP)
            elif name in ("br", "cr"):
                parts.append(LINE)
            elif name == "nobreakhyphen":
                parts.append("-")
            elif name == "footnotereference":
                parts += self.note(child, self.footnotes)
            elif name == "endnotereference":
                parts += self.note(child, self.endnotes)
            elif name == "r" or name in CONTAINERS:
                parts += self.inline(child)
        return parts

    def note(self, reference: Any, notes: dict[str, Any]) -> list[str | Note]:
        """The note that a reference points at."""
        note = notes.get(reference.get(f"{W}id") or "")
        if note is None:
            return []
        self.notes += 1
        paragraphs = [self.inline(paragraph) for paragraph in note.iter(f"{W}p")]
        text = " ".join("".join(part for part in parts if isinstance(part, str)) for parts in paragraphs)
        return [Note(str(self.notes), fold(text))]


def _lines(line: list[str | Note]) -> list[Inline]:
    """The lines of a paragraph with line breaks in it."""
    lines: list[list[str | Note]] = [[]]
    for part in line:
        if part == LINE:
            lines.append([])
        else:
            lines[-1].append(part)
    return list(lines)


def _within(element: Any, name: str) -> Iterator[Any]:
    """The children called `name`, content controls and the like looked through."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in CONTAINERS:
            yield from _within(child, name)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once: Word writes every box in a new and an old form."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = [local(parent) for parent in box.iterancestors()]
        inner = above.index("txbxcontent") if "txbxcontent" in above else len(above)
        if "fallback" not in above and inner > above.index("p"):
            yield box


def _overruled(style: _Style, properties: Any) -> _Style:
    outline, list_id, list_level = style.outline, style.list_id, style.list_level
    level = properties.find(f"{W}outlineLvl")
    if level is not None:
        value = _int(level.get(f"{W}val"), 9)
        outline = value + 1 if value < 9 else 0
    numbered = properties.find(f"{W}numPr")
    if numbered is not None:
        identity, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
        list_id = identity.get(f"{W}val") if identity is not None else list_id
        list_level = _int(depth.get(f"{W}val"), 0) if depth is not None else list_level
    return _Style(outline, None if list_id == "0" else list_id, list_level)


def _styles(package: Package) -> dict[str, _Style]:
    root = package.xml("word/styles.xml")
    if root is None:
        return {}
    elements = {element.get(f"{W}styleId") or "": element for element in root.iter(f"{W}style")}
    styles: dict[str, _Style] = {}

    def resolve(identity: str, seen: frozenset[str]) -> _Style:
        if identity in styles:
            return styles[identity]
        element = elements.get(identity)
        if element is None or identity in seen:
            return _Style()
        based = element.find(f"{W}basedOn")
        style = resolve(based.get(f"{W}val") or "", seen | {identity}) if based is not None else _Style()
        name = element.find(f"{W}name")
        words = (name.get(f"{W}val") or "").casefold().split() if name is not None else []
        if len(words) == 2 and words[0] in ("heading", "kop") and words[1].isdigit():
            style = _Style(int(words[1]), style.list_id, style.list_level)
        properties = element.find(f"{W}pPr")
        styles[identity] = style if properties is None else _overruled(style, properties)
        return styles[identity]

    for identity, element in elements.items():
        resolve(identity, frozenset())
        if element.get(f"{W}default") in ("1", "true") and element.get(f"{W}type") == "paragraph":
            styles.setdefault("", styles[identity])
    return styles


def _numbering(package: Package) -> dict[str, dict[int, _Level]]:
    root = package.xml("word/numbering.xml")
    if root is None:
        return {}
    abstract: dict[str, dict[int, _Level]] = {}
    for element in root.iter(f"{W}abstractNum"):
        abstract[element.get(f"{W}abstractNumId") or ""] = {
            _int(level.get(f"{W}ilvl"), 0): _Level(
                _value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", _int(_value(level, "start"), 1)
            )
            for level in element.iter(f"{W}lvl")
        }
    return {
        number.get(f"{W}numId") or "": abstract.get(_value(number, "abstractNumId") or "", {})
        for number in root.iter(f"{W}num")
    }


def _notes(package: Package, kind: str) -> dict[str, Any]:
    root = package.xml(f"word/{kind}s.xml")
    if root is None:
        return {}
    ordinary = [note for note in root.iter(f"{W}{kind}") if note.get(f"{W}type") in (None, "normal")]
    return {note.get(f"{W}id") or "": note for note in ordinary}


def _heads(package: Package, body: Any) -> tuple[list[Any], list[Any]]:
    """The heads and feet of the first section: those of its first page, which hold the letterhead, and the running ones."""
    relations = package.xml("word/_rels/document.xml.rels")
    section = next(body.iter(f"{W}sectPr"), None)
    if relations is None or section is None:
        return [], []
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    first: list[Any] = []
    running: list[Any] = []
    own_first = section.find(f"{W}titlePg") is not None
    for reference in section:
        if local(reference) not in ("headerreference", "footerreference"):
            continue
        target = targets.get(reference.get(f"{R}id"), "")
        root = package.xml(f"word/{target}") if target and "/" not in target else None
        if root is not None:
            is_head = local(reference) == "headerreference" and reference.get(f"{W}type") == "first" and own_first
            (first if is_head else running).append(root)
    return first, running


def _number(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    return str(value)


def _roman(value: int) -> str:
    values = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
    text = ""
    for size, letters in (*values, (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += letters * (value // size)
        value %= size
    return text


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _int(value: str | None, otherwise: int) -> int:
    try:
        return min(int(value or ""), 9999)
    except ValueError:
        return otherwise
