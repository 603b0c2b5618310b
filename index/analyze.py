"""Dutch analysis: from text to the terms of the lexical leg.

Words are folded (accents off, lower case), stemmed (index/stem.py) and split where they are compounds of known words; next
to them stand character 5-grams, which catch the compounds and inflections that the rest misses. Measured on Dutch
parliamentary questions, stemming alone adds little; compounds and 5-grams do. The known words (index/data/words.txt) come
with the program: the terms of a letter never depend on another letter.

VERSION is stored in every index; change it whenever the terms change.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from index.stem import known_words, stem

VERSION = "4"

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Unicode's blocks of combining diacritical marks."""
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z][a-z0-9]*(?:['-][a-z0-9]+)*|[%€]")
ENDING = "'s"
"""Of a plural or a genitive ("foto's", "Rutte's")."""
MODEL = re.compile(r"[a-z]{1,3}(?P<number>\d+)")
"""What is also written with a hyphen: "F16", "CO2"."""
UNITS = {"%": "procent", "€": "euro", "eur": "euro", "mln": "miljoen", "mld": "miljard"}
"""Signs and short forms of units with the word that they stand for."""
STOP_WORDS = frozenset(
    "de het een en van in is dat die te op voor met aan er om zijn ook als bij door naar dan wat welke wie waar wanneer hoe "
    "hoeveel waarom was werd wordt worden heeft hebben had ik je u we wij ze zij hij hun deze dit niet geen over uit of tot "
    "tegen nog al meer zo maar zou kan kunnen zal zullen moet moeten mag onder toen wel daar hier zo'n".split()
)
MIN_PART = 4
MIN_COMPOUND = 9
LINKS = ("", "s", "en", "e")


def fold(text: str) -> str:
    """`text` in lower case without accents or compatibility forms ("Oekraïne" becomes "oekraine"), apostrophes upright."""
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().replace("’", "'")


def words(text: str) -> list[str]:
    """The word terms of `text` in order: stems, without stop words, each compound followed by its parts."""
    return [term for token in tokens(text) for term in _terms(token)]


def every_token(text: str) -> list[str]:
    """The folded words and numbers of `text` in order, units in full ("5%" is "5 procent"), without the ending "'s"."""
    return [UNITS.get(token, token.removesuffix(ENDING)) for token in TOKEN.findall(fold(text))]


def tokens(text: str) -> list[str]:
    """Those of `every_token` that are no stop words."""
    return [token for token in every_token(text) if token not in STOP_WORDS]


def ngrams(text: str, size: int = 5) -> list[str]:
    """The character n-grams of every word of `text`, with "_" for the word's ends; short words whole."""
    grams: list[str] = []
    for token in tokens(text):
        padded = f"_{token}_"
        if len(padded) <= size:
            grams.append(padded)
        else:
            grams.extend(padded[i : i + size] for i in range(len(padded) - size + 1))
    return grams


def compound_parts(word: str) -> tuple[str, ...]:
    """The two known words that the folded `word` is made of ("munitieproductie"), or nothing.

    Of all splits the most even one is taken; a linking s, e or en between the parts is allowed.
    """
    return _compound_parts(word)


def is_known(word: str) -> bool:
    """Whether the folded `word` is one of the known words, or their stem, or made of two of them."""
    known = known_words()
    return word in known or stem(word) in known or bool(_compound_parts(word))


@lru_cache(maxsize=65536)
def _compound_parts(word: str) -> tuple[str, ...]:
    if len(word) < MIN_COMPOUND or not word.isalpha():
        return ()
    splits = list(_splits(word))
    return min(splits, key=lambda parts: abs(len(parts[0]) - len(word) / 2)) if splits else ()


def _splits(word: str) -> Iterator[tuple[str, str]]:
    known = known_words()
    for cut in range(MIN_PART, len(word) - MIN_PART + 1):
        left, right = word[:cut], word[cut:]
        if right not in known and stem(right) not in known:
            continue
        for link in LINKS:
            base = left.removesuffix(link)
            if len(base) >= MIN_PART and left == base + link and base in known:
                yield base, right
                break


@lru_cache(maxsize=65536)
def _terms(token: str) -> tuple[str, ...]:
    pieces = [token.replace("-", "").replace("'", "")] + (re.split("[-']", token) if "-" in token or "'" in token else [])
    if model := MODEL.fullmatch(token):
        pieces.append(model["number"])
    terms: list[str] = []
    for piece in pieces:
        if len(piece) < 2 and not piece.isdigit():
            continue
        terms.append(stem(piece))
        terms.extend(stem(part) for part in compound_parts(piece))
    return tuple(terms)
