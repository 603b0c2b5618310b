"""The commands of the group "eval": measure the assistant against questions with known answers."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from index.settings import Settings


def register(commands: Any) -> None:
    """Add this group's parsers to `commands`, argparse's subparsers action."""
    group = commands.add_parser(
        "eval",
        help="meet hoe goed de antwoorden zijn",
        description="Meet hoe goed de antwoorden zijn, met vragen waarvan het antwoord bekend is.",
    )
    steps = group.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    _register_run(steps)


def _register_run(steps: Any) -> None:
    parser = steps.add_parser(
        "run",
        help="stel alle vragen van een bestand en tel wat goed ging",
        description="Stel alle vragen van een bestand, tel wat goed ging en bewaar de antwoorden. "
        "Wordt de meting afgebroken, geef dan dezelfde opdracht nog eens: zij gaat verder waar zij was.",
    )
    parser.add_argument("gold", metavar="VRAGEN", type=Path, help="bestand met vragen (JSON-regels, zie docs/evaluation.md)")
    parser.add_argument("--out", metavar="MAP", type=Path, required=True, help="map voor antwoorden, cijfers en verslag")
    parser.add_argument(
        "--reader",
        choices=("extractive", "ollama", "auto"),
        default="extractive",
        help="wie de antwoorden maakt (standaard: extractive)",
    )
    parser.add_argument("-k", type=int, metavar="N", help="aantal passages dat de lezer ziet")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="aantal vragen tegelijk (standaard: 2)")
    parser.add_argument("--restart", action="store_true", help="gooi weg wat er in MAP staat en begin opnieuw")
    parser.add_argument("--json", action="store_true", help="toon de cijfers als JSON")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, settings: Settings) -> int:
    from eval.asker import AssistantAsker
    from eval.gold import read_gold
    from eval.report_html import report_html
    from eval.report_markdown import report_markdown
    from eval.run import run_gold, write_file
    from eval.show import run_text

    gold = read_gold(args.gold)
    asker = AssistantAsker(settings)
    run = run_gold(gold, asker, args.out, jobs=args.jobs, restart=args.restart)
    write_file(run.folder / "report.html", report_html(run, asker.text).encode())
    write_file(run.folder / "report.md", report_markdown(run).encode())
    for warning in run.warnings:
        print(warning, file=sys.stderr)
    print(json.dumps(run.summary.to_dict(), ensure_ascii=False, indent=2) if args.json else run_text(run))
    return 0
