"""The sweep: the same questions to a small grid of settings, one table with intervals.

A grid is a TOML file: the gold file, the letters, and under [grid] lists of values. What changes the index (embedder,
passage size) gets an index of its own, built once; what only changes asking (reader, model, k, fusion weights) shares it.
Every point is an ordinary run in a folder of its own, so that a sweep that was cut off goes on, and any two points can be
compared with `eval compare`.
"""

import itertools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from eval.asker import AssistantAsker
from eval.dutch import NONE, decimal, percentage, percentage_range, table
from eval.gold import read_gold
from eval.run import Run, RunError, run_gold
from eval.summary import MEDIAN_WORDS
from index.settings import Settings

COLUMNS = ("evidence_recall_5", "evidence_recall_10", "mrr", "right", "citation_precision", "refusal_f1")
HEADS = ("bewijs bij 5", "bewijs bij 10", "MRR@10", "goed", "bronnen kloppen", "weigeren F1")
ASKING = ("reader", "model", "k")
INDEXING = ("embedder", "passage_characters")
MAX_POINTS = 200


@dataclass(frozen=True, slots=True)
class Grid:
    """What is swept: paths are relative to the grid's file, `axes` go from an option's name to its values."""

    gold: Path
    letters: Path
    axes: Mapping[str, tuple[Any, ...]]

    def points(self) -> Iterator[dict[str, Any]]:
        """Every combination of values, in the order of the file."""
        for values in itertools.product(*self.axes.values()):
            yield dict(zip(self.axes, values, strict=True))


def read_grid(path: Path) -> Grid:
    """The grid in a TOML file; raises RunError with one Dutch line when it is not one."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RunError(f"{path}: geen leesbaar TOML-bestand ({error}).") from error
    axes = content.get("grid")
    known = [*ASKING, *INDEXING, *(f"weights.{name}" for name in _weights())]
    if not isinstance(axes, dict) or not all(isinstance(values, list) and values for values in axes.values()):
        raise RunError(f"{path}: onder [grid] hoort per instelling een lijst met waarden, zoals k = [5, 10].")
    if set(content) != {"gold", "letters", "grid"}:
        raise RunError(f"{path}: verwacht worden gold, letters en [grid]; er staat {', '.join(sorted(content))}.")
    unknown = [name for name in axes if name not in known]
    if unknown:
        raise RunError(f"{path}: onbekend onder [grid]: {', '.join(unknown)}. Kies uit: {', '.join(known)}.")
    grid = Grid(
        path.parent / content["gold"], path.parent / content["letters"], {name: tuple(v) for name, v in axes.items()}
    )
    points = sum(1 for _ in grid.points())
    if points > MAX_POINTS:
        raise RunError(f"{path}: dit rooster heeft {points} combinaties; het maximum is {MAX_POINTS}.")
    return grid


def _weights() -> list[str]:
    from rag.retrieve import Weights

    return [field.name for field in fields(Weights)]


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of values with its run."""

    values: Mapping[str, Any]
    run: Run


def sweep(grid: Grid, settings: Settings, out: Path, *, jobs: int = 2) -> Iterator[Point]:
    """The runs of all points, one after another, under the folder `out`; each is taken up where it was cut off."""
    gold = read_gold(grid.gold)
    for values in grid.points():
        folder = out / (_name(values) or "punt")
        asker = _asker(values, grid.letters, settings, out)
        yield Point(values, run_gold(gold, asker, folder, jobs=jobs))


def _asker(values: Mapping[str, Any], letters: Path, settings: Settings, out: Path) -> AssistantAsker:
    from index.chunk import chunk
    from index.embed import open_embedder
    from index.update import add
    from rag.retrieve import fitted

    indexing = {name: values[name] for name in INDEXING if name in values}
    index = out / "index" / (_name(indexing) or "standaard")
    changes: dict[str, Any] = {name: values[name] for name in (*ASKING, "embedder") if name in values}
    asked = replace(settings, **{"reader": "extractive"} | changes, index=str(index))
    size = indexing.get("passage_characters")
    cut = chunk if size is None else partial(chunk, max_chars=size)
    add(index, [letters], open_embedder(asked), sync=True, cut=cut)
    weights = {name.removeprefix("weights."): float(v) for name, v in values.items() if name.startswith("weights.")}
    return AssistantAsker(asked, replace(fitted(), **weights) if weights else None)


def _name(values: Mapping[str, Any]) -> str:
    """A folder name for a combination of values: "k=5,reader=extractive"."""
    safe = (f"{name}={value}".replace("/", "_").replace("\\", "_").replace(":", "_") for name, value in values.items())
    return ",".join(safe)


def sweep_text(grid: Grid, points: Sequence[Point]) -> str:
    """What `kamerbrief eval sweep` prints: a row per point, intervals below the figures."""
    rows = [[*grid.axes, *HEADS, "woorden"]]
    for point in points:
        figures = point.run.summary.measures
        words = figures[MEDIAN_WORDS].value
        cells = [percentage(figures[name].value) for name in COLUMNS]
        rows.append([*map(str, point.values.values()), *cells, NONE if words is None else decimal(words, 0)])
        rows.append([*("" for _ in grid.axes), *(percentage_range(figures[name]) for name in COLUMNS), ""])
    numbers = frozenset(range(len(grid.axes), len(rows[0])))
    return "\n".join([f"{grid.gold.name}, met 95 %-interval onder elk cijfer", "", *table(rows, numbers)])
