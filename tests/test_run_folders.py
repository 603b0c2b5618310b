import os

import pytest
from fake_asker import FakeAsker, gold_line, perfect, saved_gold

from eval.run import RunError, run_gold
from ui.run_folders import load_run, run_names


def test_runs_are_named_newest_first_and_other_folders_are_not_runs(tmp_path):
    for at, name in enumerate(("oud", "nieuw")):
        folder = tmp_path / "runs" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
        os.utime(folder / "manifest.json", (at, at))
    (tmp_path / "runs" / "leeg").mkdir()
    assert run_names(tmp_path) == ["nieuw", "oud"]
    assert run_names(tmp_path / "elders") == []


def test_a_run_is_loaded_by_name_and_a_broken_one_says_what_to_do(tmp_path):
    run_gold(saved_gold(tmp_path, gold_line()), FakeAsker(perfect), tmp_path / "runs" / "een", progress=False)
    assert load_run(tmp_path, "een").answers[0]["id"] == "q1"
    (tmp_path / "runs" / "een" / "scores.jsonl").write_text("stuk", encoding="utf-8")
    with pytest.raises(RunError, match="beschadigd"):
        load_run(tmp_path, "een")
