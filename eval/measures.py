"""What one answer is worth, and the measures that are taken over all answers.

`score` looks at one answer object of the JSON contract beside its gold question. `MEASURES` names every figure once, with
its definition, and how it is summed: each is a share (a sum over questions divided by a sum), so that the bootstrap, the
comparison and the gate treat all alike. The definitions are those of docs/evaluation.md; what decides is `match` (facts)
and `spans` (evidence).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Literal

from eval.alce import Alce
from eval.gold import GoldQuestion
from eval.match import MAX_WORDS, answer_variants, missing_facts, numbers, token_f1, traps_found, word_count
from eval.retrieval import CUTOFFS, RankScores, rank_scores, recall_at
from eval.spans import Offer, citation_is_right, found_ranks, offers, pieces_cited


class Bucket(StrEnum):
    """The four outcomes that a layman reads, and one for gold without facts."""

    RIGHT = "goed"
    """Right with a source that proves it, or rightly refused."""
    WRONG = "fout"
    """A wrong or too long answer, or any answer to a question that the letters do not answer."""
    UNFOUNDED = "niet onderbouwd"
    """The facts are right, but no citation hits evidence, a quote is not verbatim or a statement is unverified."""
    REFUSED = "geweigerd"
    """Refused although the letters hold the answer."""
    UNJUDGED = "niet beoordeeld"
    """The gold question names no facts; only token F1 is known."""


class Step(StrEnum):
    """Where the way from question to answer failed."""

    NONE = ""
    NOT_RETRIEVED = "niet gevonden"
    """A needed piece of evidence is not in the passages that the reader saw."""
    NOT_READ = "gevonden, niet gelezen"
    """All evidence was in the passages, but not all of it was cited."""
    READ_WRONG = "gelezen, maar fout"
    """All evidence was cited, but the answer is wrong."""
    REFUSED = "geweigerd"
    ANSWERED = "beantwoord, had geweigerd moeten worden"
    UNTRACED = "niet na te gaan"
    """The gold question names no evidence."""


@dataclass(frozen=True, slots=True)
class Score:
    """One answer beside its gold question.

    `found` holds per piece of evidence the rank (from 1) at which the passages found it. `right` is None for gold without
    facts. `missing` are the positions of the facts that lack. Citations are counted once per distinct span; those of a
    refused answer do not count. `letter_first` and `letter_5` say whether the first passage comes from a letter with
    evidence, and which share of the pieces has its letter among the first five.
    """

    id: str
    kind: str
    answerable: bool
    refused: bool
    letters: tuple[str, ...]
    pieces: int
    found: tuple[int | None, ...]
    cited: tuple[bool, ...]
    mrr: float
    ndcg: float
    letter_first: bool
    letter_5: float
    facts: int
    right: bool | None
    missing: tuple[int, ...]
    traps: tuple[str, ...]
    words: int
    f1: float
    numbers_exact: bool | None
    citations: int
    citations_right: int
    citations_verbatim: int
    statements: int
    statements_supported: int
    bucket: Bucket
    step: Step
    answer_type: str | None = None
    alce_recall: float | None = None
    alce_precision: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The score as JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Score":
        """The score that `to_dict` made."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content.items() if k in known}
        return cls(**values | {"bucket": Bucket(content["bucket"]), "step": Step(content["step"])})


def score_all(
    questions: Sequence[GoldQuestion],
    answers: Sequence[Mapping[str, Any]],
    text_of: Callable[[str], str | None],
    answer_type: Callable[[str], str | None] = lambda _: None,
    judge: Callable[[Mapping[str, Any]], Alce | None] = lambda _: None,
) -> list[Score]:
    """A score for every question, in order.

    `text_of` gives a letter's canonical text (asked once a letter), or None. `answer_type` names the kind of thing that a
    question asks for. `judge` takes ALCE of an answer; it is left out for a reader that only quotes.
    """
    texts: dict[str, str | None] = {}

    def text(letter: str) -> str | None:
        if letter not in texts:
            texts[letter] = text_of(letter)
        return texts[letter]

    passages = [offers(answer["passages"]) for answer in answers]
    found = {q.id: found_ranks(q.evidence, p) for q, p in zip(questions, passages, strict=True) if q.evidence}
    ranks = rank_scores(found, {q.id: len(p) for q, p in zip(questions, passages, strict=True)})
    scores = [
        _score(question, answer, ranked, found.get(question.id, ()), ranks.get(question.id), text)
        for question, answer, ranked in zip(questions, answers, passages, strict=True)
    ]
    return [
        _with_alce(replace(score, answer_type=answer_type(answer["standalone_question"])), judge(answer))
        for score, answer in zip(scores, answers, strict=True)
    ]


