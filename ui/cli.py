"""The command line: parse, call one function to the left, show what comes back, exit code.

Each group of commands is a module of its own (ui/commands_*.py) with a `register` that adds its parsers; nothing heavy is
imported before a command runs, so that `kamerbrief --help` stays quick. Exit codes: 0 answered or done, 1 an error in one
Dutch line on stderr, 2 wrong usage, 3 the question was refused.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from index.errors import KamerbriefError
from index.settings import Settings, read_settings
from ui.dutch_argparse import DutchParser

GROUPS = ("ask", "index", "show", "eval", "fetch", "doctor", "app")
"""Modules ui.commands_<group>, in the order in which help shows them."""

Run = Callable[[argparse.Namespace, Settings], int]


def build_parser() -> argparse.ArgumentParser:
    """The parser with all commands; every command sets `run` (a Run) and may set `settings_from`, see `main`."""
    parser = DutchParser(
        prog="kamerbrief",
        description="Stel vragen aan Kamerbrieven. Elk antwoord noemt de brief en de letterlijke passage waar het staat.",
    )
    parser.add_argument("--index", metavar="MAP", help="map waarin de index staat (standaard: .kamerbrief)")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    for group in GROUPS:
        import_module(f"ui.commands_{group}").register(commands)
    for command in _all_commands(commands):
        command.add_argument("--index", metavar="MAP", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def _all_commands(commands: Any) -> Iterator[argparse.ArgumentParser]:
    """Every parser below, so that `--index` may stand before or after the command."""
    for parser in dict.fromkeys(commands.choices.values()):
        nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if nested:
            yield from _all_commands(nested[0])
        else:
            yield parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; options that carry a setting's name overrule the other sources."""
    args = build_parser().parse_args(argv)
    try:
        names = Settings.__dataclass_fields__
        settings = read_settings({name: value for name, value in vars(args).items() if name in names})
        run: Run = args.run
        return run(args, settings)
    except KamerbriefError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Afgebroken.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
