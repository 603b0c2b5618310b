"""An embedder as if it had never seen the training passages, for fitting the models that read its similarities.

The shipped table learnt its passages by heart: there, a question's own passage is .14 nearer than the next one; in letters
that it never saw the two are equal. A selector or a refusal model fitted on training passages would trust similarities that
no new letter gives. So what more lessons on those passages would change in the table is subtracted from it ("task
arithmetic", Ilharco et al., https://arxiv.org/abs/2212.04089), as far as makes the passages look like unseen ones. Only the
lessons from question to passage count: the table never learnt answering sentences, and must not lose its hold on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.train.material import Passage
from index.train.measure import Encoder


@dataclass(frozen=True, slots=True)
class Margin:
    """Mean cosines of questions with their own passage and with the nearest other one."""

    own: float
    other: float

    @property
    def width(self) -> float:
        """How much nearer the own passage is."""
        return self.own - self.other


def forget(
    table: NDArray[np.float32], taught: NDArray[np.float32], share: float, texts: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """`table` less `share` times what the lessons added to it; `taught` is the table after the lessons.

    The mean vector of `texts` (piece numbers) stays where it was: without that all cosines rise together.
    """
    found = table - share * (taught - table)
    return np.asarray(found - _mean(found, texts) + _mean(table, texts), np.float32)


def _mean(table: NDArray[np.float32], texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    return np.asarray(np.mean([table[list(ids)].mean(axis=0) for ids in texts if ids], axis=0), np.float32)


def margin(passages: Sequence[Passage], encode: Encoder) -> Margin:
    """The margin over all written questions of `passages` (at least two)."""
    asked = [(question, i) for i, passage in enumerate(passages) for question in passage.questions]
    cosines = encode([question for question, _ in asked]) @ encode([passage.text for passage in passages]).T
    rows, right = np.arange(len(asked)), np.array([i for _, i in asked])
    own = cosines[rows, right].copy()
    cosines[rows, right] = -1
    return Margin(float(own.mean()), float(cosines.max(axis=1).mean()))
