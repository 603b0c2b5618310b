"""The report of a run: report.html, one file that needs nothing else, and report.md with the same figures.

What both say in words stands here; how it looks stands in eval/report_html.py and eval/report_markdown.py.
"""

from collections.abc import Mapping
from typing import Any

from eval.alce import agreement
from eval.bootstrap import Interval
from eval.dutch import NONE, decimal, percentage
from eval.gold import GoldQuestion
from eval.match import MAX_WORDS
from eval.measures import MEASURES, ONLY_WHERE_TAKEN, Bucket, Measure, Score, Step
from eval.run import Run

GROUPED = ("right", "evidence_recall_5", "citation_recall", "false_refusals")
"""The measures that are shown per group of questions."""

WAYS = {"kind": "Per soort vraag", "letter": "Per brief met bewijs", "answer_type": "Per soort antwoord"}
"""The ways in which questions are grouped, with their headings."""

BUCKET_TEXTS = {
    Bucket.RIGHT: "goed antwoord met een bron die het bewijst, of terecht geweigerd",
    Bucket.WRONG: "fout of te lang antwoord, of een antwoord waar de brieven er geen geven",
    Bucket.UNFOUNDED: "de feiten kloppen, maar de bron bewijst ze niet",
    Bucket.REFUSED: "geweigerd terwijl het antwoord in de brieven staat",
    Bucket.UNJUDGED: "bij deze vragen staan geen feiten om mee te vergelijken",
}
STEP_TEXTS = {
    Step.NOT_RETRIEVED: "niet al het bewijs zat bij de gevonden passages",
    Step.NOT_READ: "het bewijs was gevonden, maar de lezer koos iets anders",
    Step.READ_WRONG: "het bewijs is aangehaald, maar het antwoord is fout",
    Step.REFUSED: "geweigerd terwijl het antwoord in de brieven staat",
    Step.ANSWERED: "de brieven geven hier geen antwoord",
    Step.UNTRACED: "bij deze vraag staat geen bewijs om mee te vergelijken",
}


def bucket_counts(run: Run) -> list[tuple[Bucket, int]]:
    """How many questions ended in each bucket; "niet beoordeeld" only where it occurs."""
    counts = [(bucket, sum(score.bucket is bucket for score in run.scores)) for bucket in Bucket]
    return [(bucket, count) for bucket, count in counts if count or bucket is not Bucket.UNJUDGED]


def shown(run: Run, group: str) -> list[Measure]:
    """The measures under one heading, without those that are only taken of some readers where they were not."""
    return [
        measure
        for measure in MEASURES
        if measure.group == group and (measure.name not in ONLY_WHERE_TAKEN or run.summary.measures[measure.name].count)
    ]


def judge_text(run: Run) -> str:
    """How far the judge of the ALCE figures can be trusted, in one Dutch sentence; empty where there are none."""
    if not run.summary.measures["alce_recall"].count:
        return ""
    found = agreement()
    return (
        "ALCE is beoordeeld door het programma zelf, zonder taalmodel. Op "
        f"{found.pairs} met de hand beoordeelde zinnen was dat oordeel in {percentage(found.agreed)} van de gevallen juist "
        f"(kappa {decimal(found.kappa, 2)}): {percentage(found.missed)} van de bewezen zinnen werd niet geloofd en "
        f"{percentage(found.fooled)} van de onbewezen wel."
    )


def members(run: Run, way: str, group: str) -> int:
    """How many questions belong to a group."""
    if way == "letter":
        return sum(group in score.letters for score in run.scores)
    return sum(getattr(score, way) == group for score in run.scores)


def capital(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]


def whole(value: float | None) -> str:
    """A number without decimals, or a dash."""
    return NONE if value is None else decimal(value, 0)


def whole_range(figure: Interval) -> str:
    """An interval without decimals ("16 tot 21"), empty where there is none."""
    return "" if figure.low is None or figure.high is None else f"{decimal(figure.low, 0)} tot {decimal(figure.high, 0)}"


def why(question: GoldQuestion, answer: Mapping[str, Any], score: Score) -> list[str]:
    """What is wrong with an answer, in Dutch lines; none for a good one."""
    lines = []
    if score.step is not Step.NONE:
        lines.append(f"{capital(score.step)}: {STEP_TEXTS[score.step]}.")
    if score.refused and score.answerable:
        lines.append(f"Reden van de weigering: {answer['refusal']}.")
        if None not in score.found and score.pieces:
            lines.append("Het bewijs was wel gevonden.")
    elif not score.refused:
        lines += [f"Ontbreekt: {' of '.join(question.facts[at][:3])}." for at in score.missing]
        lines += [f"Genoemd, maar fout: {trap}." for trap in score.traps]
        if score.words > MAX_WORDS:
            lines.append(f"Te lang: {score.words} woorden, het maximum is {MAX_WORDS}.")
    if score.bucket is Bucket.UNFOUNDED:
        lines.append("De bron bewijst het antwoord niet.")
        if score.citations_verbatim < score.citations:
            lines.append("Een citaat staat niet letterlijk in de brief.")
        if score.statements_supported < score.statements:
            lines.append("Een zin wordt niet door de bron gedekt.")
    return lines
