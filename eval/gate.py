"""The gate: a run that is surely worse than the baseline, or below a floor, stops the line.

eval/gate.toml names what is watched. `watch` lists measures that must not fall significantly (95 %, paired); floors hold
per gold file, by its name, and under "*" for every one. The baseline needs no answers, only `manifest.json` and
`scores.jsonl` of a run, so that it can be kept with the program.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.compare import check_same_gold, differences, points
from eval.dutch import percentage
from eval.measures import BY_NAME, Score
from eval.run import RunError

DEFAULT = Path(__file__).parent / "gate.toml"
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the gate watches: measures that must not fall, and per gold file (or "*") the least value of a measure.

    For a measure where lower is better the floor is a ceiling.
    """

    watch: tuple[str, ...]
    floors: Mapping[str, Mapping[str, float]]

    def floors_for(self, gold: str) -> dict[str, float]:
        """The floors that hold for the gold file called `gold`."""
        return {**self.floors.get(EVERY, {}), **self.floors.get(gold, {})}


@dataclass(frozen=True, slots=True)
class Scores:
    """As much of a run as the gate needs."""

    folder: Path
    manifest: Mapping[str, Any]
    scores: tuple[Score, ...]

    @classmethod
    def load(cls, folder: Path) -> "Scores":
        """Manifest and scores of the run in `folder`; raises RunError when they are not there or damaged."""
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            lines = (folder / "scores.jsonl").read_text(encoding="utf-8").split("\n")
            scores = tuple(Score.from_dict(json.loads(line)) for line in lines if line.strip())
            whole = len(scores) == manifest["gold"]["questions"] and "finished" in manifest["time"]
        except FileNotFoundError as error:
            raise RunError(f"{folder}: hier staat geen (afgeronde) meting. Maak er een met: kamerbrief eval run") from error
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise RunError(f"{folder}: deze meting is beschadigd. Maak haar opnieuw met `eval run --restart`.") from error
        if not whole:
            raise RunError(f"{folder}: deze meting is beschadigd. Maak haar opnieuw met `eval run --restart`.")
        return cls(folder, manifest, scores)


def read_rules(path: Path = DEFAULT) -> Rules:
    """The rules in a gate.toml; raises RunError when the file cannot be read or names an unknown measure."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RunError(f"{path}: geen leesbaar TOML-bestand ({error}).") from error
    watch, floors = content.get("watch", []), content.get("floors", {})
    named = [*watch, *(name for measures in floors.values() for name in measures)]
    unknown = sorted({str(name) for name in named if name not in BY_NAME} | content.keys() - {"watch", "floors"})
    if unknown:
        raise RunError(f"{path}: onbekend: {', '.join(unknown)}. Kies uit: {', '.join(BY_NAME)}.")
    return Rules(tuple(watch), {gold: dict(measures) for gold, measures in floors.items()})


def failures(run: Scores, baseline: Scores, rules: Rules) -> list[str]:
    """A Dutch line for every measure that fell surely or lies below its floor; none when the gate is passed.

    Raises RunError when both runs were not asked the same gold set.
    """
    check_same_gold(run.manifest, baseline.manifest)
    return [*_fallen(run.scores, baseline.scores, rules.watch), *_below(run, rules)]


def _fallen(scores: Sequence[Score], before: Sequence[Score], watch: Sequence[str]) -> list[str]:
    found = differences(before, scores)
    lines = []
    for name in watch:
        measure, change = BY_NAME[name], found[name]
        if change.value is not None and change.significant and (change.value < 0) == (measure.goal == "hoger"):
            lines.append(
                f"{measure.label}: {points(change.value)} punten tegen de vorige meting "
                f"(95 %-interval {points(change.low)} tot {points(change.high)})."
            )
        elif change.value is None and _value(name, before) is not None and _value(name, scores) is None:
            lines.append(f"{measure.label}: is niet meer te meten, en was {percentage(_value(name, before))}.")
    return lines


def _below(run: Scores, rules: Rules) -> list[str]:
    lines = []
    for name, floor in rules.floors_for(run.manifest["gold"]["name"]).items():
        measure, value = BY_NAME[name], _value(name, run.scores)
        higher = measure.goal == "hoger"
        if value is None or (round(value, 9) < floor if higher else round(value, 9) > floor):
            bound = "ondergrens" if higher else "bovengrens"
            lines.append(f"{measure.label}: {percentage(value)}, de {bound} is {percentage(floor)}.")
    return lines


def _value(name: str, scores: Sequence[Score]) -> float | None:
    above, below = BY_NAME[name].terms(scores)
    return sum(above) / sum(below) if sum(below) > 0 else None
