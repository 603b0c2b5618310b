"""Dutch dates in running text."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "season", "year"]

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
FULL = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period at `start` to `end`: from `first` to `last`, both included."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision


def find(text: str, anchor: date | None = None) -> list[DateMention]:
    """The dates in `text`."""
    found = []
    for match in FULL.finditer(text):
        try:
            day = date(int(match[3]), MONTHS.index(match[2].lower()) + 1, int(match[1]))
        except ValueError:
            continue
        found.append(DateMention(match.start(), match.end(), day, day, "day"))
    return found
