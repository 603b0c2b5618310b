"""Fill the measured parts of README.md: a real session and the quality tables, from runs of the evaluation.

    python docs/make_readme.py INDEX RUN_EXAMPLES RUN_LETTERS

INDEX is an index of the example letters; the runs are folders of `kamerbrief eval run` over examples/gold.jsonl and over
eval/gold/kamerbrieven.jsonl. Nothing is typed by hand, so README cannot say what was not measured.
"""

import json
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
QUESTIONS = (
    "Hoeveel lidstaten deden mee aan de vergadering van de kustlanden in Zuiderhaven?",
    "Wat is de hoofdstad van Australië?",
)
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


def quality(runs: list[Path]) -> str:
    """One table with a column a run, each value with its 95 % interval."""
    measures = [json.loads((run / "summary.json").read_text(encoding="utf-8"))["measures"] for run in runs]
    lines = ["| extractive reader, embedded model | example letters | five real letters |", "|---|---|---|"]
    for key, label in ROWS.items():
        cells = []
        for found in (m[key] for m in measures):
            form = "{:.0f} [{:.0f}, {:.0f}]" if key == "words_median" else "{:.3f} [{:.3f}, {:.3f}]"
            cells.append(form.format(found["value"], found["low"], found["high"]))
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    index, *runs = sys.argv[1:]
    text = README.read_text(encoding="utf-8")
    text = between(text, "session", session(index))
    text = between(text, "quality", quality([Path(run) for run in runs]))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
