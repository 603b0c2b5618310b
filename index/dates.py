"""Dates and periods in Dutch text, as the days from first to last.

Letters say "13 maart jl.", "maart a.s.", "eind februari" or "17 en 18 oktober"; what such words mean depends on the day of
the letter, never on today. Without an anchor only dates that name a year are found.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "days", "month", "months", "season", "part", "year", "years"]
"""How exact a mention is: a day or some days, a month or months, a season, a part of a month or year, a year or years."""

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
SHORT = {
    "jan": 1,
    "feb": 2,
    "febr": 2,
    "mrt": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "dec": 12,
}
NUMBERS = {name: i + 1 for i, name in enumerate(MONTHS)} | SHORT
MONTH = r"(?:" + "|".join([*MONTHS, *(rf"{name}\.?" for name in sorted(SHORT, key=len, reverse=True))]) + r")(?![^\W\d_])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:19|20)\d{2}(?!\d)"
SAME_YEAR = 270
"""A date without a year that lies at most so many days from the letter in the letter's own year is of that year."""
PART = r"(?:begin|medio|half|midden|eind|einde)"
NEAR = r"(?:jongstleden|aanstaande|jl\.?|j\.l\.|a\.s\.?|as\.)"
SEASON = r"(?:lente|voorjaar|zomer|najaar|herfst|winter)"
SEASONS = {"lente": (3, 5), "voorjaar": (3, 5), "zomer": (6, 8), "najaar": (9, 11), "herfst": (9, 11), "winter": (12, 2)}
JOIN = r"\s*(?:en|t/m|tot en met|tot|–|-|—|/)\s*"
FORMS = (
    ("iso", rf"(?<![\d-])(?P<y>{YEAR})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?![\d-])"),
    ("numeric", rf"(?<![\d/.-])(?P<d>{DAY})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<y>{YEAR})"),
    (
        "day_span",
        rf"\b(?P<d>{DAY})(?:\s+(?P<m>{MONTH})(?:\s+(?P<y>{YEAR}))?)?{JOIN}(?P<d2>{DAY})\s+(?P<m2>{MONTH})"
        rf"(?:\s+(?P<y2>{YEAR})|\s+(?P<near>{NEAR}))?",
    ),
    ("day", rf"\b(?P<d>{DAY})\s+(?P<m>{MONTH})(?:\s+(?P<y>{YEAR})|\s+(?P<near>{NEAR}))?"),
    (
        "month_span",
        rf"\b(?P<m>{MONTH})(?:\s+(?P<y>{YEAR}))?{JOIN}(?P<m2>{MONTH})\s+(?P<y2>{YEAR})",
    ),
    ("part_month", rf"\b(?P<part>{PART})\s+(?P<m>{MONTH})(?:\s+(?P<y>{YEAR})|\s+(?P<near>{NEAR}))?"),
    (
        "month",
        rf"\b(?P<m>{MONTH})\s+(?:(?P<y>{YEAR})|(?P<near>{NEAR})|(?:van\s+)?(?P<this>dit jaar|vorig jaar|volgend jaar))",
    ),
    ("bare_month", rf"\b(?:in|per|sinds|vanaf|tot|voor|eind)\s+(?P<m>{'|'.join(MONTHS)})(?![^\W\d_])"),
    (
        "session",
        r"\b(?P<session>(?:parlementair jaar|vergaderjaar)\s+)?(?P<y>(?:19|20)\d{2})\s*[-–/]\s*(?P<y2>(?:19|20)\d{2})(?!\d)",
    ),
    ("year_span", rf"\b(?P<y>{YEAR})\s*(?:tot en met|t/m|tot|en)\s*(?P<y2>{YEAR})"),
    (
        "season",
        rf"\b(?:(?P<when>afgelopen|vorige|vorig|komende|aankomende|dit|deze|voor de|na de|eind van de)\s+)?(?P<s>{SEASON})"
        rf"(?:\s+(?:van\s+)?(?P<y>{YEAR}))?\b",
    ),
    ("part_year", rf"\b(?P<part>{PART})\s+(?P<y>{YEAR})"),
    ("relative_year", r"\b(?P<this>dit jaar|vorig jaar|afgelopen jaar|volgend jaar|komend jaar)\b"),
    ("year", rf"(?<![\d.,/-])(?<!nr\. )(?<!nr )(?<!nrs\. )(?<!nummer )(?P<y>{YEAR})(?![,.]\d)"),
)
HAS_YEAR = re.compile(YEAR)
HAS_MONTH = re.compile("jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec", re.IGNORECASE)
HAS_SEASON = re.compile(SEASON, re.IGNORECASE)
HAS_WORD = re.compile("jaar", re.IGNORECASE)
NEEDS = {
    **dict.fromkeys(("iso", "numeric", "session", "year_span", "part_year", "year"), HAS_YEAR),
    **dict.fromkeys(("day_span", "day", "month_span", "part_month", "month", "bare_month"), HAS_MONTH),
    "season": HAS_SEASON,
    "relative_year": HAS_WORD,
}
"""What each form cannot do without: a quick look for that saves most of the work in texts without dates."""
ANY = [(name, NEEDS[name], re.compile(form, re.IGNORECASE)) for name, form in FORMS]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period in characters `start` to `end` of a text: the days `first` to `last`, both included."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision


