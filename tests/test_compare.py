"""Comparing two runs: paired, question by question, and only over the same questions."""

from pathlib import Path
from typing import Any

import pytest
from fake_asker import FakeAsker, answer_object, gold_line, perfect, refusal, saved_gold, unanswerable

from eval.compare import Comparison, compare, comparison_text
from eval.gold import GoldQuestion, GoldSet
from eval.run import Run, RunError, run_gold


def gold(folder: Path) -> GoldSet:
    lines = [gold_line(id=f"q{i}", question=f"Wat kostte reparatie {i}?") for i in range(40)]
    return saved_gold(folder, *lines, unanswerable(id="geen"))


def wrong_for(*ids: str) -> Any:
    def answer(question: GoldQuestion) -> dict[str, Any]:
        return answer_object("Ongeveer 7 euro.") if question.id in ids else perfect(question)

    return answer


def run(folder: Path, name: str, answer: Any) -> Run:
    return run_gold(gold(folder), FakeAsker(answer), folder / name)


def compared(folder: Path, before: Any, after: Any) -> Comparison:
    return compare(run(folder, "a", before), run(folder, "b", after))


def test_equal_runs_have_no_differences_and_no_changes(tmp_path: Path) -> None:
    found = compared(tmp_path, perfect, perfect)
    assert {difference.value for difference in found.differences.values()} <= {0.0, None}
    assert found.changes == ()
    assert not any(difference.significant for difference in found.differences.values())


def test_a_steady_gain_is_significant_and_its_questions_are_named(tmp_path: Path) -> None:
    ids = [f"q{i}" for i in range(8)]
    found = compared(tmp_path, wrong_for(*ids), perfect)
    assert found.differences["right"].value == pytest.approx(0.2)
    assert found.differences["right"].significant
    assert [(change.id, change.better, change.worse) for change in found.changes] == [(i, True, False) for i in ids]
    assert found.changes[0].answer_before == "Ongeveer 7 euro."
    text = comparison_text(found)
    assert "Nu goed: 8" in text
    assert "q7 (fout -> goed): Wat kostte reparatie 7?" in text
    assert "beter" in text
    assert "SLECHTER" not in text


def test_gains_and_losses_cancel_out(tmp_path: Path) -> None:
    found = compared(tmp_path, wrong_for("q1", "q2"), wrong_for("q3", "q4"))
    assert found.differences["right"].value == 0.0
    assert not found.differences["right"].significant
    assert sum(change.worse for change in found.changes) == sum(change.better for change in found.changes) == 2


def test_fewer_false_refusals_are_better(tmp_path: Path) -> None:
    def refuses(question: GoldQuestion) -> dict[str, Any]:
        return refusal() if question.id in {f"q{i}" for i in range(10)} else perfect(question)

    found = compared(tmp_path, refuses, perfect)
    assert found.differences["false_refusals"].value == pytest.approx(-0.25)
    line = next(line for line in comparison_text(found).splitlines() if line.startswith("onterecht geweigerd"))
    assert line.endswith("beter")


def test_runs_over_other_questions_are_not_compared(tmp_path: Path) -> None:
    first = run(tmp_path, "a", perfect)
    second = run_gold(saved_gold(tmp_path, gold_line()), FakeAsker(perfect), tmp_path / "b")
    with pytest.raises(RunError, match="verschillende vragen"):
        compare(first, second)


def test_other_letters_are_said(tmp_path: Path) -> None:
    first = run(tmp_path, "a", perfect)
    second = run_gold(gold(tmp_path), FakeAsker(perfect, {"brug.txt": "iets anders"}), tmp_path / "b")
    assert "lazen niet dezelfde brieven" in comparison_text(compare(first, second))


def test_the_comparison_is_json(tmp_path: Path) -> None:
    import json

    found = json.loads(json.dumps(compared(tmp_path, wrong_for("q1"), perfect).to_dict()))
    assert found["changes"][0]["after"] == "goed"
    assert found["differences"]["right"]["significant"] in (True, False)
