"""Features of a sentence as an answer to a question: what the sentence selector weighs.

Every feature is a plain number with a name that a reader of rag/data/selector.json understands. Nothing is analysed here
but the question: terms, vectors and spans of the sentences were stored when the letter was indexed.
"""

import re
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
    "alignment_in_passage",
    "similarity_in_passage",
    "window",
    "carries_on",
    "sole_of_type",
    "grams",
    "coverage_before",
    "coverage_after",
    "coverage_header",
    "alignment_header",
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
    "figure_of_noun",
    *(f"has_{kind}" for kind in TYPED),
    *(f"lacks_{kind}" for kind in TYPED),
)


Place = tuple[int, int]
"""The id of a passage and the position of a sentence in it."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the sentences of one question are weighed against.

    `rarity` is the inverse document frequency of the question's terms; `alternatives` gives for a term the sets of terms
    that say the same in other words. `alignments` holds the alignment of every sentence, `windows` that of every sentence
    together with the one before it, `passage_alignments` that of every passage by id, `header_alignments` that of every
    passage's title and headings, and `weakest` the similarity of the question's worst aligned word in the best aligned
    passage. `figures_of_noun` tells, for "hoeveel schepen", how near the noun of a figure in the sentence is to "schepen".
    """

    question: Question
    rarity: Mapping[str, float]
    alternatives: Mapping[str, tuple[frozenset[str], ...]]
    alignments: Mapping[Place, float]
    windows: Mapping[Place, float]
    passage_alignments: Mapping[int, float]
    weakest: float
    header_alignments: Mapping[int, float]
    figures_of_noun: Mapping[Place, float]
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


def weigh(
    question: Question,
    hits: Sequence[Hit],
    expansion: Expansion,
    vectors: WordVectors,
    rare: Callable[[str], float],
) -> Weighing:
    """What the sentences of `hits` are measured against; `rare` tells how much a term says (rag/rarity.py)."""
    asked = content_tokens(question.text)
    sentences = {(hit.passage.id, i): content_tokens(s.text) for hit in hits for i, s in enumerate(hit.passage.sentences)}
    headers = {hit.passage.id: content_tokens(hit.passage.header) for hit in hits}
    nouns = counted_nouns(question)
    counted = {
        (hit.passage.id, i): content_tokens(" ".join(entities.nouns(s.text)))
        for hit in hits
        for i, s in enumerate(hit.passage.sentences)
        if nouns
    }
    texts = [*sentences.values(), *headers.values(), *counted.values()]
    aligner = Aligner(vectors, asked, [rare(analyze.stem(token)) for token in asked], texts)
    rows = [i for i, token in enumerate(asked) if token in nouns]
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
        windows={
            (number, i): aligner.score((*sentences.get((number, i - 1), ()), *tokens))
            for (number, i), tokens in sentences.items()
        },
        passage_alignments=passages,
        weakest=weakest,
        header_alignments={number: aligner.score(tokens) for number, tokens in headers.items()},
        figures_of_noun={
            place: float(aligner.matches(found)[rows].max()) for place, found in counted.items() if found and rows
        },
        named_values=entities.values(question.text),
    )
    return replace(
        draft,
        best_similarity=max((max(hit.similarities, default=0.0) for hit in hits), default=0.0),
        best_score=max((hit.score for hit in hits), default=0.0),
        best_coverage=max((draft.meaning(frozenset(s.terms)) for hit in hits for s in hit.passage.sentences), default=0.0),
        best_alignment=max(draft.alignments.values(), default=0.0),
    )


CARRIES_ON = re.compile(
    r"(?:Dit|Deze|Dat|Die|Daar\w*|Hier\w*|Zij|Hij|Het gaat|Het doel|Doel daarvan|De planning|Een onderdeel|Ook|Tevens|Zo|"
    r"Dergelijke)\b"
)
"""How a sentence opens that speaks of the one before it."""
COUNTED = re.compile(r"\b(?:hoeveel|aantal)\s+((?:\S+\s*){1,2})")


def counted_nouns(question: Question) -> tuple[str, ...]:
    """For a question after a number, the one or two content words behind "hoeveel": what is to be counted."""
    if question.answer_type is not AnswerType.NUMBER:
        return ()
    match = COUNTED.search(analyze.fold(question.text))
    return () if match is None else content_tokens(match[1])


def _alternatives(expansion: Expansion) -> dict[str, tuple[frozenset[str], ...]]:
    """For every term of a phrase that the lexicon knows, the terms of each other way to say that phrase."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for match in expansion.matches:
        others = tuple(terms for a in match.alternatives if (terms := frozenset(analyze.words(a.text))))
        for term in analyze.words(match.phrase):
            found[term] = found.get(term, ()) + others
    return found


def readable(hit: Hit) -> list[int]:
    """The positions of the sentences that may answer: no headings, and nothing of a letterhead or signature, which
    rag/about.py reads."""
    if hit.passage.role in (Role.LETTERHEAD, Role.SIGNATURE):
        return []
    return [i for i, s in enumerate(hit.passage.sentences) if s.text.strip() not in hit.passage.heading]


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
        _ratio(alignment, max(weighing.alignments[hit.passage.id, i] for i in range(len(sentences)))),
        _ratio(similarity, max(hit.similarities)),
        weighing.windows[hit.passage.id, position],
        weighing.windows[hit.passage.id, position] if position and CARRIES_ON.match(sentence.text) else 0.0,
        _sole_of_type(wanted, found, sentences),
        _gram_coverage(question, sentence),
        _coverage(weighing, sentences, position - 1),
        _coverage(weighing, sentences, position + 1),
        weighing.coverage(header_terms(hit.passage.header)),
        weighing.header_alignments[hit.passage.id],
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
        weighing.figures_of_noun.get((hit.passage.id, position), 0.0),
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


def _sole_of_type(wanted: AnswerType, found: frozenset[AnswerType], sentences: "Sequence[IndexedSentence]") -> float:
    """1 / n when the sentence is one of n in its passage that hold the kind of thing asked for, else 0."""
    if wanted not in found:
        return 0.0
    return 1 / sum(wanted in entities.kinds(s.text) for s in sentences)


def _share(wanted: Sequence[str], folded: str) -> float:
    return sum(name in folded for name in wanted) / len(wanted) if wanted else 0.0


def _ratio(value: float, best: float) -> float:
    return value / best if best > 0 else 0.0
