"""Numbers of a statement against those of its sources: are they there, and do they belong to the same thing.

Values are compared, not spellings (rag/quantity.py). Digits that are no quantity, such as article numbers and type names,
must stand in a source as they are.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from index import analyze, dates, reference
from index.stem import stem
from rag import polarity, quantity
from rag.source import Source

YEAR = re.compile(r"(?:19|20)\d\d")
OPPOSITE_BOUNDS = (
    {"meer dan", "minder dan"},
    {"minimaal", "maximaal"},
    {"ruim", "bijna"},
    {"ruim", "minder dan"},
    {"bijna", "meer dan"},
)
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def wrong_quantities(text: str, sources: Sequence[Source]) -> list[str]:
    """Why numbers of statement `text` are not those of `sources` (Dutch clauses); empty when all are."""
    told = [found for source in sources for found in quantity.find(source.text)]
    titled = [found for source in sources for found in quantity.find(source.context)]
    wrong = []
    ours = quantity.find(text)
    for claim in ours:
        if claim.value == 1 and not claim.unit:
            continue  # "één fonds" is seldom a count
        equal = [found for found in told + titled if quantity.same(claim, found)]
        if not equal:
            wrong.append(f"het getal {' '.join(claim.text.split())} staat niet in de bron")
        elif all({claim.qualifier, found.qualifier} in OPPOSITE_BOUNDS for found in equal):
            wrong.append(f"bij {' '.join(claim.text.split())} zegt de bron '{equal[0].qualifier}'")
    return wrong + _wrong_parts(text, sources) + _wrong_digits(text, sources, ours)


PART_OF = re.compile(r"\s+van\s+(?:de|het|alle|deze)\s+")


def _wrong_parts(text: str, sources: Sequence[Source]) -> list[str]:
    """ "Twee van de vijf" is wrong where the source counts another part of the same whole ("drie van de vijf")."""
    told = [pair for source in sources for pair in _parts_of(source.text)]
    wrong = []
    for part, whole in _parts_of(text):
        parts = [p for p, w in told if quantity.same(w, whole)]
        if parts and not any(quantity.same(p, part) for p in parts):
            wrong.append(f"de bron zegt {parts[0].text} van {whole.text}, niet {part.text}")
    return wrong


def _parts_of(text: str) -> list[tuple[quantity.Quantity, quantity.Quantity]]:
    found = quantity.find(text)
    return [(part, whole) for part, whole in pairwise(found) if PART_OF.fullmatch(text, part.end, whole.start)]


def _wrong_digits(text: str, sources: Sequence[Source], ours: Sequence[quantity.Quantity]) -> list[str]:
    """Digits that are no quantity, date or reference (article numbers, type names) must stand in a source as they are."""
    covered = [(q.start, q.end) for q in ours]
    covered += [(m.start, m.end) for m in dates.find(text, sources[0].letter_date)]
    covered += [(r.start, r.end) for r in reference.find(text)]
    known = {digits for source in sources for digits in DIGITS.findall(f"{source.text} {source.context}")}
    numbers = {str(q.value) for source in sources for q in quantity.find(source.text)}
    wrong = []
    for match in DIGITS.finditer(text):
        if any(start <= match.start() < end for start, end in covered) or YEAR.fullmatch(match[0]):
            continue
        if match[0] not in known and match[0] not in numbers and not _of_letter_date(match[0], sources):
            wrong.append(f"het getal {match[0]} staat niet in de bron")
    return wrong


def _of_letter_date(digits: str, sources: Sequence[Source]) -> bool:
    """The day in "16 oktober" where dates are not recognised without a year."""
    days = {day for s in sources for m in dates.find(s.text, s.letter_date) for day in (m.first.day, m.last.day)}
    return digits.isdigit() and int(digits) in days


def swapped(text: str, source: str) -> bool:
    """Whether a number of the statement stands with words that belong, in the source, to another number of the same kind.

    Only words that tell the two numbers apart count: with "48 naar beweegbare en 27 naar vaste bruggen" those are
    "beweegbare" and "vaste".
    """
    told = _surroundings(source)
    for claim, left, right in _surroundings(text):
        own = [(before, after) for found, before, after in told if quantity.same(claim, found)]
        others = [after - {w for b, a in own for w in a | b} for found, _, after in told if _rival(claim, found)]
        mine = {word for before, after in own for word in after} - {
            word for _, after in _afters(told, claim) for word in after
        }
        if own and mine and not mine & (left | right) and any(other & right for other in others):
            return True
    return False


Surroundings = tuple[quantity.Quantity, set[str], set[str]]


def _afters(told: Sequence[Surroundings], claim: quantity.Quantity) -> list[tuple[quantity.Quantity, set[str]]]:
    return [(found, after) for found, _, after in told if _rival(claim, found)]


def _rival(claim: quantity.Quantity, found: quantity.Quantity) -> bool:
    return found.kind == claim.kind and not quantity.same(claim, found)


def _surroundings(text: str) -> list[Surroundings]:
    """Each number with the stems between it and its neighbours or the clause's end."""
    found = [q for q in quantity.find(text) if q.kind != "ordinal"]
    result: list[Surroundings] = []
    for index, q in enumerate(found):
        begin = found[index - 1].end if index else 0
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        before = re.split(r"[.;:]\s|,\s", text[begin : q.start])[-1]
        after = re.split(r"[.;:]\s|,\s|\ben\b", text[q.end : end])[0]
        result.append((q, _stems(before), _stems(after)))
    return result


def _stems(text: str) -> set[str]:
    return {stem(token) for token in analyze.tokens(text) if not token[0].isdigit() and token not in polarity.EMPTY}
