"""OpenDocument texts (.odt), read from content.xml.

Headings, lists with their printed numbers, tables, notes at their marker and page breaks come from the document itself;
text that tracked changes removed is not read. Heads and feet of the first master page come from styles.xml.
"""

from dataclasses import dataclass, field
from typing import Any

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import BlockKind
from index.loaders.compose import GAP, Composer, Inline, Note, fold
from index.loaders.package import Package, part_names
from index.loaders.xmltree import local

CONTENT = "content.xml"
MIMETYPES = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "bookmark-start", "title", "desc"}
)
LINE = "\n\n"
MAX_SPACES = 200


def accepts(data: bytes, name: str) -> bool:  # noqa: ARG001 - every loader is asked the same way
    """Whether `data` is a package with an OpenDocument text in it."""
    return CONTENT in part_names(data) and any(mimetype in data[:200] for mimetype in MIMETYPES)


def load(data: bytes, name: str) -> Extract:
    """The text of an ODT file; raises UnreadableFileError when it is damaged, locked or unpacks to too much."""
    package = Package(data, name)
    package.names()
    root = package.xml(CONTENT)
    body = None if root is None else next(root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"), None)
    if root is None or body is None:
        raise UnreadableFileError(f"{name} heeft geen tekst: het ODT-bestand is beschadigd of versleuteld.")
    styles = package.xml("styles.xml")
    reader = _Reader(_levels([root, *([styles] if styles is not None else [])]))
    reader.flow(body)
    if styles is not None:
        for page in list(styles.iter(f"{STYLE}master-page"))[:1]:
            for head in page:
                reader.flow(head, BlockKind.FURNITURE)
    return Extract(reader.out.text, "odt", known=reader.out.known)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list style: its number form (empty for a bullet) and what stands around the number."""

    form: str
    before: str
    after: str
    start: int
    bullet: str


@dataclass(slots=True)
class _Reader:
    levels: dict[str, dict[int, _Level]]
    out: Composer = field(default_factory=Composer)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    style: str | None = None
    depth: int = 0
    label: list[str | Note] = field(default_factory=list)

    def flow(self, element: Any, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write paragraphs, lists and tables in order."""
        for child in element:
            name = local(child)
            if not name or name in SKIPPED:
                continue
            if name == "h":
                self.write(child, BlockKind.HEADING if kind is BlockKind.PARAGRAPH else kind)
            elif name == "p":
                self.write(child, kind)
            elif name == "list":
                self.items(child, kind)
            elif name == "table":
                self.table(child, kind)
            else:
                self.flow(child, kind)

    def write(self, element: Any, kind: BlockKind) -> None:
        """Write a paragraph or heading, then the text boxes in it."""
        label, self.label = self.label, []
        level = _int(element.get(f"{TEXT}outline-level"), 1) if kind is BlockKind.HEADING else 0
        boxes: list[Any] = []
        self.out.add(*_lines([*label, *self.inline(element, boxes)]), kind=kind, level=level)
        for box in boxes:
            self.flow(box, BlockKind.PARAGRAPH if kind is BlockKind.HEADING else kind)

    def inline(self, element: Any, boxes: list[Any]) -> list[str | Note]:
        """The text of a paragraph with its notes; text boxes are put in `boxes`."""
        parts: list[str | Note] = [element.text or ""] if local(element) else []
        for child in element:
            name = local(child)
            if name == "note":
                parts.append(self.note(child))
            elif name == "tab":
                parts.append(GAP)
            elif name == "s":
                parts.append(" " * min(_int(child.get(f"{TEXT}c"), 1), MAX_SPACES))
            elif name == "line-break":
                parts.append(LINE)
            elif name == "text-box":
                boxes.append(child)
            elif name and name not in SKIPPED:
                parts += self.inline(child, boxes)
            parts.append(child.tail or "")
        return parts

    def note(self, element: Any) -> Note:
        """A footnote or endnote with the label that is printed."""
        label = text = ""
        for child in element:
            if local(child) == "note-citation":
                label = fold("".join(child.itertext()))
            elif local(child) == "note-body":
                paragraphs = [self.inline(paragraph, []) for paragraph in child.iter(f"{TEXT}p", f"{TEXT}h")]
                text = fold(" ".join("".join(part for part in parts if isinstance(part, str)) for parts in paragraphs))
        return Note(label, text)

    def items(self, element: Any, kind: BlockKind) -> None:
        """The items of a list, each with its printed number or bullet."""
        outer = self.style
        self.style = element.get(f"{TEXT}style-name") or self.style
        self.depth += 1
        counts = self.counts.setdefault(self.style or "", {})
        if element.get(f"{TEXT}continue-numbering") != "true" and not element.get(f"{TEXT}continue-list"):
            counts.pop(self.depth, None)
        for item in element:
            if local(item) == "list-item":
                self.label = self.number()
            if local(item):
                self.flow(item, kind)
            self.label = []
        self.depth -= 1
        self.style = outer

    def number(self) -> list[str | Note]:
        """The label of the next item at this depth."""
        level = self.levels.get(self.style or "", {}).get(self.depth)
        if level is None:
            return ["• "]
        if not level.form:
            return ["- " if level.bullet in ("-", "–", "—") else "• "] if level.bullet else []
        counts = self.counts.setdefault(self.style or "", {})
        counts[self.depth] = counts.get(self.depth, level.start - 1) + 1
        return [f"{level.before}{_number(counts[self.depth], level.form)}{level.after} "]

    def table(self, element: Any, kind: BlockKind) -> None:
        """A table: a line for every row; one that only places text on the page is read cell by cell."""
        rows = [[cell for cell in row if local(cell) == "table-cell"] for row in element.iter("{*}table-row")]
        placed = any(len([p for p in cell if local(p) in ("p", "h", "list", "table")]) > 3 for row in rows for cell in row)
        nested = next(element.iterdescendants("{*}table"), None) is not None
        if placed or nested or all(len(row) <= 1 for row in rows):
            for cell in [cell for row in rows for cell in row if next(cell.iterancestors("{*}table")) is element]:
                self.flow(cell, kind)
            return
        lines: list[Inline] = []
        for row in rows:
            line: list[str | Note] = []
            for i, cell in enumerate(row):
                texts = [part for p in cell.iter(f"{TEXT}p", f"{TEXT}h") for part in (*self.inline(p, []), " ")]
                line += [
                    *([GAP] if i else []),
                    *(part.replace(LINE, " ") if isinstance(part, str) else part for part in texts),
                ]
            lines.append(line)
        self.out.add(*lines, kind=kind)


def _lines(line: list[str | Note]) -> list[Inline]:
    lines: list[list[str | Note]] = [[]]
    for part in line:
        if part == LINE:
            lines.append([])
        else:
            lines[-1].append(part)
    return list(lines)


def _levels(roots: list[Any]) -> dict[str, dict[int, _Level]]:
    styles: dict[str, dict[int, _Level]] = {}
    for root in roots:
        for style in root.iter(f"{TEXT}list-style"):
            levels = styles.setdefault(style.get(f"{STYLE}name") or "", {})
            for level in style:
                if not local(level).startswith("list-level-style"):
                    continue
                levels[_int(level.get(f"{TEXT}level"), 1)] = _Level(
                    form=level.get(f"{STYLE}num-format") or "",
                    before=level.get(f"{STYLE}num-prefix") or "",
                    after=level.get(f"{STYLE}num-suffix") or "",
                    start=_int(level.get(f"{TEXT}start-value"), 1),
                    bullet=level.get(f"{TEXT}bullet-char") or "",
                )
    return styles


def _number(value: int, form: str) -> str:
    if form in ("a", "A"):
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if form == "A" else letters
    return str(value) if form not in ("i", "I") else _roman(value, upper=form == "I")


def _roman(value: int, *, upper: bool) -> str:
    text = ""
    for size, letters in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        text += letters * (value // size)
        value %= size
    return text.upper() if upper else text


def _int(value: str | None, otherwise: int) -> int:
    try:
        return min(int(value or ""), 9999)
    except ValueError:
        return otherwise
