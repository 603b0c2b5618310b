"""The table learns the teacher's vectors of glossed texts.

The loss is 4 (1 - cosine to the target) plus half the cross-entropy between the teacher's similarities inside the batch and
the table's own, both at temperature 0.05: the first term places a text, the second orders its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TEMPERATURE = 0.05


@dataclass(frozen=True, slots=True)
class Distill:
    """How distillation learns."""

    steps: int = 1500
    rate: float = 2e-3
    batch: int = 1024
    seed: int = 0
    threads: int = 1


def distill(
    table: NDArray[np.float32], texts: Sequence[list[int]], targets: NDArray[np.float16], settings: Distill
) -> tuple[NDArray[np.float32], list[float]]:
    """`table` (pieces, d) after learning `targets` (texts, d) from the piece numbers of `texts`; the loss of every step."""
    import torch
    import torch.nn.functional as functional

    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    known = np.array([i for i, ids in enumerate(texts) if ids])
    weights = torch.nn.Parameter(torch.from_numpy(table.copy()))
    optimizer = torch.optim.Adam([weights], lr=settings.rate)
    losses = []
    for step in range(settings.steps):
        for group in optimizer.param_groups:
            group["lr"] = settings.rate * (1 - step / settings.steps) + 1e-5
        some = rng.choice(known, min(settings.batch, len(known)), replace=False)
        target = torch.from_numpy(targets[some].astype(np.float32))
        flat = torch.from_numpy(np.concatenate([np.asarray(texts[i], np.int64) for i in some]))
        offsets = torch.from_numpy(np.cumsum([0] + [len(texts[i]) for i in some[:-1]]))
        found = functional.normalize(functional.embedding_bag(flat, weights, offsets, mode="mean"), dim=-1)
        near = 4 * (1 - (found * target).sum(dim=-1)).mean()
        wanted = functional.softmax(target @ target.T / TEMPERATURE, dim=-1)
        loss = near + 0.5 * functional.cross_entropy(found @ target.T / TEMPERATURE, wanted)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(float(loss.detach()))
    return np.asarray(weights.detach().numpy(), np.float32), losses
