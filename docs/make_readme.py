"""Fill the measured parts of README.md: a real session and the quality tables, from runs of the evaluation.

    python docs/make_readme.py INDEX RUNS [BEFORE]

INDEX is an index of the example letters; RUNS holds folders of `kamerbrief eval run`: "examples" (examples/gold.jsonl),
"letters" (eval/gold/kamerbrieven.jsonl), "documents", "apart", "new" and "last" (eval/gold/stukken.jsonl,
stukken-test.jsonl, stukken-nieuw.jsonl and stukken-laatst.jsonl).
BEFORE holds the same runs of an earlier version, for the table of what changed. Nothing is typed by hand, so README cannot
say what was not measured.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.compare import compare
from eval.run import Run

README = Path(__file__).parent.parent / "README.md"
QUESTIONS = (
    "Hoeveel lidstaten deden mee aan de vergadering van de kustlanden in Zuiderhaven?",
    "Wat is de hoofdstad van Australië?",
)
RUNS = {
    "examples": "example letters (84)",
    "letters": "five real letters (100)",
    "documents": "87 public documents (95)",
    "apart": "the same, second set (85)",
    "new": "third set (90)",
    "last": "fourth set (90)",
}
CHANGED = ("evidence_recall_5", "mrr", "right", "citation_precision", "citation_recall", "refusal_f1")
GOALS = {
    "evidence_recall_5": "at least 0.90",
    "evidence_recall_10": "at least 0.95",
    "mrr": "at least 0.82",
    "right": "at least 0.70",
    "words_median": "at most 60",
    "citation_precision": "at least 0.65",
    "citation_recall": "at least 0.75",
    "refusal_f1": "at least 0.85",
}
"""What the five letters must show."""
ROWS = {
    "evidence_recall_5": "evidence recall@5",
    "evidence_recall_10": "evidence recall@10",
    "mrr": "MRR@10",
    "right": "right answers",
    "words_median": "words an answer (median)",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "verbatim": "citations verbatim",
    "refusal_f1": "refusal F1",
    "false_refusals": "answerable, but refused",
}


def between(text: str, name: str, content: str) -> str:
    """`text` with what stands between the markers of `name` replaced."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, _, rest = text.partition(start)
    return f"{before}{start}\n{content.strip()}\n{end}{rest.partition(end)[2]}"


def session(index: str) -> str:
    """The questions and what the command line prints, as a code block."""
    shown = []
    for question in QUESTIONS:
        command = [sys.executable, "-m", "ui.cli", "ask", question, "--reader", "extractive", "--index", index]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        shown.append(f'$ kamerbrief ask "{question}"\n{done.stdout.strip()}')
    return "```text\n" + "\n\n".join(shown) + "\n```"


def quality(folder: Path) -> str:
    """One table with a column a run, each value with its 95 % interval."""
    runs = [measures(folder / run) for run in RUNS]
    rows = {label: [interval(key, found[key]) for found in runs] for key, label in ROWS.items()}
    return table("extractive reader, embedded model", rows)


def goals(before: Path, after: Path) -> str:
    """One table of the five letters: what each measure must reach, what it was and what it is, with 95 % intervals."""
    was, now = measures(before / "letters"), measures(after / "letters")
    rows = {ROWS[key]: [goal, interval(key, was[key]), interval(key, now[key])] for key, goal in GOALS.items()}
    return table("five real letters (100)", rows, ("goal", "before", "now"))


def measures(run: Path) -> dict[str, dict[str, float]]:
    """The measures of a run by name, each with its value and interval."""
    found: dict[str, dict[str, float]] = json.loads((run / "summary.json").read_text(encoding="utf-8"))["measures"]
    return found


def interval(measure: str, found: Mapping[str, float]) -> str:
    """A value with its interval."""
    form = "{:.0f} [{:.0f}, {:.0f}]" if measure == "words_median" else "{:.3f} [{:.3f}, {:.3f}]"
    return form.format(found["value"], found["low"], found["high"])


def change(before: Path, after: Path) -> str:
    """One table of paired differences, question by question, with their 95 % intervals; clear ones are bold."""
    found = [compare(Run.load(before / run), Run.load(after / run)).differences for run in RUNS]
    rows = {}
    for key in CHANGED:
        cells = []
        for difference in (d[key] for d in found):
            cell = f"{difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
            cells.append(f"**{cell}**" if difference.significant else cell)
        rows[ROWS[key]] = cells
    return table("now less before", rows)


def table(head: str, rows: Mapping[str, Sequence[str]], columns: Sequence[str] = tuple(RUNS.values())) -> str:
    """A Markdown table with a column a run, or other `columns`; `head` stands over the names of the rows."""
    lines = [f"| {' | '.join(cells)} |" for cells in ([head, *columns], *([label, *row] for label, row in rows.items()))]
    return "\n".join([lines[0], "|---" * (1 + len(columns)) + "|", *lines[1:]])


def main() -> None:
    index, runs, *before = sys.argv[1:]
    text = README.read_text(encoding="utf-8")
    text = between(text, "session", session(index))
    text = between(text, "quality", quality(Path(runs)))
    if before:
        text = between(text, "goals", goals(Path(before[0]), Path(runs)))
        text = between(text, "change", change(Path(before[0]), Path(runs)))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
