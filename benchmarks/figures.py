"""Systems beside each other on the same questions: what benchmarks/plain_stack.py and benchmarks/ablation.py share.

Questions, measures and intervals are those of the evaluation (docs/evaluation.md). Every answer is the JSON object of the
contract, so that a system which is not ours is judged by the same code. --record puts what is printed into RESULTS.md, in
the place marked for it, so that no figure there is typed by hand.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from docs.make_readme import between
from eval.answer_types import dutch_answer_type
from eval.bootstrap import Difference, Floats, Interval, difference, interval, quantile_interval, resample_counts
from eval.gold import GoldQuestion, GoldSet
from eval.measures import BY_NAME, Score, score_all
from eval.run import letter_warnings
from eval.summary import MEDIAN_WORDS
from index.chunk import chunk
from index.settings import Settings
from index.store import Index
from index.update import Cut
from rag.assistant import Assistant

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
HEADS: Mapping[str, str] = {
    "evidence_recall_1": "recall@1",
    "evidence_recall_3": "recall@3",
    "evidence_recall_5": "recall@5",
    "evidence_recall_10": "recall@10",
    "mrr": "MRR@10",
    "right": "right answers",
    MEDIAN_WORDS: "words (median)",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "refusal_f1": "refusal F1",
}
"""What each measure is called in the tables."""

Ask = Callable[[GoldQuestion], Mapping[str, Any]]
"""From a question to an answer object of the JSON contract."""


def arguments(about: str | None) -> argparse.ArgumentParser:
    """The options that both benchmarks take."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT / "examples" / "gold.jsonl", help="questions with known answers")
    parser.add_argument("--letters", type=Path, default=ROOT / "examples" / "letters", help="the folder of their letters")
    parser.add_argument("--record", action="store_true", help="also put the tables in benchmarks/RESULTS.md")
    return parser


def indexed(letters: Path, folder: Path, cut: Cut = chunk) -> Settings:
    """Settings with a new index in `folder` of the letters in `letters`."""
    from index.embed import open_embedder
    from index.update import add

    settings = Settings(index=str(folder), reader="extractive")
    add(folder, [letters], open_embedder(settings), cut=cut)
    return settings


def ours(assistant: Assistant) -> Ask:
    """The assistant as it answers when nothing else is chosen, quoting."""
    return lambda question: assistant.ask(question.question, history=question.turns, reader="extractive").to_dict()


def scores(gold: GoldSet, ask: Ask, index: Index) -> list[Score]:
    """A score for every question; raises SystemExit when the index lacks a letter that the questions need."""
    letters = {info.name: info.sha256 for info in index.letters()}
    if warnings := letter_warnings(gold, letters, {}):
        raise SystemExit("\n".join(warnings))
    answers = [{**ask(question), "id": question.id} for question in gold.questions]
    return score_all(gold.questions, answers, lambda name: index.letter(name).text, dutch_answer_type)


def figure(found: Sequence[Score], name: str) -> Interval:
    """The measure called `name` with its 95 % interval."""
    if name == MEDIAN_WORDS:
        return quantile_interval([float(score.words) for score in found if not score.refused], 0.5)
    return interval(*BY_NAME[name].terms(found), _counts(len(found)))


def change(before: Sequence[Score], after: Sequence[Score], name: str) -> Difference | None:
    """`after` minus `before`, paired by question; None for the median of words, which has no paired difference."""
    if name == MEDIAN_WORDS:
        return None
    return difference(BY_NAME[name].terms(before), BY_NAME[name].terms(after), _counts(len(before)))


@cache
def _counts(questions: int) -> Floats:
    return resample_counts(questions)


def figure_text(found: Interval, name: str, *, spread: bool = True) -> str:
    """A figure as it stands in a table: "0.712 [0.62, 0.79]", or without the interval."""
    if found.value is None or found.low is None or found.high is None:
        return "-"
    whole, edge = ("{:.0f}", "{:.0f}") if name == MEDIAN_WORDS else ("{:.3f}", "{:.2f}")
    text = whole.format(found.value)
    return f"{text} [{edge.format(found.low)}, {edge.format(found.high)}]" if spread else text


def change_text(found: Difference | None, *, spread: bool = True) -> str:
    """A difference with its sign, bold where its interval leaves out zero; empty for none at all."""
    if found is None or found.value is None or not round(found.value, 3):
        return ""
    text = f"{found.value:+.3f}"
    if spread and found.low is not None and found.high is not None:
        text += f" [{found.low:+.2f}, {found.high:+.2f}]"
    return f"**{text}**" if found.significant else text


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows, the first of them the heads, as a Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def title(gold: GoldSet, index: Index) -> str:
    """What was measured on what, a line above the table."""
    manifest = index.manifest
    return (
        f"{gold.path.name} ({gold.sha256[:8]}): {len(gold.questions)} questions, {manifest.letters} letters, "
        f"{manifest.passages} passages, embedder {manifest.embedder.name} {manifest.embedder.revision}"
    )


def publish(text: str, section: str, *, record: bool) -> None:
    """Print `text`, and with `record` put it in RESULTS.md between the markers of `section`, or at its end."""
    print(text)
    if record:
        RESULTS.write_text(between(RESULTS.read_text(encoding="utf-8"), section, text), encoding="utf-8")
