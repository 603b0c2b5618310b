"""The evaluation runs below the current folder: `runs/NAME`, as `kamerbrief eval run --out runs/NAME` makes them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.run import Run

RUNS = "runs"


def run_names(folder: Path) -> list[str]:
    """The names of the runs, newest first."""
    found = [path.parent for path in (folder / RUNS).glob("*/manifest.json")]
    return [
        path.name
        for path in sorted(found, key=lambda path: ((path / "manifest.json").stat().st_mtime, path.name), reverse=True)
    ]


def load_run(folder: Path, name: str) -> "Run":
    """The run called `name`; raises RunError when it is not finished or damaged."""
    from eval.run import Run

    return Run.load(folder / RUNS / name)
