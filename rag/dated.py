"""Dates of a statement against those of its sources.

A relative date ("20 februari jl.") means what it means in its own letter. A statement may be coarser than its source (the
month of a day), never finer; it may also name the date of the letter itself, as the date of a state of affairs.
"""

import re
from collections.abc import Sequence
from datetime import date

from index import dates
from rag import quantity
from rag.source import Source

LETTER_WORDS = re.compile(r"\b(?:brief|brieven|verslag|agenda|nota|stand)\b", re.IGNORECASE)
YEAR_PAIR = re.compile(r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d")
YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d,]|\.\d)")


def wrong_dates(text: str, sources: Sequence[Source]) -> list[str]:
    """Why dates of statement `text` are not those of `sources` (Dutch clauses); empty when all are.

    A date must be in a source, or hold one that is (the year of a day). The letter's own date counts where the statement
    speaks of the letter, opens with it, or compares letters.
    """
    told = [mention for source in sources for mention in dates.find(source.text, source.letter_date)]
    of_letters = [(source.letter_date, source.letter_date) for source in sources if source.letter_date is not None]
    days = [(mention.first, mention.last) for mention in told]
    if LETTER_WORDS.search(text) or len(set(of_letters)) > 1:
        days += of_letters
    anchors = {source.letter_date for source in sources}
    readings = [dates.find(text, anchor) for anchor in sorted(anchors, key=str)]
    years = {day.year for first, last in days for day in (first, last)}
    years |= {int(year) for source in sources for year in YEAR.findall(source.text)}
    wrong = []
    for index, mention in enumerate(readings[0]):
        if YEAR_PAIR.fullmatch(text, mention.start, mention.end) and {mention.first.year, mention.last.year} <= years:
            continue
        alternatives = [reading[index] for reading in readings if index < len(reading)]
        here = days + of_letters if _names_the_state(text, mention) else days
        if not any(_is_told(m, here) for m in alternatives):
            wrong.append(f"de datum {' '.join(text[mention.start : mention.end].split())} staat niet in de bron")
    covered = [(mention.start, mention.end) for mention in readings[0]]
    for match in YEAR.finditer(text):
        inside = any(start <= match.start() < end for start, end in covered)
        if not inside and int(match[0]) not in years and not _counted(text, match.start()):
            wrong.append(f"het jaar {match[0]} staat niet in de bron")
    return wrong


def _is_told(claim: dates.DateMention, days: Sequence[tuple[date, date]]) -> bool:
    """Whether the source's periods hold the claim: the same one, one inside it, or for a span its two ends."""
    if any((claim.first, claim.last) == period for period in days):
        return True
    if claim.precision in ("month", "season", "part", "year"):
        return any(claim.first <= first and last <= claim.last for first, last in days)
    ends = claim.precision in ("days", "months", "years")
    return ends and any(first == claim.first for first, _ in days) and any(last == claim.last for _, last in days)


def _names_the_state(text: str, mention: dates.DateMention) -> bool:
    """Whether a date opens the statement or stands in brackets, as the date of a state of affairs does."""
    before = re.sub(r"^\W*(?:in|op|per|begin|eind|medio)\b", "", text[: mention.start].strip(), flags=re.IGNORECASE)
    return not before.strip(" (") or text[: mention.start].rstrip().endswith("(")


def _counted(text: str, start: int) -> bool:
    return any(q.start <= start < q.end for q in quantity.find(text))
