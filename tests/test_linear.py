"""The logistic models: their formula, and that the shipped files fit the code."""

import pytest

from rag import features, linear, refuse


def test_the_probability_is_the_logistic_of_the_weighted_sum() -> None:
    model = linear.LinearModel(("a", "b"), (2.0, -1.0), 0.5)
    assert model.probability([0.25, 1.0]) == pytest.approx(0.5)
    assert model.probability([1.0, 0.0]) == pytest.approx(0.9241418)


def test_far_out_values_give_no_overflow() -> None:
    model = linear.LinearModel(("a",), (1e6,), 0.0)
    assert model.probability([-1e6]) == pytest.approx(0.0)


def test_the_shipped_models_are_made_for_the_features_of_the_code() -> None:
    assert linear.load("selector", features.NAMES).names == features.NAMES
    assert linear.load("refusal", refuse.NAMES).names == refuse.NAMES


def test_a_model_for_other_features_is_not_used() -> None:
    with pytest.raises(ValueError, match=r"python -m rag\.train"):
        linear.load("selector", ("something", "else"))
