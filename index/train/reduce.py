"""From the teacher's 384 dimensions to 256: the directions along which the table's rows differ most."""

import numpy as np
from numpy.typing import NDArray


def reduce_table(table: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """`table` (pieces, d) on its first `dimensions` right singular vectors; cosines of texts change as little as can be.

    The rows are not centred: a shift of all rows would change every mean, and with it every cosine.
    """
    _, vectors = np.linalg.eigh(table.T.astype(np.float64) @ table)
    return np.asarray(table @ vectors[:, ::-1][:, :dimensions], np.float32)
