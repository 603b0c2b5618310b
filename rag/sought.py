"""What a question seeks, where its words tell: a figure, a time or a name; and whether a sentence tells one.

A quote about the right subject without the sum that was asked for is no answer, however well it fits. What counts is
generous, for the price of overlooking a figure is a right answer refused: any count where a number is sought, a bare "12,5
miljoen" where a sum is, "voor het zomerreces" where a day is. Only what the question itself names does not count.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index import analyze
from index.dates import DateMention
from index.dates import find as find_dates
from rag import names, quantity
from rag.question import Question, own_words


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question seeks: `tells` says whether the reading text of a sentence tells it, `time` whether it is a time."""

    tells: Callable[[str], bool]
    time: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """How questions ask for a kind of thing, and what tells it: kinds of quantity, words, a date, a name."""

    asked: re.Pattern[str]
    quantities: frozenset[str]
    words: re.Pattern[str] | None
    dates: bool
    names: bool


def _kind(asked: str, quantities: str = "", words: str = "", *, dates: bool = False, names: bool = False) -> Kind:
    told = re.compile(rf"\b(?:{words})\b") if words else None
    return Kind(re.compile(rf"\b(?:{asked})\b"), frozenset(quantities.split()), told, dates, names)


NONE = r"geen|niets|niemand|nooit|gratis|kosteloos|onbekend|onduidelijk|niet (?:\w+ )?(?:bekend|duidelijk)"
DAYS = (
    r"\w*reces|prinsjesdag|kerst\w*|pasen|kwartaal|heden|vandaag|gisteren|morgen|onlangs|binnenkort|direct|onmiddellijk|"
    r"(?:spoedig|snel) mogelijk|op korte termijn|later|daarna|voorafgaand|na afloop|koninklijk besluit|\w*kabinetsperiode|"
    r"(?:volgende|komende|deze|vorige) (?:week|weken|maand|maanden)|(?:einde?|loop) van het jaar|"
    "(?:maan|dins|woens|donder|vrij|zater|zon)dag"
)
CONDITION = r"moet|moeten|mag|mogen|kan|kunnen|heb|hebt|heeft (?:een|iemand)|ben|bent|is (?:een|iets|iemand|er)"
POST = (
    r"minister|staatssecretaris|voorzitter|ambassadeur|directeur|secretaris(?:-generaal)?|\w*commissaris|burgemeester|baas|"
    r"\w*chef|gezant|opvolger|leider|ombudsman|president|premier|rapporteur|vertegenwoordiger"
)
KINDS = (
    _kind(
        "hoe ?lang (?:is|zijn|was|waren)|hoe oud",
        "duration number",
        rf"half ?jaar|blijvend|{NONE}",
        dates=True,
    ),  # a length or a time
    _kind(
        "hoe ?lang|hoeveel (?:jaar|jaren|maanden|weken|dagen|uur|uren|tijd)|welke periode",
        "duration",
        rf"half ?jaar|levenslang|permanent|blijvend|(?:on)?bepaalde tijd|totdat|zolang|helft van|kerst\w*|{NONE}",
        dates=True,
    ),
    _kind("welke? (?:datum|dag|maand|jaar)|wat is de datum", "", DAYS, dates=True),
    _kind(
        rf"wanneer(?! (?:{CONDITION})\b)",
        "duration",
        rf"{DAYS}|half ?jaar|indien|mits|zodra|nadat|pas|helft van",
        dates=True,
    ),
    _kind(
        r"hoeveel (?:geld|euro|subsidie|budget|miljoen|miljard|kost\w*)|wat kost\w*|hoe duur|welke? bedrag(?:en)?|"
        r"wat (?:is|zijn|was|waren) (?:het bedrag|de (?:\w+ )?kosten)",
        "amount percentage",
        rf"{NONE}|kostenneutraal|budgetneutraal",
    ),
    _kind(
        "hoe vaak",
        "number duration percentage",
        rf"{NONE}|\w+lijkse?|elke?|iedere?|continu|steeds|telkens|altijd|regelmatig|eenmaal|tweemaal|soms|zelden",
    ),
    _kind(
        "hoeveel|hoe (?:groot|hoog|veel|zwaar)|(?:welke?|wat (?:is|was) het) (?:percentage|aantal|deel)|aantal",
        "number amount percentage duration",
        rf"{NONE}|alle|beide|allebei|allemaal|verdubbel\w*|halver\w*|gehalveerd|handvol",
    ),
    _kind(
        rf"wie (?:is|was|wordt|werd)\b(?=.*\b(?:{POST})\b)|wie (?:volgt?|volgde)\b(?=.*\bop\b)|"
        r"wie (?:zit|zat)\b(?=.*\bvoor\b)|hoe (?:heet|heten|heette|heetten)|welke? (?:[\w-]+ ){0,2}?(?:minister|"
        r"staatssecretaris|bewinds\w+|kamerlid|kamerleden|fracties?|ministeries?|\w*gemeenten?|steden|stad|landen|land|"
        r"provincies?|kranten|krant|universiteit|ziekenhuis|\w*stations?)",
        words=f"alle|vacant|{NONE}",
        names=True,
    ),
)
ELSE = re.compile(
    r"\b(?:wie|wat|waar\w*|welke?|hoe|waarom)\b|^(?:en )?(?:is|zijn|was|waren|heeft|hebben|had|kan|kunnen|kon|mag|mogen|"
    r"moet|moeten|wordt|worden|werd|werden|gaat|gaan|klopt|weet|weten|staat|komt|krijgt|krijgen|wil|willen|zal|zou)\b"
)
"""What asks for another thing, before the words that ask for a figure: "is bekend hoeveel", "wie weet hoeveel"."""
LARGE = 10**6
"""A bare number from here on may be a sum of money."""
SOME_DAY = date(2000, 7, 1)
"""Dates without a year are found only from a day to count from; which one makes no difference here."""


@lru_cache(maxsize=256)
def sought(question: str) -> Sought | None:
    """The figure, time or name that `question` asks for, one that it does not give itself; None where it asks for something
    else."""
    folded = analyze.fold(own_words(question))
    first = min(((m.start(), -m.end(), n) for n, k in enumerate(KINDS) if (m := k.asked.search(folded))), default=None)
    if first is None or ELSE.search(folded[: first[0]]):
        return None
    kind, given, days = KINDS[first[2]], {_value(q) for q in quantity.find(question)}, _days(question)

    def tells(text: str) -> bool:
        return (
            any(_fits(q, kind) and _value(q) not in given for q in quantity.find(text))
            or (kind.dates and bool(_days(text) - days))
            or (kind.names and bool(names.missing(text, question)))
            or (kind.words is not None and kind.words.search(analyze.fold(text)) is not None)
        )

    return Sought(tells, kind.dates)


def times(question: Question) -> tuple[DateMention, ...]:
    """The periods that an answer to `question` must be of; none where a time is what it asks for."""
    wanted = sought(question.text)
    return () if wanted is not None and wanted.time else question.own_periods


def _fits(figure: quantity.Quantity, kind: Kind) -> bool:
    large = figure.kind == "number" and figure.value >= LARGE
    return figure.kind in kind.quantities or ("amount" in kind.quantities and large)


def _value(figure: quantity.Quantity) -> tuple[object, ...]:
    return (*figure.canonical, figure.noun)


def _days(text: str) -> set[tuple[date, date]]:
    return {(found.first, found.last) for found in find_dates(text, SOME_DAY)}
