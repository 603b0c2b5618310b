"""Quantities in Dutch text: amounts, percentages, numbers, durations and ordinals, each with its value.

Ministries write one sum in many ways ("5 mld. euro", "€5 miljard", "EUR 5 miljard", "vijf miljard"). Here every spelling
becomes the same `Quantity`, so that a reader can pick the right one and the check of statements can compare values instead
of letters. One regular expression walks the text once; its first branches swallow what looks like a quantity but is not:
dates, years, Kamerstuk numbers, article and page numbers, type names (F-16, CV90). Those belong to index.dates and
index.reference, or are compared as plain characters.

Numbers are Dutch: a comma before decimals, a point (or a space) between thousands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Kind = Literal["amount", "percentage", "number", "duration", "ordinal"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity in a text: characters `start` up to `end`, and what they mean.

    `value` is the whole value, scale included ("5 mld." is 5000000000). `unit` is a singular Dutch noun: "euro", "cent",
    "dollar", "pond"; "procent", "procentpunt", "deel" (a fraction: "een derde"); "jaar", "maand", "week", "dag", "uur", ...;
    "kilometer", ...; or "" for a plain count, and then `noun` is what is counted, in lower case, where that is clear.
    `qualifier` is the hedge in its shortest spelling ("circa", "ruim", "minder dan", ...) or "". `vague` is True for
    "honderden miljoenen", whose value is only an order of magnitude.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    kind: Kind
    qualifier: str = ""
    noun: str = ""
    vague: bool = False

    @property
    def canonical(self) -> tuple[Decimal, str]:
        """Value and unit with durations in months, days or seconds and fractions in percent, so that equals are equal."""
        factor, unit = BASE_UNITS.get(self.unit, (Decimal(1), self.unit))
        return self.value * factor, unit


BASE_UNITS: dict[str, tuple[Decimal, str]] = {
    "eeuw": (Decimal(1200), "maand"),
    "decennium": (Decimal(120), "maand"),
    "jaar": (Decimal(12), "maand"),
    "kwartaal": (Decimal(3), "maand"),
    "week": (Decimal(7), "dag"),
    "uur": (Decimal(3600), "seconde"),
    "minuut": (Decimal(60), "seconde"),
    "deel": (Decimal(100), "procent"),
    "cent": (Decimal("0.01"), "euro"),
}

ONES = {
    "nul": 0, "een": 1, "één": 1, "eén": 1, "éen": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7,
    "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}  # fmt: skip
ORDINALS = {"eerste": 1, "derde": 3, "achtste": 8}
SCALES = {
    "honderd": 10**2, "duizend": 10**3, "miljoen": 10**6, "mln": 10**6, "mio": 10**6, "miljard": 10**9, "mld": 10**9,
    "mrd": 10**9, "biljoen": 10**12,
}  # fmt: skip
VAGUE = {"tientallen": 10, "honderden": 100, "duizenden": 1000, "miljoenen": 10**6, "miljarden": 10**9}

CURRENCIES = {
    "€": "euro",
    "eur": "euro",
    "euro": "euro",
    "$": "dollar",
    "usd": "dollar",
    "dollar": "dollar",
    "£": "pond",
    "pond": "pond",
}
UNITS = {
    "euro": r"euro(?:['’]?s)?|eur\b",
    "cent": r"(?:euro)?cent\b",
    "dollar": r"(?:us[ -])?dollars?|usd\b",
    "pond": r"(?:britse\s+)?pond(?:en)?(?:\s+sterling)?",
    "procentpunt": r"procentpunt(?:en)?|%-punt(?:en)?",
    "procent": r"%|procent\b|percent\b|pct\.?",
    "promille": r"‰|promille\b",
    "seconde": r"second(?:e|en|es)\b",
    "minuut": r"minu(?:ut|ten)\b",
    "uur": r"(?:uur|uren|uurs)\b",
    "dag": r"(?:kalender)?dag(?:en)?\b|etma(?:al|len)\b",
    "werkdag": r"werkdag(?:en)?\b",
    "week": r"(?:week|weken|wekelijkse?)\b",
    "maand": r"maand(?:en)?\b",
    "kwartaal": r"kwarta(?:al|len)\b",
    "jaar": r"(?:kalender|begrotings)?jaar\b|jaren\b",
    "decennium": r"decenni(?:um|a)\b",
    "eeuw": r"eeuw(?:en)?\b",
    "kilometer": r"km\b|kilometers?\b",
    "meter": r"meters?\b",
    "millimeter": r"mm\b|millimeters?\b",
    "vierkante meter": r"m2\b|m²|vierkante\s+meters?\b",
    "hectare": r"hectaren?\b|ha\b",
    "ton": r"ton(?:nen)?\b",
    "kilogram": r"kg\b|kilo(?:gram(?:men)?)?\b",
    "megawatt": r"mw\b|megawatt\b",
    "gigawatt": r"gw\b|gigawatt\b",
    "keer": r"keer\b|maal\b|x\b",
}
DURATIONS = frozenset(
    {"seconde", "minuut", "uur", "dag", "werkdag", "week", "maand", "kwartaal", "jaar", "decennium", "eeuw"}
)
MONEY = frozenset({"euro", "cent", "dollar", "pond"})

MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|(?:jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\b\.?)"
)
UNIT = "|".join(f"(?:{pattern})" for pattern in UNITS.values())
SCALE = r"(?:miljoen(?!en)|miljard(?!en)|biljoen|mln\b\.?|mld\b\.?|mrd\b\.?|mio\b\.?|duizend|honderd)"
DIGITS = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?"
NUMBER_PART = "|".join(sorted([*ONES, *TENS, "honderd", "duizend"], key=len, reverse=True))
WORD = rf"anderhal(?:f|ve)|driekwart|(?:{NUMBER_PART})(?:(?:[eë]n)?(?:{NUMBER_PART}))*(?:[eë]n(?:een)?half)?"
ORDINAL_WORD = rf"(?:(?:(?:{NUMBER_PART})(?:[eë]n)?)*(?:eerste|derde|achtste|(?:{NUMBER_PART})(?:ste|de)))\b(?!-)"

GAP = r"[\s\u00a0.]{0,3}"
SERIES = rf"(?:\s*(?:,|en|of|t/m|tot\s+en\s+met)\s*\d+[a-z]?\b(?!\s*(?:{SCALE}|{UNIT})))*"
FROM_DIGIT = rf"""
  (?P<mask>
    (?:\d{{1,2}}\s*(?:[-–,]|en|tot(?:\s+en\s+met)?|t/m)\s*){{0,3}}\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}}\b)?
  | \d{{4}}-\d\d-\d\d | \d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}} | (?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)?\d\d)\b
  | \d{{1,2}}[:.]\d\d\s+uur\b
  | \d{{2}}{GAP}\d{{3}}(?:\s*[-–]?\s*(?:[IVXLC]+[A-Z]?|[A-Z]|\d{{2}})\b)?(?:,\s*|\s+)(?:nrs?\.?|nummer)\s*[\d/]+
  | \d{{2}}[\s\u00a0]\d{{3}}\b(?!\s*(?:{SCALE}|(?!x\b)(?:{UNIT})|[a-z]{{3,}}(?:en|s)\b))
  | \d{{5}}\s*-\s*[\dIVXLC]+\b | \d{{4}}\s[A-Z]{{2}}\b | (?<=nr\.\s)\d+ | (?<=nr\s)\d+
  )
  | (?P<age>\d{{1,3}}-?(?:jarig|daags|wekelijks|maands|uurs)e?\b)
  | (?P<ordinal>\d{{1,4}}(?:e|ste|de)\b)
  | (?P<digits>{DIGITS})(?:\s*(?P<scale>{SCALE})(?:en)?\b\.?)?(?:\s*(?P<unit>{UNIT})|(?!-[a-z]))(?!\w)
