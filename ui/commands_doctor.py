"""The commands of the group "doctor"."""

from typing import Any


def register(commands: Any) -> None:
    """Add this group's parsers to `commands`, argparse's subparsers action."""
