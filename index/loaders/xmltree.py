"""Parsing XML from outside: nothing is fetched, no entity is expanded, and a wrong encoding header does no harm.

Official files may say US-ASCII while their bytes are UTF-8, start with a byte order mark in the wrong place, or have gone
twice through a wrong conversion (a byte order mark that reads "ï»¿" gives that away, and undoing it mends every accent).
So the bytes are decoded here, by trial, and the parser only sees characters.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Any

from index.errors import UnreadableFileError

DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
MOJIBAKE_BOM = "\u00ef\u00bb\u00bf"
MAX_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Tree:
    """The root element of an XML file and what was mended on the way, as Dutch lines."""

    root: Any
    warnings: tuple[str, ...]


def starts_as_xml(data: bytes) -> bool:
    """Whether `data` begins like XML, stray byte order marks and white space aside."""
    return beginning(data).startswith(("<?xml", "<officiele-publicatie", "<kamerwrk", "<metadata_gegevens"))


def beginning(data: bytes, size: int = 4096) -> str:
    """The first characters of `data` without byte order marks, white space and comments, in lower case."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data[: 2 * size].decode("utf-16", "replace")
    else:
        text = data[:size].decode("utf-8", "replace")
    text = text.lstrip("\ufeff \t\r\n").removeprefix(MOJIBAKE_BOM).lstrip("\ufeff \t\r\n")
    return text.lower()


def parse(data: bytes, name: str) -> Tree:
    """The tree of the XML in `data`; raises UnreadableFileError when it is not well-formed."""
    from lxml import etree

    text, warnings = _decoded(data, name)
    match = DECLARATION.match(text)
    body = text[match.end() :] if match else text
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(f"{name} is geen geldige XML ({_where(error)}). Haal het bestand opnieuw op.") from error
    if any(node.tag is etree.Entity for node in root.iter(etree.Entity)):
        warnings = (*warnings, f"{name}: verwijzingen naar entiteiten in de XML zijn niet gevolgd.")
    if _depth(root) > MAX_DEPTH:
        raise UnreadableFileError(f"{name}: de XML is te diep genest. Controleer het bestand.")
    return Tree(root, warnings)


def local(element: Any) -> str:
    """The element's name without namespace, in lower case; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    warnings: list[str] = []
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        stated = ENCODING.search(data[:1024])
        encoding = stated[1].decode("ascii") if stated else "cp1252"
        try:
            codecs.lookup(encoding)
        except LookupError:
            encoding = "cp1252"
        encoding = "cp1252" if encoding.lower().replace("-", "") in ("utf8", "usascii", "ascii") else encoding
        text = data.decode(encoding, "replace")
        if not stated or "\ufffd" in text or encoding == "cp1252":
            warnings.append(f"{name}: de codering klopt niet; gelezen als {encoding}. Kijk of letters met accenten kloppen.")
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith(MOJIBAKE_BOM):
        text = _twice(text.lstrip())
        warnings.append(f"{name}: een verdwaalde byte order mark en dubbel omgezette letters zijn hersteld.")
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped[:5] != text[:5] and not warnings:
        warnings.append(f"{name}: tekens voor het begin van de XML zijn overgeslagen.")
    return stripped, tuple(warnings)


def _twice(text: str) -> str:
    """`text` with one wrong conversion from UTF-8 undone."""
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text.removeprefix(MOJIBAKE_BOM)


def _where(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return f"regel {line}" if line else "beschadigd"


def _depth(root: Any) -> int:
    depth = deepest = 0
    from lxml import etree

    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
