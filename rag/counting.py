"""Counting letters: "Hoeveel brieven gaan over ...?" and "Welke brieven noemen ...?".

A letter counts when one of its passages holds every content word of the subject (as analysed terms: inflection, accents and
compounds do not matter). Each letter found is shown by its best sentence, and the answer says how was counted.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import analyze
from index.letter import Role

if TYPE_CHECKING:
    from index.store import Index, IndexedPassage

SUBJECT = re.compile(
    r"\b(?:gaan|gaat|noemen|noemt|behandelen|zijn er) (?:allemaal )?(?:over )?(?P<subject>.+?)\s*\??$", re.IGNORECASE
)


MOST = 2000
"""Passages looked at, best first: a passage that holds all the words stands above those that hold some."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A letter that counts: its passage, and the position in it of the sentence that shows why."""

    passage: "IndexedPassage"
    position: int


def subject(question: str) -> str | None:
    """What the letters should be about, in the question's own words."""
    match = SUBJECT.search(question)
    return None if match is None else match["subject"].strip()


def letters_about(index: "Index", wanted: str, letters: Collection[str] | None) -> list[Counted]:
    """For every letter with a passage that holds all terms of `wanted`, newest letter first, its best passage."""
    terms = dict.fromkeys(analyze.words(wanted), 1.0)
    if not terms:
        return []
    found: dict[str, Counted] = {}
    scored = index.lexical(terms, {}, MOST, letters)
    for passage in index.passages([s.id for s in scored]):
        if passage.letter in found or passage.role in (Role.LETTERHEAD, Role.SIGNATURE):
            continue
        held = {term for sentence in passage.sentences for term in sentence.terms}
        if passage.sentences and set(terms) <= held:
            overlap = [len(set(terms) & set(sentence.terms)) for sentence in passage.sentences]
            found[passage.letter] = Counted(passage, overlap.index(max(overlap)))
    return sorted(found.values(), key=_newest_first)


def _newest_first(counted: Counted) -> tuple[int, str]:
    day = counted.passage.info.date
    return (-day.toordinal() if day else 0, counted.passage.letter)
