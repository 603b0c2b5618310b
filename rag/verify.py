"""Verify: is a statement proved by the spans that it cites? Deterministic, in three states.

Verbatim: the text is the reading view of its spans. Supported: every number, amount, percentage, duration, date, Kamerstuk
number and name of the statement occurs in them after normalisation, nothing is denied that they affirm, and enough of its
words stand there. Unverified: anything else, with the reasons in Dutch. Nothing is repaired and nothing is hidden.

The strict part comes first because it is what a reader of letters cannot forgive: a wrong amount under a real citation. Word
overlap alone says little: a changed number leaves it at 0.95.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from index import analyze, dates, reference
from rag import entities, polarity, quantity
from rag.answer import Support

MIN_OVERLAP = 0.55
"""Share of a statement's content words that its source must hold when words are all there is to go by."""
MIN_OVERLAP_WITH_FACTS = 0.3
"""The same when a number, date, name or reference of the statement was found in the source: free paraphrases of the right
sentence have 0.3 and more, and another sentence seldom holds the same fact."""
MIN_CONTRADICTION = 0.9


@dataclass(frozen=True, slots=True)
class Source:
    """The reading view of one cited sentence, with the date of its letter.

    `context` is what the reader of the citation sees besides the text and may be repeated in a statement: title of the
    letter, heading, fractie, sender.
    """

    text: str
    letter_date: date | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A support state and, for unverified, why (Dutch, each a short clause)."""

    support: Support
    reasons: tuple[str, ...] = ()


Contradiction = Callable[[str, str], float]
"""From source and statement to the probability that they contradict each other (rag/nli.py)."""


def check(text: str, sources: Sequence[Source], contradiction: Contradiction | None = None) -> Verdict:
    """The verdict on statement `text`, cited to `sources` in order.

    `contradiction` is an optional model; it can only take support away. A statement without sources is unverified.
    """
    if not sources:
        return Verdict(Support.UNVERIFIED, ("er is geen bron genoemd",))
    if _is_verbatim(text, sources):
        return Verdict(Support.VERBATIM)
    reasons = [*_wrong_dates(text, sources), *_wrong_quantities(text, sources), *_wrong_references(text, sources)]
    reasons += [f"de naam {name} staat niet in de bron" for name in missing_names(text, sources)]
    whole = " ".join(source.text for source in sources)
    if not reasons and _swapped(text, whole):
        reasons.append("een getal hoort in de bron bij iets anders")
    if polarity.contradicts(text, whole):
        reasons.append("de bron zegt het tegenovergestelde")
    if _tells_a_plan_as_decided(text, whole):
        reasons.append("de bron noemt een verwachting of voorstel, geen besluit")
    least = MIN_OVERLAP_WITH_FACTS if not reasons and _holds_facts(text, sources) else MIN_OVERLAP
    if overlap(text, " ".join(f"{source.text} {source.context}" for source in sources)) < least:
        reasons.append("de bron gaat over iets anders")
    if not reasons and contradiction is not None and contradiction(whole, text) >= MIN_CONTRADICTION:
        reasons.append("volgens het controlemodel zegt de bron iets anders")
    return Verdict(Support.UNVERIFIED, tuple(dict.fromkeys(reasons))) if reasons else Verdict(Support.SUPPORTED)


def _holds_facts(text: str, sources: Sequence[Source]) -> bool:
    """Whether a statement whose facts were all found has any: a number, a day or month, a reference or a name."""
    if any(q.value != 1 or q.unit for q in quantity.find(text)) or reference.find(text):
        return True
    if any(mention.precision not in ("year", "years") for mention in dates.find(text, sources[0].letter_date)):
        return True
    words = _known_words(tuple(source.text for source in sources))
    named = [name for name, opens in names(text) if not opens and analyze.fold(name) not in ROLES]
    return any(part in words for name in named for part in _parts(name))


def _is_verbatim(text: str, sources: Sequence[Source]) -> bool:
    def squeeze(words: str) -> str:
        return " ".join(words.split())

    return squeeze(text) in {squeeze(" ".join(source.text for source in sources)), *(squeeze(s.text) for s in sources)}


# Dates


LETTER_WORDS = re.compile(r"\b(?:brief|brieven|verslag|agenda|nota|stand|per)\b", re.IGNORECASE)
YEAR_PAIR = re.compile(r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d")
YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d,]|\.\d)")


def _wrong_dates(text: str, sources: Sequence[Source]) -> list[str]:
    """A date of the statement must be in a source, or hold one that is (the year of a day), never be finer."""
    told = [mention for source in sources for mention in dates.find(source.text, source.letter_date)]
    if LETTER_WORDS.search(text):
        told += [mention for source in sources for mention in dates.find(source.context, source.letter_date)]
    days = [(mention.first, mention.last) for mention in told]
    if LETTER_WORDS.search(text):
        days += [(source.letter_date, source.letter_date) for source in sources if source.letter_date is not None]
    anchors = {source.letter_date for source in sources} or {None}
    dates_of_letters = [source.letter_date for source in sources if source.letter_date is not None]
    readings = [dates.find(text, anchor) for anchor in sorted(anchors, key=str)]
    years = {day.year for first, last in days for day in (first, last)}
    years |= {int(year) for source in sources for year in YEAR.findall(source.text)}
    wrong = []
    for index, mention in enumerate(readings[0]):
        if YEAR_PAIR.fullmatch(text, mention.start, mention.end) and {mention.first.year, mention.last.year} <= years:
            continue
        alternatives = [reading[index] for reading in readings if index < len(reading)]
        if _names_the_state(text, mention) or len(set(dates_of_letters)) > 1:
            days_here = days + [(day, day) for day in dates_of_letters]
        else:
            days_here = days
        if not any(_is_told(m, days_here) for m in alternatives):
            wrong.append(f"de datum {_squeezed(text, mention.start, mention.end)} staat niet in de bron")
    covered = [(mention.start, mention.end) for mention in readings[0]]
    for match in YEAR.finditer(text):
        inside = any(start <= match.start() < end for start, end in covered)
        if not inside and int(match[0]) not in years and not _counted(text, match.start()):
            wrong.append(f"het jaar {match[0]} staat niet in de bron")
    return wrong


def _is_told(claim: dates.DateMention, days: Sequence[tuple[date, date]]) -> bool:
    """Whether the source's periods hold the claim: the same one, one inside it, or for a span its two ends."""
    if any((claim.first, claim.last) == period for period in days):
        return True
    if claim.precision in ("month", "season", "part", "year"):
        return any(claim.first <= first and last <= claim.last for first, last in days)
    ends = claim.precision in ("days", "months", "years")
    return ends and any(first == claim.first for first, _ in days) and any(last == claim.last for _, last in days)


