"""How the benchmarks show figures and differences beside each other."""

from pathlib import Path

import pytest

from benchmarks import figures
from benchmarks.figures import change_text, figure_text, publish, table
from eval.bootstrap import Difference, Interval


def test_a_figure_stands_with_its_interval_and_words_are_whole() -> None:
    assert figure_text(Interval(0.7123, 0.6149, 0.7951, 90), "mrr") == "0.712 [0.61, 0.80]"
    assert figure_text(Interval(0.7123, 0.6149, 0.7951, 90), "mrr", spread=False) == "0.712"
    assert figure_text(Interval(33.0, 29.6, 38.0, 90), "words_median") == "33 [30, 38]"
    assert figure_text(Interval(None, None, None, 0), "mrr") == "-"


def test_a_difference_is_bold_where_its_interval_leaves_out_zero() -> None:
    assert change_text(Difference(-0.0431, -0.081, -0.012, 0.01)) == "**-0.043 [-0.08, -0.01]**"
    assert change_text(Difference(-0.0431, -0.081, -0.012, 0.01), spread=False) == "**-0.043**"
    assert change_text(Difference(0.0204, -0.011, 0.05, 0.2)) == "+0.020 [-0.01, +0.05]"
    assert change_text(Difference(0.0, 0.0, 0.0, 1.0)) == ""
    assert change_text(Difference(-0.0002, -0.01, 0.01, 0.9)) == ""
    assert change_text(None) == ""


def test_rows_become_a_markdown_table() -> None:
    assert table([["", "ours"], ["MRR", "0.7"]]) == "|  | ours |\n|---|---|\n| MRR | 0.7 |"


def test_a_section_is_recorded_again_in_its_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("before\n<!-- a:start -->\nold\n<!-- a:end -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(figures, "RESULTS", results)
    publish("new", "a", record=True)
    publish("not kept", "a", record=False)
    assert results.read_text(encoding="utf-8") == "before\n<!-- a:start -->\nnew\n<!-- a:end -->\nafter\n"
