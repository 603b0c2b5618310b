"""An evaluation run for the screen: rows for the tables and a drawing of the figures with their intervals.

The drawing is made of HTML boxes, because Streamlit takes SVG out of a page; texts in it are escaped. Below it stands the
table with the same figures, so nothing is only in the picture.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from eval.bootstrap import Interval
from eval.compare import Comparison, points
from eval.dutch import percentage, percentage_range
from eval.measures import MEASURES, Bucket, Step
from ui.component.table import Cell, Column, Row

if TYPE_CHECKING:
    from eval.run import Run

FIGURE_COLUMNS = (Column("Maat"), Column("Waarde", "number"), Column("95 %-interval"), Column("Vragen", "number"))
COMPARE_COLUMNS = (
    Column("Maat"),
    Column("A", "number"),
    Column("B", "number"),
    Column("Verschil", "number"),
    Column("95 %-interval"),
    Column("Oordeel"),
)
QUESTION_COLUMNS = (
    Column("Vraag"),
    Column("Uitkomst", choose=True),
    Column("Waar het misging", choose=True),
    Column("Soort", choose=True),
    Column("Nummer"),
)
CHANGE_COLUMNS = (Column("Vraag"), Column("Uitkomst A"), Column("Uitkomst B"), Column("Nummer"))
DRAWN = ("right", "evidence_recall_5", "evidence_recall_10", "letter_first", "citation_precision", "citation_recall")
COLOURS = {
    Bucket.RIGHT: "light-dark(#1c6b3f, #5fbd86)",
    Bucket.UNFOUNDED: "light-dark(#b98a1f, #d9ad49)",
    Bucket.WRONG: "light-dark(#a02c1c, #e07a69)",
    Bucket.REFUSED: "light-dark(#7b8a92, #8d9aa2)",
    Bucket.UNJUDGED: "light-dark(#c4beb0, #56626a)",
}


def figure_rows(figures: Mapping[str, Interval]) -> list[Row]:
    """A row for every measure, in the order in which the evaluation lists them."""
    return [
        Row(
            measure.name,
            (
                Cell(measure.label, measure.label),
                Cell(percentage(figures[measure.name].value), figures[measure.name].value),
                Cell(percentage_range(figures[measure.name]), figures[measure.name].low),
                Cell(str(figures[measure.name].count), figures[measure.name].count),
            ),
        )
        for measure in MEASURES
    ]


def compare_rows(comparison: Comparison) -> list[Row]:
    """A row for every measure: both runs, B minus A in percentage points, and whether that is more than chance."""
    before, after = comparison.first.summary.measures, comparison.second.summary.measures
    rows = []
    for measure in MEASURES:
        found = comparison.differences[measure.name]
        span = "" if found.low is None else f"{points(found.low)} tot {points(found.high)}"
        rows.append(
            Row(
                measure.name,
                (
                    Cell(measure.label, measure.label),
                    Cell(percentage(before[measure.name].value), before[measure.name].value),
                    Cell(percentage(after[measure.name].value), after[measure.name].value),
                    Cell(points(found.value), found.value),
                    Cell(span, found.low),
                    Cell(_verdict(found.value, found.significant, measure.goal == "hoger")),
                ),
            )
        )
    return rows


def _verdict(value: float | None, significant: bool, higher: bool) -> str:
    if value is None or not significant:
        return "geen duidelijk verschil"
    return "B is beter" if (value > 0) == higher else "B is slechter"


def failing_rows(run: "Run") -> list[Row]:
    """The questions that did not go well, with where it went wrong; the row's id is the question's."""
    return [
        Row(
            question.id,
            (
                Cell(question.question, question.question),
                Cell(score.bucket, score.bucket),
                Cell(score.step if score.step is not Step.NONE else "", score.step or None),
                Cell(question.kind, question.kind),
                Cell(question.id, question.id),
            ),
        )
        for question, score in zip(run.gold.questions, run.scores, strict=True)
        if score.bucket not in (Bucket.RIGHT, Bucket.UNJUDGED)
    ]


def change_rows(comparison: Comparison) -> list[Row]:
    """The questions whose outcome differs between the two runs."""
    return [
        Row(
            change.id,
            (
                Cell(change.question, change.question),
                Cell(change.before, change.before),
                Cell(change.after, change.after),
                Cell(change.id, change.id),
            ),
        )
        for change in comparison.changes
    ]


def outcome_bar(run: "Run", label: str) -> str:
    """The outcomes of all questions as one bar with its legend, as HTML."""
    total = len(run.scores)
    noun = "vraag" if total == 1 else "vragen"
    counts = {bucket: sum(score.bucket is bucket for score in run.scores) for bucket in Bucket}
    parts = [(bucket, count) for bucket, count in counts.items() if count]
    bar = "".join(
        f'<span style="flex:{count};background:{COLOURS[bucket]}" title="{escape(bucket)}: {count}"></span>'
        for bucket, count in parts
    )
    legend = "".join(
        f'<li><span class="dot" style="background:{COLOURS[bucket]}"></span>{escape(bucket)}: '
        f"<strong>{count}</strong> ({percentage(count / total)})</li>"
        for bucket, count in parts
    )
    return (
        f'<figure class="kb-outcome"><figcaption>{escape(label)}: {total} {noun}</figcaption>'
        f'<div class="bar" aria-hidden="true">{bar}</div><ul>{legend}</ul></figure>'
    )


def interval_plot(runs: Sequence[tuple[str, Mapping[str, Interval]]]) -> str:
    """The main figures of one or two runs as dots on a line from 0 to 100 %, each with its interval, as HTML."""
    rows = [
        f"<li><span>{escape(measure.label)}</span><div>"
        + "".join(_dot(figures[measure.name], which) for which, (_, figures) in enumerate(runs))
        + "</div></li>"
        for measure in MEASURES
        if measure.name in DRAWN
    ]
    scale = "".join(f'<span style="left:{tick}%">{tick} %</span>' for tick in (0, 25, 50, 75, 100))
    names = "".join(f'<span class="run{which}">{escape(name)}</span>' for which, (name, _) in enumerate(runs))
    return (
        f'<div class="kb-plot"><p>{names}</p><ul aria-hidden="true"><li class="scale"><span></span><div>{scale}</div></li>'
        f"{''.join(rows)}</ul></div>"
    )


def _dot(figure: Interval, which: int) -> str:
    if figure.value is None:
        return ""
    low, high = (figure.value if bound is None else bound for bound in (figure.low, figure.high))
    place = f"--low:{100 * low:.1f}%;--wide:{100 * (high - low):.1f}%;--at:{100 * figure.value:.1f}%"
    words = f"{percentage(figure.value)} ({percentage_range(figure)})"
    return f'<i class="run{which}" style="{place}" title="{words}"></i>'
