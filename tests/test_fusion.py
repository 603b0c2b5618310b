"""The weights of the fusion: stored with the analyzer, and judged on questions they were not fitted on."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.fusion import combinations, crossed, write
from index import analyze
from rag import retrieve


def test_every_question_is_scored_with_the_setting_that_is_best_on_the_other_folds() -> None:
    # Two settings, four questions, one figure; folds 0 1 0 1. On fold 1 the first setting wins, on fold 0 the second.
    scores = np.array([[[0.0], [1.0], [0.0], [1.0]], [[1.0], [0.0], [1.0], [0.0]]])
    assert crossed(scores, folds=2).tolist() == [[0.0], [0.0], [0.0], [0.0]]
    same = np.array([[[0.5], [0.5], [0.5], [0.5]], [[1.0], [0.9], [1.0], [0.9]]])
    assert crossed(same, folds=2).tolist() == [[1.0], [0.9], [1.0], [0.9]]


def test_the_grid_holds_every_combination_once() -> None:
    found = combinations()
    assert len(found) == 81
    assert len({tuple(weights.values()) for weights in found}) == 81


def test_weights_of_another_analyzer_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fusion.json"
    write({"words": 1.0, "grams": 0.5, "dense": 0.5, "sentence": 2.0}, path)
    monkeypatch.setattr(retrieve, "FUSION", path)
    retrieve.fitted.cache_clear()
    assert retrieve.fitted() == retrieve.Weights(1.0, 0.5, 0.5, 2.0)
    path.write_text(json.dumps({"analyzer": "older", "words": 1.0}), encoding="utf-8")
    retrieve.fitted.cache_clear()
    with pytest.raises(ValueError, match=r"eval\.fusion"):
        retrieve.fitted()
    retrieve.fitted.cache_clear()


def test_the_programs_weights_fit_its_analyzer() -> None:
    assert json.loads(retrieve.FUSION.read_text(encoding="utf-8"))["analyzer"] == analyze.VERSION
