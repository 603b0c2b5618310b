"""Train the embedder: `python -m index.train OUT --data ../shared/training`.

Without `--start` everything is made from the material: tokenizer, table, distillation, reduction, contrast. With `--start`
the tokenizer and the table of a model folder are taken and only the contrastive step is run; `--forget 3` then writes the
start less three times what was learnt of passages, for fitting the selector and the refusal model. Besides the material
the step learns from our own passages (index/train/written.py), but for the parts kept apart: those are measured on. `--hold`
keeps a fifth of the material's passages out as well and measures on them. A model that ships learns from all the material.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.train import written
from index.train.assemble import read_model, write_model
from index.train.contrast import Contrast, Lessons, contrast
from index.train.distill import Distill, distill
from index.train.evaluate import Evaluation, lines, pooled, table_encoder
from index.train.forget import forget, margin
from index.train.gloss import Gloss
from index.train.material import Material, Pair, Passage, lexicon_lines, refuse_leaks
from index.train.measure import word_scores
from index.train.reduce import reduce_table
from index.train.sets import EvaluationSet, dev_set, held_set, is_held
from index.train.table import first_table, piece_glosses
from index.train.targets import Teacher
from index.train.tokenizer import piece_ids, train_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LOOK_ALIKES = 6
HEADINGS = 2500
"""Headings of laws are most of the pairs and the least like questions; so many of them are used."""


def main(arguments: list[str] | None = None) -> None:
    """Train, measure, write the model and its figures into OUT."""
    given = _parser().parse_args(arguments)
    material = Material(given.data)
    passages, pairs, texts = material.passages(), _pairs(material, given.seed), material.texts()
    own = written.parts()
    if not given.forget:
        passages += [passage for part in written.taught(own) for passage in part.passages]
    learnt = [text for passage in passages for text in (passage.text, passage.gist, *passage.questions)]
    learnt += [*texts, *(text for pair in pairs for text in (pair.question, pair.text))]
    refuse_leaks(learnt, given.letters, given.gold)

    sets = [dev_set(given.letters, given.gold)] + ([held_set(passages)] if given.hold else [])
    sets.append(held_set([passage for part in written.apart(own) for passage in part.passages], "apart", lambda _: True))
    chosen = [passage for passage in passages if not (given.hold and is_held(passage.id))]
    if given.start:
        tokenizer, table = read_model(given.start)
    else:
        tokenizer, table = _from_nothing(material, chosen, pairs, texts, given)
    lessons = Lessons.of(lambda t: piece_ids(tokenizer, t), chosen, pairs, lexicon_lines(), look_alikes(chosen))

    evaluation = Evaluation(sets)
    before = evaluation.figures(table_encoder(tokenizer, table))
    print("before\n" + lines(before), file=sys.stderr)
    curve: list[dict[str, float]] = []

    def watch(step: int, losses: dict[str, float], now: NDArray[np.float32]) -> None:
        found = evaluation.figures(table_encoder(tokenizer, now))
        print(f"step {step} {losses}\n{lines(found)}", file=sys.stderr)
        curve.append({"step": step, **losses} | {f"{name} MRR": float(f.passages.means[4]) for name, f in found.items()})

    settings = Contrast(steps=given.steps, rate=given.rate, seed=given.seed, threads=given.threads)
    if given.forget:
        settings = replace(settings, sentence=0.0, pairs=0.0, lexicon=0.0)
    taught = contrast(table, lessons, settings, watch, max(1, given.steps // 4))
    table = forget(table, taught, given.forget, lessons.passages) if given.forget else taught
    print(f"margin on the passages: {margin(passages, table_encoder(tokenizer, table)).width:+.3f}", file=sys.stderr)
    after = evaluation.figures(table_encoder(tokenizer, table))
    size = write_model(given.out, tokenizer, table)
    figures = {"bytes": size, "curve": curve, "differences R@1 R@3 R@5 R@10 MRR (mean, low, high)": pooled(before, after)}
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("after\n" + lines(after))


def look_alikes(passages: list[Passage]) -> list[list[int]]:
    """For each passage those that the word leg ranks high for its questions: the hard negatives."""
    data: EvaluationSet = held_set(passages, "all", lambda _: True)
    scores = word_scores(data)
    near: list[Counter[int]] = [Counter() for _ in passages]
    question = 0
    for i, passage in enumerate(passages):
        for _ in passage.questions:
            near[i].update(int(j) for j in np.argsort(-scores[question], kind="stable")[:4] if j != i)
            question += 1
    return [[j for j, _ in found.most_common(LOOK_ALIKES)] for found in near]


def _from_nothing(
    material: Material, passages: list[Passage], pairs: list[Pair], texts: list[str], given: argparse.Namespace
) -> tuple["Tokenizer", NDArray[np.float32]]:
    rng = np.random.default_rng(given.seed)
    own = [text for passage in passages for text in (*passage.questions, passage.gist, passage.text)]
    public = [text for pair in pairs for text in (pair.question, pair.text)]
    tokenizer = train_tokenizer([*texts, *own, *own, *public, *(t for line in lexicon_lines() for t in line)], given.pieces)
    gloss, teacher = Gloss.of(material), Teacher(given.work, given.threads)

    glosses = piece_glosses(tokenizer, gloss)
    distinct = sorted(set(glosses), key=lambda found: (len(found), found))
    vectors = dict(zip(distinct, teacher.vectors(distinct).astype(np.float32), strict=True))
    sentences = [passage.text[a:b] for passage in passages for a, b in passage.sentences]
    sample = [texts[i] for i in rng.permutation(len(texts))[: given.texts]]
    learnt = [*sentences, *(q for passage in passages for q in (*passage.questions, passage.gist)), *sample]
    targets = teacher.vectors([gloss.text(text) for text in learnt])
    if given.stsb:
        translated = material.translations()
        learnt += [dutch for dutch, _ in translated]
        targets = np.concatenate([targets, teacher.vectors([english for _, english in translated])])
    ids = piece_ids(tokenizer, learnt)
    table = first_table(np.stack([vectors[found] for found in glosses]), [found for found in ids if found])
    table, losses = distill(table, ids, targets, Distill(steps=given.distill_steps, seed=given.seed, threads=given.threads))
    print(f"distilled: loss {losses[0]:.3f} to {losses[-1]:.3f}", file=sys.stderr)
    return tokenizer, reduce_table(table, given.dimensions)


def _pairs(material: Material, seed: int) -> list[Pair]:
    pairs = material.pairs()
    headings = [pair for pair in pairs if pair.source == "wet-kop"]
    some = np.random.default_rng(seed).permutation(len(headings))[:HEADINGS]
    return [pair for pair in pairs if pair.source != "wet-kop"] + [headings[i] for i in some]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.train", description=__doc__)
    parser.add_argument("out", type=Path, help="folder of the new model")
    parser.add_argument("--data", type=Path, default=Path("../shared/training"), help="the training material")
    parser.add_argument("--letters", type=Path, default=Path("../shared/letters"), help="letters that are never trained on")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev.jsonl"), help="questions never trained on")
    parser.add_argument("--work", type=Path, default=Path("build/train"), help="where the teacher's vectors are kept")
    parser.add_argument("--start", type=Path, help="a model folder to start from")
    parser.add_argument("--forget", type=float, default=0.0, help="write the start less so many times what was learnt")
    parser.add_argument("--hold", action="store_true", help="hold a fifth of the passages apart and measure on them")
    parser.add_argument("--stsb", action="store_true", help="also learn from STSb Multi MT (texts of mixed licences)")
    parser.add_argument("--texts", type=int, default=100_000, help="texts to distil from")
    parser.add_argument("--pieces", type=int, default=30_000)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--distill-steps", type=int, default=1500)
    parser.add_argument("--steps", type=int, default=450, help="contrastive steps")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1, help="more than one pays only on idle cores")
    return parser


if __name__ == "__main__":
    main()