def _names_the_state(text: str, mention: dates.DateMention) -> bool:
    """Whether a date opens the statement or stands in brackets, as the date of a state of affairs does."""
    before = re.sub(r"^\W*(?:in|op|per|begin|eind|medio)\b", "", text[: mention.start].strip(), flags=re.IGNORECASE)
    return not before.strip(" (") or text[: mention.start].rstrip().endswith("(")


def _counted(text: str, start: int) -> bool:
    return any(q.start <= start < q.end for q in quantity.find(text))


# Quantities


OPPOSITE_BOUNDS = (
    {"meer dan", "minder dan"},
    {"minimaal", "maximaal"},
    {"ruim", "bijna"},
    {"ruim", "minder dan"},
    {"bijna", "meer dan"},
)
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _wrong_quantities(text: str, sources: Sequence[Source]) -> list[str]:
    told = [found for source in sources for found in quantity.find(source.text)]
    titled = [found for source in sources for found in quantity.find(source.context)]
    wrong = []
    ours = quantity.find(text)
    for claim in ours:
        if claim.value == 1 and not claim.unit:
            continue  # "één fonds" is seldom a count
        equal = [found for found in told + titled if quantity.same(claim, found)]
        if not equal:
            wrong.append(f"het getal {_squeezed(text, claim.start, claim.end)} staat niet in de bron")
        elif all({claim.qualifier, found.qualifier} in OPPOSITE_BOUNDS for found in equal):
            wrong.append(f"bij {_squeezed(text, claim.start, claim.end)} zegt de bron '{equal[0].qualifier}'")
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


