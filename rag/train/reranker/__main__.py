"""Train the embedded reranker: `python -m rag.train.reranker OUT --data ../shared/training`.

The network is started from the teacher and distilled (start.py), or taken from `--start`, a folder that this command wrote;
then it is taught (teach.py) and measured on the passages held apart: how often its first sentence is right. OUT gets the
weights; `python -m rag.train.reranker.export OUT rag/data/reranker` makes the files that the program runs.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.embed import EMBEDDED_FOLDER, StaticEmbedder
from index.train.material import Material
from index.train.sets import is_held
from rag.train.reranker.lessons import Lesson, lesson, lessons
from rag.train.reranker.network import CrossEncoder, load, save
from rag.train.reranker.start import start
from rag.train.reranker.teach import Teaching, teach


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/training"))
    parser.add_argument("--letters", type=Path, default=Path("../shared/letters"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev.jsonl"))
    parser.add_argument("--start", type=Path)
    parser.add_argument("--distil", type=int, default=150, help="steps of distillation")
    parser.add_argument("--steps", type=int, default=1900)
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rates")
    given = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(EMBEDDED_FOLDER / "tokenizer.json"))
    material = Material(given.data)
    network = load(given.start) if given.start else CrossEncoder(start(tokenizer, material, given.distil))
    found = lessons(tokenizer, given.data, given.letters, given.gold)
    print(f"{len(found)} passages, {sum(len(one.asked) for one in found)} questions")
    vectors = StaticEmbedder().encode([one.text for one in found], "passage")
    teach(network, found, vectors, Teaching(given.steps, given.rate))
    held = [lesson(tokenizer, passage) for passage in material.passages() if is_held(passage.id)]
    print(f"first sentence right in {first_right(network, held):.3f} of the questions held apart")
    save(network, given.out)


@torch.no_grad()
def first_right(network: CrossEncoder, found: Sequence[Lesson]) -> float:
    """The share of answerable questions whose best sentence inside their passage answers."""
    right = []
    for one in found:
        pieces, sentence = torch.tensor([one.pieces]), torch.tensor(one.sentence)
        there = torch.ones_like(pieces) > 0
        of = (sentence[None, :] == torch.arange(one.sentences)[:, None])[None]
        read = network.lower(pieces, there)
        for asked in one.asked:
            if any(asked.answers):
                question = torch.tensor([asked.pieces])
                asked_there = torch.ones_like(question) > 0
                scores, _ = network.join(network.lower(question, asked_there), asked_there, read, there, of)
                right.append(asked.answers[int(scores[0].argmax())])
    return sum(right) / len(right)


if __name__ == "__main__":
    main()
