"""Twins: the same letter as PDF and as Word file, as a scan, or to the other chamber.

The same day and nearly the same words make a twin. Words are compared folded and without signs, as editors change capitals
and quotation marks, in runs of four; of each letter only the smallest hashes of those runs are kept (a bottom-k sketch,
Broder 1997), from which the share of runs in common (Jaccard) is estimated.
"""

import re
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from index.analyze import fold
from index.database import LetterInfo
from index.letter import BlockKind, Letter
from index.view import reading_text

RUN = 4
SIZE = 256
ALIKE = 0.6
"""The share of runs of words in common from which letters are twins; other letters of one day share less than a fifth."""
BODY = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUESTION, BlockKind.ANSWER})
CHAMBERS = {"tk": "Tweede Kamer", "ek": "Eerste Kamer"}

Sketch = tuple[int, ...]
"""The smallest hashes of a letter's runs of words, ascending."""


def sketch(letter: Letter) -> Sketch:
    """The sketch of the running text of `letter`."""
    text = " ".join(reading_text(letter, block.spans) for block in letter.blocks if block.kind in BODY)
    words = re.findall(r"\w+", fold(text))
    runs = {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
    return tuple(sorted({zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs})[:SIZE])


def likeness(one: Sketch, other: Sketch) -> float:
    """The estimated share of runs of words that two letters have in common, 0 to 1."""
    union = sorted({*one, *other})[:SIZE]
    return len({*one} & {*other} & {*union}) / len(union) if union else 0.0


@dataclass(slots=True)
class Twins:
    """Finds twins among the letters it met; `stored` gives a letter by name, and is asked only for letters of one day."""

    stored: Callable[[str], Letter]
    days: dict[date, list[LetterInfo]] = field(default_factory=dict)
    sketches: dict[str, Sketch] = field(default_factory=dict)

    def meet(self, info: LetterInfo) -> None:
        """Remember a letter."""
        if info.date is not None:
            self.days.setdefault(info.date, []).append(info)

    def find(self, letter: Letter, present: Collection[str]) -> LetterInfo | None:
        """The letter that `letter` is a twin of, the most alike; None when there is none.

        Only letters count whose file's hash is `present`: others were removed since they were met.
        """
        own = self.sketches.setdefault(letter.source_sha256, sketch(letter))
        facts = letter.metadata
        if facts.date is None:
            return None
        alike: list[tuple[float, bool, str, LetterInfo]] = []
        for info in self.days.get(facts.date.value, ()):
            if info.source_sha256 in present and info.source_sha256 != letter.source_sha256:
                other_chamber = facts.chamber is not None and info.chamber != facts.chamber.value
                alike.append((-likeness(own, self._sketch(info)), other_chamber, info.name, info))
        best = min(alike, key=lambda found: found[:3], default=None)
        return best[3] if best is not None and -best[0] >= ALIKE else None

    def _sketch(self, info: LetterInfo) -> Sketch:
        if info.source_sha256 not in self.sketches:
            self.sketches[info.source_sha256] = sketch(self.stored(info.name))
        return self.sketches[info.source_sha256]


def told(letter: Letter, twin: LetterInfo) -> str:
    """In Dutch, in what way `letter` is the same as its `twin`."""
    chamber = letter.metadata.chamber
    if chamber is not None and twin.chamber is not None and chamber.value != twin.chamber:
        return f"dezelfde brief ging ook naar de {CHAMBERS[twin.chamber]}: {twin.name}"
    if letter.format != twin.format:
        return f"dezelfde brief als {twin.name}, in een andere vorm ({letter.format})"
    return f"bijna dezelfde tekst als {twin.name}"
