"""`kamerbrief doctor`: is everything there that is needed, and how is it mended.

`--pull` mends one thing itself: it fetches the model of the settings when Ollama runs without it.
"""

import argparse
import json
import sys
from typing import Any

from index.settings import Settings


def register(commands: Any) -> None:
    """Add `doctor` to `commands`, argparse's subparsers action."""
    parser = commands.add_parser("doctor", help="controleer of alles er is wat nodig is, en zeg wat eraan te doen is")
    parser.add_argument("--pull", action="store_true", help="haal eerst het taalmodel op als Ollama het niet heeft")
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the findings as they come; 1 when something is broken."""
    from rag.doctor import Finding, broken, examine

    if args.pull:
        pull_model(settings)
    findings: list[Finding] = []
    for finding in examine(settings):
        findings.append(finding)
        if not args.json:
            print(f"{finding.state:<7} {finding.name:<10} {finding.text}", flush=True)
            if finding.mend:
                print(f"{'':<18} {finding.mend}", flush=True)
    failed = broken(findings)
    if args.json:
        print(json.dumps({"ok": not failed, "findings": [f.to_dict() for f in findings]}, ensure_ascii=False, indent=2))
    else:
        print("Er is iets kapot; zie de regels met 'fout'." if failed else "Alles wat nodig is, werkt.")
    return 1 if failed else 0


def pull_model(settings: Settings) -> None:
    """Fetch the model of the settings when the server is up and lacks it, with a progress bar on a terminal.

    Raises an LLMError when that fails.
    """
    from tqdm import tqdm

    from rag.llm import split_model
    from rag.ollama_server import probe, pull

    provider, name = split_model(settings.model)
    found = probe(settings.ollama_host)
    if provider != "ollama" or not found.up or found.has(name):
        return
    with tqdm(desc=name, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

        def show(_status: str, completed: int, total: int) -> None:
            if total and total != bar.total:
                bar.reset(total)
            bar.update(completed - bar.n if total else 0)

        pull(name, settings.ollama_host, show)
    probe.cache_clear()
