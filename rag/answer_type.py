"""AnswerType: what kind of thing a question asks for, told by its wording.

One list of patterns per type, tried in the order of `PATTERNS`; the first type with a match decides. The patterns look at
the folded question (lower case, no accents), except those of CASED, which need the capitals of an abbreviation.
"""

import re
from enum import StrEnum

from index import analyze


class AnswerType(StrEnum):
    """What kind of thing the answer must hold."""

    AMOUNT = "amount"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DATE = "date"
    DURATION = "duration"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    LIST = "list"
    REASON = "reason"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    OTHER = "other"


_PAYING = (
    r"kost(en|te|ten)?|betaal(t|de|den)|betalen|uitg(eef|ave|aven)|geef(t)?\b.*\buit|gaf\b.*\buit|trekt?\b.*\buit|"
    r"trok\b.*\buit|uittrekt|draagt|legt|steekt|kwijt|waard|investeert|bij aan"
)
_ORGANISATIONS = (
    "organisatie|instelling|instantie|rechtbank|bedrijf|fractie|partij|dienst|stichting|ministerie|agentschap|instituut|"
    "commissie"
)
_VERBS = (
    "is|zijn|was|waren|heeft|hebben|had|hadden|kan|kunnen|kon|konden|komt|komen|kwam|kwamen|vindt|vinden|vond|denkt|denken|wil|"
    "willen|wilde|mag|mogen|moet|moeten|moest|wordt|worden|werd|werden|gaat|gaan|ging|doet|doen|deed|krijgt|krijgen|kreeg|"
    r"staat|staan|stond|blijft|blijven|geldt|gelden|vecht\w*|steunt|klopt|bestaat|bestaan|zal|zullen|zou|zouden|geeft|gaf|"
    "maakt|maakte|herkent|overweegt|onderzoekt|levert|leverde|neemt|nam|draagt|droeg|stemt|stemde|ligt|lag|lukt|lukte"
)

_OF_A_THING = r"(?:aan|uit|op|over|mee|voor|tegen|door|om)(?=\s*(?:[?,.]|$)|\s+te\b|\s+\w{3,}en\b)"
"""What makes "waar" ask for a thing and no place: "waar bestaat het pakket uit?", "waar moet men aan voldoen?"."""

PATTERNS: dict[AnswerType, tuple[str, ...]] = {
    AnswerType.DEFINITION: (
        r"\bwaar staa(t|n) .+ voor\b",
        r"\bwat beteken",
        r"\bwat houdt .+ in\b",
        r"\bbedoeld met\b",
        r"\bafkorting\b",
        r"\bdefinitie\b",
    ),
    AnswerType.REASON: (
        r"\bwaarom\b",
        r"\bwaardoor\b",
        r"\bhoe komt het\b",
        r"\breden(en)?\b",
        r"\bmet welk doel\b",
        r"\bwaartoe dient\b",
    ),
    AnswerType.PERCENTAGE: (r"\bhoeveel procent\b", r"\bpercentage\b", r"\bwelk deel\b"),
    AnswerType.DURATION: (
        r"\bhoe ?lang\b",
        r"\bhoeveel (jaar|jaren|maanden|weken|dagen|uur|uren)\b",
        r"\bwelke periode\b",
        r"\bvan wanneer tot\b",
    ),
    AnswerType.DATE: (
        r"\bwanneer\b",
        r"\bwelke (datum|dag|maand)\b",
        r"\bwelk jaar\b",
        r"\bdatum\b",
        r"\bdeadline\b",
        r"\buiterlijk\b",
    ),
    AnswerType.AMOUNT: (
        r"\bhoeveel (geld|euro|miljoen|miljard)\b",
        r"\bbedrag(en)?\b",
        r"\bbudget\b",
        r"\bhoe duur\b",
        r"\bwat kost",
        rf"\bhoeveel\b.*\b({_PAYING})",
        r"\bkost(en|te|ten)?\b.*\bhoeveel",
        r"\bhoe groot (is|was|wordt) het (potje|fonds|budget|pakket)",
        r"\bpotjes?\b.*\bhoe groot\b",
        r"\b(verplichtingen|begroting|uitgaven|opbrengst|subsidie)\b",
        r"\bvoor hoeveel\b",
        r"\bwat heeft .+ over voor\b",
    ),
    AnswerType.NUMBER: (r"\bhoeveel\b", r"\baantal(len)?\b", r"\bhoe (vaak|groot|hoog|veel|zwaar)\b"),
    AnswerType.PERSON: (
        r"\bwie\b",
        r"\bwiens\b",
        r"\bwelke? (\w+ )?(minister|staatssecretaris|bewinds\w+|persoon|personen|kamerlid|leden|lid|voorzitter)\b",
    ),
    AnswerType.ORGANISATION: (rf"\bwelke? ([\w-]+ )?[\w-]*({_ORGANISATIONS})\b",),
    AnswerType.PLACE: (
        rf"^waar\b(?!.*\b{_OF_A_THING})",
        r"\bwelk land\b",
        r"\bwelke (stad|plaats|gemeente|provincie|regio)\b",
        r"\bwaarheen\b",
    ),
    AnswerType.LIST: (r"\bwelke\b", r"\bnoem\b", r"\blijst\b", r"\bopsomming\b", r"\bwat zijn de\b", r"\ballemaal\b"),
    AnswerType.YES_NO: (rf"^(en )?({_VERBS})\b",),
}
CASED = (re.compile(r"^[Ww]at (?:is|zijn) (?:een |de |het )?[A-Z][A-Za-z0-9-]+\s*\??$"),)
_COMPILED = {kind: re.compile("|".join(f"(?:{p})" for p in patterns)) for kind, patterns in PATTERNS.items()}


def answer_type(text: str) -> AnswerType:
    """The kind of thing that the question `text` asks for; OTHER where its wording does not tell."""
    if any(pattern.search(text.strip()) for pattern in CASED):
        return AnswerType.DEFINITION
    folded = analyze.fold(text).strip()
    return next((kind for kind, pattern in _COMPILED.items() if pattern.search(folded)), AnswerType.OTHER)
