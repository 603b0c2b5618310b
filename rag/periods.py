"""Periods: whether a letter or a sentence is about the time that a question names."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from index import dates

REPORTED = timedelta(days=60)
"""Letters report on a period until so long after it."""


def inside(day: date | None, periods: Sequence[dates.DateMention]) -> bool:
    """Whether `day` is in one of `periods`."""
    return day is not None and any(period.first <= day <= period.last for period in periods)


def dated_in(day: date | None, periods: Sequence[dates.DateMention]) -> bool:
    """Whether a letter of `day` was written in one of `periods`, or soon enough after it to report on it."""
    return day is not None and any(period.first <= day <= period.last + REPORTED for period in periods)


def speaks_of(text: str, day: date | None, periods: Sequence[dates.DateMention]) -> bool:
    """Whether a date in `text`, of a letter of `day`, overlaps one of `periods`."""
    told = _dates(text, day)
    return any(found.first <= period.last and period.first <= found.last for found in told for period in periods)


def elsewhere(text: str, day: date | None, periods: Sequence[dates.DateMention]) -> bool:
    """Whether `text`, of a letter of `day`, speaks of times that are none of `periods`; a text without a time does not."""
    told = bool(periods) and bool(_dates(text, day))
    return told and not dated_in(day, periods) and not speaks_of(text, day, periods)


@lru_cache(maxsize=4096)
def _dates(text: str, day: date | None) -> tuple[dates.DateMention, ...]:
    return tuple(dates.find(text, day))