Reader = Callable[[re.Match[str], date | None], tuple[date, date, Precision] | None]


def find(text: str, anchor: date | None = None) -> list[DateMention]:
    """The dates and periods in `text`, in order and apart; relative ones are counted from `anchor` (the letter's date)."""
    found: list[DateMention] = []
    taken: list[tuple[int, int]] = []
    signs = {sign for sign in (HAS_YEAR, HAS_MONTH, HAS_SEASON, HAS_WORD) if sign.search(text)}
    for name, sign, form in ANY:
        if sign not in signs:
            continue
        for match in form.finditer(text):
            start, end = match.span()
            if any(start < right and left < end for left, right in taken):
                continue
            try:
                read = READERS[name](match, anchor)
            except (ValueError, OverflowError):
                taken.append((start, end))
                continue
            if read is not None:
                found.append(DateMention(start, end, *read))
                taken.append((start, end))
    return sorted(found, key=lambda mention: mention.start)


def prinsjesdag(year: int) -> date:
    """The third Tuesday of September, on which a parliamentary year (vergaderjaar) begins."""
    first = date(year, 9, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)


def _month(word: str) -> int:
    return NUMBERS[word.lower().rstrip(".")]


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(match: re.Match[str], anchor: date | None, month: int, day: int) -> int | None:
    """The printed year; else that of the last such day before ("jl."), the first after ("a.s."), or the nearest one."""
    printed = _group(match, "y2") or _group(match, "y")
    if printed:
        return int(printed)
    if anchor is None:
        return None
    this = (_group(match, "this") or "").lower()
    if this:
        return anchor.year + {"vorig jaar": -1, "volgend jaar": 1}.get(this, 0)
    near = (_group(match, "near") or "").lower()
    day = min(day, 28)
    if near.startswith(("j",)):
        return anchor.year if date(anchor.year, month, day) <= anchor else anchor.year - 1
    if near.startswith("a"):
        return anchor.year if _month_end(anchor.year, month) >= anchor else anchor.year + 1
    if abs((date(anchor.year, month, day) - anchor).days) <= SAME_YEAR:
        return anchor.year
    return min(anchor.year + 1, anchor.year - 1, key=lambda year: abs((date(year, month, day) - anchor).days))


def _full(match: re.Match[str], _anchor: date | None) -> tuple[date, date, Precision]:
    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return day, day, "day"


def _day(match: re.Match[str], anchor: date | None) -> tuple[date, date, Precision] | None:
    month = _month(match["m"])
    year = _year(match, anchor, month, int(match["d"]))
    if year is None:
        return None
    day = date(year, month, int(match["d"]))
    return day, day, "day"


