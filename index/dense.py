"""The dense leg: FAISS over one unit vector a passage, and a memory-mapped row a sentence.

FAISS finds candidates by inner product over float16 codes, memory-mapped. Their scores are then computed once more, row
by row in float64: FAISS adds up in an order that depends on a vector's place, and a search after removes and updates must
give exactly what a fresh index gives. A vector of zeros means "no known piece": it is never a candidate.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

    products: NDArray[Any] = rows.astype(np.float64) * np.asarray(vector, dtype=np.float64)
    return np.asarray(products.sum(axis=1))


def nearest(
    index: Any, vector: "NDArray[Any]", limit: int, allowed: "NDArray[Any] | None" = None
) -> "tuple[NDArray[Any], NDArray[Any]]":
    """Rows and exact cosines, in no order, that surely hold the `limit` best of the rows where `allowed` (bool) is true.

    More than `limit` come back where others are as good as the last. Rows of zeros are left out.
    """
    import numpy as np

    faiss: Any = import_module("faiss")  # its type stubs know nothing of the Python side of selectors
    # One thread: for one vector a team of threads costs more than the search itself.
    faiss.omp_set_num_threads(1)
    query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
    parameters = None
    if allowed is not None:
        bits = np.packbits(allowed, bitorder="little")
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
    wanted = limit + SLACK
    while True:
        found, rows = index.search(query, min(wanted, index.ntotal), params=parameters)
        rows, found = rows[0], found[0]
        exhausted = wanted >= index.ntotal or rows[-1] < 0
        worst = float(found[-1])
        rows = rows[rows >= 0]
        vectors = vectors_of(index, rows) if len(rows) else np.zeros((0, query.shape[1]), np.float32)
        rows, vectors = rows[vectors.any(axis=1)], vectors[vectors.any(axis=1)]
        scores = cosines(vectors, query[0])
        if exhausted or (len(scores) >= limit and np.partition(scores, -limit)[-limit] > worst + NOISE):
            return rows, scores
        wanted *= 2
