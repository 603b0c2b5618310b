"""Select: the sentences that answer, and no more.

Each sentence of the retrieved passages gets a probability from a small logistic model over readable features
(rag/features.py, coefficients in rag/data/selector.json). The reader takes the best sentence and then only those that are
nearly as likely, so that a question with one answer gets one sentence and a list or comparison gets its parts.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from index import analyze
from index.dates import DateMention
from index.letter import Role
from rag import entities, enumeration, linear, periods
from rag.answer_type import AnswerType
from rag.features import CARRIES_ON, FIGURES, NAMES, TYPED, features, readable
from rag.gloss import glossed
from rag.question import Question
from rag.rerank import DEPTH, Reranker
from rag.retrieve import Hit
from rag.sought import sought, times
from rag.weigh import Weighing

if TYPE_CHECKING:
    from index.store import IndexedPassage, IndexedSentence

MAX_WORDS = 75
"""An answer stops growing here, unless it is a list or has several sides."""
MAX_SENTENCES = 3
MAX_LIST_WORDS = 110
"""A list is quoted whole up to this length, and by its likely sentences beyond it."""
NEARLY = 0.37
"""A further sentence is taken when it is at least this likely relative to the best one ..."""
LIKELY = 0.15
"""... and at least this likely by itself."""
ASKED = 0.4
"""What a sentence in a fractie's question is worth beside one of the government, unless that fractie is asked about; before
it is read and after."""
ASKING = re.compile(r"\b(fracties?|leden|kamerleden|vroeg|vroegen|gevraagd|vragen)\b")
SIDE = 0.15
"""For another side of a comparison, or a sentence of the period asked about, relative to the best."""
ALIKE = 0.8
"""Two sentences that share so much of their terms and the same figures say the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: where it stands, its probability, the features behind it (order of NAMES), and the
    reranker's score where one read it."""

    hit: Hit
    position: int
    probability: float
    features: tuple[float, ...]
    score: float | None = None

    @property
    def sentence(self) -> "IndexedSentence":
        return self.hit.passage.sentences[self.position]

    @property
    def passage(self) -> "IndexedPassage":
        return self.hit.passage

    @property
    def words(self) -> int:
        return len(self.sentence.text.split())


def candidates(weighing: Weighing, hits: Sequence[Hit], model: linear.LinearModel | None = None) -> list[Candidate]:
    """All sentences of `hits` with their probability by `model` (default: the shipped one), most likely first."""
    model = model or linear.load("selector", NAMES)
    found = []
    for hit in hits:
        share = _worth(weighing.question, hit.passage)
        for position in readable(hit):
            values = features(weighing, hit, position)
            found.append(Candidate(hit, position, share * model.probability(values), tuple(values)))
    found.sort(key=lambda c: (-round(c.probability, 6), c.passage.letter, c.sentence.spans[0].start))
    return found


def reranked(weighing: Weighing, ranked: Sequence[Candidate], reranker: Reranker) -> list[Candidate]:
    """`ranked` after a reranker read the first passages; a sentence that it did not read counts as the worst that it did."""
    passages = {c.passage.id: c.passage for c in sorted(ranked, key=lambda c: c.hit.rank) if c.hit.rank <= DEPTH}
    if not passages:
        return list(ranked)
    texts = [[sentence.text for sentence in passage.sentences] for passage in passages.values()]
    said = glossed(weighing, list(passages.values()))
    scores = dict(zip(passages, reranker.scores(said, texts), strict=True))
    worst = min(min(found) for found in scores.values())
    found = []
    for candidate in ranked:
        score = scores[candidate.passage.id][candidate.position] if candidate.passage.id in scores else worst
        read = reranker.selector.probability((linear.log_odds(candidate.probability), score))
        probability = _worth(weighing.question, candidate.passage) * read
        found.append(replace(candidate, probability=probability, score=score))
    return sorted(found, key=lambda c: -round(c.probability, 6))


