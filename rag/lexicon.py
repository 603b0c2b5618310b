"""Other words for the words of a question: officialese, abbreviations and names linked to everyday Dutch.

People ask about "soldaten" where a letter writes "militairen". Every term of `index/data/lexicon.tsv` and each of its
alternatives lead to one another, so that many forms share one meaning, whichever of them was asked for. What is found
joins the word leg with small weights; the words of the question itself keep their full weight.

Loading has to be quick, as every `ask` pays for it: the keys are analysed beforehand into `lexicon.prepared.tsv` (made by
`python -m benchmarks.prepare_lexicon`, checked by a test), and the alternatives of a key only when a question asks for it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from pathlib import Path

from index import analyze
from index.stem import stem

SOURCE = Path(analyze.__file__).parent / "data" / "lexicon.tsv"
PREPARED = SOURCE.with_name("lexicon.prepared.tsv")

WEIGHTS: Mapping[str, float] = {"syn": 1.0, "abbr": 1.0, "name": 1.0, "phrase": 1.0, "hyper": 0.5}
"""The weight of an alternative by its relation. It is divided by the number of the alternative's words and by the root of
the number of alternatives, since a phrase with many of them is vague; measured in docs/lexicon.md."""
SAME = frozenset({"syn", "abbr", "name", "phrase"})
"""Relations that say the same; a wider word ("land" for "Oekraïne") only helps to find."""
MAX_WORDS = 5
"""The longest phrase, in words, that a question is searched for."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say a phrase; `relation` is syn, abbr, name, phrase or hyper, `own`: learnt from a letter."""

    text: str
    relation: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the question (as it stands there, folded) with the alternatives found for it."""

    phrase: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a question was expanded to: `terms` are analysed terms (as `analyze.words` gives them) with their weights."""

    matches: tuple[Match, ...]
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The links between terms: `entries` holds analysed keys with alternatives as "relation:text|relation:text"."""

    entries: Mapping[str, str]
    own: Mapping[str, tuple[Alternative, ...]]

    @classmethod
    def load(cls) -> "Lexicon":
        """The lexicon of the program, read once in a process."""
        return _load()

    def with_abbreviations(self, abbreviations: Iterable[tuple[str, str]]) -> "Lexicon":
        """This lexicon, extended by (short, long) forms learnt from letters; each leads to the other."""
        own: dict[str, list[Alternative]] = {key: list(found) for key, found in self.own.items()}
        for short, long in abbreviations:
            for said, meant in ((short, long), (long, short)):
                alternative, key = Alternative(meant, "abbr", own=True), phrase_key(said)
                if key and alternative not in own.setdefault(key, []):
                    own[key].append(alternative)
        return replace(self, own={key: tuple(found) for key, found in own.items()})

    def alternatives(self, key: str) -> tuple[Alternative, ...]:
        """The alternatives of a phrase's key (see `phrase_key`); none when the lexicon does not know it."""
        own = self.own.get(key, ())
        entry = self.entries.get(key)
        if entry is None:
            return own
        listed = (Alternative(text, relation) for relation, _, text in (part.partition(":") for part in entry.split("|")))
        return (*own, *(alternative for alternative in listed if alternative.text not in {known.text for known in own}))

    def expand(self, question: str) -> Expansion:
        """The phrases of `question` that the lexicon knows, longest first, and the weighted terms they add.

        A word that a longer phrase took is not looked up again. Of two weights for one term the higher counts; terms of
        the question itself are left out.
        """
        matches = tuple(self._matches(question))
        asked = set(analyze.words(question))
        added: dict[str, float] = {}
        for match in matches:
            for alternative in match.alternatives:
                found = terms(alternative.text)
                for term in found:
                    weight = WEIGHTS[alternative.relation] / len(found) / sqrt(len(match.alternatives))
                    added[term] = max(added.get(term, 0.0), weight)
        return Expansion(matches, {term: weight for term, weight in added.items() if term not in asked})

    def _matches(self, question: str) -> Iterator[Match]:
        found = analyze.every_token(question)
        every = [(i, _join(token)) for i, token in enumerate(found)]
        taken: set[int] = set()
        content = [(i, token) for i, token in every if token not in analyze.STOP_WORDS]
        for tokens, smallest in ((every, 2), (content, 1)):
            for size in range(min(MAX_WORDS, len(tokens)), smallest - 1, -1):
                for at in range(len(tokens) - size + 1):
                    piece = tokens[at : at + size]
                    if any(i in taken for i, _ in piece):
                        continue
                    alternatives = self.alternatives(" ".join(stem(token) for _, token in piece))
                    if alternatives:
                        taken.update(i for i, _ in piece)
                        yield Match(" ".join(token for _, token in piece), alternatives)


def phrase_key(phrase: str) -> str:
    """The key of a phrase: its stems without stop words, or with them when they leave a single word ("gaan over").

    Empty when the phrase holds nothing but stop words.
    """
    every = [_join(token) for token in analyze.every_token(phrase)]
    content = [token for token in every if token not in analyze.STOP_WORDS]
    if not content:
        return ""
    return " ".join(stem(token) for token in (content if len(content) > 1 else every))


def prepare(source: str) -> str:
    """The text of the prepared file from that of the lexicon.

    Three lines: the analyzer's version, the keys, the alternatives of each key; tabs between. Two long lines split several
    times faster than one line a key.
    """
    entries: dict[str, dict[str, str]] = {}
    for line in source.splitlines():
        if not line or line.startswith("#"):
            continue
        term, relation, alternatives = line.split("\t")
        for alternative in alternatives.split("|"):
            for said, meant in ((term, alternative), (alternative, term)):
                key = phrase_key(said)
                if key and key != phrase_key(meant):
                    entries.setdefault(key, {}).setdefault(meant, relation)
    rows = [(key, "|".join(f"{relation}:{text}" for text, relation in entries[key].items())) for key in sorted(entries)]
    return "\n".join((analyze.VERSION, "\t".join(key for key, _ in rows), "\t".join(row for _, row in rows))) + "\n"


@cache
def _load() -> Lexicon:
    _, keys, rows = PREPARED.read_text(encoding="utf-8").splitlines()
    return Lexicon(dict(zip(keys.split("\t"), rows.split("\t"), strict=True)), {})


def terms(text: str) -> list[str]:
    """The terms of a phrase, each once, without parts of compounds."""
    return list(dict.fromkeys(stem(_join(token)) for token in analyze.tokens(text)))


def _join(token: str) -> str:
    return re.sub("[-']", "", token)
