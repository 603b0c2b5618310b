"""Fitting the selector: what a conditional logit finds is what theory says it should."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="fitting needs the extra [train]")

from rag.train.fit import SelectorRows, rank


def pairs(count: int) -> SelectorRows:
    """Questions with two sentences of two features each; the first feature tells which one answers, mostly."""
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(2 * count, 2))
    first = rows[0::2, 0] - rows[1::2, 0] + rng.normal(size=count) > 0
    labels = np.zeros(2 * count, dtype=np.int64)
    labels[0::2], labels[1::2] = first, ~first
    return SelectorRows(rows, labels, np.repeat(np.arange(count), 2), np.zeros(2 * count, dtype=np.int64))


def test_with_two_sentences_it_is_a_logistic_regression_on_their_difference() -> None:
    from sklearn.linear_model import LogisticRegression

    data = pairs(400)
    found = np.array(rank(data, ("told", "noise"), strength=1e6).coefficients)
    difference = data.rows[0::2] - data.rows[1::2]
    expected = LogisticRegression(C=1e6, fit_intercept=False).fit(difference, data.labels[0::2]).coef_[0]
    # The slope that makes probabilities of the scores stretches both coefficients alike.
    assert found[1] / found[0] == pytest.approx(expected[1] / expected[0], abs=1e-3)
    assert found[0] > 0


def test_questions_without_an_answer_do_not_rank_but_count_for_the_probability() -> None:
    data = pairs(200)
    silent = SelectorRows(
        np.vstack([data.rows, data.rows]),
        np.append(data.labels, np.zeros_like(data.labels)),
        np.append(data.questions, data.questions + 200),
        np.append(data.folds, data.folds),
    )
    alone, both = rank(data, ("told", "noise"), 1.0), rank(silent, ("told", "noise"), 1.0)
    row = (0.5, 0.0)
    told, noise = alone.coefficients
    assert both.coefficients[1] / both.coefficients[0] == pytest.approx(noise / told, abs=1e-2)
    assert both.probability(row) < alone.probability(row)
