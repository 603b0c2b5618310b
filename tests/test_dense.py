from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import dense
from index.dense import cosines, open_faiss, vectors_of, write_faiss

DIMENSION = 8


def unit(rows: Any) -> Any:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


@pytest.fixture(scope="module")
def vectors() -> Any:
    """300 vectors; 100 to 149 are the same one, 7 is "no known piece"."""
    made = unit(np.random.default_rng(5).normal(size=(300, DIMENSION)))
    made[100:150] = made[100]
    made[7] = 0
    return made


@pytest.fixture(scope="module")
def index(vectors: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("faiss") / "a.faiss"
    write_faiss(file, vectors)
    return open_faiss(file)


def nearest(indexes: Any, vector: Any, limit: int, allowed: Any = None) -> Any:
    return dense.nearest(indexes if isinstance(indexes, list) else [indexes], vector, limit, allowed)


def best(rows: Any, scores: Any, limit: int) -> list[tuple[float, int]]:
    return sorted(zip((-scores).tolist(), rows.tolist(), strict=True))[:limit]


@pytest.mark.parametrize("limit", [1, 10, 120, 1000])
@pytest.mark.parametrize("row", [3, 100])
def test_nearest_are_those_of_brute_force_to_the_last_bit(index: Any, vectors: Any, row: int, limit: int) -> None:
    expected = cosines(vectors, vectors[row])
    known = np.array([number for number in range(len(vectors)) if number != 7])
    rows, scores = nearest(index, vectors[row], limit)
    assert best(rows, scores, limit) == best(known, expected[known], limit)


@pytest.mark.parametrize("limit", [1, 60, 250])
def test_several_indexes_give_the_same_as_one(tmp_path: Path, index: Any, vectors: Any, limit: int) -> None:
    parts = []
    for number, (start, end) in enumerate([(0, 1), (1, 120), (120, 120), (120, 300)]):
        write_faiss(tmp_path / f"{number}.faiss", vectors[start:end])
        parts.append(open_faiss(tmp_path / f"{number}.faiss"))
    allowed = np.arange(300) % 3 > 0
    for mask in (None, allowed):
        whole, split = nearest(index, vectors[100], limit, mask), nearest(parts, vectors[100], limit, mask)
        assert best(*whole, limit) == best(*split, limit)


def test_cosine_of_a_row_does_not_depend_on_its_neighbours() -> None:
    rows = np.random.default_rng(8).normal(size=(60, 256)).astype(np.float16)
    whole = cosines(rows, rows[0])
    for start, end in [(0, 1), (1, 2), (3, 10), (17, 60)]:
        assert cosines(rows[start:end].copy(), rows[0]).tolist() == whole[start:end].tolist()
    exact = rows.astype(np.float64) @ rows[0].astype(np.float64)
    np.testing.assert_allclose(whole, exact, rtol=1e-5, atol=1e-3)


def test_as_many_equals_come_back_as_there_are(index: Any, vectors: Any) -> None:
    rows, _ = nearest(index, vectors[100], 5)
    assert set(range(100, 150)) <= set(rows.tolist())


def test_only_allowed_rows_come_back(index: Any, vectors: Any) -> None:
    allowed = np.zeros(len(vectors), dtype=bool)
    allowed[[2, 7, 9, 120, 299]] = True
    rows, scores = nearest(index, vectors[100], 10, allowed)
    assert sorted(rows.tolist()) == [2, 9, 120, 299]
    assert best(rows, scores, 1)[0][1] == 120


def test_a_row_of_zeros_is_never_near(index: Any, vectors: Any) -> None:
    rows, _ = nearest(index, vectors[3], 1000)
    assert 7 not in rows


def test_stored_vectors_come_back_as_float16_holds_them(index: Any, vectors: Any) -> None:
    np.testing.assert_array_equal(vectors_of(index, [0, 7, 299]), vectors[[0, 7, 299]])


def test_not_a_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="finite"):
        write_faiss(tmp_path / "a.faiss", np.full((1, DIMENSION), np.nan, dtype=np.float32))


def test_no_vectors_are_no_error(tmp_path: Path) -> None:
    write_faiss(tmp_path / "a.faiss", np.zeros((0, DIMENSION), dtype=np.float32))
    assert open_faiss(tmp_path / "a.faiss").ntotal == 0
