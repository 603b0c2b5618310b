"""`kamerbrief index ...`: which letters can be asked about.

The report has a line for every file, so that none is skipped without a word; `--json` gives the same as one object.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.settings import Settings
from ui.render import one_line

if TYPE_CHECKING:
    from index.check import Status, Verification
    from index.database import LetterInfo
    from index.update import Progress, Report, ReportLine

OUTCOMES = {
    "added": "toegevoegd",
    "updated": "bijgewerkt",
    "unchanged": "ongewijzigd",
    "duplicate": "dubbel",
    "refused": "geweigerd",
    "skipped": "overgeslagen",
    "gone": "bestand weg",
    "removed": "verwijderd",
}
"""The words of the report, by index.update.Outcome, in the order of the summary."""
CHAMBERS = {"tk": "Tweede Kamer", "ek": "Eerste Kamer"}


def register(commands: Any) -> None:
    """Add `index` with its own commands to `commands`, argparse's subparsers action."""
    index = commands.add_parser("index", help="voeg brieven toe, bekijk ze of haal ze weg")
    actions = index.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)

    add = actions.add_parser("add", help="voeg bestanden en mappen toe; alleen wat nieuw of veranderd is, wordt gelezen")
    add.add_argument("paths", nargs="+", metavar="PAD", type=Path, help="een bestand of een map met brieven")
    add.add_argument("--sync", action="store_true", help="verwijder ook de brieven waarvan het bestand weg is")
    add.add_argument("--rebuild", action="store_true", help="begin opnieuw: de index bevat daarna alleen deze brieven")
    add.add_argument("--embedder", metavar="MODEL", help="het embeddingmodel: embedded, of een naam of map")
    add.set_defaults(run=run_add)

    remove = actions.add_parser("remove", help="haal brieven uit de index")
    remove.add_argument("letters", nargs="+", metavar="BRIEF", help="bestandsnaam of Kamerstuknummer")
    remove.set_defaults(run=run_remove)

    show = actions.add_parser("list", help="toon de brieven in de index")
    show.set_defaults(run=run_list)
    state = actions.add_parser("status", help="toon hoe de index ervoor staat")
    state.set_defaults(run=run_status)
    check = actions.add_parser("verify", help="controleer of de index nog heel is")
    check.set_defaults(run=run_verify)
    for parser in (add, remove, show, state, check):
        parser.add_argument("--json", action="store_true", help="uitvoer als JSON")


def run_add(args: argparse.Namespace, settings: Settings) -> int:
    """Add files and folders; 1 when one was refused."""
    from index.embed import open_embedder
    from index.update import add

    embedder = open_embedder(settings)
    with _bar() as progress, _bar("bladzijde") as pages:
        report = add(
            Path(settings.index),
            args.paths,
            embedder,
            sync=args.sync,
            rebuild=args.rebuild,
            max_bytes=settings.max_file_mib * 2**20,
            progress=progress,
            pages=pages,
        )
    return _show(report, as_json=args.json)


def run_remove(args: argparse.Namespace, settings: Settings) -> int:
    """Remove letters and all that is left of them."""
    from index.update import remove

    return _show(remove(Path(settings.index), args.letters), as_json=args.json)


def run_list(args: argparse.Namespace, settings: Settings) -> int:
    """The letters, by name."""
    from index.store import Letters

    letters = Letters.open(Path(settings.index)).letters()
    if args.json:
        print(_json([asdict(info) for info in letters]))
        return 0
    for info in letters:
        print(*_letter_lines(info), sep="\n")
    print(f"{len(letters)} brieven" if len(letters) != 1 else "1 brief")
    return 0


def run_status(args: argparse.Namespace, settings: Settings) -> int:
    """The state of the index."""
    from index.check import status

    found = status(Path(settings.index))
    print(_json(asdict(found)) if args.json else "\n".join(_status_lines(found)))
    return 0


def run_verify(args: argparse.Namespace, settings: Settings) -> int:
    """Recompute the hashes; 1 when something is damaged."""
    from index.check import verify

    found = verify(Path(settings.index))
    print(_json(asdict(found)) if args.json else "\n".join(_verify_lines(found)))
    return 1 if found.damage else 0


# -- as text


