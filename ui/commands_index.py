"""The commands of the group "index"."""

from typing import Any


def register(commands: Any) -> None:
    """Add this group's parsers to `commands`, argparse's subparsers action."""
