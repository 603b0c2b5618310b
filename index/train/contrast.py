"""The table learns from questions: a question belongs nearer to its passage and to its answering sentence than to others.

Four lessons in every step: question to passage, question to answering sentence (the other sentences of the same passages
are the hard negatives), the pairs of public documents, and the two sides of a lexicon line. Half of the passages of a step
are ones that the word leg takes for each other, so that topic alone does not tell them apart. Pieces are dropped at random
and the table is held near its start: 950 passages are few, and a table of eight million numbers learns them by heart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.train.material import Pair, Passage

if TYPE_CHECKING:
    import torch

Ids = list[int]
Encode = Callable[[Sequence[str]], list[Ids]]
"""Texts to their piece numbers."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """How the contrastive step learns. Temperatures divide cosines; `anchor` weighs the squared distance to the start."""

    steps: int = 600
    rate: float = 5e-4
    batch: int = 256
    temperature: float = 0.05
    passage: float = 1.0
    sentence: float = 1.0
    pairs: float = 0.5
    lexicon: float = 0.3
    anchor: float = 0.0
    dropout: float = 0.15
    mined: float = 0.5
    seed: int = 0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Lessons:
    """The examples as piece numbers; `questions[i]` and `answers[i]` are of passage i, `near[i]` its look-alikes."""

    passages: list[Ids]
    sentences: list[list[Ids]]
    questions: list[list[Ids]]
    answers: list[list[tuple[int, ...]]]
    near: list[list[int]]
    pairs: list[tuple[Ids, Ids]]
    lexicon: list[tuple[Ids, Ids]]

    @classmethod
    def of(
        cls,
        encode: Encode,
        passages: Sequence[Passage],
        pairs: Sequence[Pair],
        lexicon: Sequence[tuple[str, str]],
        near: list[list[int]],
    ) -> "Lessons":
        """The lessons of `passages`, `pairs` and lexicon lines; texts without known pieces are left out."""
        flat = encode([text for pair in pairs for text in (pair.question, pair.text[:900])])
        lines = encode([text for line in lexicon for text in line])
        return cls(
            encode([passage.text for passage in passages]),
            [encode([passage.text[a:b] for a, b in passage.sentences]) for passage in passages],
            [encode([*passage.questions, *([passage.gist] if passage.gist else [])]) for passage in passages],
            [[*passage.answers, ()] for passage in passages],
            near,
            [(a, b) for a, b in zip(flat[::2], flat[1::2], strict=True) if a and b],
            [(a, b) for a, b in zip(lines[::2], lines[1::2], strict=True) if a and b],
        )


def contrast(
    table: NDArray[np.float32],
    lessons: Lessons,
    settings: Contrast,
    watch: Callable[[int, dict[str, float], NDArray[np.float32]], None] | None = None,
    every: int = 100,
) -> NDArray[np.float32]:
    """`table` (pieces, dimensions) after the lessons; `watch` gets the step, the losses and the table now and then.

    What comes back is the mean of the table over the last half of the steps, which is steadier than its last state.
    """
    import torch
    import torch.nn.functional as functional

    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    start = torch.from_numpy(table.copy())
    weights = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.Adam([weights], lr=settings.rate)
    average, averaged = torch.zeros_like(start), 0

    def vectors(texts: Sequence[Ids]) -> "torch.Tensor":
        kept = [_dropped(ids, settings.dropout, rng) for ids in texts]
        offsets = np.cumsum([0] + [len(ids) for ids in kept[:-1]])
        flat = torch.from_numpy(np.concatenate([np.asarray(ids, np.int64) for ids in kept]))
        return functional.normalize(functional.embedding_bag(flat, weights, torch.from_numpy(offsets), mode="mean"), dim=-1)

    for step in range(settings.steps):
        for group in optimizer.param_groups:
            group["lr"] = settings.rate * (1 - step / settings.steps) + 1e-6
        losses = _losses(lessons, settings, rng, vectors)
        loss = sum(losses.values(), torch.zeros(()))
        if settings.anchor:
            loss = loss + settings.anchor * ((weights - start) ** 2).sum() / len(start)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if step >= settings.steps // 2:
            average += weights.detach()
            averaged += 1
        if watch and ((step + 1) % every == 0 or step + 1 == settings.steps):
            now = (average / averaged if averaged else weights.detach()).numpy()
            watch(step + 1, {name: float(value.detach()) for name, value in losses.items()}, now)
    return np.asarray((average / max(1, averaged)).numpy() if averaged else table, np.float32)


def _losses(lessons: Lessons, settings: Contrast, rng: np.random.Generator, vectors: Any) -> "dict[str, torch.Tensor]":
    import torch

    chosen = _batch(lessons, settings, rng)
    picks = [int(rng.integers(len(lessons.questions[i]))) for i in chosen]
    asked = vectors([lessons.questions[i][pick] for i, pick in zip(chosen, picks, strict=True)])
    losses = {}
    if settings.passage:
        found = vectors([lessons.passages[i] for i in chosen])
        losses["passage"] = settings.passage * _both_ways(asked, found, settings.temperature)
    if settings.sentence:
        places = [
            (row, n) for row, i in enumerate(chosen) for n in range(len(lessons.sentences[i])) if lessons.sentences[i][n]
        ]
        sentences = vectors([lessons.sentences[chosen[row]][n] for row, n in places])
        right = torch.zeros(len(chosen), len(places), dtype=torch.bool)
        for column, (row, n) in enumerate(places):
            right[row, column] = n in lessons.answers[chosen[row]][picks[row]]
        rows = right.any(dim=1)
        logits = (asked[rows] @ sentences.T) / settings.temperature
        best = torch.logsumexp(logits.masked_fill(~right[rows], -1e9), dim=1)
        losses["sentence"] = settings.sentence * (torch.logsumexp(logits, dim=1) - best).mean()
    for name, weight, rows_of, temperature in (
        ("pairs", settings.pairs, lessons.pairs, settings.temperature),
        ("lexicon", settings.lexicon, lessons.lexicon, 0.07),
    ):
        if weight and rows_of:
            some = rng.choice(len(rows_of), min(settings.batch, len(rows_of)), replace=False)
            losses[name] = weight * _both_ways(
                vectors([rows_of[i][0] for i in some]), vectors([rows_of[i][1] for i in some]), temperature
            )
    return losses


def _batch(lessons: Lessons, settings: Contrast, rng: np.random.Generator) -> list[int]:
    """Passages of a step: random ones, then look-alikes of those."""
    size = min(settings.batch, len(lessons.passages))
    chosen = list(rng.permutation(len(lessons.passages))[: max(1, int(size * (1 - settings.mined)))])
    taken = set(chosen)
    for i in [*chosen]:
        for other in lessons.near[i]:
            if len(chosen) < size and other not in taken:
                chosen.append(other)
                taken.add(other)
    return [int(i) for i in chosen]


def _both_ways(a: "torch.Tensor", b: "torch.Tensor", temperature: float) -> "torch.Tensor":
    import torch
    import torch.nn.functional as functional

    logits = a @ b.T / temperature
    target = torch.arange(len(a))
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2


def _dropped(ids: Ids, share: float, rng: np.random.Generator) -> Ids:
    if not share or len(ids) < 3:
        return ids
    kept = [i for i, keep in zip(ids, rng.random(len(ids)) >= share, strict=True) if keep]
    return kept or ids
