"""Fit the weights of the fusion on gold sets, and say how well weights fitted on other questions do.

    python -m eval.fusion GOLD=INDEX... [--write]

Four weights (words, 5-grams, passage vector, best sentence) over a small grid, judged by the mean of evidence recall@5,
recall@10 and MRR. What a grid promises is too good: the figures printed are those of five folds, each asked with the
weights that were best on the other four. `--write` puts the weights that are best on all questions into
rag/data/fusion.json, beside the version of the analyzer they were fitted with.
"""

import argparse
import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.gold import GoldQuestion, read_gold
from eval.retrieval import recall_at
from eval.spans import found_ranks, offers
from index.analyze import VERSION
from index.embed import Embedder, StaticEmbedder
from index.settings import Settings
from index.store import Index
from rag.assistant import Assistant
from rag.followup import stand_alone
from rag.retrieve import FUSION, Weights, fitted

GRID = {
    "words": (0.5, 0.7, 1.0),
    "grams": (0.4, 0.7, 1.0),
    "dense": (0.4, 0.6, 0.9),
    "sentence": (0.7, 1.0, 1.4),
}
FOLDS = 5


def combinations() -> list[dict[str, float]]:
    """All weights of the grid."""
    return [dict(zip(GRID, values, strict=True)) for values in itertools.product(*GRID.values())]


def figures(index: Index, embedder: Embedder, questions: Sequence[GoldQuestion], weights: Weights) -> NDArray[np.float64]:
    """Per question its recall@5, recall@10 and reciprocal rank."""
    assistant = Assistant(index, embedder, Settings(), weights)
    rows = []
    for question in questions:
        hits = assistant.search(stand_alone(question.question, question.turns), k=10)
        passages = offers({"letter": hit.passage.letter, "start": hit.passage.start, "end": hit.passage.end} for hit in hits)
        ranks = found_ranks(question.evidence, passages)
        first = min((rank for rank in ranks if rank is not None), default=None)
        rows.append([recall_at(ranks, 5), recall_at(ranks, 10), 0.0 if first is None else 1 / first])
    return np.array(rows)


def crossed(scores: NDArray[np.float64], folds: int = FOLDS) -> NDArray[np.float64]:
    """Per question the figures (last axis) of the setting (first axis) that is best, by their mean, on the other folds."""
    fold = np.arange(scores.shape[1]) % folds
    found = np.zeros(scores.shape[1:])
    for number in range(folds):
        best = scores[:, fold != number].mean(axis=(1, 2)).argmax()
        found[fold == number] = scores[best][fold == number]
    return found


def write(weights: Mapping[str, float], path: Path = FUSION) -> None:
    """The weights as JSON, with the analyzer's version."""
    path.write_text(json.dumps({"analyzer": VERSION, **weights}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="GOLD=INDEX")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    embedder = StaticEmbedder()
    sets = []
    for pair in options.sets:
        gold, _, index = pair.partition("=")
        questions = [question for question in read_gold(Path(gold)).questions if question.answerable]
        sets.append((Index.open(Path(index), embedder), questions))

    def of_all(weights: Weights) -> NDArray[np.float64]:
        return np.concatenate([figures(letters, embedder, questions, weights) for letters, questions in sets])

    tried = combinations()
    scores = np.stack([of_all(Weights(**changed)) for changed in tried])
    now = of_all(fitted())
    best = tried[int(scores.mean(axis=(1, 2)).argmax())]
    for name, rows in (("now", now), ("best on all", scores.mean(axis=1).max(axis=0)[None]), ("by folds", crossed(scores))):
        print(f"{name:12s} R@5 {rows[:, 0].mean():.3f} R@10 {rows[:, 1].mean():.3f} MRR {rows[:, 2].mean():.3f}")
    print(best)
    if options.write:
        write(best)


if __name__ == "__main__":
    main()
