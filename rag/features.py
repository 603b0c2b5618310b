"""Features of a sentence as an answer to a question: what the sentence selector weighs.

Every feature is a plain number with a name that a reader of rag/data/selector.json understands. Most are relative to the
best sentence of the question: how similar a good sentence is in absolute terms depends on the embedder and on how alike the
letters are, which of the sentences stands out does not.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index import analyze
from index.layout import is_bullet
from index.letter import Role
from rag import entities
from rag.answer_type import AnswerType
from rag.retrieve import Hit
from rag.weigh import Weighing

if TYPE_CHECKING:
    from index.store import IndexedSentence

TYPED = (
    AnswerType.AMOUNT,
    AnswerType.NUMBER,
    AnswerType.PERCENTAGE,
    AnswerType.DATE,
    AnswerType.DURATION,
    AnswerType.PERSON,
    AnswerType.ORGANISATION,
    AnswerType.PLACE,
    AnswerType.LIST,
    AnswerType.REASON,
    AnswerType.DEFINITION,
)
"""Answer types that can be recognised in a sentence."""
FIGURES = (AnswerType.AMOUNT, AnswerType.NUMBER, AnswerType.PERCENTAGE)

NAMES = (
    "similarity_relative",
    "similarity_in_passage",
    "meaning_relative",
    "alignment_relative",
    "alignment_in_passage",
    "window_relative",
    "carries_on",
    "passage_score",
    "passage_first",
    "names",
    "years",
    "is_first",
    "is_short",
    "length",
    "ends_in_question",
    "new_figure",
    "figure_of_noun",
    "sole_of_type",
    *(f"has_{kind}" for kind in TYPED),
    *(f"lacks_{kind}" for kind in TYPED),
)

CARRIES_ON = re.compile(
    r"(?:Dit|Deze|Dat|Die|Daar\w*|Hier\w*|Zij|Hij|Het gaat|Het doel|Doel daarvan|De planning|Een onderdeel|Ook|Tevens|Zo|"
    r"Dergelijke)\b"
)
"""How a sentence opens that speaks of the one before it; an item of a list speaks of what introduces it."""


def readable(hit: Hit) -> list[int]:
    """The positions of the sentences that may answer: no headings, and nothing of a letterhead or signature, which
    rag/about.py reads."""
    if hit.passage.role in (Role.LETTERHEAD, Role.SIGNATURE):
        return []
    return [i for i, s in enumerate(hit.passage.sentences) if s.text.strip() not in hit.passage.heading]


def features(weighing: Weighing, hit: Hit, position: int) -> list[float]:
    """The features of the sentence at `position` in `hit`'s passage, in the order of NAMES."""
    question, sentences, number = weighing.question, hit.passage.sentences, hit.passage.id
    text = sentences[position].text
    own = weighing.sentences[number, position]
    similarity, wanted = hit.similarities[position], question.answer_type
    found = entities.holds(text, wanted)
    folded = analyze.fold(text)
    words = len(text.split())
    window = own.window / (weighing.best.window or 1.0)
    return [
        similarity / (weighing.best_similarity or 1.0),
        similarity / (max(hit.similarities) or 1.0),
        own.meaning / (weighing.best.meaning or 1.0),
        own.alignment / (weighing.best.alignment or 1.0),
        own.alignment / (max(weighing.sentences[number, i].alignment for i in range(len(sentences))) or 1.0),
        window,
        window if position and (CARRIES_ON.match(text) or is_bullet(text)) else 0.0,
        hit.score / (weighing.best_score or 1.0),
        1.0 / hit.rank,
        _share(question.names, folded),
        _share([str(year) for year in question.years], folded),
        float(position == 0),
        float(words < 7),
        min(words, 60) / 60,
        float(text.rstrip().endswith("?")),
        float(wanted in FIGURES and bool(entities.values(text) - weighing.named_values)),
        own.figure_of_noun,
        _sole_of_type(wanted, found, sentences),
        *(float(wanted is kind and found) for kind in TYPED),
        *(float(wanted is kind and not found) for kind in TYPED),
    ]


def _sole_of_type(wanted: AnswerType, found: bool, sentences: "Sequence[IndexedSentence]") -> float:
    """1 / n when the sentence is one of n in its passage that hold the kind of thing asked for, else 0."""
    return 1 / sum(entities.holds(s.text, wanted) for s in sentences) if found else 0.0


def _share(wanted: Sequence[str], folded: str) -> float:
    return sum(name in folded for name in wanted) / len(wanted) if wanted else 0.0
