"""Abbreviations that a letter explains itself: "Raad Buitenlandse Zaken (RBZ)", "RBZ (Raad Buitenlandse Zaken)".

A pair counts only where the capitals or first letters of the long form spell the short one, so that "de minister (VVD)"
is not taken for an explanation. Offsets are half-open and point at the whole pair in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.analyze import fold

SHORT = r"[A-Z][A-Za-z0-9&/-]{0,8}[A-Za-z0-9]"
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
AFTER = re.compile(rf"\(\s*[\"'“”‘’]?(?P<short>{SHORT})[\"'“”‘’]?\s*\)")
BEFORE = re.compile(rf"\b(?P<short>{SHORT})\s+\((?P<long>[^()\n]{{5,120}}(?:\n[^()\n]{{1,100}})?)\)")
LINKING = frozenset(
    "de het een en van in voor op der des den of aan bij met tot te ter ten and of for the on to und für et".split()
)
MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and the long form that `text[start:end]` explains it by."""

    short: str
    long: str
    start: int
    end: int


def find(text: str) -> list[Abbreviation]:
    """Every abbreviation that `text` explains, in the order of the text; the same pair may come more than once."""
    return sorted([*_after(text), *_before(text)], key=lambda pair: (pair.start, pair.end))


def _after(text: str) -> Iterator[Abbreviation]:
    for match in AFTER.finditer(text):
        short = match["short"]
        if not _looks_short(short):
            continue
        start = max(0, match.start() - 200)
        clause = re.split(r"[.;:!?()]\s|[()\"“”]|\n\s*\n", text[start : match.start()])[-1]
        base = match.start() - len(clause)
        words = list(WORD.finditer(clause))[-MAX_WORDS:]
        if not words or clause[words[-1].end() :].strip(" \t\r\n'’”\","):
            continue
        for first in range(len(words) - 1, -1, -1):
            long = clause[words[first].start() : words[-1].end()]
            if fold(words[first].group()) not in LINKING and spells(short, long):
                yield Abbreviation(short, _spaced(long), base + words[first].start(), match.end())
                break


def _before(text: str) -> Iterator[Abbreviation]:
    for match in BEFORE.finditer(text):
        long = match["long"].strip()
        if _looks_short(match["short"]) and spells(match["short"], long):
            yield Abbreviation(match["short"], _spaced(long), match.start(), match.end())


def spells(short: str, long: str) -> bool:
    """Whether the letters of `short` are, in order, first letters of words of `long` or letters inside its compounds.

    Every word of `long` but linking words must give at least its first letter, and the first letters must agree
    ("Hoge Vertegenwoordiger" is HV, "kortetermijnplan" may be KTP).
    """
    letters = re.sub(r"[^a-z0-9]", "", fold(short.removesuffix("'s").removesuffix("’s")))
    words = [re.sub(r"[^a-z0-9]", "", fold(word.group())) for word in WORD.finditer(re.sub(r"[-/&]", " ", long))]
    words = [word for word in words if word]
    return bool(words) and len(" ".join(words)) > len(letters) + 2 and _spelled(letters, tuple(words), 0)


def _spelled(letters: str, words: tuple[str, ...], given: int) -> bool:
    """`letters` can be read off `words`; `given` is how many single letters inside words were used already."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in LINKING and _spelled(letters, rest, given):
        return True
    if not letters or word[0] != letters[0]:
        return False
    return any(_spelled(tail, rest, given) for tail in _tails(word, letters, single=not rest and given == 0))


def _tails(word: str, letters: str, *, single: bool) -> Iterator[str]:
    """What may be left of `letters` after `word`: its first letter taken, or more letters found further on in it."""
    yield letters[1:]
    limit = len(letters) if single or len(word) >= 8 else 2
    at = 0
    for count in range(2, min(limit, len(letters)) + 1):
        at = word.find(letters[count - 1], at + 1)
        if at < 0:
            return
        yield letters[count:]


def _looks_short(short: str) -> bool:
    return sum(char.isupper() for char in short) >= 2 and not short.isdigit()


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "-", text)).strip()
