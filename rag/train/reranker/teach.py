"""Teach the network: which sentence answers, which passage, and that some questions have no answer.

A step takes a few passages that are alike and all their questions. Every question is put to its own passage and, most times,
to another of the group. Four losses: the answering sentence among those of its passage, and among those of all passages that
the question was put to (sentence and passage score added, as they are used); each sentence and each passage by itself,
which teaches to say no. Word pieces are masked now and then: there are few questions, and the network learns them by heart.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from rag.train.reranker.lessons import Lesson, groups
from rag.train.reranker.network import NEVER, CrossEncoder

RATES = {"head": 1e-3, "pieces": 3e-4, "lower": 1e-4, "upper": 2e-4}
"""Learning rates by part of the network."""
WARM_UP = 25
MOST_PAIRS = 40
"""Question-passage pairs of one step at most."""
UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Teaching:
    """`other` is how often a question is also put to another passage, `mask` the share of pieces that is masked."""

    steps: int = 1900
    rate: float = 1.0
    other: float = 0.6
    mask: float = 0.06
    seed: int = 0
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and passages padded, and the pairs of them: question number, passage number, answers (pairs, sentences)."""

    questions: Tensor
    passages: Tensor
    of: Tensor
    pairs: tuple[tuple[int, int], ...]
    answers: Tensor
    real: Tensor


def teach(network: CrossEncoder, found: Sequence[Lesson], vectors: NDArray[np.float32], settings: Teaching) -> None:
    """Train `network` in place for `settings.steps` steps; prints the losses now and then on stderr."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    draw = random.Random(settings.seed)  # noqa: S311
    optimizer = torch.optim.AdamW(_parts(network, settings.rate), betas=(0.9, 0.98))
    network.train()
    step = 0
    while step < settings.steps:
        for group in groups(found, vectors, draw)[: settings.steps - step]:
            left = min(1.0, (step + 1) / WARM_UP) * (1 - step / settings.steps)
            for part in optimizer.param_groups:
                part["lr"] = part["rate"] * left
            losses = _losses(network, batch(group, settings, draw))
            torch.stack(losses).sum().backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            if step % 50 == 0:
                print(f"step {step}: " + " ".join(f"{float(loss.detach()):.3f}" for loss in losses), file=sys.stderr)
    network.eval()


def batch(group: Sequence[Lesson], settings: Teaching, draw: random.Random) -> Batch:
    """The questions of `group` put to their own passage and, drawn, to another one."""
    asked = [(asked, own) for own, lesson in enumerate(group) for asked in lesson.asked]
    pairs: list[tuple[int, int]] = []
    for number in draw.sample(range(len(asked)), len(asked)):
        own = asked[number][1]
        pairs.append((number, own))
        if len(group) > 1 and draw.random() < settings.other:
            pairs.append((number, draw.choice([other for other in range(len(group)) if other != own])))
        if len(pairs) >= MOST_PAIRS:
            break
    widest = max(lesson.sentences for lesson in group)
    answers, real = torch.zeros(len(pairs), widest), torch.zeros(len(pairs), widest, dtype=torch.bool)
    for row, (number, passage) in enumerate(pairs):
        question, own = asked[number]
        real[row, : group[passage].sentences] = True
        if passage == own:
            answers[row, : len(question.answers)] = torch.tensor(question.answers, dtype=torch.float)
    passages = _padded([lesson.pieces for lesson in group])
    of = torch.zeros(len(group), widest, passages.shape[1], dtype=torch.bool)
    for row, lesson in enumerate(group):
        for place, sentence in enumerate(lesson.sentence):
            if sentence >= 0:
                of[row, sentence, place] = True
    questions = _padded([question.pieces for question, _ in asked])
    return Batch(_masked(questions, settings.mask), _masked(passages, settings.mask), of, tuple(pairs), answers, real)


def _losses(network: CrossEncoder, given: Batch) -> list[Tensor]:
    question, passage = (torch.tensor(numbers) for numbers in zip(*given.pairs, strict=True))
    asked_there, there = given.questions != 0, given.passages != 0
    asked, read = network.lower(given.questions, asked_there), network.lower(given.passages, there)
    scores, whole = network.join(asked[question], asked_there[question], read[passage], there[passage], given.of[passage])
    answered = given.answers.sum(1) > 0
    answerable = bool(answered.any())
    right = given.answers > 0
    among = torch.log_softmax(scores.masked_fill(~given.real, NEVER), -1)
    nothing = scores.sum() * 0
    inside = -torch.logsumexp(among[answered].masked_fill(~right[answered], NEVER), -1).mean() if answerable else nothing
    both = (scores + whole[:, None]).masked_fill(~given.real, NEVER)
    over = []
    for number in set(question[answered].tolist()):
        rows = question == number
        over.append(torch.logsumexp(both[rows].flatten(), 0) - torch.logsumexp(both[rows][right[rows]], 0))
    each = functional.binary_cross_entropy_with_logits(scores, given.answers, reduction="none")
    return [
        inside,
        torch.stack(over).mean() if over else nothing,
        (each * given.real).sum() / given.real.sum(),
        0.5 * functional.binary_cross_entropy_with_logits(whole, answered.float()),
    ]


def _parts(network: CrossEncoder, rate: float) -> list[dict[str, object]]:
    parts: dict[str, list[torch.nn.Parameter]] = {name: [] for name in RATES}
    for name, value in network.named_parameters():
        if not name.startswith("body"):
            parts["head"].append(value)
        elif name.startswith("body.pieces"):
            parts["pieces"].append(value)
        else:
            parts["lower" if name.startswith(("body.layers.0", "body.layers.1")) else "upper"].append(value)
    return [
        {"params": values, "rate": rate * RATES[name], "weight_decay": 0.0 if name == "pieces" else 0.01}
        for name, values in parts.items()
    ]


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)


def _masked(pieces: Tensor, share: float) -> Tensor:
    """`pieces` with a share of them unknown, never padding or a text's ends."""
    hidden = (torch.rand(pieces.shape) < share) & (pieces > 4)
    return torch.where(hidden, torch.full_like(pieces, UNKNOWN), pieces)
