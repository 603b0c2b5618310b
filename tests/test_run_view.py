import re
from html import unescape

import pytest
from fake_asker import FakeAsker, gold_line, perfect, refusal, saved_gold, unanswerable

from eval.bootstrap import Interval
from eval.compare import compare
from eval.run import Run, run_gold
from ui.run_view import (
    COMPARE_COLUMNS,
    FIGURE_COLUMNS,
    change_rows,
    compare_rows,
    failing_rows,
    figure_rows,
    interval_plot,
    outcome_bar,
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> tuple[Run, Run]:
    """Two runs over the same two questions: everything right, and everything refused."""
    folder = tmp_path_factory.mktemp("runs")
    gold = saved_gold(folder, gold_line(), unanswerable())
    good = run_gold(gold, FakeAsker(perfect), folder / "goed", progress=False)
    return good, run_gold(gold, FakeAsker(lambda _: refusal()), folder / "weigert", progress=False)


def cells(row) -> list[str]:
    return [cell.text for cell in row.cells]


def test_every_measure_is_a_row_with_its_interval(runs):
    rows = figure_rows(runs[0].summary.measures)
    assert {len(row.cells) for row in rows} == {len(FIGURE_COLUMNS)}
    assert ["goede antwoorden", "100,0 %", "100,0 tot 100,0", "1"] in [cells(row) for row in rows]


def test_two_runs_side_by_side_with_the_difference_in_points(runs):
    rows = {row.id: cells(row) for row in compare_rows(compare(*runs))}
    assert {len(row) for row in rows.values()} == {len(COMPARE_COLUMNS)}
    assert rows["right"][:4] == ["goede antwoorden", "100,0 %", "0,0 %", "-100,0"]


def test_only_what_went_wrong_is_listed_with_where(runs):
    good, refusing = runs
    assert failing_rows(good) == []
    assert [(row.id, cells(row)) for row in failing_rows(refusing)] == [
        ("q1", ["Wat kostte de reparatie van de brug?", "geweigerd", "geweigerd", "bedrag", "q1"])
    ]


def test_questions_that_changed_sides_are_listed(runs):
    assert [cells(row) for row in change_rows(compare(*runs))] == [
        ["Wat kostte de reparatie van de brug?", "goed", "geweigerd", "q1"]
    ]


def test_the_bar_names_every_outcome_in_words(runs):
    text = unescape(re.sub(r"<[^>]+>", "", outcome_bar(runs[1], "B, <weigert>")))
    assert text == "B, <weigert>: 2 vragengoed: 1 (50,0 %)geweigerd: 1 (50,0 %)"


def test_a_dot_stands_at_its_value_and_a_missing_figure_has_none():
    figures = dict.fromkeys(
        ("right", "evidence_recall_5", "evidence_recall_10", "letter_first", "citation_precision", "citation_recall"),
        Interval(None, None, None, 0),
    )
    plot = interval_plot([("a<b", figures | {"right": Interval(0.25, 0.2, 0.4, 9)})])
    assert plot.count("<i ") == 1
    assert 'style="--low:20.0%;--wide:20.0%;--at:25.0%" title="25,0 % (20,0 tot 40,0)"' in plot
    assert "a&lt;b" in plot
    assert "a<b" not in plot
