"""Intervals and paired differences: against scipy-free brute force, and at the edges."""

import numpy as np
import pytest

from eval.bootstrap import Difference, Interval, difference, interval, quantile_interval, resample_counts


def test_every_resample_draws_as_many_questions_as_there_are() -> None:
    counts = resample_counts(7, resamples=50)
    assert counts.shape == (50, 7)
    assert set(counts.sum(axis=1)) == {7.0}


def test_the_interval_equals_drawing_questions_one_by_one() -> None:
    above, below = [1.0, 0.0, 2.0, 1.0, 0.0], [1.0, 1.0, 3.0, 1.0, 0.0]
    drawn = np.random.default_rng(20240206).integers(0, 5, size=(2000, 5))
    ratios = [sum(above[i] for i in row) / sum(below[i] for i in row) for row in drawn if sum(below[i] for i in row)]
    low, high = np.percentile(ratios, [2.5, 97.5])
    figure = interval(above, below, resample_counts(5))
    assert (figure.value, figure.count) == (4 / 6, 4)
    assert (figure.low, figure.high) == (pytest.approx(low), pytest.approx(high))


def test_the_interval_of_a_share_is_near_the_textbook() -> None:
    share = [1.0] * 80 + [0.0] * 20
    figure = interval(share, [1.0] * 100, resample_counts(100))
    half = 1.96 * (0.8 * 0.2 / 100) ** 0.5
    assert figure.low == pytest.approx(0.8 - half, abs=0.015)
    assert figure.high == pytest.approx(0.8 + half, abs=0.015)


def test_the_same_run_gives_the_same_interval() -> None:
    share = [float(i % 3 == 0) for i in range(40)]
    assert interval(share, [1.0] * 40, resample_counts(40)) == interval(share, [1.0] * 40, resample_counts(40))


def test_a_measure_that_no_question_has_has_no_value() -> None:
    assert interval([0.0, 0.0], [0.0, 0.0], resample_counts(2)) == Interval(None, None, None, 0)
    assert interval([], [], resample_counts(0)) == Interval(None, None, None, 0)
    assert quantile_interval([], 0.5) == Interval(None, None, None, 0)


def test_the_median_lies_in_its_interval() -> None:
    figure = quantile_interval([3.0, 1.0, 2.0, 10.0, 4.0], 0.5)
    assert figure.value == 3.0
    assert figure.low is not None
    assert figure.high is not None
    assert 1.0 <= figure.low <= 3.0 <= figure.high <= 10.0


def test_two_equal_runs_do_not_differ() -> None:
    terms = ([1.0, 0.0, 1.0, 0.0], [1.0] * 4)
    same = difference(terms, terms, resample_counts(4))
    assert same == Difference(0.0, 0.0, 0.0, 1.0)
    assert not same.significant


def test_pairs_make_a_small_steady_gain_certain() -> None:
    before = [float(i % 2) for i in range(100)]
    after = before.copy()
    for i in range(0, 20, 2):
        after[i] = 1.0
    found = difference((before, [1.0] * 100), (after, [1.0] * 100), resample_counts(100))
    assert found.value == pytest.approx(0.1)
    assert found.significant
    assert found.p is not None
    assert found.p < 0.01


def test_noise_both_ways_is_not_significant() -> None:
    before = [float(i % 2) for i in range(100)]
    after = [before[i] if i > 9 else 1.0 - before[i] for i in range(100)]
    assert not difference((before, [1.0] * 100), (after, [1.0] * 100), resample_counts(100)).significant
