from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from index.arrays import map_arrays, to_float32, write_arrays

ARRAYS = {
    "odd": np.array([1, 2, 3], dtype=np.uint8),
    "halves": np.array([[0.5, -1], [2, 3]], dtype=np.float16),
    "keys": np.array([2**64 - 1, 7], dtype=np.uint64),
    "none": np.zeros((0, 4), dtype=np.float32),
    "starts": np.array([-1, 5], dtype=np.int64),
}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.safetensors", ARRAYS)
    found = map_arrays(tmp_path / "a.safetensors")
    assert found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_the_file_is_what_the_safetensors_package_reads(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.safetensors", ARRAYS)
    other = load_file(tmp_path / "a.safetensors")
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(other[name], array)


def test_arrays_are_read_only_views(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.safetensors", ARRAYS)
    with pytest.raises(ValueError, match="read-only"):
        map_arrays(tmp_path / "a.safetensors")["odd"][0] = 9


def test_the_order_of_names_does_not_change_the_bytes(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.safetensors", ARRAYS)
    write_arrays(tmp_path / "b.safetensors", dict(reversed(ARRAYS.items())))
    assert (tmp_path / "a.safetensors").read_bytes() == (tmp_path / "b.safetensors").read_bytes()


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=200))
def test_another_file_is_a_value_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("bytes") / "a.safetensors"
    file.write_bytes(content)
    with pytest.raises(ValueError):
        map_arrays(file)


def test_every_finite_float16_is_widened_as_numpy_does_it() -> None:
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert to_float32(finite).tobytes() == finite.astype(np.float32).tobytes()
