"""Two runs over the same questions: what changed, how certain that is, and which questions changed sides.

The same questions were asked twice, so every measure is compared by the paired bootstrap: each resample draws the same
questions from both runs. Runs over different gold sets are refused; differences between those mean nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.bootstrap import Difference, difference, resample_counts
from eval.dutch import NONE, decimal, percentage, table
from eval.measures import MEASURES, ONLY_WHERE_TAKEN, Bucket, Score
from eval.run import Run, RunError
from eval.summary import MEDIAN_WORDS


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose outcome is another in the second run, with both answers."""

    id: str
    question: str
    before: Bucket
    after: Bucket
    answer_before: str
    answer_after: str

    @property
    def better(self) -> bool:
        """Whether it is good now and was not."""
        return self.after is Bucket.RIGHT

    @property
    def worse(self) -> bool:
        """Whether it was good and is not now."""
        return self.before is Bucket.RIGHT


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences (second minus first) by the name of their measure, and the questions that changed sides."""

    first: Run
    second: Run
    differences: Mapping[str, Difference]
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON."""
        return {
            "first": str(self.first.folder),
            "second": str(self.second.folder),
            "differences": {
                name: {key: getattr(found, key) for key in ("value", "low", "high", "p", "significant")}
                for name, found in self.differences.items()
            },
            "changes": [{key: getattr(change, key) for key in change.__slots__} for change in self.changes],
        }


def differences(before: Sequence[Score], after: Sequence[Score]) -> dict[str, Difference]:
    """The paired difference of every measure; both hold the same questions in the same order."""
    if [score.id for score in before] != [score.id for score in after]:
        raise RunError("Deze metingen gaan niet over dezelfde vragen. Vergelijk metingen van hetzelfde vragenbestand.")
    counts = resample_counts(len(before))
    return {measure.name: difference(measure.terms(before), measure.terms(after), counts) for measure in MEASURES}


def compare(first: Run, second: Run) -> Comparison:
    """What changed from `first` to `second`; raises RunError when they were not asked the same gold set."""
    check_same_gold(first.manifest, second.manifest)
    changes = [
        Change(question.id, question.question, a.bucket, b.bucket, str(one["answer"]), str(two["answer"]))
        for question, a, b, one, two in zip(
            first.gold.questions, first.scores, second.scores, first.answers, second.answers, strict=True
        )
        if a.bucket is not b.bucket
    ]
    return Comparison(first, second, differences(first.scores, second.scores), tuple(changes))


def check_same_gold(first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
    """Raise RunError when two manifests name different gold sets."""
    if first["gold"]["sha256"] != second["gold"]["sha256"]:
        raise RunError(
            f"Deze metingen gaan over verschillende vragen ({first['gold']['name']} {first['gold']['sha256'][:12]} en "
            f"{second['gold']['name']} {second['gold']['sha256'][:12]}). Vergelijk metingen van hetzelfde vragenbestand."
        )


def changed_keys(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """What differs between two manifests, their times left out."""
    return sorted(key for key in (first.keys() | second.keys()) - {"time"} if first.get(key) != second.get(key))


def points(value: float | None) -> str:
    """A difference of shares as percentage points with its sign: "+4,2"."""
    return NONE if value is None else f"{'+' if value > 0 else ''}{decimal(100 * value)}"


def comparison_text(comparison: Comparison) -> str:
    """What `kamerbrief eval compare` prints."""
    first, second = comparison.first, comparison.second
    before, after = first.summary.measures, second.summary.measures
    lines = [
        f"A: {first.folder}",
        f"B: {second.folder}",
        f"Verschil tussen beide: {', '.join(changed_keys(first.manifest, second.manifest)) or 'geen'}",
    ]
    letters = first.manifest["letters"] != second.manifest["letters"]
    if letters:
        lines.append("Let op: A en B lazen niet dezelfde brieven; de cijfers zijn niet zonder meer te vergelijken.")
    rows = [["", "A", "B", "verschil", "95 %-interval", "p", ""]]
    for measure in MEASURES:
        found = comparison.differences[measure.name]
        if measure.name in ONLY_WHERE_TAKEN and found.value is None:
            continue
        rows.append(
            [
                measure.label,
                percentage(before[measure.name].value),
                percentage(after[measure.name].value),
                points(found.value),
                "" if found.low is None else f"{points(found.low)} tot {points(found.high)}",
                "" if found.p is None else decimal(found.p, 3),
                _verdict(found, measure.goal == "hoger"),
            ]
        )
    words = [
        NONE if run[MEDIAN_WORDS].value is None else decimal(run[MEDIAN_WORDS].value or 0.0, 0) for run in (before, after)
    ]
    rows.append(["woorden per antwoord (mediaan)", *words, "", "", "", ""])
    lines += ["", *table(rows, frozenset({1, 2, 3, 4, 5}))]
    better = [change for change in comparison.changes if change.better]
    worse = [change for change in comparison.changes if change.worse]
    other = [change for change in comparison.changes if not change.better and not change.worse]
    for title, changes in (("Nu goed", better), ("Niet meer goed", worse), ("Anders, maar nog niet goed", other)):
        lines += ["", f"{title}: {len(changes)}"]
        for change in changes:
            lines += [
                f"  {change.id} ({change.before} -> {change.after}): {change.question}",
                f"    A: {_short(change.answer_before)}",
                f"    B: {_short(change.answer_after)}",
            ]
    return "\n".join(lines)


def _verdict(found: Difference, higher_is_better: bool) -> str:
    if not found.significant or found.value is None:
        return ""
    return "beter" if (found.value > 0) == higher_is_better else "SLECHTER"


def _short(text: str, length: int = 200) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= length else joined[: length - 1] + "…"
