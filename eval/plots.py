"""The plots of a report, as SVG that takes its colours from the page.

matplotlib draws with colours that stand for roles; afterwards each is replaced by a CSS variable, so that one picture serves
a light and a dark page. Text stays text, in the page's letter type. The same run gives the same bytes (fixed ids, no date).
"""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eval.bootstrap import Interval, interval, resample_counts
from eval.dutch import decimal
from eval.measures import Score
from eval.retrieval import recall_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROLES = {
    "ink": "#010101",
    "soft": "#020202",
    "line": "#030303",
    "main": "#040404",
    "good": "#050505",
    "bad": "#060606",
}
"""Stand-in colours, replaced by var(--ink) and so on."""

Draw = Callable[["Axes"], None]
WIDTH, HEIGHT = 5.6, 3.2


def svg(draw: Draw, name: str, label: str, height: float = HEIGHT) -> str:
    """What `draw` puts on the axes, as an inline SVG element; `label` says in words what it shows."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    style: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.size": 9.5,
        "text.color": ROLES["ink"],
        "axes.edgecolor": ROLES["line"],
        "axes.labelcolor": ROLES["soft"],
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.color": ROLES["line"],
        "grid.linewidth": 0.6,
        "xtick.color": ROLES["soft"],
        "ytick.color": ROLES["soft"],
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.subplots())
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _inline(out.getvalue(), label)


def _inline(document: str, label: str) -> str:
    import html

    body = document[document.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'(?:width|height)="[\d.]+pt" ?', "", body, count=2)
    body = re.sub(r"font: (?:[\w-]+ )*([\d.]+)px [^;\"]*", r"font-size: \1px", body)
    for role, colour in ROLES.items():
        body = body.replace(colour, f"var(--{role})")
    return body.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)


def recall_curve(scores: Sequence[Score]) -> str | None:
    """Evidence recall at 1 to 10 with its 95 % band; None when no question has evidence."""
    asked = [score for score in scores if score.pieces]
    if not asked:
        return None
    counts, ones = resample_counts(len(asked)), [1.0] * len(asked)
    figures = [interval([recall_at(score.found, k) for score in asked], ones, counts) for k in range(1, 11)]

    def draw(axes: "Axes") -> None:
        ranks = list(range(1, 11))
        axes.fill_between(
            ranks, [_low(f) for f in figures], [_high(f) for f in figures], color=ROLES["main"], alpha=0.16, lw=0
        )
        axes.plot(ranks, [_mid(f) for f in figures], color=ROLES["main"], lw=2, marker="o", ms=4.5)
        for k in (1, 5, 10):
            axes.annotate(
                f"{decimal(_mid(figures[k - 1]), 0)} %",
                (k, _mid(figures[k - 1])),
                textcoords="offset points",
                xytext=(0, -15),
                ha="center",
                color=ROLES["ink"],
            )
        axes.set(xlim=(0.6, 10.4), ylim=(0, 103), xlabel="aantal passages", ylabel="% van het bewijs")
        axes.set_xticks(ranks)

    text = ", ".join(f"eerste {k}: {decimal(_mid(figures[k - 1]), 0)} %" for k in (1, 3, 5, 10))
    return svg(draw, "recall", f"Deel van het bewijs dat in de eerste passages staat. {text}.")


def bars(figures: Mapping[str, Interval], name: str, label: str) -> str | None:
    """A horizontal bar with its interval for every group that has a value; None when there are none."""
    known = [(group, figure) for group, figure in figures.items() if figure.value is not None]
    if not known:
        return None
    known.sort(key=lambda item: (item[1].value or 0.0, item[0]))

    def draw(axes: "Axes") -> None:
        places = range(len(known))
        values = [_mid(figure) for _, figure in known]
        spread = [
            [v - _low(f) for v, (_, f) in zip(values, known, strict=True)],
            [_high(f) - v for v, (_, f) in zip(values, known, strict=True)],
        ]
        axes.barh(places, values, height=0.62, color=ROLES["main"], alpha=0.35)
        axes.errorbar(
            values,
            places,
            xerr=[[max(0.0, x) for x in side] for side in spread],
            fmt="o",
            ms=4.5,
            color=ROLES["main"],
            lw=1.6,
        )
        axes.set_yticks(list(places), [f"{group}  ({figure.count})" for group, figure in known])
        axes.tick_params(axis="y", colors=ROLES["ink"])
        axes.set(xlim=(0, 103), xlabel="%")
        axes.grid(visible=False, axis="y")

    text = ", ".join(f"{group} {decimal(_mid(figure), 0)} %" for group, figure in reversed(known))
    return svg(draw, name, f"{label}: {text}.", height=0.9 + 0.3 * len(known))


def refusal_curve(scores: Sequence[Score], probabilities: Sequence[float]) -> str | None:
    """What refusing earlier or later would give: rightly against wrongly refused, by the threshold on the probability.

    None when the gold has no questions of both sorts.
    """
    positives = sum(not score.answerable for score in scores)
    negatives = len(scores) - positives
    if not positives or not negatives:
        return None
    xs, ys = [0.0], [0.0]
    ordered = sorted(zip(probabilities, scores, strict=True), key=lambda pair: pair[0])
    wrong = right = 0
    for at, (probability, score) in enumerate(ordered):
        right, wrong = right + (not score.answerable), wrong + score.answerable
        if at + 1 == len(ordered) or ordered[at + 1][0] > probability:
            xs.append(100 * wrong / negatives)
            ys.append(100 * right / positives)
    now = (
        100 * sum(s.refused and s.answerable for s in scores) / negatives,
        100 * sum(s.refused and not s.answerable for s in scores) / positives,
    )

    def draw(axes: "Axes") -> None:
        axes.plot([0, 100], [0, 100], color=ROLES["line"], lw=1, ls=(0, (4, 3)))
        axes.step(xs, ys, where="post", color=ROLES["main"], lw=2)
        axes.plot(*now, marker="o", ms=9, color=ROLES["bad"], zorder=5)
        left = now[0] > 55
        axes.annotate(
            f"nu: {decimal(now[1], 0)} % terecht, {decimal(now[0], 0)} % onterecht",
            now,
            textcoords="offset points",
            xytext=(-10 if left else 10, -14),
            ha="right" if left else "left",
            color=ROLES["ink"],
        )
        axes.set(xlim=(-2, 102), ylim=(-2, 104), xlabel="% onterecht geweigerd", ylabel="% terecht geweigerd")

    return svg(draw, "refusal", f"Terecht geweigerd: {decimal(now[1], 0)} %. Onterecht geweigerd: {decimal(now[0], 0)} %.")


def latency_curve(timings: Sequence[Mapping[str, float]]) -> str | None:
    """Which share of the questions was answered within how many milliseconds; None without timings."""
    totals = sorted(timing["total"] for timing in timings if "total" in timing)
    if not totals:
        return None
    shares = [100 * (at + 1) / len(totals) for at in range(len(totals))]
    marks = {p: totals[min(len(totals) - 1, int(len(totals) * p / 100))] for p in (50, 95)}

    def draw(axes: "Axes") -> None:
        axes.step([0, *totals], [0, *shares], where="post", color=ROLES["main"], lw=2)
        for p, at in marks.items():
            axes.plot([at], [p], marker="o", ms=5, color=ROLES["main"])
            axes.annotate(
                f"{p} %: {decimal(at)} ms", (at, p), textcoords="offset points", xytext=(8, -12), color=ROLES["ink"]
            )
        axes.set(xlim=(0, totals[-1] * 1.25 or 1), ylim=(0, 103), xlabel="milliseconden", ylabel="% van de vragen")

    return svg(draw, "latency", ", ".join(f"{p} % binnen {decimal(at)} ms" for p, at in marks.items()) + ".")


def _mid(figure: Interval) -> float:
    return 100 * (figure.value or 0.0)


def _low(figure: Interval) -> float:
    return 100 * (figure.low or 0.0)


def _high(figure: Interval) -> float:
    return 100 * (figure.high or 0.0)
