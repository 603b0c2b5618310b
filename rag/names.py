"""Names in a statement that its source does not know.

A name is a capitalised word that is no common word opening a sentence. Forms of one name are one: "Belgische" and "België",
"RSB" and "Rijksdienst Sluizen en Bruggen", "EU" and "Europese Unie".
"""

import re
from functools import cache, lru_cache

from index import analyze
from index.stem import known_words, stem
from rag import entities, quantity

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
    "friesland": "fryslan fries friezen", "groningen": "gronings groninger groningers", "drenthe": "drents",
    "overijssel": "overijssels", "gelderland": "gelders", "utrecht": "utrechts", "holland": "hollands",
    "zeeland": "zeeuws zeeuwen", "brabant": "brabants brabanders", "limburg": "limburgs limburgers",
}  # fmt: skip
"""Countries and provinces with the words for what is of them."""
LONG_FORMS = {
    "eu": "europese unie", "vn": "verenigde naties", "vs": "verenigde staten", "vk": "verenigd koninkrijk",
    "navo": "noord-atlantische verdragsorganisatie", "bbp": "bruto binnenlands product", "ep": "europees parlement",
}  # fmt: skip


@cache
def _countries() -> dict[str, str]:
    return {word: country for country, words in COUNTRIES.items() for word in [country, *words.split()]}


def missing(text: str, told: str) -> list[str]:
    """The names in `text` that the text `told` does not know, as written, each once."""
    known = words(told)
    found: list[str] = []
    for name, opens in capitalised(text):
        if opens and not _is_name_at_start(name, known):
            continue
        if not all(_is_known(part, known, told) for part in parts(name)) and not _explains(name, text, told):
            found.append(name)
    return list(dict.fromkeys(found))


def capitalised(text: str) -> list[tuple[str, bool]]:
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
    common = known_words()
    return folded in common or stem(folded) in common or bool(analyze.compound_parts(folded)) or len(folded) < 4


def parts(name: str) -> list[str]:
    """The folded parts of a name that are names themselves: of "EU-missie" only "eu"."""
    parts = [part for part in re.split(r"[-/'’]", name) if len(part) > 1 or part.isdigit()]
    return [analyze.fold(part) for part in parts if not part[0].islower()]


def _is_known(part: str, known: frozenset[str], told: str) -> bool:
    if part in known or part in ROLES or part in LINKING or part.isdigit() or part in _spelled(told):
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
    return any(word[:4] == part[:4] and stem(word) == stem(part) for word in known)


def _inflects(one: str, other: str) -> bool:
    """ "Wadelandse" and "Wadeland", "Defensienota" and "Defensie": one opens the other, or both differ in a short ending."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and long.startswith(short)


@lru_cache(maxsize=512)
def words(text: str) -> frozenset[str]:
    """The folded words of `text`, hyphenated ones whole and in parts."""
    folded = analyze.fold(text)
    found = set(re.findall(r"[a-z0-9]+", folded))
    return frozenset(found | set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", folded)))


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


@lru_cache(maxsize=64)
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
