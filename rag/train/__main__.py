"""Train the selector, the refusal model and how the reranker joins both.

    python -m rag.train --data FOLDER --embedder FOLDER

The embedded table was trained on the very questions that are used here, so its similarities are better than they are on
new letters. `--embedder` names a table that has forgotten them (python -m index.train FOLDER --start START --forget 3
--steps 120); with the embedded table itself the models expect too much of similarity and refuse too often.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.embed import StaticEmbedder
from index.train import written
from rag import refuse, select
from rag.embedded_reranker import EmbeddedReranker
from rag.linear import LinearModel
from rag.rerank import REFUSAL, SELECTOR
from rag.train import blend, fit
from rag.train.corpus import Collection, Labelled, answerable, asked_of, assistant_over, collections, elsewhere, unanswerable

LARGE = 5000
"""Passages of a large collection: all that there are. The selector learns from small ones alone, refusing from both."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/training"))
    parser.add_argument("--embedder", type=Path, required=True)
    options = parser.parse_args()
    embedder = StaticEmbedder(options.embedder)
    questions = answerable(options.data) + unanswerable(options.data) + elsewhere()
    found = examples(collections(options.data, embedder), embedder, questions)
    folds = {example.labelled: example.fold for example in found}
    large = examples(collections(options.data, embedder, LARGE), embedder, questions)
    large = [replace(example, fold=folds[example.labelled]) for example in large]
    selector, apart = fit.fit_selectors(found)
    first = []
    for example in found:
        ranked = select.candidates(example.weighing, example.hits, apart[example.fold])
        if example.labelled.answerable and ranked:
            first.append(example.label(ranked[0].hit, ranked[0].position))
    print(f"selector: first sentence right {np.mean(first):.3f} (cross-validated)")
    every = [*found, *large]
    rows, labels, of_fold = fit.refusal_rows(every, apart)
    probabilities = fit.apart(rows, labels, of_fold, refuse.NAMES)
    threshold = fit.threshold(probabilities, labels)
    print(f"refusal: F1 {fit.refusal_f1(probabilities, labels, threshold):.3f} at {threshold} (cross-validated)")
    note = "Made by python -m rag.train; see rag/train/__main__.py."
    print(fit.write("selector", selector, note))
    print(fit.write("refusal", fit.fit(rows, labels, refuse.NAMES), note))
    if threshold != refuse.THRESHOLD:
        print(f"set THRESHOLD in rag/refuse.py to {threshold}")
    reranker = EmbeddedReranker(LinearModel(SELECTOR, (1.0, 1.0), 0.0), LinearModel(REFUSAL, (1.0, 1.0), 0.0))
    held = [number for number, example in enumerate(every) if blend.is_apart(example)]
    public = blend.readings([every[number] for number in held], apart, reranker)
    small = [reading for reading, number in zip(public, held, strict=True) if number < len(found)]
    own = blend.readings(own_examples(embedder), apart, reranker)
    print(fit.write("selector_reranked", blend.sentence_blend([small, own]), note))
    joined = blend.refusal_blend(public, [probabilities[number] for number in held])
    print(fit.write("refusal_reranked", joined, note))


def examples(parts: Sequence[Collection], embedder: StaticEmbedder, questions: Sequence[Labelled]) -> list[fit.Example]:
    """`questions` asked of the collections that they belong to; every collection is of one fold."""
    found: list[fit.Example] = []
    for number, collection in enumerate(parts):
        with assistant_over(collection, embedder) as assistant:
            mine = asked_of(collection, number, len(parts), questions)
            found += fit.examples(assistant, mine, number % fit.FOLDS)
        print(f"{collection.name}: {len(mine)} questions over {len(collection.passages)} passages")
    return found


def own_examples(embedder: StaticEmbedder) -> list[fit.Example]:
    """Our own questions that the reranker did not learn from, asked like the others."""
    found: list[fit.Example] = []
    for number, part in enumerate(written.apart(written.parts())):
        collection, asked = blend.collection_of(part)
        with assistant_over(collection, embedder) as assistant:
            found += fit.examples(assistant, asked[:: blend.EVERY], number % fit.FOLDS)
        print(f"{collection.name}: {len(asked)} questions over {len(collection.passages)} passages")
    return found


if __name__ == "__main__":
    main()
