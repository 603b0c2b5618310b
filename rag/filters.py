"""Filters: which letters a question may be answered from."""

from dataclasses import dataclass
from datetime import date

from index.letter import Chamber


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions that a user set by option; None means "any". `letter` is a file name or a Kamerstuk number.

    `since` and `until` are inclusive letter dates; a letter without a date falls outside both. `dossier` is normalised
    ("28676", "21501-28"). `sender` and `kind` match as case-insensitive parts.
    """

    since: date | None = None
    until: date | None = None
    dossier: str | None = None
    chamber: Chamber | None = None
    letter: str | None = None
    sender: str | None = None
    kind: str | None = None
