"""What the lexicon is worth to the word leg: `python -m benchmarks.lexicon --data ../shared/training`.

BM25 over words and 5-grams, with and without the weighted terms that the lexicon adds, on the gold questions over the
letters and on the written questions of a fifth of the training passages; differences by paired bootstrap.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from index import analyze
from index.train.material import Material
from index.train.measure import WordLeg, bootstrap, measure, word_scores
from index.train.sets import EvaluationSet, dev_set, held_set
from rag.lexicon import Lexicon

WEIGHTS = (0.5, 1.0, 2.0, 3.0)


def words_only(text: str) -> list[str]:
    """The word terms of `text` with line-end hyphens kept as hyphens."""
    return analyze.words(re.sub(r"-\s*\n\s*", "", text))


def report(data: EvaluationSet, weights: Sequence[float]) -> list[str]:
    """A line without the lexicon and one for each weight of its terms."""
    base = word_scores(data)
    before = measure(data, base)
    lexicon = Lexicon.load()
    added = WordLeg(data.documents, words_only).scores([lexicon.expand(question).terms for question in data.questions])
    rows = [f"{data.name:6s} without     {before}"]
    for weight in weights:
        after = measure(data, base + weight * added)
        _, _, recall, _, rank = bootstrap(before, after)
        rows.append(
            f"{data.name:6s} weight {weight:3.1f}  {after}  "
            f"R@5 {recall[0]:+.3f} [{recall[1]:+.3f}, {recall[2]:+.3f}] MRR {rank[0]:+.3f} [{rank[1]:+.3f}, {rank[2]:+.3f}]"
        )
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/training"))
    parser.add_argument("--letters", type=Path, default=Path("../shared/letters"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/dev.jsonl"))
    given = parser.parse_args()
    sets = [
        dev_set(given.letters, given.gold),
        dev_set(Path("examples/letters"), Path("examples/gold.jsonl"), "examples"),
        held_set(Material(given.data).passages()),
    ]
    for data in sets:
        print("\n".join(report(data, WEIGHTS)), flush=True)


if __name__ == "__main__":
    main()
