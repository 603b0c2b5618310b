"""`kamerbrief doctor`: is everything there that is needed, and how is it mended."""

import argparse
import json
from typing import Any

from index.settings import Settings


def register(commands: Any) -> None:
    """Add `doctor` to `commands`, argparse's subparsers action."""
    parser = commands.add_parser("doctor", help="controleer of alles er is wat nodig is, en zeg wat eraan te doen is")
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the findings as they come; 1 when something is broken."""
    from rag.doctor import Finding, broken, examine

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
