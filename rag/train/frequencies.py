"""Count how common Dutch terms are, for rag/data/frequencies.tsv: the background that rag/rarity.py mixes in.

    python -m rag.train.frequencies --data FOLDER

Only counts leave the training texts: per analysed term the number of texts, of 100,000, that hold it. Terms in fewer than
MIN_TEXTS texts are left out: they are as rare as a term nobody ever saw.
"""

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from index import analyze
from rag.rarity import FILE, TEXTS

MIN_TEXTS = 8


def count(texts: list[str]) -> dict[str, int]:
    """Document frequencies of the terms of `texts`, scaled to TEXTS texts, the common ones only."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(set(analyze.words(text)))
    scale = TEXTS / len(texts)
    return {term: round(n * scale) for term, n in sorted(found.items()) if n * scale >= MIN_TEXTS and not term[0].isdigit()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/training"))
    with gzip.open(parser.parse_args().data / "distill_texts.json.gz", "rt", encoding="utf-8") as file:
        texts = [text for _, text in json.load(file)]
    lines = (f"{term}\t{n}" for term, n in count(texts).items())
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