"""
FROM_WORD = rf"""
  (?P<mask>
    kst-[\w-]+
  | kamerstuk(?:ken)?\s+(?:I{{1,2}}\s+)?(?:\d{{4}}/\d\d,\s*)?\d{{2}}{GAP}\d{{3}}
      (?:[\s-]*[IVXLC]+\b)?(?:\s*[-–]\s*\d+)?(?:,?\s*(?:nrs?\.?|nummer)\s*[\d/]+)?
  | (?:nrs?\.?|nummers?|artikel(?:en)?|art\.|lid|leden|paragra(?:af|fen)|bijlagen?|hoofdstuk(?:ken)?
      |vra(?:ag|gen)|pagina['’]?s?|blz\.|p\.|actielijn(?:en)?|tabel|figuur|voetnoot|noot|resoluties?|categorie|optie
      |scenario|pijler|motie|stap|fase|tranche|postbus|postcode)
    \s+\d+(?:[.,:/]\d+)*[a-z]?\b(?!\s*(?:{SCALE}|{UNIT})){SERIES}
  | (?:eerste|tweede)\s+kamer\w* | (?:eerste|tweede)\s+wereldoorlog | ten\s+(?:eerste|tweede|derde|vierde|vijfde)\b
  | derden?\s*(?:landen|land|partijen|partij)\b
  | acht\s+(?:het|de|dit|dat|die|deze|een|ik|zij|hij|zich|geen|wij|we
      |daarbij|daarom|om|van|op|te|mede|daarnaast|nodig|wenselijk|niet)\b
  )
  | (?P<currency>€|eur\b|[$£]|usd\b)\s*(?P<money>{DIGITS})(?:\s*(?P<moneyscale>{SCALE}))?
    (?:\s*(?:euro(?:['’]?s)?\b|dollars?\b))?
  | (?P<many>(?:tientallen|honderden|duizenden)(?:\s+(?:miljoenen|miljarden|duizenden))?|miljoenen|miljarden)\b
    (?:\s+(?P<manyunit>{UNIT}))?
  | (?:een\s+)?hal(?:f|ve)\s+(?:(?P<halfscale>miljoen|miljard)\b(?:\s+(?P<halfmoney>euro\b|dollar\b))?|(?P<halfunit>{UNIT}))
  | (?P<helft>(?<=de\ )helft)\b
  | (?P<fraction>(?:een|één|twee|drie|vier)\s+(?:derde|kwart|vierde|vijfde|tiende)\b)
    (?!\s+(?:land|partij|plaats|keer|jaar|kamer))
  | (?:een\s+)?(?P<tal>(?:{NUMBER_PART})+tal)\b(?:\s+(?P<talunit>{UNIT}))?
  | (?P<age>(?:{WORD})-?(?:jarig|daags|wekelijks|maands|uurs)e?\b)
  | (?P<ordinal>{ORDINAL_WORD})
  | (?P<words>{WORD})\b(?!-)(?:\s+(?P<wscale>{SCALE})\b\.?)?(?:\s+(?P<wunit>{UNIT}))?
"""
FLAGS = re.IGNORECASE | re.VERBOSE
DIGIT_START = re.compile(FROM_DIGIT, FLAGS)
WORD_START = re.compile(FROM_WORD, FLAGS)
TOKEN = re.compile(r"[€$£]|\w+")
PREFIXES = frozenset(
    word[:3]
    for word in [
        *ONES, *TENS, *SCALES, *VAGUE, *ORDINALS, "ander", "kwart", "driekwart", "half", "halve", "helft", "eur", "usd",
        "€", "$", "£",
        *"kst kamerstuk nr nrs nummer artikel art lid leden paragraaf bijlage hoofdstuk vraag pagina blz p actielijn "
        "tabel figuur voetnoot noot resolutie categorie optie scenario pijler motie stap fase tranche postbus postcode "
        "ten".split(),
    ]
)  # fmt: skip
"""The first letters of every word at which WORD_START can match: all other words cost one set look-up."""

QUALIFIERS = {
    "circa": r"circa|ca\.?|ongeveer|zo['’]n|rond(?:\s+de)?|om\s+en\s+nabij|naar\s+schatting|grofweg|pakweg",
    "ruim": r"ruim",
    "bijna": r"bijna|krap|een\s+kleine|nog\s+geen|net\s+geen",
    "meer dan": r"meer\s+dan|boven\s+de|hoger\s+dan|groter\s+dan|langer\s+dan",
    "minder dan": r"minder\s+dan|onder\s+de|lager\s+dan|kleiner\s+dan|korter\s+dan",
    "minimaal": r"minimaal|min\.|ten\s*minste|minstens|op\s+zijn\s+minst|vanaf",
    "maximaal": r"maximaal|max\.|ten\s+hoogste|hoogstens|tot\s+maximaal|tot\s+wel",
    "gemiddeld": r"gemiddeld",
}
BEFORE = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<q{i}>{p})" for i, p in enumerate(QUALIFIERS.values())) + r")\s+(?:de\s+|het\s+|een\s+)?$",
    re.IGNORECASE,
)
QUALIFIER_NAMES = tuple(QUALIFIERS)
UNIT_NAMES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in UNITS.items())
JOIN = re.compile(
    r"\s*(?:\(\d{4}\)\s*)?(?:tot(?:\s+en\s+met)?|t/m|à|[-–]|of|en|naar|oplopend\s+tot)\s*(?:de\s+|circa\s+|ca\.?\s+|ruim\s+)?",
    re.IGNORECASE,
)
GLUED = re.compile(r"(?:[A-Za-z][-–]|[a-z)]{2}\.|[a-z]\)|[?!’'][.]?)$")
"""What stands before digits that are a type name (F-16) or a footnote's marker stuck to a word ("autonomie.4")."""
NOUN = re.compile(r"\s+([A-Za-zÀ-ÿ][\w'’-]*)")
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|sinds|vanaf|per|van|tot|met|voor|na|tussen|en|jaar|begroting|uit|over|eind|begin|medio|einde|zomer|najaar|voorjaar|winter"
    r"|t/m|kwartaal|[a-z]+ari|maart|april|mei|ju[nl]i|augustus|[a-z]+ber)|[A-Z][\w-]*|[(/–-])\s*$"
)
NOT_NOUNS = frozenset(
    "van van tot en of in op te met om voor door bij aan als die dat de het een is zijn was waren wordt worden werd werden "
    "heeft hebben had zal zullen kan kunnen moet moeten per naar over uit dan maar ook niet nog al na tussen jl extra "
    "waarvan waarin a.s aldus hiervan daarvan onder sinds ten ter er".split()
)


def find(text: str) -> list[Quantity]:
    """The quantities of `text` from left to right; a range ("2 tot 3 miljard euro") gives both its ends.

    Dates, years, Kamerstuk numbers, article numbers and type names are left out. Works on the canonical text and on the
    reading view; offsets are into `text`.
    """
    found: list[Quantity] = []
    done = 0
    for token in TOKEN.finditer(text):
        start = token.start()
        if start < done:
            continue
        match = _match(token[0], text, start)
        if match is not None:
            done = match.end()
            if match["mask"] is None:
                found.extend(_read(match, text))
    return list(_with_shared_units(found, text))


def _match(token: str, text: str, start: int) -> re.Match[str] | None:
    if token[0].isdigit():
        return None if GLUED.search(text, max(0, start - 3), start) else DIGIT_START.match(text, start)
    return WORD_START.match(text, start) if token[:3].lower() in PREFIXES else None


def same(left: Quantity, right: Quantity) -> bool:
    """True when both say the same: equal values in equal units ("2 jaar" and "24 maanden").

    A unit that is left out matches any ("1 miljard te weinig" and "1 miljard euro"); fractions match percentages when equal
    to the half percent; a vague quantity only matches an equally vague one.
    """
    if left.vague != right.vague or (left.kind == "ordinal") != (right.kind == "ordinal"):
        return False
    (a, a_unit), (b, b_unit) = left.canonical, right.canonical
    if "deel" in (left.unit, right.unit) and a_unit == b_unit:
        return abs(a - b) < Decimal("0.5")
    if a_unit == b_unit:
        return a == b
    return a == b and ("" in (a_unit, b_unit)) and {a_unit, b_unit} & (MONEY | {"keer"}) != set()


def _read(match: re.Match[str], text: str) -> Iterator[Quantity]:
    start, end = match.span()
    groups = match.groupdict()
    if groups.get("digits"):
        if not _is_year(match, text):
            yield _make(text, start, end, _decimal(match["digits"]) * _scale(match["scale"]), _unit(match["unit"]))
    elif groups["ordinal"]:
        rank = Decimal(_ordinal(match["ordinal"].lower()))
        yield Quantity(start, end, text[start:end], rank, "", "ordinal", noun=_noun(text, end))
    elif groups["age"]:
        yield from _age(match, text)
    elif groups["currency"]:
        unit = CURRENCIES[match["currency"].lower()]
        yield _make(text, start, end, _decimal(match["money"]) * _scale(match["moneyscale"]), unit)
    elif groups["words"]:
        yield from _from_words(match, text)
    else:
        yield from _vague_or_part(match, text)


def _vague_or_part(match: re.Match[str], text: str) -> Iterator[Quantity]:
    start, end = match.span()
    if match["many"]:
        value = 1
        for word in match["many"].lower().split():
            value *= VAGUE[word]
        yield _make(text, start, end, Decimal(value), _unit(match["manyunit"]), vague=True)
    elif match["helft"]:
        yield _make(text, start, end, Decimal("0.5"), "deel")
    elif match["fraction"]:
        upper, lower = match["fraction"].lower().split()
        parts = {"derde": 3, "kwart": 4, "vierde": 4, "vijfde": 5, "tiende": 10}[lower]
        yield _make(text, start, end, Decimal(ONES[upper]) / parts, "deel")
    elif match["tal"]:
        value_of_tal = _word_value(match["tal"].lower().removesuffix("tal"))
        yield _make(text, start, end, value_of_tal, _unit(match["talunit"]), qualifier="circa")
    else:
        unit = _unit(match["halfunit"] or match["halfmoney"])
        yield _make(text, start, end, Decimal("0.5") * _scale(match["halfscale"]), unit)


def _from_words(match: re.Match[str], text: str) -> Iterator[Quantity]:
    """Number words; "een" and "Een" are articles unless a scale or unit follows."""
    start, end = match.span()
    words = match["words"].lower()
    if words == "een" and not (match["wscale"] or (match["wunit"] and _unit(match["wunit"]) in DURATIONS)):
        return
    yield _make(text, start, end, _word_value(words) * _scale(match["wscale"]), _unit(match["wunit"]))


def _make(
    text: str, start: int, end: int, value: Decimal, unit: str, *, qualifier: str = "", vague: bool = False
) -> Quantity:
    kind: Kind = "number"
    if unit in MONEY:
        kind = "amount"
    elif unit in ("procent", "procentpunt", "promille", "deel"):
        kind = "percentage"
    elif unit in DURATIONS:
        kind = "duration"
    end = start + len(text[start:end].rstrip())
    noun = "" if unit else _noun(text, end)
    return Quantity(start, end, text[start:end], value, unit, kind, qualifier or _qualifier(text, start), noun, vague)


def _with_shared_units(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """Give both ends of a range or pair the unit that is written once ("138,2 tot 199 miljoen euro", "€ 10 tot 15 mln.")."""
    for index, quantity in enumerate(found):
        result = quantity
        if index + 1 < len(found):
            result = _lent_by_next(result, found[index + 1], text)
        if index:
            previous = found[index - 1]
            if previous.kind == "amount" and not result.unit and _joined(previous, result, text):
                result = replace(result, unit=previous.unit, kind="amount", noun="")
        yield result


def _lent_by_next(first: Quantity, second: Quantity, text: str) -> Quantity:
    if first.vague or "ordinal" in (first.kind, second.kind) or not _joined(first, second, text):
        return first
    scale = _written_scale(second.text)
    scaled = _written_scale(first.text) == 1 and scale > 1 and first.value < 1000
    if first.unit and not (scaled and first.unit in MONEY and second.unit in ("", first.unit)):
        return first
    if not second.unit and not scaled:
        return replace(first, noun=second.noun) if not first.noun else first
    return replace(
        first,
        value=first.value * scale if scaled else first.value,
        unit=first.unit or second.unit,
        kind=first.kind if first.unit else second.kind,
        noun=first.noun or second.noun,
    )


def _joined(first: Quantity, second: Quantity, text: str) -> bool:
    return JOIN.fullmatch(text, first.end, second.start) is not None


def _written_scale(text: str) -> int:
    match = re.search(SCALE, text, re.IGNORECASE)
    return int(_scale(match[0])) if match and text[: match.start()].strip() else 1


def _decimal(digits: str) -> Decimal:
    compact = re.sub(r"[\u00a0\u202f ]", "", digits)
    if re.fullmatch(r"\d+\.\d{1,2}|\d+\.\d{4,}", compact):
        return Decimal(compact)
    return Decimal(compact.replace(".", "").replace(",", "."))


def _scale(word: str | None) -> Decimal:
    return Decimal(1) if not word else Decimal(SCALES[word.strip().rstrip(".").lower()])


def _unit(word: str | None) -> str:
    if not word:
        return ""
    return next(name for name, pattern in UNIT_NAMES if pattern.fullmatch(word.strip()))


def _qualifier(text: str, start: int) -> str:
    match = BEFORE.search(text, max(0, start - 24), start)
    return QUALIFIER_NAMES[int((match.lastgroup or "q0")[1:])] if match else ""


def _noun(text: str, end: int) -> str:
    """The noun that is counted: the next word, adjectives (on -e) passed over; "" when a verb or preposition comes first."""
    for _ in range(3):
        match = NOUN.match(text, end)
        if match is None or match[1].lower() in NOT_NOUNS:
            return ""
        word = match[1].lower()
        if not (word.endswith("e") and len(word) > 4 and NOUN.match(text, match.end())):
            return word
        end = match.end()
    return ""


def _is_year(match: re.Match[str], text: str) -> bool:
    """A bare 1900 to 2099 is a year, unless a plural noun follows and nothing before it speaks of time."""
    digits = match["digits"]
    if match["scale"] or match["unit"] or len(digits) != 4 or not (digits.isdigit() and "1900" <= digits <= "2099"):
        return False
    before = text[max(0, match.start() - 14) : match.start()]
    return not _noun(text, match.end()).endswith(("en", "s")) or not before.strip() or YEAR_BEFORE.search(before) is not None


AGE = re.compile(r"(.+?)-?(jarig|daags|wekelijks|maands|uurs)e?")
AGE_UNITS = {"jarig": "jaar", "daags": "dag", "wekelijks": "week", "maands": "maand", "uurs": "uur"}


def _age(match: re.Match[str], text: str) -> Iterator[Quantity]:
    parts = AGE.fullmatch(match["age"].lower())
    if parts is not None:
        value = Decimal(parts[1]) if parts[1].isdigit() else _word_value(parts[1])
        yield _make(text, match.start(), match.end(), value, AGE_UNITS[parts[2]])


def _ordinal(word: str) -> int:
    """The rank that an ordinal in lower case names."""
    if word[0].isdigit():
        return int(re.sub(r"\D", "", word))
    for ending, rank in ORDINALS.items():
        if word.endswith(ending):
            base = re.sub(r"[eë]n$", "", word.removesuffix(ending))
            return rank + (int(_word_value(base)) if base else 0)
    return int(_word_value(re.sub(r"(?:ste|de)$", "", word)))


PARTS = re.compile(NUMBER_PART)


def _word_value(word: str) -> Decimal:
    """The value of one written number in lower case ("tweehonderdvijftig", "tweeënhalf")."""
    fixed = {"anderhalf": "1.5", "anderhalve": "1.5", "driekwart": "0.75"}.get(word)
    if fixed:
        return Decimal(fixed)
    half = Decimal("0.5") if word.endswith("half") else Decimal(0)
    total, group = 0, 0
    for part in PARTS.findall(re.sub(r"[eë]n(?:een)?half$", "", word)):
        if part == "duizend":
            total, group = (total + max(group, 1)) * 1000, 0
        elif part == "honderd":
            group = max(group, 1) * 100
        else:
            group += TENS.get(part) or ONES[part]
    return Decimal(total + group) + half
