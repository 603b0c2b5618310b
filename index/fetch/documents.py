"""Which file to take for a publication: its name, its addresses, and whether what came is the document.

The same publication exists in several forms; the order is that of how much a form states: XML, HTML, ODT, PDF. A server may
send an error page and call it a success, and the XML of some publications holds metadata alone, so what comes is looked at
before it is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import KamerbriefError
from index.loaders import docx, html, odt, official_xml, pdf
from index.official import dossier_key

FORMS = ("xml", "html", "odt", "pdf")
"""The forms in order of preference; each is also the ending of the file."""
OFFICIAL = (".overheid.nl", ".officielebekendmakingen.nl", ".officiele-overheidspublicaties.nl")
IDENTIFIER = re.compile(
    r"(?:kst-\d{5,7}(?:-[IVXLC]+[A-Z]?|-\d{2}|-[A-Z])?(?:-(?:\d{1,4}|[A-Z]{1,2}))?(?:-[bnh]\d{1,2})?"
    r"|(?:h|ah|kv|nds|ag)-(?:tk|ek|vv)-[\dA-Z]+(?:-[\dA-Z]+)*|blg-\d{1,9}|kst-\d{6,9})"
)
REFERENCE = re.compile(
    r"(?:kamerstuk(?:ken)?\s+)?(?:I{1,2}\s+)?(?P<dossier>\d{2}[\s.]?\d{3}(?:\s*-?\s*(?:[IVXLC]+|\d{2}))?)"
    r"\s*(?:,\s*(?:nr\.?\s*)?|\s+nr\.?\s*|-)\s*(?P<number>\d{1,4}|[A-Z]{1,2})",
    re.IGNORECASE,
)


class UnknownPublicationError(KamerbriefError):
    """Something is not the identifier of a publication."""


@dataclass(frozen=True, slots=True)
class Source:
    """One form of a publication and where it lies."""

    form: str
    url: str


def identifier(text: str) -> str:
    """The identifier that a user means by `text` ("kst-28676-471", "28676-471", "Kamerstuk 28 676, nr. 471").

    Raises UnknownPublicationError.
    """
    given = text.strip()
    lowered = re.sub(r"^(KST|AH|H|KV|BLG|NDS|AG)-(TK|EK)?", lambda m: m[0].lower(), given)
    if IDENTIFIER.fullmatch(lowered):
        return lowered
    match = REFERENCE.fullmatch(given.removeprefix("kst-"))
    dossier = dossier_key(match["dossier"].upper()) if match else None
    if match is None or dossier is None:
        raise UnknownPublicationError(f"'{text}' is geen Kamerstuknummer. Schrijf het als kst-28676-471 of 28676-471.")
    return f"kst-{dossier}-{match['number'].upper()}"


def sources(name: str, publication_url: str, repository_url: str, known: Mapping[str, str] | None = None) -> list[Source]:
    """Where the forms of the publication `name` may lie, the best first; `known` addresses by form come from a search."""
    base = publication_url.rstrip("/")
    found: list[Source] = []
    for form in FORMS:
        address = (known or {}).get(form)
        if address and is_trusted(address, publication_url, repository_url):
            found.append(Source(form, address))
        elif not known:
            found.append(Source(form, f"{base}/{name}.{form}"))
    return found


def metadata_source(name: str, publication_url: str, repository_url: str, known: Mapping[str, str] | None = None) -> str:
    """Where the metadata of a publication lie."""
    address = (known or {}).get("metadata")
    if address and is_trusted(address, publication_url, repository_url):
        return address
    return f"{publication_url.rstrip('/')}/{name}/metadata.xml"


def repository_source(name: str, form: str, repository_url: str) -> str | None:
    """The address of a Kamerstuk in the repository itself, for when the website does not answer; None for other kinds."""
    match = re.fullmatch(r"kst-(\d{5}(?:-[IVXLC]+[A-Z]?|-\d{2})?)-(?:\d{1,4}|[A-Z]{1,2})(?:-[bnh]\d{1,2})?", name)
    if match is None:
        return None
    return f"{repository_url.rstrip('/')}/frbr/officielepublicaties/kst/{match[1]}/{name}/1/{form}/{name}.{form}"


def is_trusted(url: str, *bases: str) -> bool:
    """Whether `url` lies at one of the servers that the settings name, or at an official one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    same = any(host == urlsplit(base).hostname and parts.port == urlsplit(base).port for base in bases)
    return parts.scheme in ("http", "https") and (same or (parts.scheme == "https" and host.endswith(OFFICIAL)))


def looks_like(form: str, content: bytes, url: str) -> bool:
    """Whether `content` that came from `url` is of this form, and not an error page that calls itself a success."""
    if "/errors/" in urlsplit(url).path.lower() or not content.strip():
        return False
    if form == "pdf":
        return pdf.accepts(content, url)
    if form == "odt":
        return odt.accepts(content, url) or docx.accepts(content, url)
    if form == "xml":
        return official_xml.accepts(content, url) and not html.accepts(content, url)
    return html.accepts(content, url) and not _is_error_page(content)


def is_metadata(content: bytes) -> bool:
    """Whether `content` is a metadata.xml."""
    return b"<metadata_gegevens" in content[:4096]


def _is_error_page(content: bytes) -> bool:
    text = content.decode("utf-8", "replace")
    titles = re.findall(r"<(?:title|h1)\b[^>]*>(.*?)</(?:title|h1)>", text, re.IGNORECASE | re.DOTALL)
    return "broodtekst" not in text and any(html.is_error_page(re.sub(r"<[^>]*>", " ", title)) for title in titles)
