"""Features of a sentence as an answer to a question: what the sentence selector weighs.

Every feature is a plain number with a name that a reader of rag/data/selector.json understands. Nothing is analysed here
but the question: terms, vectors and spans of the sentences were stored when the letter was indexed.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index import analyze
from index.letter import Role
from rag import entities
from rag.answer_type import AnswerType
from rag.question import Question
from rag.retrieve import Hit

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
    "similarity",
    "similarity_relative",
    "coverage",
    "coverage_relative",
    "expansion",
    "grams",
    "coverage_before",
    "coverage_after",
    "coverage_header",
    "passage_score",
    "passage_first",
    "names",
    "years",
    "is_first",
    "is_short",
    "length",
    "ends_in_question",
    "asked_by_fractie",
    "is_margin",
    "new_figure",
    "coverage_times_similarity",
    *(f"has_{kind}" for kind in TYPED),
    *(f"lacks_{kind}" for kind in TYPED),
)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is the same for all sentences of one question: the rarity of its terms and the best scores."""

    question: Question
    rarity: Mapping[str, float]
    expansion: Mapping[str, float]
    best_similarity: float
    best_coverage: float
    best_score: float
    named_values: frozenset[str]

    def coverage(self, terms: frozenset[str]) -> float:
        """The share of the question's terms, weighted by rarity, that `terms` holds; 0 to 1."""
        total = sum(self.rarity.values())
        return sum(weight for term, weight in self.rarity.items() if term in terms) / total if total else 0.0


def inverse_document_frequency(frequency: int, count: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)), the rarity of BM25 as Lucene writes it."""
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def weigh(
    question: Question,
    hits: Sequence[Hit],
    expansion: Mapping[str, float],
    document_frequency: Callable[[str], int],
    passage_count: int,
) -> Weighing:
    """What the sentences of `hits` are measured against."""
    rarity = {
        term: weight * inverse_document_frequency(document_frequency(term), passage_count)
        for term, weight in question.words.items()
    }
    draft = Weighing(
        question,
        rarity,
        expansion,
        best_similarity=max((max(hit.similarities, default=0.0) for hit in hits), default=0.0),
        best_coverage=0.0,
        best_score=max((hit.score for hit in hits), default=0.0),
        named_values=entities.values(question.text),
    )
    best = max((draft.coverage(frozenset(s.terms)) for hit in hits for s in hit.passage.sentences), default=0.0)
    return Weighing(question, rarity, expansion, draft.best_similarity, best, draft.best_score, draft.named_values)


def features(weighing: Weighing, hit: Hit, position: int) -> list[float]:
    """The features of the sentence at `position` in `hit`'s passage, in the order of NAMES."""
    question, sentences = weighing.question, hit.passage.sentences
    sentence = sentences[position]
    similarity = hit.similarities[position]
    coverage = _coverage(weighing, sentences, position)
    found = entities.kinds(sentence.text)
    folded = analyze.fold(sentence.text)
    words = len(sentence.text.split())
    wanted = question.answer_type
    figures = entities.values(sentence.text) - weighing.named_values
    expanded = sum(weight for term, weight in weighing.expansion.items() if term in sentence.terms)
    return [
        similarity,
        _ratio(similarity, weighing.best_similarity),
        coverage,
        _ratio(coverage, weighing.best_coverage),
        min(1.0, expanded),
        _gram_coverage(question, sentence),
        _coverage(weighing, sentences, position - 1),
        _coverage(weighing, sentences, position + 1),
        weighing.coverage(header_terms(hit.passage.header)),
        _ratio(hit.score, weighing.best_score),
        1.0 / hit.rank,
        _share(question.names, folded),
        _share([str(year) for year in question.years], folded),
        float(position == 0),
        float(words < 7),
        min(words, 60) / 60,
        float(sentence.text.rstrip().endswith("?")),
        float(hit.passage.role is Role.QUESTION),
        float(hit.passage.role in (Role.LETTERHEAD, Role.SIGNATURE, Role.FOOTNOTE)),
        float(bool(figures) and wanted in FIGURES),
        coverage * similarity,
        *(float(wanted is kind and kind in found) for kind in TYPED),
        *(float(wanted is kind and kind not in found) for kind in TYPED),
    ]


@lru_cache(maxsize=4096)
def header_terms(header: str) -> frozenset[str]:
    """The word terms of a passage's header."""
    return frozenset(analyze.words(header))


@lru_cache(maxsize=32768)
def _grams(text: str) -> frozenset[str]:
    return frozenset(analyze.ngrams(text))


def _gram_coverage(question: Question, sentence: "IndexedSentence") -> float:
    grams = _grams(sentence.text)
    return sum(gram in grams for gram in question.grams) / len(question.grams) if question.grams else 0.0


def _coverage(weighing: Weighing, sentences: "Sequence[IndexedSentence]", position: int) -> float:
    return weighing.coverage(frozenset(sentences[position].terms)) if 0 <= position < len(sentences) else 0.0


def _share(wanted: Sequence[str], folded: str) -> float:
    return sum(name in folded for name in wanted) / len(wanted) if wanted else 0.0


def _ratio(value: float, best: float) -> float:
    return value / best if best > 0 else 0.0
