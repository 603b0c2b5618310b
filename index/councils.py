"""The standing dossiers of the meetings of the Council of the European Union.

Every letter about a meeting of one configuration of the Council goes into the same dossier, numbered 21 501 with two further
figures. Converted letters often lost their dossier line; then the meeting tells it, and the fact is marked as inferred.
"""

import re

COUNCILS = (
    (
        re.compile(
            r"\bRaad Buitenlandse Zaken(?: \(RBZ\))? (?:over )?Defensie\b|\bRBZ Defensie\b|\bDefensieraad\b", re.IGNORECASE
        ),
        "21501-28",
    ),
    (
        re.compile(r"\bRaad Buitenlandse Zaken(?: \(RBZ\))?,? (?:over )?(?:Ontwikkelingssamenwerking|OS)\b", re.IGNORECASE),
        "21501-04",
    ),
    (re.compile(r"\bRaad Algemene Zaken\b|\bRaad Buitenlandse Zaken\b", re.IGNORECASE), "21501-02"),
    (re.compile(r"\bEcofin-?\s?raad\b|\bEcofin\b", re.IGNORECASE), "21501-07"),
    (re.compile(r"\bMilieuraad\b", re.IGNORECASE), "21501-08"),
    (re.compile(r"\bEuropese Raad\b", re.IGNORECASE), "21501-20"),
    (re.compile(r"\bRaad voor Concurrentievermogen\b", re.IGNORECASE), "21501-30"),
    (re.compile(r"\bLandbouw- en Visserijraad\b", re.IGNORECASE), "21501-32"),
    (re.compile(r"\b(?:Transportraad|Telecomraad|Energieraad|Raad voor Vervoer)\b", re.IGNORECASE), "21501-33"),
)
ABOUT = re.compile(r"\b(?:verslag|geannoteerde agenda|agenda|inzet)\b", re.IGNORECASE)


def dossier_of(text: str) -> tuple[str, int, int] | None:
    """The dossier of the Council meeting that `text` (a subject or first paragraph) reports on, with where it is named."""
    if not ABOUT.search(text):
        return None
    for pattern, dossier in COUNCILS:
        match = pattern.search(text)
        if match:
            return dossier, match.start(), match.end()
    return None
