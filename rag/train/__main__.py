"""Train the selector and the refusal model.

    python -m rag.train --data FOLDER --forgotten FOLDER --without FOLDER FOLDER

A table was trained on the very questions that are used here, so its similarities are better than they are on new letters;
with it the models would expect too much of similarity and refuse too often. So the questions over public documents are asked
with a table that has forgotten them (`python -m index.train FOLDER --start START --forget 3 --steps 120`), and each half of
our own passages with a table made without it (`python -m index.train FOLDER --without 0`, then 1). `make train` does all.

The refusal model learns from the public documents alone. The questions over our own passages were written in other words
than the passages on purpose: with them "most words of the question stand nowhere" is no longer a sign that nothing answers
it, and on three sets of gold questions a model that had seen them told answerable from unanswerable ones less well.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embed import StaticEmbedder
from index.train import written
from rag import refuse, select
from rag.linear import LinearModel
from rag.train import fit
from rag.train.corpus import Collection, answerable, asked_of, assistant_over, collections, of_part, unanswerable


def main() -> None:
    """Fit both models, print what they reach on questions that they were not fitted on, and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/training"))
    parser.add_argument("--forgotten", type=Path, required=True, help="a table that has forgotten the public documents")
    parser.add_argument("--without", type=Path, nargs=2, required=True, help="tables made without half 0 and half 1")
    options = parser.parse_args()
    documents = of_documents(options.data, options.forgotten)
    own = [e for n, folder in enumerate(options.without) for e in of_parts(written.half(n, written.parts()), folder)]
    selector, apart = fit.fit_selectors(documents + own)
    for name, found in (("public documents", documents), ("our own passages", own)):
        print(f"selector, {name}: first sentence right {_first_right(found, apart):.3f} (cross-validated)")
    rows, labels, folds = fit.refusal_rows(documents, apart)
    probabilities = fit.apart(rows, labels, folds, refuse.NAMES)
    best = fit.threshold(probabilities, labels)
    print(f"refusal: F1 {fit.refusal_f1(probabilities, labels, best):.3f} at {best} (cross-validated)")
    note = "Made by python -m rag.train; see rag/train/__main__.py."
    print(fit.write("selector", selector, note))
    print(fit.write("refusal", fit.fit(rows, labels, refuse.NAMES), note))


def of_documents(data: Path, table: Path) -> list[fit.Example]:
    """The questions over public documents, asked of small collections of passages that are alike."""
    embedder = StaticEmbedder(table)
    questions = answerable(data) + unanswerable(data)
    small = collections(data, embedder)
    found: list[fit.Example] = []
    for number, collection in enumerate(small):
        with assistant_over(collection, embedder) as assistant:
            mine = asked_of(collection, number, len(small), questions)
            found += fit.examples(assistant, mine, number % fit.FOLDS)
    return found


def of_parts(parts: Sequence[written.Part], table: Path) -> list[fit.Example]:
    """The questions over our own passages, asked of one part at a time."""
    embedder = StaticEmbedder(table)
    found: list[fit.Example] = []
    for number, part in enumerate(parts):
        with assistant_over(Collection.of(part), embedder) as assistant:
            found += fit.examples(assistant, of_part(part), number % fit.FOLDS)
    return found


def _first_right(found: Sequence[fit.Example], apart: Sequence[LinearModel]) -> float:
    first = []
    for example in found:
        ranked = select.candidates(example.weighing, example.hits, apart[example.fold])
        if example.labelled.answerable and ranked:
            first.append(example.label(ranked[0].hit, ranked[0].position))
    return float(np.mean(first))


if __name__ == "__main__":
    main()
