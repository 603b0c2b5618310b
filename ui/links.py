"""Links into the app: `?vraag=...` asks a question, `?brief=...&van=...&tot=...` opens a span of a letter.

A link for sharing carries a question or a span and never the token of a conversation. What comes in is checked: a link is
written by anyone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

TOKEN_FIELD = "gesprek"  # noqa: S105 - the name of a field, not a secret
PLACE_FIELDS = ("brief", "van", "tot")
LONGEST_QUESTION = 2000
OFFICIAL = "https://zoek.officielebekendmakingen.nl/{key}.html"
KEY = re.compile(r"kst-\d{5}(?:-[0-9A-Z()]+)*-[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A letter, by name or Kamerstuk number, and in it a span (None: its beginning)."""

    letter: str
    start: int | None = None
    end: int | None = None


def question_link(question: str) -> str:
    """The query string that asks `question`."""
    return "?" + urlencode({"vraag": question}, quote_via=quote)


def place_link(place: Place) -> str:
    """The query string that opens `place`."""
    values: dict[str, str | int] = {"brief": place.letter}
    if place.start is not None and place.end is not None:
        values |= {"van": place.start, "tot": place.end}
    return "?" + urlencode(values, quote_via=quote)


def asked_in(query: Mapping[str, str]) -> str | None:
    """The question that an address asks, cut to a length no person types, or None."""
    return query.get("vraag", "").strip()[:LONGEST_QUESTION] or None


def place_in(query: Mapping[str, str]) -> Place | None:
    """The place that an address opens; numbers that make no span are left out."""
    letter = query.get("brief", "").strip()
    if not letter:
        return None
    start, end = _number(query.get("van")), _number(query.get("tot"))
    if start is None or end is None or start >= end:
        return Place(letter)
    return Place(letter, start, end)


def official_link(key: str | None) -> str | None:
    """The letter's page on officielebekendmakingen.nl, where it has a Kamerstuk number of the usual form."""
    return OFFICIAL.format(key=quote(key)) if key and KEY.fullmatch(key) else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else None
