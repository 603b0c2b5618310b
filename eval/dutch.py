"""How figures look on a Dutch screen: decimal commas, percentages, intervals, and plain tables."""

from collections.abc import Sequence

from eval.bootstrap import Interval

NONE = "–"


def decimal(value: float, digits: int = 1) -> str:
    """1234.5 as "1.234,5"."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def percentage(share: float | None) -> str:
    """A share (0 to 1) as "82,4 %"; None as a dash."""
    return NONE if share is None else f"{decimal(100 * share)} %"


def percentage_range(figure: Interval) -> str:
    """The interval of a share as "74,5 tot 88,9"; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{decimal(100 * figure.low)} tot {decimal(100 * figure.high)}"


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Rows of cells as lines with aligned columns; the columns in `right` (from 0) are aligned right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
