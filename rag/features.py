"""Features of a sentence as an answer to a question: what the sentence selector weighs.

Every feature is a plain number with a name that a reader of rag/data/selector.json understands. Nothing is analysed here
but the question: terms, vectors and spans of the sentences were stored when the letter was indexed.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from index import analyze
from index.letter import Role
from rag import entities
from rag.alignment import Aligner, WordVectors, content_tokens
from rag.answer_type import AnswerType
from rag.lexicon import Expansion
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

OTHER_WORDS = 0.7
"""What an alternative of the lexicon is worth beside the word itself."""

NAMES = (
    "similarity",
    "similarity_relative",
    "coverage",
    "coverage_relative",
    "alternatives",
    "alignment",
    "alignment_relative",
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
    "alignment_times_similarity",
    *(f"has_{kind}" for kind in TYPED),
    *(f"lacks_{kind}" for kind in TYPED),
)


Place = tuple[int, int]
"""The id of a passage and the position of a sentence in it."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the sentences of one question are weighed against.

    `rarity` is the inverse document frequency of the question's terms; `alternatives` gives for a term the sets of terms
    that say the same in other words. `alignments` holds the alignment of every sentence, `passage_alignments` that of every
    passage by id, and `weakest` the similarity of the question's worst aligned word in the best aligned passage.
    """

    question: Question
    rarity: Mapping[str, float]
    alternatives: Mapping[str, tuple[frozenset[str], ...]]
    alignments: Mapping[Place, float]
    passage_alignments: Mapping[int, float]
    weakest: float
    named_values: frozenset[str]
    best_similarity: float = 0.0
    best_score: float = 0.0
    best_coverage: float = 0.0
    best_alignment: float = 0.0

    def coverage(self, terms: frozenset[str]) -> float:
        """The share of the question's terms, weighted by rarity, that `terms` holds; 0 to 1."""
        total = sum(self.rarity.values())
        return sum(weight for term, weight in self.rarity.items() if term in terms) / total if total else 0.0

    def meaning(self, terms: frozenset[str]) -> float:
        """Like `coverage`, a term also counting for OTHER_WORDS when `terms` holds an alternative of it."""
        total = sum(self.rarity.values())
        return sum(weight * self._held(term, terms) for term, weight in self.rarity.items()) / total if total else 0.0

    def _held(self, term: str, terms: frozenset[str]) -> float:
        if term in terms:
            return 1.0
        return OTHER_WORDS if any(other <= terms for other in self.alternatives.get(term, ())) else 0.0


def inverse_document_frequency(frequency: int, count: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)), the rarity of BM25 as Lucene writes it."""
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def weigh(
    question: Question,
    hits: Sequence[Hit],
    expansion: Expansion,
    vectors: WordVectors,
    document_frequency: Callable[[str], int],
    passage_count: int,
) -> Weighing:
    """What the sentences of `hits` are measured against."""

    def rare(term: str) -> float:
        return inverse_document_frequency(document_frequency(term), passage_count)

    asked = content_tokens(question.text)
    sentences = {(hit.passage.id, i): content_tokens(s.text) for hit in hits for i, s in enumerate(hit.passage.sentences)}
    aligner = Aligner(vectors, asked, [rare(analyze.stem(token)) for token in asked], list(sentences.values()))
    whole = {
        hit.passage.id: [t for i in range(len(hit.passage.sentences)) for t in sentences[hit.passage.id, i]] for hit in hits
    }
    passages = {number: aligner.score(tokens) for number, tokens in whole.items()}
    weakest = float(min(aligner.matches(whole[max(passages, key=lambda n: passages[n])]), default=0.0)) if passages else 0.0
    draft = Weighing(
        question=question,
        rarity={term: weight * rare(term) for term, weight in question.words.items()},
        alternatives=_alternatives(expansion),
        alignments={place: aligner.score(tokens) for place, tokens in sentences.items()},
        passage_alignments=passages,
        weakest=weakest,
        named_values=entities.values(question.text),
    )
    return replace(
        draft,
        best_similarity=max((max(hit.similarities, default=0.0) for hit in hits), default=0.0),
        best_score=max((hit.score for hit in hits), default=0.0),
        best_coverage=max((draft.meaning(frozenset(s.terms)) for hit in hits for s in hit.passage.sentences), default=0.0),
        best_alignment=max(draft.alignments.values(), default=0.0),
    )


def _alternatives(expansion: Expansion) -> dict[str, tuple[frozenset[str], ...]]:
    """For every term of a phrase that the lexicon knows, the terms of each other way to say that phrase."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for match in expansion.matches:
        others = tuple(terms for a in match.alternatives if (terms := frozenset(analyze.words(a.text))))
        for term in analyze.words(match.phrase):
            found[term] = found.get(term, ()) + others
    return found


def features(weighing: Weighing, hit: Hit, position: int) -> list[float]:
    """The features of the sentence at `position` in `hit`'s passage, in the order of NAMES."""
    question, sentences = weighing.question, hit.passage.sentences
    sentence = sentences[position]
    similarity = hit.similarities[position]
    terms = frozenset(sentence.terms)
    coverage, alignment = weighing.coverage(terms), weighing.alignments[hit.passage.id, position]
    found = entities.kinds(sentence.text)
    folded = analyze.fold(sentence.text)
    words = len(sentence.text.split())
    wanted = question.answer_type
    figures = entities.values(sentence.text) - weighing.named_values
    meaning = weighing.meaning(terms)
    return [
        similarity,
        _ratio(similarity, weighing.best_similarity),
        coverage,
        _ratio(meaning, weighing.best_coverage),
        meaning,
        alignment,
        _ratio(alignment, weighing.best_alignment),
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
        alignment * similarity,
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
    return weighing.meaning(frozenset(sentences[position].terms)) if 0 <= position < len(sentences) else 0.0


def _share(wanted: Sequence[str], folded: str) -> float:
    return sum(name in folded for name in wanted) / len(wanted) if wanted else 0.0


def _ratio(value: float, best: float) -> float:
    return value / best if best > 0 else 0.0
