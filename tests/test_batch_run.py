"""Batches that run several questions at once and take up where they stopped."""

import json
import threading
from pathlib import Path

import pytest

from index.errors import KamerbriefError
from rag.batch import BatchLine
from rag.batch_run import answer_all, finished
from rag.filters import Filters

LINES = [BatchLine(n, f"v{n}", f"Vraag {n}?", (), Filters()) for n in range(1, 9)]


def echo(line: BatchLine, stop: threading.Event) -> str:
    return f"antwoord {line.number}"


@pytest.mark.parametrize("workers", [1, 3])
def test_answers_come_in_the_order_of_the_input(workers: int) -> None:
    gate = threading.Barrier(workers)

    def ask(line: BatchLine, stop: threading.Event) -> str:
        if workers > 1 and line.number <= workers:
            gate.wait(5)  # passes only when so many are asked at once
        return echo(line, stop)

    outcomes = list(answer_all(LINES, ask, workers=workers))
    assert [outcome.output for outcome in outcomes] == [f"antwoord {n}" for n in range(1, 9)]


@pytest.mark.parametrize("workers", [1, 3])
def test_a_question_that_fails_does_not_stop_the_rest(workers: int) -> None:
    def ask(line: BatchLine, stop: threading.Event) -> str:
        if line.number == 2:
            raise KamerbriefError("Dat ging niet.")
        return echo(line, stop)

    outcomes = list(answer_all(LINES, ask, workers=workers))
    assert [(o.line.number, o.problem) for o in outcomes if o.output is None] == [(2, "Dat ging niet.")]


def test_what_an_earlier_run_answered_is_taken_over() -> None:
    asked: list[int] = []

    def ask(line: BatchLine, stop: threading.Event) -> str:
        asked.append(line.number)
        return echo(line, stop)

    known = {("v1", "Vraag 1?"): "eerder", ("v2", "Een andere vraag?"): "niet deze"}
    outcomes = list(answer_all(LINES[:3], ask, finished=known))
    assert [(o.output, o.taken_over) for o in outcomes] == [("eerder", True), ("antwoord 2", False), ("antwoord 3", False)]
    assert asked == [2, 3]


def test_leaving_early_stops_what_is_under_way() -> None:
    stopped: list[bool] = []
    begun = threading.Event()

    def ask(line: BatchLine, stop: threading.Event) -> str:
        if line.number == 1:
            assert begun.wait(10)
        else:
            begun.set()
            stopped.append(stop.wait(10))
        return echo(line, stop)

    outcomes = answer_all(LINES[:2], ask, workers=2)
    assert next(outcomes).output == "antwoord 1"
    outcomes.close()  # type: ignore[attr-defined]
    assert stopped == [True]


def test_finished_reads_whole_lines_of_this_index_only(tmp_path: Path) -> None:
    rows = [{"id": "a", "question": "A?", "generation": "0002"}, {"id": "b", "question": "B?", "generation": "0001"}]
    good, old = (json.dumps(row) for row in rows)
    part = tmp_path / "uit.jsonl.deel"
    part.write_text(f'{good}\n{old}\n{{"id": "c", "quest', encoding="utf-8")
    assert finished(part, "0002") == {("a", "A?"): good}
    assert finished(tmp_path / "weg", "0002") == {}
