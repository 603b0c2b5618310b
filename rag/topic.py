"""Topic: which fact of a letter a question asks for, when it is about the letter and not about what it says."""

import re
from enum import StrEnum

from index import analyze
from index.letter import Role


class Topic(StrEnum):
    """A fact of a letter. `part` is the part of the letter that tells it; None where no part does."""

    SIGNERS = "signers"
    DATE = "date"
    NUMBER = "number"
    DOSSIERS = "dossiers"
    ADDRESSEE = "addressee"
    COUNT = "count"

    @property
    def part(self) -> Role | None:
        if self is Topic.COUNT:
            return None
        return Role.SIGNATURE if self is Topic.SIGNERS else Role.LETTERHEAD


LETTER = r"(?:kamer)?brie(?:f|ven)|verslag|nota|agenda|stuk|kamerstuk"
PATTERNS = (
    (
        Topic.COUNT,
        rf"\bhoeveel (?:{LETTER})\b.*\b(?:gaan|gaat|zijn er|noem|behandel|over)|\bwelke brieven (?:gaan|noemen|behandelen)",
    ),
    (
        Topic.SIGNERS,
        r"\b(?:onderteken\w*|handtekening(?:en)?|afzender)\b|"
        rf"\b(?:wie (?:heeft|hebben)|(?:wie|welke? (?:minister|staatssecretaris|bewinds\w+)) "
        rf"(?:schreef|schreven|stuurde|stuurden|verstuurde))\b.*\b(?:{LETTER})\b",
    ),
    (Topic.ADDRESSEE, rf"\baan wie\b.*\b(?:gericht|gestuurd|geschreven)\b.*\b|\baan wie\b.*\b(?:{LETTER})\b"),
    (Topic.DOSSIERS, r"\b(?:welke?|wat is het) dossier(?:s|nummers?)?\b|\bdossiernummers?\b"),
    (Topic.NUMBER, rf"\b(?:welk|wat is het) (?:kamerstuk)?nummer\b.*\b(?:{LETTER})\b|\bkamerstuknummer\b"),
    (
        Topic.DATE,
        rf"\b(?:welke datum|van wanneer|van welke datum|wat is de datum)\b.*\b(?:{LETTER})\b|"
        rf"\bwanneer (?:is|werd|zijn) (?:de|het) (?:{LETTER})\b[^?]{{0,40}}(?:stuurd|verzonden|gedateerd|geschreven)",
    ),
)
ONE = re.compile(rf"\b(?:de|het|die|dat) (?:{LETTER}|antwoorden)\b|\bbrieven\b")
COMPILED = tuple((topic, re.compile(pattern)) for topic, pattern in PATTERNS)


def topic(question: str) -> Topic | None:
    """Which fact of a letter the question asks for, or None when it is about the contents."""
    folded = analyze.fold(question)
    return next((topic for topic, pattern in COMPILED if pattern.search(folded)), None)


def of_one_letter(question: str) -> bool:
    """Whether the question is about a certain letter, told by what that is about."""
    return ONE.search(analyze.fold(question)) is not None
