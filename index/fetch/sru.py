"""Asking the repository what it has: SRU, the search protocol of repository.overheid.nl.

A question is CQL; the answer comes in pages of records that name every form of a publication with its address. Element
names are read without their namespaces, which differ between versions of the protocol.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from index.errors import UnreadableFileError
from index.fetch.client import Client, FetchError
from index.loaders.xmltree import local, parse

PAGE = 100
PRODUCT = "c.product-area==officielepublicaties"
MAX_RECORDS = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """A publication that the repository has: its identifier, title, and address by form ("xml", "html", "pdf", ...)."""

    identifier: str
    title: str
    urls: dict[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The records that a search gave, and the number that there are."""

    records: tuple[Record, ...]
    total: int


def dossier_query(dossier: str, since: date | None = None) -> str:
    """The question for all Kamerstukken of a dossier ("28676", "21501-28", "36600-VII"), `since` a day by their date."""
    parts = [PRODUCT, "w.publicatienaam=Kamerstuk", f"w.dossiernummer=={dossier}"]
    return " AND ".join(parts + ([f"dt.date>={since.isoformat()}"] if since else []))


def text_query(words: str, since: date | None = None) -> str:
    """The question for all Kamerstukken in which `words` occur."""
    quoted = words.replace("\\", " ").replace('"', " ").strip()
    parts = [PRODUCT, "w.publicatienaam=Kamerstuk", f'cql.textAndIndexes="{quoted}"']
    return " AND ".join(parts + ([f"dt.date>={since.isoformat()}"] if since else []))


def search(client: Client, base: str, query: str, limit: int = MAX_RECORDS) -> Found:
    """The first `limit` records that answer `query`, and how many there are in all.

    Raises FetchError when the repository does not answer, refuses the question, or answers something else.
    """
    records: dict[str, Record] = {}
    start = 1
    while True:
        page = _ask(client, base, query, start, min(PAGE, limit - len(records)))
        for record in page.records:
            records.setdefault(record.identifier, record)
        start = page.next or start + len(page.records)
        last = start > page.total or (page.next is None and len(page.records) < PAGE)
        if not page.records or last or len(records) >= limit:
            return Found(tuple(records.values())[:limit], max(page.total, len(records)))


@dataclass(frozen=True, slots=True)
class _Page:
    records: Sequence[Record]
    total: int
    next: int | None


def _ask(client: Client, base: str, query: str, start: int, size: int) -> _Page:
    parameters = {
        "operation": "searchRetrieve",
        "version": "2.0",
        "x-connection": "officielepublicaties",
        "recordSchema": "gzd",
        "httpAccept": "application/xml",
        "startRecord": start,
        "maximumRecords": size,
        "query": query,
    }
    url = f"{base.rstrip('/')}/sru?{urlencode(parameters)}"
    answer = client.get(url)
    if answer.status >= 400:
        raise FetchError(f"De repository beantwoordt de zoekvraag niet (antwoord {answer.status} van {base}).")
    try:
        root = parse(answer.content, "het antwoord").root
    except UnreadableFileError as error:
        raise FetchError(
            f"De repository gaf een foutpagina in plaats van een antwoord ({base}). Probeer het later."
        ) from error
    if local(root) != "searchretrieveresponse":
        raise FetchError(f"De repository gaf een foutpagina in plaats van een antwoord ({base}). Probeer het later.")
    problem = next((_text(element) for element in root.iter("{*}diagnostic")), None)
    if problem:
        raise FetchError(f"De repository begrijpt de zoekvraag niet: {problem[:150]}")
    following = _number(root, "nextRecordPosition")
    return _Page([_record(element) for element in root.iter("{*}record")], _number(root, "numberOfRecords") or 0, following)


def _record(element: Any) -> Record:
    identifier = _first(element, "identifier") or _first(element, "recordIdentifier") or ""
    urls: dict[str, str] = {}
    for item in element.iter("{*}itemUrl"):
        form, address = (item.get("manifestation") or "").lower(), _text(item)
        if form and address:
            urls.setdefault(form, address)
    return Record(identifier, _first(element, "title") or "", urls)


def _first(element: Any, name: str) -> str | None:
    return next((text for found in element.iter(f"{{*}}{name}") if (text := _text(found))), None)


def _number(element: Any, name: str) -> int | None:
    text = _first(element, name)
    return int(text) if text and text.isdigit() else None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
