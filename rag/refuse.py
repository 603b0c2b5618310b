"""Refuse: say that the letters do not hold the answer, before reading.

A small calibrated logistic model over readable features gives the probability that the question can be answered: how much
of what is asked the evidence covers, names and numbers that stand in no letter, how sure the sentence selector is, whether
the kind of thing asked for is there at all. The threshold weighs a false answer and a false refusal equally.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import analyze
from rag import entities, linear
from rag.answer import Refusal
from rag.answer_type import AnswerType
from rag.features import TYPED, Weighing, counted_nouns, header_terms
from rag.select import Candidate

if TYPE_CHECKING:
    from index.store import IndexedPassage

NAMES = (
    "best_probability",
    "second_probability",
    "best_similarity",
    "best_alignment",
    "passage_alignment",
    "weakest_word",
    "best_coverage",
    "passage_coverage",
    "unknown_share",
    "unknown_names",
    "names_elsewhere",
    "years_elsewhere",
    "type_missing",
    "noun_missing",
    "terms",
)
THRESHOLD = 0.5
TEXTS = {
    Refusal.NOT_IN_LETTERS: "Dit staat niet in de beschikbare brieven.",
    Refusal.FALSE_PREMISE: "Wat de vraag veronderstelt, staat niet in de beschikbare brieven.",
    Refusal.OUTSIDE_FILTER: "Dit staat niet in de brieven die met de gekozen filters overblijven.",
    Refusal.EMPTY_INDEX: "Er zijn nog geen brieven. Voeg ze toe met: kamerbrief index add MAP",
    Refusal.READER_NOT_FOUND: "Het taalmodel vond het antwoord niet in de gevonden passages.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability that the question can be answered, with the features behind it (order of NAMES)."""

    probability: float
    features: tuple[float, ...]

    @property
    def answerable(self) -> bool:
        return self.probability >= THRESHOLD


def judge(
    weighing: Weighing,
    ranked: Sequence[Candidate],
    document_frequency: Callable[[str], int],
) -> Verdict:
    """Whether `ranked` (most likely first) can answer the question of `weighing`."""
    values = tuple(features(weighing, ranked, document_frequency))
    return Verdict(linear.load("refusal", NAMES).probability(values), values)


def features(weighing: Weighing, ranked: Sequence[Candidate], document_frequency: Callable[[str], int]) -> list[float]:
    """The features of a question against its evidence, in the order of NAMES; shares are 0 to 1."""
    question, top = weighing.question, ranked[:3]
    evidence = {hit.passage.id: hit.passage for hit in (c.hit for c in ranked[:12])}.values()
    near = {c.passage.id: c.passage for c in top}.values()
    near_text = analyze.fold(" ".join(f"{p.header} {p.search_text}" for p in near))
    unknown = [term for term in question.words if not _known(term, weighing, document_frequency)]
    total = sum(weighing.rarity.values()) or 1.0
    unknown_names = [name for name in question.names if not any(document_frequency(t) for t in analyze.words(name))]
    typed = question.answer_type in TYPED
    return [
        ranked[0].probability if ranked else 0.0,
        ranked[1].probability if len(ranked) > 1 else 0.0,
        weighing.best_similarity,
        weighing.best_alignment,
        max(weighing.passage_alignments.values(), default=0.0),
        weighing.weakest,
        weighing.best_coverage,
        max((weighing.meaning(_terms(passage)) for passage in evidence), default=0.0),
        sum(weighing.rarity[term] for term in unknown) / total,
        _share(len(unknown_names), len(question.names)),
        _share(sum(name not in near_text for name in question.names), len(question.names)),
        _share(sum(str(year) not in near_text for year in question.years), len(question.years)),
        float(typed and not any(question.answer_type in entities.kinds(c.sentence.text) for c in top)),
        1 - max((weighing.figures_of_noun.get((c.passage.id, c.position), 0.0) for c in top), default=0.0)
        if counted_nouns(question)
        else 0.0,
        min(len(question.words), 12) / 12,
    ]


def reason(weighing: Weighing, verdict: Verdict) -> Refusal:
    """Why the question is refused: a "why" whose subject is well known to the letters rests on a premise that is not."""
    named = dict(zip(NAMES, verdict.features, strict=True))
    known_subject = named["passage_coverage"] >= 0.5 and named["unknown_names"] == 0
    if weighing.question.answer_type is AnswerType.REASON and known_subject:
        return Refusal.FALSE_PREMISE
    return Refusal.NOT_IN_LETTERS


def _known(term: str, weighing: Weighing, document_frequency: Callable[[str], int]) -> bool:
    """Whether some letter holds the term, or all terms of one of its alternatives."""
    others = weighing.alternatives.get(term, ())
    return bool(document_frequency(term)) or any(all(map(document_frequency, other)) for other in others)


def _terms(passage: "IndexedPassage") -> frozenset[str]:
    return frozenset(term for s in passage.sentences for term in s.terms) | header_terms(passage.header)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
