"""How long 1,000 questions take: python -m benchmarks.eval_speed [--questions N] [--jobs N]

The questions of examples/gold.jsonl, each asked many times in slightly other words, to the extractive reader over the
example letters, with figures, intervals and report. What counts is the whole, from reading the file to the report.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from index.embed import open_embedder
from index.settings import Settings
from index.update import add

ROOT = Path(__file__).parent.parent
LIMIT_S = 60.0
OPENINGS = (
    "",
    "Graag antwoord: ",
    "Weet u ",
    "Ik wil weten: ",
    "Vertel: ",
    "Kort: ",
    "Precies: ",
    "Vraag: ",
    "Nogmaals: ",
    "Even: ",
)


def questions(count: int) -> str:
    """A gold file of `count` lines, made from the examples; no two questions are the same."""
    lines = [json.loads(line) for line in (ROOT / "examples" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    made = []
    for number in range(count):
        turn, line = number // len(lines), lines[number % len(lines)]
        opening = OPENINGS[turn % len(OPENINGS)] + f"({turn}) " * (turn >= len(OPENINGS))
        made.append(line | {"id": f"{line['id']}-{turn}", "question": opening + line["question"]})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in made)


def main() -> int:
    """Run the benchmark and print one line; 1 when it took longer than the limit for 1,000 questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    from eval import measure

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=f"{folder}/index", reader="extractive")
        add(Path(settings.index), [ROOT / "examples" / "letters"], open_embedder(settings))
        gold = Path(folder) / "gold.jsonl"
        gold.write_text(questions(args.questions), encoding="utf-8")
        begin = time.perf_counter()
        run = measure(gold, settings, Path(folder) / "run", jobs=args.jobs)
        seconds = time.perf_counter() - begin
        size = (run.folder / "report.html").stat().st_size / 2**20
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(run.answers)} questions in {seconds:.1f} s with {args.jobs} jobs; {memory:.0f} MiB; report {size:.1f} MiB")
    return int(args.questions >= 1000 and seconds > LIMIT_S * args.questions / 1000)


if __name__ == "__main__":
    raise SystemExit(main())
