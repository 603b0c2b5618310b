"""`kamerbrief fetch`: publications from the official repository into a folder, and if asked into the index.

The report has a line for every publication; `--json` gives the same as one object. 1 when one is missing or failed.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.settings import Settings
from ui.render import one_line

if TYPE_CHECKING:
    from index.fetch.client import Client
    from index.fetch.job import Line, Report, Wanted

OUTCOMES = {
    "fetched": "opgehaald",
    "updated": "bijgewerkt",
    "unchanged": "ongewijzigd",
    "missing": "niet gevonden",
    "failed": "mislukt",
}
"""The words of the report, by index.fetch.job.Outcome, in the order of the summary."""


def register(commands: Any) -> None:
    """Add `fetch` to `commands`, argparse's subparsers action."""
    fetch = commands.add_parser(
        "fetch",
        help="haal Kamerstukken op van de officiële website",
        description="Haal Kamerstukken op van officielebekendmakingen.nl. Een tweede keer haalt alleen op wat veranderd is.",
    )
    fetch.add_argument("numbers", nargs="*", metavar="NUMMER", help="Kamerstuknummer, zoals kst-28676-471 of 28676-471")
    fetch.add_argument("--dossier", metavar="NUMMER", help="alle stukken van een dossier, zoals 28676 of 21501-28")
    fetch.add_argument("--query", metavar="WOORDEN", help="stukken waarin deze woorden voorkomen")
    fetch.add_argument("--since", metavar="DATUM", type=_day, help="alleen stukken vanaf deze dag (jjjj-mm-dd)")
    fetch.add_argument("--max", metavar="AANTAL", type=_count, default=500, help="haal ten hoogste zoveel stukken op (500)")
    fetch.add_argument("--out", metavar="MAP", type=Path, default=Path("brieven"), help="map voor de bestanden (brieven)")
    fetch.add_argument("--add", action="store_true", help="voeg de stukken meteen toe aan de index")
    fetch.add_argument("--json", action="store_true", help="uitvoer als JSON")
    fetch.set_defaults(run=run_fetch, parser=fetch)


def run_fetch(args: argparse.Namespace, settings: Settings) -> int:
    """Fetch, report, and add to the index if asked; 1 when something is missing or was refused."""
    from index.fetch.client import Client
    from index.fetch.job import fetch
    from index.sandbox import Sandbox

    if not (args.numbers or args.dossier or args.query):
        args.parser.error("noem een Kamerstuknummer, of kies --dossier of --query")
    if args.since and not (args.dossier or args.query):
        args.parser.error("--since hoort bij --dossier of --query")
    with Client() as client, Sandbox() as sandbox, _bar() as progress:
        wanted, notices = _wanted(args, settings, client)
        report = fetch(
            wanted,
            args.out,
            client,
            sandbox.load,
            publication_url=settings.publication_url,
            repository_url=settings.repository_url,
            total=len(wanted),
            progress=progress,
        )
    for notice in notices:
        print(notice, file=sys.stderr)
    if not args.json:
        print(*report_lines(report), sep="\n")
    added = _add(report, settings) if args.add and report.files else None
    if args.json:
        whole = {**asdict(report), "index": asdict(added) if added else None}
        print(json.dumps(whole, ensure_ascii=False, indent=1, default=str))
    elif added:
        from ui.commands_index import report_lines as index_lines

        print(*index_lines(added), sep="\n")
    return 1 if report.failed or (added is not None and added.failed) else 0


def report_lines(report: "Report") -> Iterator[str]:
    """The report for people: a line for every publication, warnings below it, and a summary."""
    for line in report.lines:
        yield _report_line(line)
        for warning in line.warnings:
            yield f"{'':15}let op: {one_line(warning)}"
    counted = [(word, sum(line.outcome == outcome for line in report.lines)) for outcome, word in OUTCOMES.items()]
    done = ", ".join(f"{count} {word}" for word, count in counted if count) or "niets gevonden"
    yield f"{done[0].upper()}{done[1:]}."


def _report_line(line: "Line") -> str:
    word = f"{OUTCOMES[line.outcome]:15}{one_line(line.identifier)}"
    if line.file is None:
        return f"{word}: {one_line(line.reason)}"
    return f"{word}: {one_line(line.file)} ({line.form}, {max(1, round(line.size / 1000))} kB)"


def _wanted(args: argparse.Namespace, settings: Settings, client: "Client") -> "tuple[list[Wanted], list[str]]":
    """The publications asked for, each once, and what the user should know about the search."""
    from index.fetch import sru
    from index.fetch.documents import identifier
    from index.fetch.job import Wanted

    wanted = {name: Wanted(name) for name in map(identifier, args.numbers)}
    queries = [sru.dossier_query(_dossier(args.dossier), args.since)] if args.dossier else []
    queries += [sru.text_query(args.query, args.since)] if args.query else []
    notices: list[str] = []
    for query in queries:
        found = sru.search(client, settings.repository_url, query, args.max)
        for record in found.records:
            wanted.setdefault(record.identifier, Wanted(record.identifier, record.urls))
        if found.total > len(found.records):
            notices.append(
                f"Er zijn {found.total} stukken; de eerste {len(found.records)} zijn gekozen. Meer kan met --max."
            )
    return list(wanted.values()), notices


def _dossier(text: str) -> str:
    from index.fetch.documents import UnknownPublicationError
    from index.official import dossier_key

    key = dossier_key(text.upper())
    if key is None:
        raise UnknownPublicationError(f"'{text}' is geen dossiernummer. Schrijf het als 28676, 21501-28 of 36600-VII.")
    return key


def _add(report: "Report", settings: Settings) -> Any:
    from index.embed import open_embedder
    from index.update import add

    with _bar() as progress:
        return add(
            Path(settings.index),
            list(report.files),
            open_embedder(settings),
            max_bytes=settings.max_file_mib * 2**20,
            progress=progress,
        )


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr, only on a terminal; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit="stuk", leave=False, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total or None
            bar.n = done
            bar.refresh()

        yield show


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is geen datum als 2024-10-28") from error


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' is geen aantal")
    return int(text)