def _squeezed(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


# References


def _wrong_references(text: str, sources: Sequence[Source]) -> list[str]:
    told = {(r.dossier, r.number) for source in sources for r in reference.find(f"{source.text} {source.context}")}
    return [
        f"Kamerstuk {_squeezed(text, claim.start, claim.end).removeprefix('Kamerstuk ')} staat niet in de bron"
        for claim in reference.find(text)
        if (claim.dossier, claim.number) not in told
    ]


# Names


NAME = re.compile(r"[A-ZÀ-Ý][\w'’]*(?:[-/][\w'’]+)*|\b\w+-[A-ZÀ-Ý][\w'’]*(?:-\w+)*")
ROLES = frozenset(
    "minister ministers staatssecretaris staatssecretarissen bewindspersonen bewindslieden kabinet regering rijk kamer "
    "tweede eerste "
    "voorzitter motie moties kamerstuk kamerbrief brief ministerie mevrouw heer de het een ir drs dr mr prof euro eur "
    "mln mld nr "
    "fractie leden lid kamerlid kamerleden commissie staten-generaal".split()
)
"""Capitalised words that name no one in particular: a statement may say "de Staatssecretaris" where the letter says "ik"."""
OPENERS = frozenset(
    "daarnaast daarbij daarom daarmee daarvoor daarvan daardoor hierbij hiermee hiervoor hiervan hierdoor vervolgens "
    "bovendien verder tevens echter want omdat hoewel toch inmiddels momenteel ondertussen volgens binnen buiten "
    "sinds vanaf tussen tijdens namens behalve ondanks dankzij conform naast zowel uiterlijk tegelijk eerst eerder "
    "later welke wanneer waarom vanwege wegens mede alle beide enkele sommige allebei vooral alleen samen onlangs "
    "straks morgen gisteren vandaag meestal soms vaak helaas gelukkig uiteindelijk overigens bijvoorbeeld eveneens "
    "hiertoe daartoe hierin daarin hierover daarover hieraan daaraan hieruit daaruit wie wat welk hoeveel zodra "
    "zolang nadat voordat indien mits doordat zodat terwijl ieder iedere elk elke geen niemand niets vroeg vraagt "
    "eind begin medio half ruim circa bijna ongeveer minstens maximaal minimaal steeds telkens intussen daarentegen "
    "desondanks niettemin bij voor door over onder ten ter jaarlijks maandelijks wekelijks dagelijks nog al pas reeds "
    "zelfs juist misschien mogelijk waarschijnlijk vermoedelijk kennelijk blijkbaar".split()
)
"""Words that open a sentence with a capital and name no one."""
COMMON_ENDINGS = (
    "lijk",
    "lijke",
    "ing",
    "ingen",
    "heid",
    "heden",
    "ende",
    "isch",
    "ische",
    "matig",
    "matige",
    "tie",
    "ties",
)
LINKING = frozenset("de het een en van voor in der den des te ter ten op aan bij and of the for".split())
COUNTRIES = {
    "nederland": "nederlands nederlander nederlanders", "belgie": "belgisch belg belgen", "duitsland": "duits duitser "
                                                                                                       "duitsers",
    "frankrijk": "frans fransman", "denemarken": "deens deen denen", "noorwegen": "noors noor noren", "zweden": "zweeds "
                                                                                                                "zweed",
    "finland": "fins fin finnen", "polen": "pools pool", "oekraine": "oekraiens oekrainer oekrainers",
    "rusland": "russisch rus russen", "china": "chinees chinezen", "europa": "europees europeaan europeanen",
    "spanje": "spaans", "italie": "italiaans", "turkije": "turks", "estland": "ests esten", "letland": "lets letten",
    "litouwen": "litouws", "griekenland": "grieks", "tsjechie": "tsjechisch", "slowakije": "slowaaks",
    "hongarije": "hongaars",
    "roemenie": "roemeens", "bulgarije": "bulgaars", "oostenrijk": "oostenrijks", "zwitserland": "zwitsers",
    "portugal": "portugees",
    "ierland": "iers", "israel": "israelisch israeli", "iran": "iraans", "irak": "iraaks", "japan": "japans japanners",
    "korea": "koreaans", "australie": "australisch", "canada": "canadees", "groot-brittannie": "brits britten",
    "amerika": "amerikaans amerikanen", "georgie": "georgisch", "moldavie": "moldavisch", "servie": "servisch",
    "kroatie": "kroatisch", "slovenie": "sloveens", "syrie": "syrisch", "soedan": "soedanees", "indonesie": "indonesisch",
    "suriname": "surinaams", "marokko": "marokkaans",
}  # fmt: skip
LONG_FORMS = {
    "eu": "europese unie", "vn": "verenigde naties", "vs": "verenigde staten", "vk": "verenigd koninkrijk",
    "navo": "noord-atlantische verdragsorganisatie", "bbp": "bruto binnenlands product", "ep": "europees parlement",
}  # fmt: skip


@cache
def _countries() -> dict[str, str]:
    return {word: country for country, words in COUNTRIES.items() for word in [country, *words.split()]}


def missing_names(text: str, sources: Sequence[Source]) -> list[str]:
    """The names in `text` that no source and no context knows, as written, each once."""
    known = _known_words(tuple(f"{source.text} {source.context}" for source in sources))
    flat = " ".join(f"{source.text} {source.context}" for source in sources)
    acronyms = _spelled(flat)
    missing: list[str] = []
    for name, opens in names(text):
        if opens and not _is_name_at_start(name, known):
            continue
        if not all(_is_known(part, known, acronyms) for part in _parts(name)) and not _explains(name, text, flat):
            missing.append(name)
    return list(dict.fromkeys(missing))


def names(text: str) -> list[tuple[str, bool]]:
    """The capitalised words of `text` in order, with whether each opens a sentence."""
    found = []
    for match in NAME.finditer(text):
        before = text[: match.start()].rstrip(" \t\n'\"“”‘’(«")
        found.append((match[0].rstrip("'’-/"), not before or before[-1] in ".?!:"))
    return found


def _is_name_at_start(name: str, known: frozenset[str]) -> bool:
    """A word that opens a sentence is a name when it looks or is known as one."""
    folded = analyze.fold(name)
    if any(char.isupper() or char.isdigit() for char in name[1:]):
        return True
    if folded in _countries() or folded in entities.places():
        return True
    if folded in ROLES or folded in analyze.STOP_WORDS or folded in OPENERS or folded in known or quantity.find(name):
        return False
    return not (_is_common(folded) or folded.endswith(COMMON_ENDINGS))


@lru_cache(maxsize=8192)
def _is_common(folded: str) -> bool:
    common = analyze._known_words()
    return folded in common or analyze.stem(folded) in common or bool(analyze.compound_parts(folded)) or len(folded) < 4


def _parts(name: str) -> list[str]:
    """The folded parts of a name that are names themselves: of "EU-missie" only "eu"."""
    parts = [part for part in re.split(r"[-/'’]", name) if len(part) > 1 or part.isdigit()]
    return [analyze.fold(part) for part in parts if not part[0].islower()]


def _is_known(part: str, known: frozenset[str], acronyms: frozenset[str]) -> bool:
    if part in known or part in ROLES or part in LINKING or part in acronyms or part.isdigit():
        return True
    country = _countries().get(part.removesuffix("e")) or _countries().get(part)
    if country is not None:
        return any((_countries().get(word.removesuffix("e")) or _countries().get(word)) == country for word in known)
    if any(part in long.split() and short in known for short, long in LONG_FORMS.items()):
        return True
    if part in LONG_FORMS and all(word in known for word in LONG_FORMS[part].split()):
        return True
    return len(part) >= 5 and (_is_inflected(part, known) or any(_inflects(part, word) for word in known))


def _is_inflected(part: str, known: frozenset[str]) -> bool:
    """Another form of a common word ("Internationaal" where the source has "Internationale")."""
    return any(word[:4] == part[:4] and analyze.stem(word) == analyze.stem(part) for word in known)


def _inflects(one: str, other: str) -> bool:
    """ "Wadelandse" and "Wadeland", "Defensienota" and "Defensie": one opens the other, or both differ in a short ending."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and long.startswith(short)


@lru_cache(maxsize=512)
def _known_words(texts: tuple[str, ...]) -> frozenset[str]:
    folded = analyze.fold(" ".join(texts))
    words = set(re.findall(r"[a-z0-9]+", folded))
    return frozenset(words | set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", folded)))


def _runs(text: str) -> list[list[str]]:
    """Runs of capitalised words, small linking words between them left out: ["Rijksdienst", "Sluizen", "Bruggen"]."""
    runs: list[list[str]] = []
    current: list[str] = []
    for word in re.findall(r"[\w'’-]+|[^\w\s]", text):
        if word[0].isupper():
            current.append(word)
        elif word.lower() not in LINKING or not current:
            if len(current) > 1:
                runs.append(current)
            current = []
    return [*runs, current] if len(current) > 1 else runs


def _spelled(text: str) -> frozenset[str]:
    """The acronyms that runs of capitalised words in `text` spell, folded ("rsb")."""
    spelled = set()
    for run in _runs(text):
        initials = "".join(piece[0] for word in run for piece in word.split("-") if piece)
        folded = analyze.fold(initials)
        spelled |= {folded[i:j] for i in range(len(folded)) for j in range(i + 2, len(folded) + 1)}
    return frozenset(spelled)


def _explains(name: str, text: str, flat: str) -> bool:
    """Whether `name` belongs to a run of `text` whose initials stand as an acronym in the source."""
    acronyms = {analyze.fold(word) for word in re.findall(r"\b[A-Z]{2,8}\b", flat)}
    for run in _runs(text):
        if name in run:
            initials = analyze.fold("".join(word[0] for word in run))
            if any(acronym in initials for acronym in acronyms if len(acronym) >= 2):
                return True
    return False


# Expected against decided


DECIDED = re.compile(
    r"\b(?:besloot|besloten|besluit\s+genomen|(?:is|zijn|werd|werden)\s+(?:\w+\s+){0,4}(?:aangenomen|vastgesteld|goedgekeurd|ingesteld)"
    r"|afgesproken|spraken\s+af|akkoord\s+bereikt|overeengekomen)\b",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:naar\s+verwachting|verwacht\w*|voorstel\w*|stel(?:t|len)?\s+(?:\w+\s+){0,3}voor|voornemen\w*|overweeg\w*|overwegen"
    r"|streeft?|streven|beoog\w*|mogelijk|eventueel|zou(?:den)?|wil(?:len)?|nog\s+geen\s+besluit|nog\s+niet\s+besloten)\b",
    re.IGNORECASE,
)


def _tells_a_plan_as_decided(text: str, source: str) -> bool:
    """Whether the statement speaks of a decision where the source only expects or proposes."""
    told = DECIDED.search(text) is not None and PLANNED.search(text) is None
    return told and DECIDED.search(source) is None and PLANNED.search(source) is not None


# What a number belongs to


def _swapped(text: str, source: str) -> bool:
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
    return {analyze.stem(token) for token in analyze.tokens(text) if not token[0].isdigit() and token not in polarity.EMPTY}


# Overlap


def overlap(text: str, source: str) -> float:
    """The share of the content words of `text` that `source` holds, 0 to 1; word forms and parts of compounds count.

    1 for a statement without content words: then only its names and numbers speak.
    """
    words = [t for t in analyze.tokens(text) if not t[0].isdigit() and t not in polarity.EMPTY and t not in ROLES]
    if not words:
        return 1.0
    tokens, stems = _bag(source)
    return sum(_in_bag(word, tokens, stems) for word in words) / len(words)


@lru_cache(maxsize=512)
def _bag(text: str) -> tuple[frozenset[str], frozenset[str]]:
    tokens = frozenset(analyze.tokens(text))
    return tokens, frozenset(analyze.words(text))


def _in_bag(word: str, tokens: frozenset[str], stems: frozenset[str]) -> bool:
    if word in tokens or analyze.stem(word) in stems:
        return True
    parts = analyze.compound_parts(word)
    if parts and all(analyze.stem(part) in stems for part in parts):
        return True
    return len(word) >= 6 and any(token[:6] == word[:6] or (len(token) >= 6 and token in word) for token in tokens)
