"""Rarity: how much a term of a question tells.

In an index of five letters nearly every word of a question is "rare", so the index's own counts are mixed with those of
100,000 Dutch government texts (rag/data/frequencies.tsv, counts only): the background weighs as much as PRIOR passages.
"goed" then tells little although no letter uses it, "erwtensoep" tells much, and a word that stands in every letter of the
index tells little whatever the background says.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "frequencies.tsv"
TEXTS = 100_000
PRIOR = 1000
LENGTH = 5
"""How many background texts (of one to three sentences) make the length of a passage."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """The inverse document frequency of terms over an index and the background together.

    `document_frequency` and `passage_count` are the index's own.
    """

    document_frequency: Callable[[str], int]
    passage_count: int

    def __call__(self, term: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) (BM25's, as Lucene writes it), n and N mixed; 0.0006 to about 8."""
        common = 1 - (1 - background().get(term, 0) / TEXTS) ** LENGTH
        count = self.document_frequency(term) + PRIOR * common
        total = self.passage_count + PRIOR
        return math.log(1 + (total - count + 0.5) / (count + 0.5))


@cache
def background() -> dict[str, int]:
    """For each common term the number of background texts, of TEXTS, that hold it."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {term: int(n) for term, _, n in (line.partition("\t") for line in lines)}