def by_best_sentence(hits: Sequence[Hit], ranked: Sequence[Candidate]) -> list[Hit]:
    """`hits` with those that a reranker read ordered by their likeliest sentence; the others follow as they were."""
    best: dict[int, float] = {}
    for candidate in ranked:
        best[candidate.passage.id] = max(best.get(candidate.passage.id, 0.0), candidate.probability)
    return [*sorted(hits[:DEPTH], key=lambda hit: -round(best.get(hit.passage.id, 0.0), 6)), *hits[DEPTH:]]


def _worth(question: Question, passage: "IndexedPassage") -> float:
    """What a sentence of `passage` counts for: less where a fractie asks, unless the question is about that."""
    return 1.0 if passage.role is not Role.QUESTION or asks_about(question, passage) else ASKED


def asks_about(question: Question, passage: "IndexedPassage") -> bool:
    """Whether the question is about what the fractie of `passage` asked or said."""
    fractie = analyze.fold(passage.fractie or "")
    named = bool(fractie) and any(name in fractie or fractie in name for name in question.names if len(name) > 2)
    return named or bool(ASKING.search(analyze.fold(question.text)))


def choose(
    question: Question,
    ranked: Sequence[Candidate],
    sides: Sequence[frozenset[str]] = (),
    when: Sequence[DateMention] | None = None,
    most: int = MAX_WORDS,
) -> list[Candidate]:
    """The smallest set of `ranked` (most likely first) that answers, best first.

    A list is quoted whole, and a sentence that speaks of the one before it ("Dit", "Daarnaast") together with that one.
    `sides` are groups of letters that must each be heard where they hold evidence. Sentences about `when` (the question's
    periods shorter than a year) go before others, those that speak of another time than the question names come last. Of
    sentences with the same text only the first is taken. A typed question (an amount, a date, ...) is answered by sentences
    that hold that type where one is nearly as likely as the best. What is added to the best sentence keeps within `most`
    words.
    """
    usable = _first_of_each_text(c for c in ranked if _tells(c, question))
    usable = _timely(usable, question, question.exact_periods if when is None else when)
    if not usable:
        return []
    best = _typed_best(usable, question)
    chosen = [best]
    for side in _sides(question.comparison, question.years, usable, best, sides):
        other = next((c for c in side if c not in chosen and c.probability >= SIDE * best.probability), None)
        if other is not None:
            chosen.append(other)
    entire = _entire_list(best, question.answer_type, ranked)
    if entire:
        return entire
    if CARRIES_ON.match(best.sentence.text):
        before = _from_passage(ranked, best, range(best.position - 1, best.position))
        chosen += [c for c in before if c not in chosen and best.words + c.words <= most]
    words = sum(c.words for c in chosen)
    limit = MAX_SENTENCES + (1 if question.answer_type is AnswerType.LIST else 0)
    for candidate in usable:
        if len(chosen) >= limit:
            break
        if candidate in chosen or words + candidate.words > most:
            continue
        if any(_says_the_same(candidate, other) for other in chosen):
            continue
        if candidate.probability >= max(LIKELY, NEARLY * best.probability):
            chosen.append(candidate)
            words += candidate.words
    return chosen


def _entire_list(best: Candidate, wanted: AnswerType, ranked: Sequence[Candidate]) -> list[Candidate]:
    """`best` and the rest of the list that it introduces, or is an item of where a list is asked for; empty when there is
    none or it is too long to quote."""
    texts = [sentence.text for sentence in best.passage.sentences]
    entire = enumeration.around(texts, best.position)
    introduces = entire.start == best.position and texts[best.position].rstrip().endswith(":")
    if len(entire) == 1 or not (introduces or wanted is AnswerType.LIST):
        return []
    found = [best, *_from_passage(ranked, best, entire)]
    return found if sum(c.words for c in found) <= MAX_LIST_WORDS else []


def _from_passage(ranked: Sequence[Candidate], best: Candidate, positions: range) -> list[Candidate]:
    """The other candidates of `best`'s passage at `positions`."""
    return [c for c in ranked if c.passage.id == best.passage.id and c.position in positions and c is not best]


