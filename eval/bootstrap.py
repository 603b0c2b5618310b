"""How certain a figure is: 95 % intervals by the bootstrap over questions (Efron, 1979), and paired differences.

Every measure here is a share: a sum over questions divided by another sum (for a mean the divisor is the number of
questions it applies to, for F1 it is 2 TP + FP + FN). One matrix of resampled question counts therefore serves all
measures, and the work is one matrix product. The seed is fixed: the same run gives the same interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

RESAMPLES = 2000
SEED = 20240206
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % bootstrap interval and the number of questions it was taken over (`count`).

    `value`, `low` and `high` are None when no question has the measure.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A over the same questions, its 95 % paired bootstrap interval, and a two-sided p value."""

    value: float | None
    low: float | None
    high: float | None
    p: float | None

    @property
    def significant(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def resample_counts(questions: int, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """How often each question is drawn in each resample: shape (resamples, questions), rows summing to `questions`."""
    if questions == 0:
        return np.zeros((resamples, 0))
    drawn = np.random.default_rng(seed).integers(0, questions, size=(resamples, questions))
    flat = (drawn + np.arange(resamples)[:, None] * questions).ravel()
    return np.bincount(flat, minlength=resamples * questions).reshape(resamples, questions).astype(np.float64)


def shares(above: Floats, below: Floats, counts: Floats) -> Floats:
    """The ratio of sums in every resample; NaN where a resample holds no question with the measure."""
    top, bottom = counts @ above, counts @ below
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)


def interval(above: Sequence[float], below: Sequence[float], counts: Floats) -> Interval:
    """The ratio of sums with its percentile interval; `above` and `below` hold one number a question."""
    top, bottom = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    applies = int(np.count_nonzero(bottom))
    if bottom.sum() <= 0:
        return Interval(None, None, None, 0)
    low, high = np.nanpercentile(shares(top, bottom, counts), [2.5, 97.5])
    return Interval(float(top.sum() / bottom.sum()), float(low), float(high), applies)


def quantile_interval(values: Sequence[float], quantile: float, resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """A quantile (0.5 is the median) of the values with its percentile interval."""
    array = np.asarray(values, dtype=np.float64)
    if array.size == 0:
        return Interval(None, None, None, 0)
    drawn = np.random.default_rng(seed).integers(0, array.size, size=(resamples, array.size))
    low, high = np.percentile(np.quantile(array[drawn], quantile, axis=1), [2.5, 97.5])
    return Interval(float(np.quantile(array, quantile)), float(low), float(high), int(array.size))


def difference(
    before: tuple[Sequence[float], Sequence[float]], after: tuple[Sequence[float], Sequence[float]], counts: Floats
) -> Difference:
    """The paired bootstrap of two runs over the same questions in the same order: each resample draws both alike.

    p is twice the smaller share of resamples on either side of zero, as in Koehn (2004), https://aclanthology.org/W04-3250.
    """
    (top_a, bottom_a), (top_b, bottom_b) = (
        (np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)) for top, bottom in (before, after)
    )
    if bottom_a.sum() <= 0 or bottom_b.sum() <= 0:
        return Difference(None, None, None, None)
    value = round(float(top_b.sum() / bottom_b.sum() - top_a.sum() / bottom_a.sum()), 12)
    differences = shares(top_b, bottom_b, counts) - shares(top_a, bottom_a, counts)
    known = differences[~np.isnan(differences)].round(12)  # a rounding error of 1e-17 is no difference
    if known.size == 0:
        return Difference(value, None, None, None)
    low, high = np.percentile(known, [2.5, 97.5])
    p = min(1.0, 2 * min(float((known <= 0).mean()), float((known >= 0).mean())))
    return Difference(value, float(low), float(high), p)