def _with_alce(score: Score, found: Alce | None) -> Score:
    return score if found is None else replace(score, alce_recall=found.recall, alce_precision=found.precision)


def _score(
    question: GoldQuestion,
    answer: Mapping[str, Any],
    passages: Sequence[Offer | None],
    found: tuple[int | None, ...],
    ranks: RankScores | None,
    text_of: Callable[[str], str | None],
) -> Score:
    refused = not answer["answered"]
    text = "" if refused else str(answer["answer"])
    forms = answer_variants(text)
    missing, traps, words = missing_facts(question.facts, forms), traps_found(question.traps, forms), word_count(text)
    right = _right(question, refused, missing, traps, words)
    citations = [] if refused else _distinct(answer["citations"])
    spans = offers(citations)
    cited = pieces_cited(question.evidence, spans)
    good = sum(citation_is_right(span, question.evidence) for span in spans)
    verbatim = sum(_verbatim(citation, span, text_of) for citation, span in zip(citations, spans, strict=True))
    statements = [] if refused else answer["statements"]
    supported = sum(statement["support"] != "unverified" for statement in statements)
    proved = verbatim == len(citations) and supported == len(statements) and (good > 0 or not question.evidence)
    letters = [None if passage is None else passage.letter for passage in passages]
    near = set(letters[:5])
    wanted = numbers(question.answer) - numbers(question.question) if question.answerable else {}
    return Score(
        id=question.id,
        kind=question.kind,
        answerable=question.answerable,
        refused=refused,
        letters=question.letters,
        pieces=len(question.evidence),
        found=found,
        cited=cited,
        mrr=ranks.mrr if ranks else 0.0,
        ndcg=ranks.ndcg if ranks else 0.0,
        letter_first=bool(letters) and letters[0] in question.letters,
        letter_5=_share([any(place.letter in near for place in places) for places in question.evidence]),
        facts=len(question.facts),
        right=right,
        missing=missing,
        traps=traps,
        words=words,
        f1=token_f1(text, question.answer) if question.answerable else 0.0,
        numbers_exact=set(wanted) <= set(numbers(text)) if wanted else None,
        citations=len(citations),
        citations_right=good,
        citations_verbatim=verbatim,
        statements=len(statements),
        statements_supported=supported,
        bucket=_bucket(question, refused, right, proved),
        step=_step(question, refused, right, found, cited),
    )


def _right(
    question: GoldQuestion, refused: bool, missing: tuple[int, ...], traps: tuple[str, ...], words: int
) -> bool | None:
    if not question.answerable:
        return refused
    if refused:
        return False
    if not question.facts:
        return None
    return not missing and not traps and words <= MAX_WORDS


