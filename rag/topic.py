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
WRITER = r"(?:wie|welke? (?:minister|staatssecretaris|bewinds\w+))"
SENT = r"(?:geschreven|stuurd|verzonden|ondertekend|gedateerd)"
PATTERNS = (
    (
        Topic.COUNT,
        rf"\bhoeveel (?:{LETTER})\b.*\b(?:gaan|gaat|zijn er|noem|behandel|over)|\bwelke brieven (?:gaan|noemen|behandelen)",
    ),
    (
        Topic.SIGNERS,
        rf"\b(?:onderteken\w*|handtekening(?:en)?|afzender)\b|\btekenden?\b.*\b(?:{LETTER})\b|"
        rf"\b(?:wie (?:heeft|hebben)|{WRITER} (?:schreef|schreven|stuurde|stuurden|verstuurde))\b.*\b(?:{LETTER})\b",
    ),
    (Topic.ADDRESSEE, rf"\baan wie\b.*\b(?:gericht|gestuurd|geschreven)\b.*\b|\baan wie\b.*\b(?:{LETTER})\b"),
    (Topic.DOSSIERS, r"\b(?:welke?|wat is het) dossier(?:s|nummers?)?\b|\bdossiernummers?\b"),
    (Topic.NUMBER, rf"\b(?:welk|wat is het) (?:kamerstuk)?nummer\b.*\b(?:{LETTER})\b|\bkamerstuknummer\b"),
    (
        Topic.DATE,
        rf"\b(?:welke datum|van wanneer|van welke datum|wat is de datum)\b.*\b(?:{LETTER})\b|"
        rf"\bwanneer (?:is|werd|zijn) (?:de|het) (?:{LETTER})\b[^?]{{0,120}}{SENT}",
    ),
)
THE = rf"(?<!volgens )(?<!uit )(?<!in )(?:(?:de|het|deze|die|dat) (?:{LETTER}|antwoorden)|brieven)\b"
ONE = {
    Topic.SIGNERS: re.compile(
        rf"^{WRITER}\b.{{0,60}}\b(?:onderteken\w*|tekenden?|handtekening\w*|stuurden?|schreef|schreven|verstuurden?)\b.{{0,40}}"
        rf"\b{THE}|^wie (?:heeft|hebben) {THE}.*{SENT}"
    ),
    Topic.DATE: re.compile(rf"^wanneer (?:is|werd|zijn) {THE}.*{SENT}|^(?:van welke datum is|wat is de datum van) {THE}"),
}
"""How a question asks who wrote a letter, or when, that is told by its subject: the letter is what was signed or sent, and
not where something stands ("volgens de brief")."""
COMPILED = tuple((topic, re.compile(pattern)) for topic, pattern in PATTERNS)


def topic(question: str) -> Topic | None:
    """Which fact of a letter the question asks for, or None when it is about the contents."""
    folded = analyze.fold(question)
    return next((topic for topic, pattern in COMPILED if pattern.search(folded)), None)


def of_one_letter(question: str) -> bool:
    """Whether the question asks who wrote, or when, a letter that it tells by its subject."""
    folded = analyze.fold(question).strip()
    asked = topic(question)
    return asked in ONE and ONE[asked].search(folded) is not None