def _tells(candidate: Candidate, question: Question) -> bool:
    """Whether the sentence tells something: a question does so only when it is asked what a fractie asked."""
    return not candidate.sentence.text.rstrip().endswith("?") or asks_about(question, candidate.passage)


def _timely(usable: list[Candidate], question: Question, when: Sequence[DateMention]) -> list[Candidate]:
    """Those of `usable` that are about the time `when`, and then those that speak of no other time than `question` names."""
    if usable and when:
        usable = _preferred(
            usable, lambda c, day: periods.dated_in(day, when) or periods.speaks_of(c.sentence.text, day, when)
        )
    named = times(question)
    if usable and named:
        usable = _preferred(usable, lambda c, day: not periods.elsewhere(c.sentence.text, day, named))
    return usable


def _preferred(usable: list[Candidate], fits: Callable[[Candidate, date | None], bool]) -> list[Candidate]:
    """Those of `usable` that are not far less likely than the best and fit, by themselves and the date of their letter; all
    where there are none."""
    near = [c for c in usable if c.probability >= SIDE * usable[0].probability]
    return [c for c in near if fits(c, c.passage.info.date)] or usable


def _first_of_each_text(found: Iterable[Candidate]) -> list[Candidate]:
    kept: dict[str, Candidate] = {}
    for candidate in found:
        kept.setdefault(candidate.sentence.text, candidate)
    return list(kept.values())


def _says_the_same(a: Candidate, b: Candidate) -> bool:
    """Whether `a` tells nothing that `b` does not: the same terms but for a few, and no other figure."""
    alike = _overlap(set(a.sentence.terms), set(b.sentence.terms))
    return alike >= ALIKE and entities.values(a.sentence.text) <= entities.values(b.sentence.text)


def _typed_best(usable: Sequence[Candidate], question: Question) -> Candidate:
    """The best of `usable` or, where that lacks what is asked for, the next that has it and is nearly as likely."""
    best, wanted = usable[0], question.answer_type
    near = [c for c in usable[1:8] if c.probability >= NEARLY * best.probability]
    asked = sought(question.text)
    if asked is not None and not asked.tells(best.sentence.text):
        return next((c for c in near if asked.tells(c.sentence.text)), best)
    if wanted not in TYPED or entities.holds(best.sentence.text, wanted):
        return best
    return next((c for c in near if entities.holds(c.sentence.text, wanted)), best)


def _sides(
    comparison: bool,
    years: Sequence[int],
    usable: Sequence[Candidate],
    best: Candidate,
    sides: Sequence[frozenset[str]],
) -> list[list[Candidate]]:
    """For every side of the question that `best` does not stand for, its candidates in order."""
    if len(sides) > 1:
        return [[c for c in usable if c.passage.letter in side] for side in sides if best.passage.letter not in side]
    if not comparison:
        return []
    if len(years) > 1:
        return [[c for c in usable if _of_year(c, year)] for year in years if not _of_year(best, year)]
    return [[c for c in usable if c.passage.letter != best.passage.letter]]


def _of_year(candidate: Candidate, year: int) -> bool:
    return str(year) in candidate.sentence.text or str(year) in candidate.passage.header


def conflicting(best: Candidate, ranked: Sequence[Candidate], wanted: AnswerType) -> Candidate | None:
    """A sentence of another letter that gives another figure for what seems the same thing as `best`, if there is one."""
    if wanted not in FIGURES:
        return None
    figures = entities.values(best.sentence.text)
    for other in ranked[1:6]:
        if other.passage.letter == best.passage.letter or other.passage.role is Role.QUESTION:
            continue
        alike = _overlap(set(best.sentence.terms), set(other.sentence.terms))
        if other.probability >= 0.8 * best.probability and alike >= 0.3 and entities.values(other.sentence.text) - figures:
            return other
    return None


def _overlap(a: set[str], b: set[str]) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0