def report_lines(report: "Report") -> Iterator[str]:
    """The report for people: a line for every file, its warnings below it, and a summary."""
    for line in report.lines:
        yield _report_line(line)
        for warning in line.warnings:
            yield f"{'':14}let op: {one_line(warning)}"
    counted = [(word, sum(line.outcome == outcome for line in report.lines)) for outcome, word in OUTCOMES.items()]
    done = ", ".join(f"{count} {word}" for word, count in counted if count) or "niets gedaan"
    state = (
        f"De index telt {_number(report.letters, 'brief', 'brieven')} en {_number(report.passages, 'passage', 'passages')}"
    )
    version = f" (versie {report.generation})" if report.generation else ""
    yield f"{done[0].upper()}{done[1:]}. {state}{version}."
    if report.erased:
        older = f" Oudere versies van de index zijn ook gewist ({', '.join(report.cleared)})." if report.cleared else ""
        yield f"De verwijderde tekst staat nergens meer in de index.{older}"


def _report_line(line: "ReportLine") -> str:
    word = f"{OUTCOMES[line.outcome]:14}"
    if line.outcome == "refused":
        return f"{word}{_shown(line.path)}: {one_line(line.reason)}"
    return word + _shown(line.path) + (f": {one_line(line.reason)}" if line.reason else "")


def _letter_lines(info: "LetterInfo") -> Iterator[str]:
    yield one_line(info.name)
    facts = [
        info.date.isoformat() if info.date else "zonder datum",
        info.key,
        CHAMBERS.get(info.chamber or ""),
        info.kind,
        "scan" if info.quality == "ocr" else None,
        _number(info.passage_count, "passage", "passages"),
    ]
    yield f"    {one_line(info.title)}"
    yield "    " + one_line(", ".join(fact for fact in facts if fact))
    for path in info.paths[1:]:
        yield f"    ook als {_shown(path)}"


def _status_lines(status: "Status") -> Iterator[str]:
    yield f"Map            {_shown(str(status.folder))}"
    yield f"Versie         {status.generation}, van {status.changed.astimezone():%Y-%m-%d %H:%M}"
    yield f"Bewaard        {', '.join(status.generations)}"
    yield f"Brieven        {status.letters}"
    yield f"Passages       {status.passages}, met {status.sentences} zinnen"
    yield f"Grootte        {status.bytes / 2**20:.1f} MiB"
    model = status.embedder
    yield f"Model          {one_line(model.name)} ({model.revision}, {model.dimension} getallen per tekst)"
    if status.scanned:
        yield f"Scans          {_number(status.scanned, 'brief', 'brieven')}; de tekst kan leesfouten hebben"
    if status.undated:
        yield f"Zonder datum   {_number(status.undated, 'brief', 'brieven')}; die vallen buiten --since en --until"
    for path in status.missing:
        yield f"Bestand weg    {_shown(path)}"


def _verify_lines(found: "Verification") -> Iterator[str]:
    for damage in found.damage:
        letters = f" (brieven: {', '.join(map(one_line, damage.letters[:5]))}" if damage.letters else ""
        more = f" en {len(damage.letters) - 5} meer" if len(damage.letters) > 5 else ""
        yield f"Beschadigd: {damage.file} {damage.what}{letters}{more}{')' if letters else ''}."
    if found.mend:
        yield f"Herstel de index zo: {found.mend}"
    else:
        yield f"De index is heel: {_number(found.files, 'bestand', 'bestanden')} gecontroleerd, versie {found.generation}."


def _number(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _shown(path: str) -> str:
    """A path as people read it: from the current folder where it lies below that."""
    here = os.getcwd() + os.sep  # noqa: PTH109 - a string is what is compared
    return one_line(path.removeprefix(here))


# -- as JSON


def _show(report: "Report", *, as_json: bool) -> int:
    if as_json:
        print(_json(asdict(report)))
    else:
        print(*report_lines(report), sep="\n")
    return 1 if report.failed else 0


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


# -- progress


class _bar:  # noqa: N801 - used as a function: with _bar() as progress
    """A progress bar on stderr that counts `unit`s, only on a terminal; gives None elsewhere."""

    def __init__(self, unit: str = "brief") -> None:
        self._unit = unit

    def __enter__(self) -> "Progress | None":
        self._bar: Any = None
        if not sys.stderr.isatty():
            return None
        from tqdm import tqdm

        self._bar = tqdm(total=0, unit=self._unit, file=sys.stderr, leave=False)
        return self._advance

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def _advance(self, done: int, total: int) -> None:
        if done < self._bar.n:
            self._bar.reset()
        self._bar.total = total
        self._bar.update(done - self._bar.n)
