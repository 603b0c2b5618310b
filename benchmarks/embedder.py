"""The embedder that comes with the program: loading, speed, size, and the same vectors as sentence-transformers.

`python -m benchmarks.embedder [TEXTFILES...]`; without files the example letters are encoded. Times are the best of several
runs in one process, processor time beside wall time, since other work on the machine only ever adds to them. Loading is
measured in fresh processes. With `--against FOLDER` the figures on the example questions are compared with another model.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.embed import EMBEDDED_FOLDER, StaticEmbedder
from index.train.sets import cut, split

RUNS = 5
QUESTION = "Hoeveel geld gaat er volgend jaar naar de versterking van de dijken?"
LOAD = """
import time
import numpy, tokenizers
wall, cpu = time.perf_counter(), time.process_time()
from index.embed import StaticEmbedder
embedder = StaticEmbedder()
embedder.encode(["Waar gaat deze brief over?"], "query")
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def best(action: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The least wall time and the least processor time of `action`, in seconds."""
    walls, processors = [], []
    for _ in range(runs):
        wall, processor = time.perf_counter(), time.process_time()
        action()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return min(walls), min(processors)


def loading() -> tuple[float, float]:
    """The least wall and processor time, in seconds, until a fresh process has encoded its first question."""
    found = [
        tuple(
            float(part)
            for part in subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout.split()
        )
        for _ in range(RUNS)
    ]
    return min(wall for wall, _ in found), min(processor for _, processor in found)


def sentences(files: list[Path]) -> list[str]:
    """The sentence-like pieces of the files' texts."""
    texts = [file.read_text(encoding="utf-8") for file in files]
    return [text[a:b] for text in texts for start, end in cut(text) for a, b in split(text, start, end)]


def main() -> None:
    """Print the figures, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--against", type=Path, help="another model folder")
    given = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    texts = sentences(given.files or sorted(Path("examples/letters").glob("*.txt")))
    texts *= max(1, 4000 // len(texts))

    size = sum(file.stat().st_size for file in EMBEDDED_FOLDER.rglob("*") if file.is_file())
    print(f"size            {size / 2**20:.1f} MiB")
    wall, processor = loading()
    print(f"load            {1000 * wall:.0f} ms wall, {1000 * processor:.0f} ms processor, to the first vector")
    embedder = StaticEmbedder()
    wall, processor = best(lambda: embedder.encode([QUESTION], "query"), 50)
    print(f"a question      {1000 * wall:.2f} ms wall, {1000 * processor:.2f} ms processor")
    wall, processor = best(lambda: embedder.encode(texts, "passage"))
    print(
        f"sentences       {len(texts) / wall:,.0f} a second by wall, {len(texts) / processor:,.0f} by processor, one thread"
    )

    from sentence_transformers import SentenceTransformer

    other = SentenceTransformer(str(EMBEDDED_FOLDER), device="cpu")
    ours = embedder.encode(texts[:500], "passage")
    theirs = np.asarray(other.encode(texts[:500]), np.float32)
    print(f"same vectors    largest difference to sentence-transformers {np.abs(ours - theirs).max():.5f}")
    if given.against:
        _compare(given.against)


def _compare(folder: Path) -> None:
    from index.train.assemble import read_model
    from index.train.evaluate import Evaluation, lines, pooled, table_encoder
    from index.train.sets import dev_set

    evaluation = Evaluation([dev_set(Path("examples/letters"), Path("examples/gold.jsonl"), "examples")])
    before, after = (evaluation.figures(table_encoder(*read_model(model))) for model in (folder, EMBEDDED_FOLDER))
    print(f"{folder}\n{lines(before)}\nembedded\n{lines(after)}")
    for way, differences in pooled(before, after).items():
        recall, rank = differences[2], differences[4]
        for name, (mean, low, high) in (("R@5", recall), ("MRR", rank)):
            print(f"{way:10s} {name} {mean:+.3f} [{low:+.3f}, {high:+.3f}]")


if __name__ == "__main__":
    main()
