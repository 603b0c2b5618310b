"""The check of statements holds its figures on the made-up pairs (benchmarks/verify_quality.py prints them)."""

import json

import pytest

from benchmarks.verify_quality import FIRST, LETTERS, SECOND, Judged, judge, precision, rate


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [*judge(FIRST), *judge(SECOND)]


@pytest.mark.parametrize(
    ("kind", "pairs", "least"),
    [
        ("true", 113, 0.85),
        ("number", 74, 0.95),
        ("name", 49, 0.95),
        ("date", 46, 0.95),
        ("letter", 62, 0.95),
        ("negation", 75, 0.80),
    ],
)
def test_each_fault_is_found_often_enough(judged: list[Judged], kind: str, pairs: int, least: float) -> None:
    assert sum(pair.kind == kind for pair in judged) == pairs
    assert rate(judged, kind) >= least


def test_what_is_called_supported_is_true(judged: list[Judged]) -> None:
    assert precision(judged) >= 0.95


def test_every_pair_points_into_an_example_letter() -> None:
    for file in (FIRST, SECOND):
        for line in file.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            text = (LETTERS / pair["letter"]).read_bytes().decode("utf-8")
            assert 0 <= pair["start"] < pair["end"] <= len(text)
