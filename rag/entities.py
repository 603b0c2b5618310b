"""What kinds of answers a sentence could hold: amounts, dates, persons, places and so on.

Used by the reader to see whether a sentence holds the kind of thing that is asked for, beyond what the question itself
already names. Recognition is by rule; values are found by rag/quantity.py and index/dates.py.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from index import analyze
from index.dates import find as find_dates
from rag import quantity
from rag.answer_type import AnswerType

FUNCTION = (
    r"minister(?:-president)?|staatssecretaris|premier|president|voorzitter|commissaris|eurocommissaris|secretaris-generaal|"
    r"(?:kamer)?lid|leden|hoogleraar|analist|analisten|directeur|generaal|admiraal|ambassadeur|motie|moties|gezant|vertegenwoordiger"
)
PERSON = re.compile(
    rf"\b(?:{FUNCTION})\b[^.;]{{0,40}}?\s(?-i:[A-Z][a-zë]+)|\b(?-i:(?:[A-Z]\.){{1,4}}\s?(?:van |de |der |den )*[A-Z][a-z]+)|"
    r"\b(?:heer|mevrouw)\s(?-i:[A-Z])",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:organisatie|agentschap|instituut|agency|commissie|raad|stichting|fonds|dienst|hof|strafhof|bureau|autoriteit|fractie|"
    r"ministerie|university|universiteit|institution|bank|inspectie|bond|vereniging|court|command)\b|\([A-Z][A-Za-z]{1,9}\)",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\b(omdat|daarom|vanwege|doordat|zodat|aangezien|om [a-z ]{0,40}te|immers|reden(en)?|hierdoor|waardoor|daardoor|gezien|"
    r"met als doel|doel|opdat|dankzij|draagt bij|van belang|noodzaak)\b"
)
DEFINITION = re.compile(
    r"\(\w+\)|\b(is een|zijn een|houdt in|betekent|staat voor|wordt verstaan|omvat|betreft|heeft als doel)\b", re.IGNORECASE
)
SERIES = re.compile(r"\w+(?:,| en| alsmede| alsook| evenals) [^.]{2,60}?(?:,| en | of | alsmede )")

_QUANTITIES = {
    AnswerType.AMOUNT: "amount",
    AnswerType.PERCENTAGE: "percentage",
    AnswerType.NUMBER: "number",
    AnswerType.DURATION: "duration",
}
_PATTERNS = {
    AnswerType.PERSON: PERSON,
    AnswerType.ORGANISATION: ORGANISATION,
    AnswerType.DEFINITION: DEFINITION,
    AnswerType.LIST: SERIES,
}


@lru_cache(maxsize=32768)
def holds(text: str, wanted: AnswerType) -> bool:
    """Whether the reading text of one sentence holds the kind of thing that `wanted` names; never so for kinds that cannot
    be recognised (yes or no, other). Only that kind is looked for: looking for all costs ten times as much."""
    if wanted in _QUANTITIES:
        return any(q.kind == _QUANTITIES[wanted] for q in quantity.find(text))
    if wanted in _PATTERNS:
        return _PATTERNS[wanted].search(text) is not None
    if wanted is AnswerType.DATE:
        return bool(find_dates(text))
    if wanted is AnswerType.PLACE:
        return not places().isdisjoint(analyze.every_token(text))
    if wanted is AnswerType.REASON:
        return REASON.search(analyze.fold(text)) is not None
    return False


@lru_cache(maxsize=32768)
def nouns(text: str) -> tuple[str, ...]:
    """What the numbers of a text count: nouns and units ("120 militairen" gives "militairen", "5 hectare" "hectare")."""
    return tuple(q.noun or q.unit for q in quantity.find(text) if q.noun or q.unit)


@lru_cache(maxsize=32768)
def values(text: str) -> frozenset[str]:
    """The figures of a text as written in digits or words, normalised, to see which of them a question already names."""
    return frozenset(str(q.value) for q in quantity.find(text)) | frozenset(re.findall(r"\d+(?:[.,]\d+)*", text))


@cache
def places() -> frozenset[str]:
    """Folded names of countries, continents and well-known cities (rag/data/places.txt)."""
    return frozenset((Path(__file__).parent / "data" / "places.txt").read_text(encoding="utf-8").split())
