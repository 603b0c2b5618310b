"""Refuse: say that the letters do not hold the answer.

A small calibrated logistic model over readable features gives the probability that the question can be answered: how much
of what is asked the evidence covers, names and numbers that stand in no letter, how sure the sentence selector is, whether
the kind of thing asked for is there at all. The threshold weighs a false answer and a false refusal equally. What would then
be quoted is looked at by rule: it must tell what is sought.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import analyze
from rag import entities, linear, periods
from rag.answer import Refusal
from rag.answer_type import AnswerType
from rag.features import TYPED
from rag.question import Question
from rag.select import Candidate
from rag.sought import sought, times
from rag.weigh import Weighing

NAMES = (
    "best_probability",
    "best_similarity",
    "passage_meaning",
    "weakest_word",
    "unheard_share",
    "unknown_share",
    "names_elsewhere",
    "years_elsewhere",
    "type_missing",
    "noun_missing",
    "terms",
)
THRESHOLD = 0.45
"""Answer from this probability on: the lowest whose cross-validated F1 of refusing lies within 0.02 of the best (python -m
rag.train prints it)."""
SELDOM = 0.1
"""What is left of the probability where something is lacking in what would be quoted. Of the questions over the passages
kept apart from training whose quotes did not tell what was sought, 14 in 172 had an answer."""
TEXTS = {
    Refusal.NOT_IN_LETTERS: "Dit staat niet in de beschikbare brieven.",
    Refusal.FALSE_PREMISE: "Wat de vraag veronderstelt, staat niet in de beschikbare brieven.",
    Refusal.OUTSIDE_FILTER: "Dit staat niet in de brieven die met de gekozen filters overblijven.",
    Refusal.EMPTY_INDEX: "Er zijn nog geen brieven. Voeg ze toe met: kamerbrief index add MAP",
    Refusal.READER_NOT_FOUND: "Het taalmodel vond het antwoord niet in de gevonden passages.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability that the question can be answered, with the features behind it (order of NAMES); whether what would
    be quoted tells what is sought and is of the time asked about, and the names in the question unknown to its letters."""

    probability: float
    features: tuple[float, ...]
    tells: bool = True
    in_time: bool = True
    unknown: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is lacking in what would be quoted."""
        return self.tells and self.in_time and not self.unknown

    @property
    def answerable(self) -> bool:
        return self.probability >= THRESHOLD


def judge(weighing: Weighing, ranked: Sequence[Candidate]) -> Verdict:
    """Whether `ranked` (most likely first) can answer the question of `weighing`."""
    values = tuple(features(weighing, ranked))
    return Verdict(linear.load("refusal", NAMES).probability(values), values)


def after_reading(verdict: Verdict, ranked: Sequence[Candidate], model: linear.LinearModel) -> Verdict:
    """`verdict` after a reranker scored `ranked`: its best score joins the log-odds (order of rag.rerank.REFUSAL)."""
    best = max((c.score for c in ranked if c.score is not None), default=None)
    if best is None:
        return verdict
    return replace(verdict, probability=model.probability((linear.log_odds(verdict.probability), best)))


def after_choosing(
    verdict: Verdict, question: Question, chosen: Sequence[Candidate], unknown: tuple[str, ...] = ()
) -> Verdict:
    """`verdict` after looking at the sentences that would be quoted: does one tell the figure, time or name that is sought
    (rag/sought.py), is one of the time that `question` names, or of none, and are no names `unknown` to their letters
    (rag/named.py)?"""
    wanted = sought(question.text)
    tells = wanted is None or any(wanted.tells(candidate.sentence.text) for candidate in chosen)
    when = times(question)
    in_time = not chosen or not all(periods.elsewhere(c.sentence.text, c.passage.info.date, when) for c in chosen)
    looked_at = replace(verdict, tells=tells, in_time=in_time, unknown=unknown)
    return looked_at if looked_at.whole else replace(looked_at, probability=SELDOM * verdict.probability)


def lacks(verdict: Verdict) -> list[str]:
    """What is lacking in what would have been quoted, as Dutch lines."""
    lines = [] if verdict.tells else ["De gevonden zinnen noemen het getal, de tijd of de naam niet waar u naar vraagt."]
    if not verdict.in_time:
        lines.append("De gevonden zinnen gaan over een andere tijd dan u noemt.")
    if verdict.unknown:
        lines.append(f"In de brief van de beste zin komt niet voor: {', '.join(verdict.unknown)}.")
    return lines


def features(weighing: Weighing, ranked: Sequence[Candidate]) -> list[float]:
    """The features of a question against its evidence, in the order of NAMES; shares are 0 to 1."""
    question, top = weighing.question, ranked[:3]
    near = {c.passage.id: c.passage for c in top}.values()
    near_text = analyze.fold(" ".join(f"{p.header} {p.search_text}" for p in near))
    letter_years = {day.year - back for p in near if (day := p.info.date) for back in (0, 1)}
    years = [year for year in question.years if str(year) not in near_text and year not in letter_years]
    figures = [weighing.sentences[c.passage.id, c.position].figure_of_noun for c in ranked[:15]]
    typed = question.answer_type in TYPED
    return [
        ranked[0].probability if ranked else 0.0,
        weighing.best_similarity,
        max((passage.meaning for passage in weighing.passages.values()), default=0.0),
        weighing.weakest,
        _missing(weighing, weighing.heard),
        _missing(weighing, weighing.known),
        _share(sum(name not in near_text for name in question.names), len(question.names)),
        _share(len(years), len(question.years)),
        float(typed and not any(entities.holds(c.sentence.text, question.answer_type) for c in top)),
        1 - max(figures, default=0.0) if weighing.nouns else 0.0,
        min(len(question.words), 12) / 12,
    ]


def reason(weighing: Weighing, verdict: Verdict) -> Refusal:
    """Why the question is refused: a "why" whose subject is well known to the letters rests on a premise that is not."""
    named = dict(zip(NAMES, verdict.features, strict=True))
    known_subject = named["passage_meaning"] >= 0.5 and named["names_elsewhere"] == 0
    if weighing.question.answer_type is AnswerType.REASON and known_subject:
        return Refusal.FALSE_PREMISE
    return Refusal.NOT_IN_LETTERS


def _missing(weighing: Weighing, held: frozenset[str]) -> float:
    """The share of the question's terms, weighted by rarity, that is not among `held`."""
    total = sum(weighing.rarity.values())
    return sum(weight for term, weight in weighing.rarity.items() if term not in held) / total if total else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
