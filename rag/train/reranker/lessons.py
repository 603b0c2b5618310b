"""What the reranker learns from: passages in word pieces, with their questions and which sentences answer them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.train import written
from index.train.material import Material, Passage, refuse_leaks
from index.train.sets import is_held
from index.train.tokenizer import clean
from rag.pieces import Pieces
from rag.train.corpus import unanswerable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

GROUP = 4
"""Passages of one step: each is a wrong passage for the questions of the others."""
NEAREST = 9
"""A group is drawn from so many passages that are nearest to its first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in pieces; `answers` is 1 for every sentence that answers it, all 0 when none does."""

    pieces: tuple[int, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A passage in pieces, the sentence of every piece (from 0; -1: of none), and its questions."""

    text: str
    pieces: tuple[int, ...]
    sentence: tuple[int, ...]
    asked: tuple[Asked, ...]

    @property
    def sentences(self) -> int:
        return max(self.sentence) + 1


def lessons(tokenizer: "Tokenizer", data: Path, letters: Path, gold: Path) -> list[Lesson]:
    """The training passages that are not held apart and our own parts that are not kept apart.

    Raises ValueError when one shares ten words in a row with `letters` or the `gold` questions.
    """
    without: dict[str, list[str]] = {}
    for row in unanswerable(data):
        if row.passage is not None:
            without.setdefault(row.passage, []).append(row.question)
    passages = [passage for passage in Material(data).passages() if not is_held(passage.id)]
    for part in written.taught(written.parts()):
        passages += part.passages
        for name, question, _ in part.unanswerable:
            without.setdefault(name, []).append(question)
    texts = [text for passage in passages for text in (passage.text, *passage.questions, *without.get(passage.id, ()))]
    refuse_leaks(texts, letters, gold)
    return [lesson(tokenizer, passage, without.get(passage.id, ())) for passage in passages]


def lesson(tokenizer: "Tokenizer", passage: Passage, without: Sequence[str] = ()) -> Lesson:
    """`passage` with its own questions and those `without` an answer."""
    cut = Pieces(tokenizer)
    pieces, numbers = cut.passage([clean(passage.text[start:end]) for start, end in passage.sentences])
    count = max(numbers)
    asked = [
        Asked(tuple(cut.question(clean(question))), tuple(int(n in answers) for n in range(count)))
        for question, answers in zip(passage.questions, passage.answers, strict=True)
    ]
    asked += [Asked(tuple(cut.question(clean(question))), (0,) * count) for question in without]
    return Lesson(passage.text, tuple(pieces), tuple(number - 1 for number in numbers), tuple(asked))


def groups(found: Sequence[Lesson], vectors: NDArray[np.float32], draw: random.Random) -> list[list[Lesson]]:
    """`found` in groups of look-alikes, every lesson once; `vectors` (lessons, dimensions) are unit vectors."""
    near = vectors @ vectors.T
    left = set(range(len(found)))
    order = list(left)
    draw.shuffle(order)
    made = []
    for first in order:
        if first in left:
            left.remove(first)
            nearest = sorted(left, key=lambda other: -near[first, other])[:NEAREST]
            others = draw.sample(nearest, min(GROUP - 1, len(nearest)))
            left -= set(others)
            made.append([found[n] for n in (first, *others)])
    draw.shuffle(made)
    return made
