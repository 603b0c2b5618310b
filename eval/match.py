"""When a fact stands in an answer: folding, numbers that are whole, and how many words an answer has.

The rules are those of the gold sets: accents folded, white space collapsed, case ignored, citation markers removed, words
split at a line end joined with and without the hyphen. A number is never met by a piece of another number. Everything here
is text in, value out, so that the rules can be attacked in tests. The folding is written out here, though index/analyze.py
has one like it: a measure must not change when the program's own analysis does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

MAX_WORDS = 120
"""A longer answer is not right: reciting the letter is no answer."""

LONGEST_WORD = 40
"""Letters of one word; what is written together beyond this counts as more words (words glued with signs are no way out)."""

MARKER = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\](?P<glued>(?=[^\W_]))?")
LINE_END_HYPHEN = re.compile(r"-\s*\n\s*")
FORMAT_CHARACTERS = re.compile("[\u00ad\u180e\u200b-\u200f\u2028\u2029\u2060-\u2064\ufeff]")
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}(?:[. ]\d{3})+)(?!\d|[.]\d)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
F1_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
ARTICLES = frozenset(("de", "het", "een"))


def fold(text: str) -> str:
    """`text` without accents or compatibility forms, in one case, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).casefold().split())


def without_markers(text: str) -> str:
    """`text` without citation markers ([1], [1, 3], [2-4]); what stood on both sides of one is not joined to one word."""
    return MARKER.sub(lambda match: "" if match["glued"] is None else " ", text)


def variants(text: str) -> tuple[str, ...]:
    """The folded text as it stands, and with words split over a line end joined without and with the hyphen."""
    if "\n" not in text:
        return (fold(text),)
    return fold(text), fold(LINE_END_HYPHEN.sub("", text)), fold(LINE_END_HYPHEN.sub("-", text))


def answer_variants(answer: str) -> tuple[str, ...]:
    """The forms of an answer in which facts and traps are looked for."""
    return variants(without_markers(answer))


@lru_cache(maxsize=65536)
def _pattern(alternative: str) -> re.Pattern[str]:
    folded = fold(alternative)
    before = r"(?<!\d)(?<!\d[.,])" if folded[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if folded[-1:].isdigit() else ""
    return re.compile(before + re.escape(folded) + after)


def occurs(alternative: str, texts: Sequence[str]) -> bool:
    """Whether `alternative` stands in one of the folded `texts`; at a digit it must not be a piece of a longer number."""
    pattern = _pattern(alternative)
    return any(pattern.search(text) is not None for text in texts)


def missing_facts(facts: Sequence[Sequence[str]], texts: Sequence[str]) -> tuple[int, ...]:
    """The positions (from 0) of the facts of which no alternative stands in `texts`; a fact is a list of alternatives."""
    return tuple(at for at, alternatives in enumerate(facts) if not any(occurs(a, texts) for a in alternatives))


def traps_found(traps: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """The traps that stand in `texts`, in their order; compared as facts are."""
    return tuple(trap for trap in traps if occurs(trap, texts))


def word_count(answer: str) -> int:
    """Words between white space, markers left out; a word counts once per 40 characters, and invisible signs separate."""
    words = FORMAT_CHARACTERS.sub(" ", without_markers(answer)).split()
    return sum(-(-len(word) // LONGEST_WORD) for word in words)


def numbers(text: str) -> Counter[str]:
    """The numbers of `text`, thousands written together and a point for the comma ("40 000" is "40000", "1,4" is "1.4")."""
    return Counter(number.replace(",", ".") for number in NUMBER.findall(_thousands_joined(fold(without_markers(text)))))


def _thousands_joined(text: str) -> str:
    return THOUSANDS.sub(lambda match: re.sub("[. ]", "", match[1]), text)


def f1_tokens(text: str) -> list[str]:
    """The words and numbers of `text` for token F1, after SQuAD with Dutch articles: folded, no signs, no articles."""
    joined = _thousands_joined(fold(without_markers(text)))
    return [word for word in F1_TOKEN.findall(joined) if word not in ARTICLES]


def token_f1(answer: str, reference: str) -> float:
    """Token F1 of SQuAD (Rajpurkar et al., 2016, https://arxiv.org/abs/1606.05250): harmonic mean of the shares in common.

    Between 0 and 1. As in SQuAD's own script, two texts without any token are equal (1.0), one without is 0.0.
    """
    ours, theirs = Counter(f1_tokens(answer)), Counter(f1_tokens(reference))
    if not ours or not theirs:
        return float(ours == theirs)
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total())