def _distinct(citations: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Every cited span once: naming a good source ten times makes it no better."""
    kept = {
        (c.get("letter"), c.get("start"), c.get("end"), c.get("key") if c.get("letter") is None else None): c
        for c in citations
    }
    return list(kept.values())


def _verbatim(citation: Mapping[str, Any], span: Offer | None, text_of: Callable[[str], str | None]) -> bool:
    text = None if span is None else text_of(span.letter)
    if span is None or text is None:
        return False
    return span.end <= len(text) and citation.get("quote") == text[span.start : span.end]


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _bucket(question: GoldQuestion, refused: bool, right: bool | None, proved: bool) -> Bucket:
    if refused:
        return Bucket.REFUSED if question.answerable else Bucket.RIGHT
    if right is None:
        return Bucket.UNJUDGED if proved else Bucket.UNFOUNDED
    if not right:
        return Bucket.WRONG
    return Bucket.RIGHT if proved else Bucket.UNFOUNDED


def _step(
    question: GoldQuestion, refused: bool, right: bool | None, found: Sequence[int | None], cited: Sequence[bool]
) -> Step:
    if right is not False:
        return Step.NONE
    if refused:
        return Step.REFUSED
    if not question.answerable:
        return Step.ANSWERED
    if not question.evidence:
        return Step.UNTRACED
    if None in found:
        return Step.NOT_RETRIEVED
    return Step.READ_WRONG if all(cited) else Step.NOT_READ


Term = Callable[[Score], float]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over all questions: the sum of `above` divided by the sum of `below`.

    `label` and `definition` are Dutch; `goal` says which way is better; `group` is its heading in the report.
    """

    name: str
    label: str
    definition: str
    group: Literal["zoeken", "antwoorden", "bronnen", "weigeren", "uitkomst"]
    goal: Literal["hoger", "lager"]
    above: Term
    below: Term

    def terms(self, scores: Sequence[Score]) -> tuple[list[float], list[float]]:
        """The numbers to be summed, one a question."""
        return [float(self.above(s)) for s in scores], [float(self.below(s)) for s in scores]


def _has_evidence(score: Score) -> float:
    return float(score.pieces > 0)


def _judged(score: Score) -> float:
    return float(score.answerable and score.facts > 0)


def _recall(k: int) -> Measure:
    return Measure(
        f"evidence_recall_{k}",
        f"bewijs gevonden in de eerste {k}",
        f"Deel van de bewijsplaatsen dat in de eerste {k} passages staat (van elke passage tellen de eerste 1.500 tekens), "
        "gemiddeld over de vragen.",
        "zoeken",
        "hoger",
        lambda s: recall_at(s.found, k) if s.pieces else 0.0,
        _has_evidence,
    )


def _in_bucket(bucket: Bucket, goal: Literal["hoger", "lager"], definition: str) -> Measure:
    name = {"goed": "bucket_right", "fout": "bucket_wrong", "niet onderbouwd": "bucket_unfounded"}.get(
        bucket, "bucket_refused"
    )
    return Measure(name, bucket, definition, "uitkomst", goal, lambda s: s.bucket == bucket, lambda _: 1.0)


MEASURES: tuple[Measure, ...] = (
    *(_recall(k) for k in CUTOFFS),
    Measure(
        "mrr",
        "MRR@10",
        "1 gedeeld door de plaats van de eerste passage met bewijs (0 als die niet bij de eerste 10 zit), gemiddeld.",
        "zoeken",
        "hoger",
        lambda s: s.mrr,
        _has_evidence,
    ),
    Measure(
        "ndcg_10",
        "nDCG@10",
        "Hoe hoog de passages staan die nieuw bewijs brengen, tegen de best mogelijke volgorde.",
        "zoeken",
        "hoger",
        lambda s: s.ndcg,
        _has_evidence,
    ),
    Measure(
        "letter_first",
        "juiste brief bovenaan",
        "De eerste passage komt uit een brief waarin bewijs staat.",
        "zoeken",
        "hoger",
        lambda s: s.letter_first,
        _has_evidence,
    ),
    Measure(
        "letter_5",
        "juiste brief in de eerste 5",
        "Deel van de bewijsplaatsen waarvan de brief bij de eerste 5 passages zit, gemiddeld over de vragen.",
        "zoeken",
        "hoger",
        lambda s: s.letter_5,
        _has_evidence,
    ),
    Measure(
        "right",
        "goede antwoorden",
        "Alle feiten genoemd, geen valstrik, hoogstens 120 woorden; over de vragen die te beantwoorden zijn. "
        "Een weigering is hier fout.",
        "antwoorden",
        "hoger",
        lambda s: _judged(s) and s.right is True,
        _judged,
    ),
    Measure(
        "numbers_exact",
        "getallen precies goed",
        "Alle getallen van het voorbeeldantwoord die niet al in de vraag staan, staan in het antwoord.",
        "antwoorden",
        "hoger",
        lambda s: s.numbers_exact is True,
        lambda s: s.numbers_exact is not None,
    ),
    Measure(
        "token_f1",
        "woorden gelijk (F1)",
        "Overlap in woorden met het voorbeeldantwoord, als bij SQuAD, zonder lidwoorden.",
        "antwoorden",
        "hoger",
        lambda s: s.f1,
        lambda s: s.answerable,
    ),
    Measure(
        "citation_precision",
        "bronnen die kloppen",
        "Deel van alle bronvermeldingen dat een bewijsplaats raakt (minstens de helft van de kortste; langer "
        "dan 600 tekens is fout).",
        "bronnen",
        "hoger",
        lambda s: s.citations_right,
        lambda s: s.citations,
    ),
    Measure(
        "citation_recall",
        "bewijs dat genoemd is",
        "Deel van alle bewijsplaatsen dat in de bronvermeldingen staat.",
        "bronnen",
        "hoger",
        lambda s: sum(s.cited),
        lambda s: s.pieces,
    ),
    Measure(
        "citation_precision_mean",
        "bronnen die kloppen, per vraag",
        "Als 'bronnen die kloppen', maar gemiddeld over de vragen met een bronvermelding.",
        "bronnen",
        "hoger",
        lambda s: s.citations_right / s.citations if s.citations else 0.0,
        lambda s: s.citations > 0,
    ),
    Measure(
        "verbatim",
        "citaten letterlijk",
        "Deel van de bronvermeldingen waarvan het citaat teken voor teken zo in de brief staat.",
        "bronnen",
        "hoger",
        lambda s: s.citations_verbatim,
        lambda s: s.citations,
    ),
    Measure(
        "statements_supported",
        "zinnen met bewijs",
        "Deel van de zinnen in antwoorden dat letterlijk is of door de bron wordt gedekt.",
        "bronnen",
        "hoger",
        lambda s: s.statements_supported,
        lambda s: s.statements,
    ),
    Measure(
        "alce_recall",
        "zinnen die de bron bewijst (ALCE)",
        "Deel van de zinnen van een antwoord dat de genoemde bronnen samen bewijzen, gemiddeld over de antwoorden. "
        "Alleen gemeten bij een taalmodel.",
        "bronnen",
        "hoger",
        lambda s: s.alce_recall or 0.0,
        lambda s: s.alce_recall is not None,
    ),
    Measure(
        "alce_precision",
        "bronnen die nodig zijn (ALCE)",
        "Deel van de bronvermeldingen van een antwoord dat iets bijdraagt aan het bewijs, gemiddeld over de antwoorden. "
        "Alleen gemeten bij een taalmodel.",
        "bronnen",
        "hoger",
        lambda s: s.alce_precision or 0.0,
        lambda s: s.alce_precision is not None,
    ),
    Measure(
        "refusal_precision",
        "weigeringen die terecht zijn",
        "Deel van de weigeringen bij vragen die de brieven niet beantwoorden.",
        "weigeren",
        "hoger",
        lambda s: s.refused and not s.answerable,
        lambda s: s.refused,
    ),
    Measure(
        "refusal_recall",
        "terecht geweigerd",
        "Deel van de onbeantwoordbare vragen dat geweigerd is.",
        "weigeren",
        "hoger",
        lambda s: s.refused and not s.answerable,
        lambda s: not s.answerable,
    ),
    Measure(
        "refusal_f1",
        "weigeren (F1)",
        "Harmonisch gemiddelde van de twee maten hierboven.",
        "weigeren",
        "hoger",
        lambda s: 2.0 * (s.refused and not s.answerable),
        lambda s: float(s.refused) + float(not s.answerable),
    ),
    Measure(
        "false_refusals",
        "onterecht geweigerd",
        "Deel van de vragen die te beantwoorden zijn dat toch geweigerd is.",
        "weigeren",
        "lager",
        lambda s: s.refused and s.answerable,
        lambda s: s.answerable,
    ),
    Measure(
        "false_answers",
        "onterecht beantwoord",
        "Deel van de onbeantwoordbare vragen dat toch een antwoord kreeg.",
        "weigeren",
        "lager",
        lambda s: not s.refused and not s.answerable,
        lambda s: not s.answerable,
    ),
    _in_bucket(Bucket.RIGHT, "hoger", "Goed antwoord met een bron die het bewijst, of terecht geweigerd; over alle vragen."),
    _in_bucket(Bucket.WRONG, "lager", "Fout of te lang antwoord, of een antwoord waar de brieven er geen geven."),
    _in_bucket(Bucket.UNFOUNDED, "lager", "De feiten kloppen, maar de bron bewijst ze niet."),
    _in_bucket(Bucket.REFUSED, "lager", "Geweigerd terwijl het antwoord wel in de brieven staat."),
)
ONLY_WHERE_TAKEN = frozenset(("alce_recall", "alce_precision"))
"""Measures that are not shown where no answer has them."""

BY_NAME = {measure.name: measure for measure in MEASURES}
