"""Gloss: a question with, in brackets, the words that the letters use for its own.

"de buitenlandchef van de EU" becomes "de buitenlandchef (Hoge Vertegenwoordiger) van de EU" where the passages speak of the
latter. A reranker knows few synonyms by itself; the lexicon does, and the letters' own abbreviations are in it.
"""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from index import analyze
from rag.lexicon import SAME, Match, terms
from rag.weigh import Weighing

if TYPE_CHECKING:
    from index.store import IndexedPassage


def glossed(weighing: Weighing, passages: "Sequence[IndexedPassage]") -> str:
    """The question of `weighing` as a reranker of `passages` reads it: misspelt words mended, and glosses added."""
    text = weighing.question.text
    for word, meant in weighing.misspelt.items():
        place = _place(text, word)
        if place is not None:
            text = text[: place.start()] + meant + text[place.end() :]
    return with_glosses(text, weighing.expansion.matches, [s.terms for passage in passages for s in passage.sentences])


def with_glosses(text: str, matches: Sequence[Match], sentences: Sequence[Collection[str]]) -> str:
    """`text` with every phrase of `matches` followed by that alternative, in brackets, that most of `sentences` (their
    terms) hold; a phrase without such an alternative is left as it is."""
    held = [frozenset(found) for found in sentences]
    for match in matches:
        said = [a.text for a in match.alternatives if a.relation in SAME]
        heard = [sum(wanted <= found for found in held) if (wanted := frozenset(terms(other))) else 0 for other in said]
        place = _place(text, match.phrase)
        if place is not None and any(heard):
            text = f"{text[: place.end()]} ({said[heard.index(max(heard))]}){text[place.end() :]}"
    return text


def _place(text: str, phrase: str) -> re.Match[str] | None:
    """Where a folded phrase first stands in `text`; None also where folding moves its characters."""
    folded = analyze.fold(text)
    return re.search(rf"\b{re.escape(phrase)}\b", folded) if len(folded) == len(text) else None
