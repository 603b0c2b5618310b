"""Stems: one form for the forms of a word.

Snowball's older Dutch stemmer (Porter) cuts endings alone, which keeps unlike words apart. Its newer one (Kraaij and
Pohlmann) also cuts a "ge" in front and takes "gemeente" and "mening" for one word, "gebied" and "bieden", "gezond" and
"zon": measured on all question sets it finds less and knows less well what no letter answers. What Porter misses, a form
of a verb with "ge" in front or "t" behind, is led back to its infinitive where that is a known word.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

KNOWN_WORDS = Path(__file__).parent / "data" / "words.txt"
VERB = re.compile(r"(?P<ge>ge)?(?P<base>[a-z]{2,}[^aeiou])(?P<ending>[dt])")
LONG = re.compile(r"(aa|ee|oo|uu)[^aeiou]$")
SHORT = re.compile(r"(?:^|[^aeiou])[aeiou][bdfgklmnprst]$")
UNSTRESSED = ("er", "el", "en", "em", "ig")
VOICED = {"f": "v", "s": "z"}
DOUBLED = re.compile(r"([bdfgklmnprst])\1$")
NO_VERBS = frozenset("bijt bont gast gemand gemidd geboort gewest graft hert kust plant vent vert west".split())
"""Known words that only look like a form of a verb."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word: "getraind", "traint" and "trainen" become "train"."""
    return DOUBLED.sub(r"\1", str(_stemmer().stemWord(_infinitive(word) or word)))


@cache
def known_words() -> frozenset[str]:
    """The folded words that come with the program."""
    return frozenset(KNOWN_WORDS.read_text(encoding="utf-8").split())


def _infinitive(word: str) -> str | None:
    """The known verb that the folded `word` is a form of ("getraind", "betaalt"), if it is one."""
    match = VERB.fullmatch(word)
    if match is None or word in NO_VERBS:
        return None
    if match["ending"] == "d" and not match["ge"] and word in known_words():
        return None
    base = match["base"]
    found = [_with_ending(base)]
    if base.endswith(UNSTRESSED):
        found.append(f"{base}en")
    if base[-1] in VOICED:
        found.append(_with_ending(base[:-1] + VOICED[base[-1]]))
    return next((verb for verb in found if verb in known_words()), None)


def _with_ending(base: str) -> str:
    """The infinitive of a verb's `base` by the rules of spelling: "maak" is "maken", "stop" is "stoppen"."""
    if LONG.search(base):
        return f"{base[:-2]}{base[-1]}en"
    return f"{base}{base[-1]}en" if SHORT.search(base) else f"{base}en"


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch_porter")
