"""`kamerbrief show LETTER`: the canonical text of a letter, or a span of it, exactly as stored.

Piped, the output is the text to the byte: no newline is added, so that a citation can be checked with it. On a terminal,
control characters are shown as a replacement sign, because a letter is somebody else's text.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from index.errors import KamerbriefError
from index.settings import Settings


def register(commands: Any) -> None:
    """Add `show` to `commands`, argparse's subparsers action."""
    show = commands.add_parser("show", help="toon de tekst van een brief, of een stuk ervan")
    show.add_argument("letter", metavar="BRIEF", help="bestandsnaam of Kamerstuknummer")
    show.add_argument("--start", type=int, metavar="N", help="vanaf dit teken, geteld vanaf 0 (standaard: het begin)")
    show.add_argument("--end", type=int, metavar="M", help="tot dit teken (standaard: het eind)")
    show.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the text."""
    from index.store import Letters

    letter = Letters.open(Path(settings.index)).letter(args.letter)
    start = 0 if args.start is None else args.start
    end = len(letter.text) if args.end is None else args.end
    if not 0 <= start <= end <= len(letter.text):
        raise KamerbriefError(
            f"Het stuk {start} tot {end} past niet in {letter.name}: die brief heeft {len(letter.text)} tekens. "
            "Kies --start en --end daarbinnen."
        )
    text = letter.text[start:end]
    if sys.stdout.isatty():
        from ui.render import printable

        print(printable(text))
        return 0
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    return 0
