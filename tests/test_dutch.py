"""Figures on a Dutch screen."""

from eval.bootstrap import Interval
from eval.dutch import decimal, percentage, percentage_range, table


def test_numbers_have_a_decimal_comma_and_points_for_thousands() -> None:
    assert (decimal(1234.56), decimal(0.5, 0), decimal(-3.14159, 2)) == ("1.234,6", "0", "-3,14")


def test_shares_are_percentages_and_nothing_is_a_dash() -> None:
    assert (percentage(0.8237), percentage(None)) == ("82,4 %", "–")
    assert percentage_range(Interval(0.5, 0.4, 0.6, 9)) == "40,0 tot 60,0"
    assert percentage_range(Interval(None, None, None, 0)) == ""


def test_columns_are_aligned() -> None:
    assert table([["a", "10"], ["bbb", "9"]], frozenset({1})) == ["a    10", "bbb   9"]
