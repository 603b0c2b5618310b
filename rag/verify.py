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
from functools import lru_cache

from index import analyze, dates, reference
from index.stem import stem
from rag import names, polarity, quantity
from rag.answer import Support
from rag.counted import swapped, wrong_quantities
from rag.dated import wrong_dates
from rag.source import Source

__all__ = ["Contradiction", "Source", "Verdict", "check", "overlap"]

MIN_OVERLAP = 0.55
"""Share of a statement's content words that its source must hold when words are all there is to go by."""
MIN_OVERLAP_WITH_FACTS = 0.3
"""The same when a number, date, name or reference of the statement was found in the source: free paraphrases of the right
sentence have 0.3 and more, and another sentence seldom holds the same fact."""
MIN_CONTRADICTION = 0.9


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
    reasons = [*wrong_dates(text, sources), *wrong_quantities(text, sources), *_wrong_references(text, sources)]
    whole = " ".join(source.text for source in sources)
    around = " ".join(f"{source.text} {source.context}" for source in sources)
    reasons += [f"de naam {name} staat niet in de bron" for name in names.missing(text, around)]
    if not reasons and swapped(text, whole):
        reasons.append("een getal hoort in de bron bij iets anders")
    if polarity.contradicts(text, whole):
        reasons.append("de bron zegt het tegenovergestelde")
    if _tells_a_plan_as_decided(text, whole):
        reasons.append("de bron noemt een verwachting of voorstel, geen besluit")
    least = MIN_OVERLAP_WITH_FACTS if not reasons and _holds_facts(text, sources) else MIN_OVERLAP
    if overlap(text, around) < least:
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
    told = names.words(" ".join(source.text for source in sources))
    named = [name for name, opens in names.capitalised(text) if not opens and analyze.fold(name) not in names.ROLES]
    return any(part in told for name in named for part in names.parts(name))


def _is_verbatim(text: str, sources: Sequence[Source]) -> bool:
    def squeeze(words: str) -> str:
        return " ".join(words.split())

    return squeeze(text) in {squeeze(" ".join(source.text for source in sources)), *(squeeze(s.text) for s in sources)}


# References


def _wrong_references(text: str, sources: Sequence[Source]) -> list[str]:
    told = {(r.dossier, r.number) for source in sources for r in reference.find(f"{source.text} {source.context}")}
    return [
        f"Kamerstuk {' '.join(text[claim.start : claim.end].split()).removeprefix('Kamerstuk ')} staat niet in de bron"
        for claim in reference.find(text)
        if (claim.dossier, claim.number) not in told
    ]


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


# Overlap


def overlap(text: str, source: str) -> float:
    """The share of the content words of `text` that `source` holds, 0 to 1; word forms and parts of compounds count.

    1 for a statement without content words: then only its names and numbers speak.
    """
    words = [t for t in analyze.tokens(text) if not t[0].isdigit() and t not in polarity.EMPTY and t not in names.ROLES]
    if not words:
        return 1.0
    tokens, stems = _bag(source)
    return sum(_in_bag(word, tokens, stems) for word in words) / len(words)


@lru_cache(maxsize=512)
def _bag(text: str) -> tuple[frozenset[str], frozenset[str]]:
    tokens = frozenset(analyze.tokens(text))
    return tokens, frozenset(analyze.words(text))


def _in_bag(word: str, tokens: frozenset[str], stems: frozenset[str]) -> bool:
    if word in tokens or stem(word) in stems:
        return True
    parts = analyze.compound_parts(word)
    if parts and all(stem(part) in stems for part in parts):
        return True
    return len(word) >= 6 and any(token[:6] == word[:6] or (len(token) >= 6 and token in word) for token in tokens)
