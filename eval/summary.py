"""Summary: all measures of a run with their 95 % intervals, over all questions and per group of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.bootstrap import Interval, interval, quantile_interval, resample_counts
from eval.measures import MEASURES, Score

MEDIAN_WORDS = "words_median"
GROUP_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures by the name of their measure, over `questions` questions; `groups` holds the same per group.

    `groups` goes from the way of grouping ("kind", "letter", "answer_type") to the group's name to its figures.
    """

    questions: int
    measures: Mapping[str, Interval]
    groups: Mapping[str, Mapping[str, Mapping[str, Interval]]]

    def to_dict(self) -> dict[str, Any]:
        """The summary as JSON."""
        return {
            "questions": self.questions,
            "measures": {name: figure.to_dict() for name, figure in self.measures.items()},
            "groups": {
                way: {
                    group: {name: figure.to_dict() for name, figure in figures.items()} for group, figures in groups.items()
                }
                for way, groups in self.groups.items()
            },
        }


def summarise(scores: Sequence[Score]) -> Summary:
    """All measures over all scores, by kind of question, by letter with the evidence, and by answer type."""
    ways: dict[str, dict[str, list[Score]]] = {"kind": {}, "letter": {}, "answer_type": {}}
    for score in scores:
        ways["kind"].setdefault(score.kind, []).append(score)
        for letter in score.letters:
            ways["letter"].setdefault(letter, []).append(score)
        if score.answer_type is not None:
            ways["answer_type"].setdefault(score.answer_type, []).append(score)
    groups = {
        way: {name: _figures(members, GROUP_RESAMPLES) for name, members in sorted(found.items())}
        for way, found in ways.items()
    }
    return Summary(len(scores), _figures(scores), groups)


def _figures(scores: Sequence[Score], resamples: int | None = None) -> dict[str, Interval]:
    counts = resample_counts(len(scores)) if resamples is None else resample_counts(len(scores), resamples)
    figures = {measure.name: interval(*measure.terms(scores), counts) for measure in MEASURES}
    words = [float(score.words) for score in scores if not score.refused]
    return figures | {MEDIAN_WORDS: quantile_interval(words, 0.5)}


PERCENTILES = (50, 90, 95, 99)


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the time of a whole question, in milliseconds, and the mean per step."""

    percentiles: Mapping[int, Interval]
    steps: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """The latency as JSON."""
        return {
            "percentiles": {str(p): figure.to_dict() for p, figure in self.percentiles.items()},
            "steps": dict(self.steps),
        }


def latency(timings: Sequence[Mapping[str, float]]) -> Latency:
    """Percentiles of the key "total" of every question's timings, and the mean of the other keys."""
    totals = [timing["total"] for timing in timings if "total" in timing]
    steps = sorted({step for timing in timings for step in timing if step != "total"})
    means = {step: round(float(np.mean([timing.get(step, 0.0) for timing in timings])), 3) for step in steps}
    return Latency({p: quantile_interval(totals, p / 100) for p in PERCENTILES}, means)
