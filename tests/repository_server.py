"""A local server in the forms of the official repository, with made-up documents and with faults to order.

`Repository.documents` maps a path to the content served there; `faults` a path to a list of faults, each used once: an
int (that status), "cut" (the connection ends in mid-answer), "slow" (a pause before the answer), "error page" (an HTML page
with status 200), "wrong type" (HTML where XML is said). Records for SRU are put in `records`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

ERROR_PAGE = (
    b"<!DOCTYPE html><html><head><title>Pagina niet gevonden</title></head><body><h1>Niet gevonden</h1></body></html>"
)
GZD = "http://standaarden.overheid.nl/sru"
SRU = "http://docs.oasis-open.org/ns/search-ws/sruResponse"


def letter_xml(dossier: str, number: str, text: str) -> bytes:
    """A made-up letter in official XML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><metadata/><kamerstuk><kamerstukkop>'
        '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel></kamerstukkop><dossier>'
        f"<dossiernummer><dossiernr>{dossier[:2]} {dossier[2:]}</dossiernr></dossiernummer><titel>Verzonnen dossier</titel>"
        f'</dossier><stuk><stuknr>Nr. <ondernummer kamer="2">{number}</ondernummer></stuknr>'
        "<titel>BRIEF VAN DE MINISTER VAN VERZINSELS</titel><algemeen><vrije-tekst><tekst><al>Den Haag, 4 mei 2031</al>"
        f"<al>{text}</al></tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    ).encode()


def letter_html(text: str) -> bytes:
    """A made-up letter as a web page."""
    return (
        "<!DOCTYPE html><html><head><title>Kamerstuk 98765, nr. 3</title></head><body><nav>Menu</nav><article>"
        f'<div id="broodtekst"><h2>Verzonnen kop</h2><p>{text}</p></div></article></body></html>'
    ).encode()


def metadata_xml(identifier: str) -> bytes:
    """The metadata record of a made-up letter."""
    return (
        '<?xml version="1.0"?><metadata_gegevens>'
        f'<metadata name="DC.identifier" scheme="OVERHEIDop.ParlID" content="{identifier}"/>'
        '<metadata name="DCTERMS.issued" scheme="" content="2031-05-06"/>'
        '<metadata name="OVERHEIDop.vergaderjaar" scheme="" content="2030-2031"/></metadata_gegevens>'
    ).encode()


@dataclass(slots=True)
class Repository:
    """What the server has and does; `asked` are the paths that were asked for, in order."""

    documents: dict[str, bytes] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[int | str]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    url: str = ""

    def put(self, identifier: str, **forms: bytes) -> None:
        """Add a publication in the given forms with its metadata."""
        for form, content in forms.items():
            self.documents[f"/{identifier}.{form}"] = content
        self.documents[f"/{identifier}/metadata.xml"] = metadata_xml(identifier)

    def sru(self, query: dict[str, list[str]]) -> bytes:
        """A page of records in the form of SRU 2.0."""
        start, size = int(query["startRecord"][0]), int(query["maximumRecords"][0])
        self.queries.append(query["query"][0])
        page = self.records[start - 1 : start - 1 + size]
        following = start + len(page)
        more = f"<nextRecordPosition>{following}</nextRecordPosition>" if following <= len(self.records) else ""
        inner = "".join(self._record(record) for record in page)
        total = f"<numberOfRecords>{len(self.records)}</numberOfRecords>"
        return (
            f'<?xml version="1.0"?><searchRetrieveResponse xmlns="{SRU}">{total}'
            f"<records>{inner}</records>{more}</searchRetrieveResponse>"
        ).encode()

    def _record(self, record: dict[str, Any]) -> str:
        items = "".join(
            f'<itemUrl manifestation="{form}">{escape(self.url + path)}</itemUrl>' for form, path in record["urls"].items()
        )
        return (
            f'<record><recordData><gzd xmlns="{GZD}"><originalData><meta xmlns:dcterms="http://purl.org/dc/terms/"><owmskern>'
            f"<dcterms:identifier>{record['identifier']}</dcterms:identifier><dcterms:title>{escape(record['title'])}"
            f"</dcterms:title></owmskern></meta></originalData><enrichedData>{items}</enrichedData></gzd></recordData></record>"
        )


@contextmanager
def serving(repository: Repository) -> Iterator[Repository]:
    """Serve `repository` on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(repository))
    repository.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield repository
    finally:
        server.shutdown()
        server.server_close()


def _handler(repository: Repository) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            repository.asked.append(parts.path)
            fault = repository.faults[parts.path].pop(0) if repository.faults.get(parts.path) else None
            if isinstance(fault, int):
                self.answer(fault, b"", **repository.headers)
            elif fault == "error page":
                self.answer(200, ERROR_PAGE, content_type="text/html")
            elif fault == "cut":
                self.cut()
            else:
                if fault == "slow":
                    time.sleep(0.4)
                self.content(parts.path, parts.query, wrong=fault == "wrong type")

        def content(self, path: str, query: str, *, wrong: bool) -> None:
            content = repository.sru(parse_qs(query)) if path == "/sru" else repository.documents.get(path)
            if content is None:
                self.answer(404, b"")
                return
            etag = f'"{hash(content):x}"'
            if self.headers.get("If-None-Match") == etag:
                self.answer(304, b"", ETag=etag)
                return
            kind = "text/html" if wrong or path.endswith("html") else "application/octet-stream"
            self.answer(200, ERROR_PAGE if wrong else content, content_type=kind, ETag=etag)

        def answer(self, status: int, content: bytes, content_type: str = "text/plain", **headers: str) -> None:
            repository.statuses.append(status)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def cut(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"<?xml version='1.0'?><officiele-publicatie>")
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing: tests read the report."""

    return Handler
