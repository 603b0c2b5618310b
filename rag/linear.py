"""A logistic model in a readable file: names, coefficients and an intercept, as JSON.

Trained offline (rag/train/), shipped as data, applied with a dot product: no pickle, no learning library at run time.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """P(yes | x) = 1 / (1 + exp(-(intercept + coefficients . x))); `names` tells the order of x."""

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def probability(self, values: Sequence[float]) -> float:
        """The probability, 0 to 1, for feature values in the order of `names`."""
        if len(values) != len(self.coefficients):
            raise ValueError(f"{len(values)} values for {len(self.coefficients)} coefficients")
        score = self.intercept + sum(map(mul, self.coefficients, values))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def log_odds(probability: float) -> float:
    """The score behind a probability, within 14 either way."""
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))


@cache
def load(name: str, expected: tuple[str, ...]) -> LinearModel:
    """The shipped model rag/data/<name>.json; its feature names must be `expected`, or it was trained for other code."""
    raw = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    coefficients = raw["coefficients"]
    if tuple(coefficients) != expected:
        raise ValueError(f"rag/data/{name}.json was trained on other features; run: python -m rag.train")
    return LinearModel(expected, tuple(coefficients.values()), raw["intercept"])
