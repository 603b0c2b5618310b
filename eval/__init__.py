"""Evaluation: how good the answers are, measured on questions with known answers.

`measure` is what `kamerbrief eval run` does. Nothing heavy is imported before it is called.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

    from eval.measures import Score
    from eval.run import Run
    from index.settings import Settings

__all__ = ["frame", "measure"]


def measure(
    gold: "Path | str",
    settings: "Settings",
    out: "Path | str",
    *,
    jobs: int = 2,
    restart: bool = False,
    progress: bool | None = None,
) -> "Run":
    """Ask all questions of the file `gold`, and keep answers, figures and report in the folder `out`.

    A run that was cut off goes on where it was. Raises GoldError, RunError, or what opening the index raises.
    """
    from eval.anchor import read_pins
    from eval.asker import AssistantAsker
    from eval.gold import read_gold
    from eval.report_html import report_html
    from eval.report_markdown import report_markdown
    from eval.run import run_gold, write_file

    questions = read_gold(Path(gold))
    pins = read_pins(Path(gold))
    asker = AssistantAsker(settings)
    pinned = {} if pins is None else pins.letters
    done = run_gold(questions, asker, Path(out), jobs=jobs, restart=restart, progress=progress, pinned=pinned)
    write_file(done.folder / "report.html", report_html(done, asker.text).encode())
    write_file(done.folder / "report.md", report_markdown(done).encode())
    return done


def frame(scores: "Sequence[Score]") -> "pandas.DataFrame":
    """Scores as a pandas table, a row per question; needs pandas, which the program itself does not."""
    import pandas

    return pandas.DataFrame([score.to_dict() for score in scores]).set_index("id")
