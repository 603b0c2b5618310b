"""Evidence: the sentences that an LLM may answer from, each under an opaque key.

Keys are three consonants (four for very long evidence). Weak models miscopy numbers and "correct" them to a neighbour (they
cite [5] of four documents); letters in no order carry no such temptation. The last letter is a checksum: a key with one
wrong letter is never another valid key. No key occurs in the evidence itself, so that a letter cannot cite for the model.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from index.letter import Letter, Quality, Role, Span

ALPHABET = "BCDFGHJKMNPQRSTVWXZ"
"""Consonants without L (read as 1 or I); codes of them are no Dutch words."""
STEP = 211
"""Coprime to 19: neighbours in the evidence get keys that look unlike each other."""


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """One sentence that may be cited by `key`: its reading view, its canonical spans, and where it stands."""

    key: str
    letter: str
    title: str
    date: date | None
    heading: str
    text: str
    spans: tuple[Span, ...]
    page: int | None
    quality: Quality
    role: Role
    fractie: str | None
    passage: int
    """The rank of its passage, from 0; passages are dropped from the end when the context is too small."""


class SentenceLike(Protocol):
    """A Sentence, or one as it stands in an index."""

    @property
    def text(self) -> str: ...
    @property
    def spans(self) -> tuple[Span, ...]: ...
    @property
    def start(self) -> int: ...


class PassageLike(Protocol):
    """A Passage, or one as it stands in an index."""

    @property
    def letter(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def heading(self) -> tuple[str, ...]: ...
    @property
    def fractie(self) -> str | None: ...
    @property
    def sentences(self) -> Sequence[SentenceLike]: ...


def gather(passages: Iterable[PassageLike], letter: Callable[[str], Letter], question: str = "") -> list[EvidenceSentence]:
    """The sentences of `passages` (best first) under fresh keys; a sentence in two passages comes once.

    `letter` gives the Letter of a name. No key stands in `question`. Empty sentences are left out.
    """
    found: list[EvidenceSentence] = []
    seen: set[tuple[str, int]] = set()
    for rank, passage in enumerate(passages):
        source = letter(passage.letter)
        when = source.metadata.date
        for sentence in passage.sentences:
            if (passage.letter, sentence.start) in seen or not sentence.text.strip():
                continue
            seen.add((passage.letter, sentence.start))
            found.append(
                EvidenceSentence(
                    key="",
                    letter=passage.letter,
                    title=source.title,
                    date=None if when is None else when.value,
                    heading=" > ".join(passage.heading),
                    text=" ".join(sentence.text.split()),
                    spans=sentence.spans,
                    page=source.page_at(sentence.start),
                    quality=source.quality,
                    role=passage.role,
                    fractie=passage.fractie,
                    passage=rank,
                )
            )
    return with_keys(found, question)


def with_keys(sentences: Sequence[EvidenceSentence], question: str = "") -> list[EvidenceSentence]:
    """`sentences` with keys given anew; no key stands in any of them or in `question`."""
    keys = make_keys(len(sentences), " ".join([question, *(f"{s.title} {s.heading} {s.text}" for s in sentences)]))
    return [replace(sentence, key=key) for sentence, key in zip(sentences, keys, strict=True)]


ORDERS = re.compile(
    r"\b(?:negeer|vergeet|ignore|disregard|forget)\b.{0,40}\b(?:instructies?|opdrachten|regels|prompt|instructions?|rules)\b"
    r"|\b(?:systeemprompt|system prompt)\b",
    re.IGNORECASE,
)
"""Words that speak to a language model and not to parliament."""


def without_orders(
    evidence: Sequence[EvidenceSentence],
) -> tuple[list[EvidenceSentence], list[EvidenceSentence]]:
    """`evidence` parted in what a model may read and the sentences that try to give it orders."""
    orders = [sentence for sentence in evidence if ORDERS.search(sentence.text)]
    return [sentence for sentence in evidence if sentence not in orders], orders


def make_keys(count: int, avoid: str = "") -> list[str]:
    """`count` keys, always the same ones in the same order, none of which is a word of `avoid`.

    Three letters as long as that suffices, four for very long evidence. Raises ValueError beyond some thousands.
    """
    taken = {word.upper() for word in re.findall(r"\b[A-Za-z]{3,4}\b", avoid)} | EXAMPLES
    for free in (2, 3):
        keys = [key for key in _codes(free) if key not in taken]
        if len(keys) >= count:
            return keys[:count]
    raise ValueError(f"no {count} keys")


@cache
def _codes(free: int) -> tuple[str, ...]:
    """All codes of `free` letters and a checksum letter, no letter twice, in an order that looks random."""
    size = len(ALPHABET)
    codes = []
    for number in range(size**free):
        rest = (number + 1) * STEP % size**free
        digits = [rest // size**place % size for place in reversed(range(free))]
        check = (sum((3 + 2 * place) * digit for place, digit in enumerate(digits)) + 7) % size
        code = "".join(ALPHABET[digit] for digit in [*digits, check])
        if len(set(code)) == len(code):
            codes.append(code)
    return tuple(codes)


EXAMPLES = frozenset({"QZV", "WXK"})
"""Keys of the example in the prompt, never given out."""
