"""The dense leg: FAISS over one unit vector a passage, and a memory-mapped row a sentence.

FAISS finds candidates by inner product over float16 codes, memory-mapped. Their scores are then computed once more, row
by row: FAISS adds up in an order that depends on a vector's place, and a search after removes and updates must
give exactly what a fresh index gives. A vector of zeros means "no known piece": it is never a candidate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.arrays import to_float32

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLACK = 32
NOISE = 1e-4
"""More than float32 sums of products of unit vectors can be off."""


def write_faiss(file: Path, vectors: "NDArray[Any]") -> None:
    """Write a FAISS index of `vectors` (rows of length 1 or 0, stored as float16), searched by inner product."""
    import faiss
    import numpy as np

    dimension = vectors.shape[1]
    index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    if not np.isfinite(vectors).all():
        raise ValueError("vectors must be finite")
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(index, str(file))


def open_faiss(file: Path) -> Any:
    """The FAISS index in `file`, its codes memory-mapped; raises RuntimeError where FAISS cannot read it."""
    import faiss

    return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)


def vectors_of(index: Any, rows: "NDArray[Any] | Sequence[int]") -> "NDArray[Any]":
    """The stored vectors (float32) of these rows."""
    import numpy as np

    vectors: NDArray[Any] = index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
    return vectors


def cosines(rows: "NDArray[Any]", vector: "NDArray[Any]") -> "NDArray[Any]":
    """The cosine (float64) of each row with the unit `vector`; the same row always gives the same number."""
    import numpy as np

    # Not `rows @ vector`: BLAS takes rows in groups and adds up the rest otherwise; einsum treats every row the same.
    products: NDArray[Any] = np.einsum("ij,j->i", to_float32(rows), np.asarray(vector, dtype=np.float32))
    return products.astype(np.float64)


def nearest(
    indexes: Sequence[Any], vector: "NDArray[Any]", limit: int, allowed: "NDArray[Any] | None" = None
) -> "tuple[NDArray[Any], NDArray[Any]]":
    """Rows and exact cosines, in no order, that surely hold the `limit` best of all FAISS `indexes`.

    Rows are counted through the indexes; `allowed` (bool) says which may be found. More than `limit` come back, so that
    all that are as good as the last are among them. Rows of zeros are left out.
    """
    import numpy as np

    faiss: Any = import_module("faiss")  # its type stubs know nothing of the Python side of selectors
    # One thread: for one vector a team of threads costs more than the search itself.
    faiss.omp_set_num_threads(1)
    query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
    bases = np.cumsum([0] + [index.ntotal for index in indexes])
    wanted = limit + SLACK
    while True:
        found = _candidates(faiss, indexes, bases, query, wanted, allowed)
        vectors = gather(indexes, bases, found.rows, query.shape[1])
        known = vectors.any(axis=1)
        rows, scores = found.rows[known], cosines(vectors[known], query[0])
        if found.worst is None or (len(scores) >= limit and np.partition(scores, -limit)[-limit] > found.worst + NOISE):
            return rows, scores
        wanted *= 2


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Rows by FAISS's own scores; no row that is left out scores more than `worst`, None where none is left out."""

    rows: "NDArray[Any]"
    worst: float | None


def _candidates(
    faiss: Any,
    indexes: Sequence[Any],
    bases: "NDArray[Any]",
    query: "NDArray[Any]",
    wanted: int,
    allowed: "NDArray[Any] | None",
) -> _Candidates:
    """The `wanted` best rows of all indexes together."""
    import numpy as np

    rows, scores, left_out = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)], []
    for index, base in zip(indexes, bases, strict=False):
        parameters = None
        if allowed is not None:
            mask = allowed[base : base + index.ntotal]
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little")))
        if index.ntotal == 0 or (allowed is not None and not mask.any()):
            continue
        count = min(wanted, index.ntotal)
        score, row = (array[0] for array in index.search(query, count, params=parameters))
        if count < index.ntotal and row[-1] >= 0:
            left_out.append(float(score[-1]))
        rows.append(row[row >= 0] + base)
        scores.append(score[row >= 0])
    all_rows, all_scores = np.concatenate(rows), np.concatenate(scores)
    if len(all_rows) > wanted:
        order = np.argpartition(all_scores, -wanted)
        left_out.append(float(all_scores[order[:-wanted]].max()))
        all_rows = all_rows[order[-wanted:]]
    return _Candidates(all_rows, max(left_out, default=None))


def gather(indexes: Sequence[Any], bases: "NDArray[Any]", rows: "NDArray[Any]", dimension: int) -> "NDArray[Any]":
    """The stored vectors of rows that are counted through the indexes."""
    import numpy as np

    vectors = np.zeros((len(rows), dimension), dtype=np.float32)
    home = np.searchsorted(bases, rows, side="right") - 1
    for number in np.unique(home):
        chosen = home == number
        vectors[chosen] = vectors_of(indexes[number], rows[chosen] - bases[number])
    return vectors