def _day_span(match: re.Match[str], anchor: date | None) -> tuple[date, date, Precision] | None:
    month = _month(match["m2"])
    year = _year(match, anchor, month, int(match["d2"]))
    if year is None:
        return None
    last = date(year, month, int(match["d2"]))
    first_month = _month(match["m"]) if match["m"] else month
    first = date(int(match["y"]) if match["y"] else year, first_month, int(match["d"]))
    return (first, last, "days") if first <= last else None


def _month_span(match: re.Match[str], _anchor: date | None) -> tuple[date, date, Precision] | None:
    first = date(int(match["y"] or match["y2"]), _month(match["m"]), 1)
    last = _month_end(int(match["y2"]), _month(match["m2"]))
    return (first, last, "months") if first <= last else None


def _whole_month(match: re.Match[str], anchor: date | None) -> tuple[date, date, Precision] | None:
    month = _month(match["m"])
    year = _year(match, anchor, month, 15)
    return None if year is None else (date(year, month, 1), _month_end(year, month), "month")


def _part_month(match: re.Match[str], anchor: date | None) -> tuple[date, date, Precision] | None:
    whole = _whole_month(match, anchor)
    if whole is None:
        return None
    first, last, _ = whole
    part = match["part"].lower()
    if part == "begin":
        return first, first.replace(day=10), "part"
    if part.startswith("eind"):
        return first.replace(day=21), last, "part"
    return first.replace(day=11), first.replace(day=20), "part"


def _session(match: re.Match[str], _anchor: date | None) -> tuple[date, date, Precision] | None:
    first, last = int(match["y"]), int(match["y2"])
    if _group(match, "session"):
        return prinsjesdag(first), prinsjesdag(last) - timedelta(days=1), "years"
    return (date(first, 1, 1), date(last, 12, 31), "years") if first < last <= first + 30 else None


def _season(match: re.Match[str], anchor: date | None) -> tuple[date, date, Precision] | None:
    first_month, last_month = SEASONS[match["s"].lower()]
    when = (match["when"] or "").lower()
    if match["y"]:
        year = int(match["y"])
    elif anchor is None:
        return None
    else:
        year = anchor.year
        over = _month_end(year + (last_month < first_month), last_month) < anchor
        begun = date(year, first_month, 1) <= anchor
        if when in ("afgelopen", "vorige", "vorig") and not begun:
            year -= 1
        elif when in ("voor de", "komende", "aankomende") and over:
            year += 1
    first = date(year, first_month, 1)
    last = _month_end(year + (last_month < first_month), last_month)
    if when == "voor de":
        last = first - timedelta(days=1)
        first = min(anchor, last) if anchor is not None else date(year, 1, 1)
    return first, last, "season"


def _part_year(match: re.Match[str], _anchor: date | None) -> tuple[date, date, Precision]:
    year, part = int(match["y"]), match["part"].lower()
    months = (1, 3) if part == "begin" else (10, 12) if part.startswith("eind") else (5, 8)
    return date(year, months[0], 1), _month_end(year, months[1]), "part"


def _relative_year(match: re.Match[str], anchor: date | None) -> tuple[date, date, Precision] | None:
    if anchor is None:
        return None
    word = match["this"].lower().split()[0]
    year = anchor.year + {"vorig": -1, "afgelopen": -1, "volgend": 1, "komend": 1}.get(word, 0)
    return date(year, 1, 1), date(year, 12, 31), "year"


def _whole_year(match: re.Match[str], _anchor: date | None) -> tuple[date, date, Precision]:
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), "year"


READERS: dict[str, Reader] = {
    "iso": _full,
    "numeric": _full,
    "day_span": _day_span,
    "day": _day,
    "month_span": _month_span,
    "part_month": _part_month,
    "month": _whole_month,
    "bare_month": _whole_month,
    "session": _session,
    "year_span": _session,
    "season": _season,
    "part_year": _part_year,
    "relative_year": _relative_year,
    "year": _whole_year,
}
