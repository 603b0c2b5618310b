"""An English gloss of a Dutch text, word for word, so that an English teacher can read it.

Hardly any Dutch text with an English translation can be had, so the English side is made: every word is looked up,
compounds are split, inflections undone, order kept. The result is a word salad, but the teacher's vector of it is near the
vector of a real translation, and that makes any Dutch text training material.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from index.analyze import fold
from index.train.material import Material, hand_glosses

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[.,;:?!%€]")
ENDINGS = ("en", "s", "e", "n", "t", "d")
MIN_PART = 4
LINKS = ("", "s", "en", "e", "-")


class Gloss:
    """Glosses words and texts with `lexicon` (folded Dutch word to English)."""

    def __init__(self, lexicon: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._parts: dict[str, tuple[str, ...]] = {}
        self.word = lru_cache(maxsize=None)(self._word)

    @classmethod
    def of(cls, material: Material) -> "Gloss":
        """The gloss from Open Dutch WordNet's first senses, the sense lexicon over them, hand-written words over both."""
        lexicon: dict[str, str] = {}
        uses: dict[str, int] = {}
        for lemma, description, count in material.wordnet():
            key = fold(lemma)
            if key not in lexicon or count > uses[key]:
                lexicon[key], uses[key] = re.split(r"[,:]", description)[0].strip(), count
        lexicon.update(material.sense_lexicon())
        lexicon.update(hand_glosses())
        return cls(lexicon)

    def text(self, text: str) -> str:
        """The gloss of every word of `text`, numbers and punctuation kept."""
        return " ".join(self.word(token) if token[0].isalpha() else token for token in TOKEN.findall(text))

    def known(self, word: str) -> bool:
        """Whether the folded `word` itself is in the lexicon."""
        return word in self._lexicon

    def _word(self, word: str) -> str:
        folded = fold(word)
        found = self._base(folded)
        if found is not None:
            return found
        parts = self.parts(folded)
        if parts:
            return " ".join(self.word(part) for part in parts)
        return word

    def _base(self, folded: str) -> str | None:
        if folded in self._lexicon:
            return self._lexicon[folded]
        for ending in ENDINGS:
            stem = folded.removesuffix(ending)
            if stem != folded and len(stem) > 3 and stem in self._lexicon:
                return self._lexicon[stem]
        return None

    def parts(self, folded: str) -> tuple[str, ...]:
        """The two parts of a folded compound (the second may be a compound itself), the most even split first."""
        if folded not in self._parts:
            self._parts[folded] = self._best_parts(folded)
        return self._parts[folded]

    def _best_parts(self, folded: str) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        for cut in range(MIN_PART, len(folded) - MIN_PART + 1):
            left, right = folded[:cut], folded[cut:].removeprefix("-")
            base = next(
                (
                    left.removesuffix(link)
                    for link in LINKS
                    if left.endswith(link) and self._is_part(left.removesuffix(link))
                ),
                "",
            )
            if not base or len(right) < MIN_PART or (self._base(right) is None and not self.parts(right)):
                continue
            if not best or abs(len(base) - len(folded) / 2) < abs(len(best[0]) - len(folded) / 2):
                best = (base, right)
        return best

    def _is_part(self, word: str) -> bool:
        return len(word) >= MIN_PART and word in self._lexicon
