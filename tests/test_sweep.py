"""The sweep: which grids are understood, and a real small one over the example letters."""

from pathlib import Path

import pytest

from eval.run import RunError
from eval.sweep import Grid, read_grid, sweep, sweep_text
from index.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples"


def grid_file(folder: Path, text: str) -> Path:
    path = folder / "grid.toml"
    path.write_text(text, encoding="utf-8")
    return path


HEAD = 'gold = "g.jsonl"\nletters = "brieven"\n'


def test_a_grid_has_every_combination_in_order(tmp_path: Path) -> None:
    grid = read_grid(grid_file(tmp_path, HEAD + '[grid]\nk = [5, 10]\n"weights.dense" = [0.2, 0.4]\n'))
    assert grid.gold == tmp_path / "g.jsonl"
    assert [tuple(point.values()) for point in grid.points()] == [(5, 0.2), (5, 0.4), (10, 0.2), (10, 0.4)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[grid", "geen leesbaar TOML"),
        (HEAD, "hoort per instelling een lijst"),
        (HEAD + "[grid]\nk = 5\n", "hoort per instelling een lijst"),
        (HEAD + "[grid]\nkk = [5]\n", r"onbekend onder \[grid\]: kk"),
        ("[grid]\nk = [5]\n", "verwacht worden gold, letters"),
        (HEAD + "[grid]\nk = [" + ", ".join("5" for _ in range(201)) + "]\n", "201 combinaties; het maximum is 200"),
    ],
)
def test_a_grid_that_is_none_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RunError, match=message):
        read_grid(grid_file(tmp_path, text))


@pytest.mark.load
def test_a_real_sweep_builds_an_index_per_passage_size_and_shows_one_table(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold.write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    grid = Grid(gold, EXAMPLES / "letters", {"passage_characters": (500, 1400), "weights.dense": (0.0, 0.6)})
    points = list(sweep(grid, Settings(), tmp_path / "out"))
    assert [tuple(point.values.values()) for point in points] == [(500, 0.0), (500, 0.6), (1400, 0.0), (1400, 0.6)]
    assert sorted(path.name for path in (tmp_path / "out" / "index").iterdir()) == [
        "passage_characters=1400",
        "passage_characters=500",
    ]
    small, large = points[0].run.manifest["index"]["passages"], points[2].run.manifest["index"]["passages"]
    assert small > large
    assert points[0].run.manifest["weights"]["dense"] == 0.0
    text = sweep_text(grid, points).splitlines()
    assert text[2].split()[:2] == ["passage_characters", "weights.dense"]
    assert len(text) == 3 + 2 * 4
    again = list(sweep(grid, Settings(), tmp_path / "out"))
    assert [point.run.scores for point in again] == [point.run.scores for point in points]
