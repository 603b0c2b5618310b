"""What the index and a question cost, from five letters to ten thousand: `python -m benchmarks.scale`.

The five are real (--letters), the rest made up (benchmarks/generate.py). Every figure comes from the command line in a
process of its own, as a user would run it, except the warm ones: those ask 200 questions in one process. Cold means a new
process; the files may be in the memory of the operating system.

    python -m benchmarks.scale --sizes 100 1000 --out scale.json
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.generate import Language, letter, questions, write_letters

ROOT = Path(__file__).parent.parent
SIZES = (100, 1000, 10_000)
SEED = 1
COLD_RUNS = 5
WARM_QUESTIONS = 200
CANDIDATES = 200
"""Passages asked of each leg, more than retrieval uses."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The costs at one size: times in seconds (warm ones in milliseconds), memory and disk in MiB."""

    letters: int
    passages: int
    index_s: float
    index_mib: float
    add_one_s: float
    cold_search_s: float
    cold_ask_s: float
    cold_mib: float
    legs_p50_ms: float
    legs_p95_ms: float
    ask_p50_ms: float
    ask_p95_ms: float
    warm_mib: float
    disk_mib: float


def measure(folder: Path, extra: Sequence[Path], asked: Sequence[str], work: Path) -> Cost:
    """Index `folder`, add the letters `extra` one by one, and ask."""
    index = work / "index"
    index_s, index_mib = _kamerbrief(index, "index", "add", str(folder))
    one = [_kamerbrief(index, "index", "add", str(file))[0] for file in extra]
    search = [_kamerbrief(index, "search", question) for question in asked[:COLD_RUNS]]
    ask = [_kamerbrief(index, "ask", "--reader", "extractive", question) for question in asked[:COLD_RUNS]]
    warm = _warm(index, asked)
    return Cost(
        letters=warm["letters"],
        passages=warm["passages"],
        index_s=index_s,
        index_mib=index_mib,
        add_one_s=statistics.median(one),
        cold_search_s=statistics.median(seconds for seconds, _ in search),
        cold_ask_s=statistics.median(seconds for seconds, _ in ask),
        cold_mib=max(mib for _, mib in ask),
        legs_p50_ms=warm["legs"][0],
        legs_p95_ms=warm["legs"][1],
        ask_p50_ms=warm["ask"][0],
        ask_p95_ms=warm["ask"][1],
        warm_mib=warm["mib"],
        disk_mib=_disk(index),
    )


def _kamerbrief(index: Path, *arguments: str) -> tuple[float, float]:
    """Run a command; the seconds it took and its largest memory in MiB. A refused question (3) is no failure."""
    command = [sys.executable, "-m", "ui.cli", "--index", str(index), *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, state, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(state)
    if process.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def _warm(index: Path, asked: Sequence[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scale", "--warm", str(index)]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def warm(index: Path, asked: Sequence[str]) -> dict[str, Any]:
    """Times of both legs, and of whole questions, in this process."""
    import psutil

    from index.analyze import ngrams, words
    from index.embed import open_embedder
    from index.settings import Settings
    from index.store import Index
    from rag.assistant import Assistant

    settings = Settings(index=str(index), reader="extractive")
    embedder = open_embedder(settings)
    opened = Index.open(index, embedder)

    def legs(question: str) -> None:
        opened.lexical(dict.fromkeys(words(question), 1.0), dict.fromkeys(ngrams(question), 1.0), CANDIDATES)
        opened.dense(embedder.encode([question], "query")[0], CANDIDATES)

    result = {"letters": opened.letter_count, "passages": opened.passage_count, "legs": _percentiles(legs, asked)}
    assistant = Assistant.open(settings)
    result["ask"] = _percentiles(lambda question: assistant.ask(question, reader="extractive"), asked)
    result["mib"] = psutil.Process().memory_info().rss / 2**20
    return result


def _percentiles(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """The 50th and 95th percentile in milliseconds, after the first three questions."""
    times = []
    for question in asked:
        start = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - start))
    cuts = statistics.quantiles(times[3:], n=20)
    return statistics.median(times[3:]), cuts[18]


def _disk(index: Path) -> float:
    files = {
        (stat.st_dev, stat.st_ino): stat.st_size for stat in (file.stat() for file in index.rglob("*") if file.is_file())
    }
    return sum(files.values()) / 2**20


def table(costs: Sequence[Cost]) -> str:
    """The costs as a Markdown table."""
    rows = [
        ("Letters (passages)", lambda c: f"{c.letters:,} ({c.passages:,})"),
        ("`index add` of all", lambda c: f"{c.index_s:.1f} s, {c.index_mib:.0f} MiB"),
        ("one letter added", lambda c: f"{c.add_one_s:.2f} s"),
        ("cold `search`", lambda c: f"{c.cold_search_s:.2f} s"),
        ("cold `ask`", lambda c: f"{c.cold_ask_s:.2f} s, {c.cold_mib:.0f} MiB"),
        ("warm, both legs, p50 / p95", lambda c: f"{c.legs_p50_ms:.1f} / {c.legs_p95_ms:.1f} ms"),
        ("warm `ask`, p50 / p95", lambda c: f"{c.ask_p50_ms:.1f} / {c.ask_p95_ms:.1f} ms"),
        ("memory after 200 questions", lambda c: f"{c.warm_mib:.0f} MiB"),
        ("index on disk", lambda c: f"{c.disk_mib:.1f} MiB"),
    ]
    lines = ["| " + " | ".join([name, *(show(cost) for cost in costs)]) + " |" for name, show in rows]
    return "\n".join([lines[0], "|" + "---|" * (len(costs) + 1), *lines[1:]])


def main() -> None:
    """Measure all sizes, print the table, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, help="folder with real letters, measured first")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    parser.add_argument("--warm", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.warm is not None:
        print(json.dumps(warm(options.warm, json.load(sys.stdin))))
        return
    language = Language(SEED)
    costs = []
    for size in ([0] if options.letters else []) + list(options.sizes):
        with tempfile.TemporaryDirectory() as place:
            work = Path(place)
            folder = options.letters if size == 0 else work / "letters"
            if size:
                write_letters(folder, size, SEED)
            extra = [work / f"extra-{number}.txt" for number in range(3)]
            for number, file in enumerate(extra):
                file.write_text(letter(language, size + number, SEED), encoding="utf-8")
            asked = list(questions(language, max(size, 5), WARM_QUESTIONS, SEED))
            costs.append(measure(folder, extra, asked, work))
            print(costs[-1], file=sys.stderr)
        if options.out:
            options.out.write_text(json.dumps([asdict(cost) for cost in costs], indent=1) + "\n", encoding="utf-8")
    print(table(costs))


if __name__ == "__main__":
    main()
