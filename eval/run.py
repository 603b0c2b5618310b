"""Run: a gold set put to an assistant, kept in a folder so that it can be resumed, compared and shown.

While it runs, every answer is appended to `journal.jsonl` and forced to disk; a run that is killed loses the questions that
were being asked, nothing else, and a half last line is ignored. At the end the folder gets its final files, each by one
rename, in the gold's order: `answers.jsonl` (the whole answer objects), `scores.jsonl`, `summary.json`, `gold.jsonl` (the
questions themselves, so that a run can be read on its own), `timings.json` and `manifest.json`. Timings stand apart: all
files but `timings.json`, and the key `time` of the manifest, are the same bytes for two runs of the same manifest.
"""

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from eval.alce import Alce, agreement, alce
from eval.answer_types import dutch_answer_type
from eval.asker import Asker
from eval.gold import GoldQuestion, GoldSet, parse_gold
from eval.measures import Score, score_all
from eval.summary import Latency, Summary, latency, summarise
from index.errors import KamerbriefError

JOURNAL = "journal.jsonl"
FINAL = ("answers.jsonl", "scores.jsonl", "summary.json", "gold.jsonl", "timings.json", "report.html", "report.md")
"""What a finished run has besides its manifest."""

PACKAGES = ("kamerbrief", "numpy", "faiss-cpu", "tantivy", "tokenizers", "PyStemmer", "ir-measures", "langchain-ollama")
"""Packages whose version can change an answer or a measure."""


class RunError(KamerbriefError):
    """A run cannot be made, resumed or read."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: answers, scores and timings stand in the order of the gold's questions.

    `timings` are milliseconds per step. `warnings` are Dutch lines about letters that are missing or differ.
    """

    folder: Path
    manifest: Mapping[str, Any]
    gold: GoldSet
    answers: tuple[Mapping[str, Any], ...]
    scores: tuple[Score, ...]
    timings: tuple[Mapping[str, float], ...]
    warnings: tuple[str, ...]

    @property
    def summary(self) -> Summary:
        """All measures with their intervals; worked out once."""
        return _summary(self.scores)

    @property
    def latency(self) -> Latency:
        """Percentiles of the time that a question took."""
        return latency(self.timings)

    @classmethod
    def load(cls, folder: Path) -> "Run":
        """The finished run in `folder`; raises RunError when there is none or it is damaged."""
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            gold = parse_gold((folder / "gold.jsonl").read_bytes(), Path(manifest["gold"]["name"]))
            answers = tuple(_lines(folder / "answers.jsonl"))
            scores = tuple(Score.from_dict(line) for line in _lines(folder / "scores.jsonl"))
            timings = json.loads((folder / "timings.json").read_text(encoding="utf-8"))["questions"]
            ids = [question.id for question in gold.questions]
            run = cls(folder, manifest, gold, answers, scores, tuple(timings[i] for i in ids), tuple(manifest["warnings"]))
        except FileNotFoundError as error:
            if (folder / JOURNAL).is_file():
                raise RunError(
                    f"{folder}: deze meting is nog niet af. Hervat haar met dezelfde opdracht `eval run`."
                ) from error
            raise RunError(
                f"{folder}: hier staat geen meting. Maak er een met: kamerbrief eval run VRAGEN --out MAP"
            ) from error
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise RunError(f"{folder}: deze meting is beschadigd. Maak haar opnieuw met `eval run --restart`.") from error
        if ids != [answer["id"] for answer in answers] or ids != [score.id for score in scores]:
            raise RunError(f"{folder}: deze meting is beschadigd. Maak haar opnieuw met `eval run --restart`.")
        return run


@lru_cache(maxsize=16)
def _summary(scores: tuple[Score, ...]) -> Summary:
    return summarise(scores)


def run_gold(
    gold: GoldSet,
    asker: Asker,
    out: Path,
    *,
    jobs: int = 2,
    restart: bool = False,
    progress: bool | None = None,
    pinned: Mapping[str, str] | None = None,
) -> Run:
    """Ask every question of `gold` and keep the run in the folder `out`, going on where an earlier one was cut off.

    `jobs` questions are asked at once. `restart` throws away what is there. `progress` shows a bar on stderr; None means
    on a terminal only. `pinned` holds the sha256 of letters as the gold set knows them. Raises RunError when `out` holds
    another run or is in use.
    """
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".lock", timeout=0):
            return _run(gold, asker, out, jobs, restart, progress, pinned or {})
    except Timeout as error:
        raise RunError(
            f"{out}: hier loopt al een meting. Wacht tot die klaar is of kies een andere map bij --out."
        ) from error


def _run(
    gold: GoldSet,
    asker: Asker,
    out: Path,
    jobs: int,
    restart: bool,
    progress: bool | None,
    pinned: Mapping[str, str],
) -> Run:
    warnings = letter_warnings(gold, asker.letters(), pinned)
    manifest = _manifest(gold, asker, warnings)
    if restart:
        for name in ("manifest.json", *FINAL, JOURNAL):
            (out / name).unlink(missing_ok=True)
    started = _begin(out, manifest)
    journal = out / JOURNAL
    done = _read_journal(journal, {question.id for question in gold.questions}) if journal.is_file() else _finished(out)
    todo = [question for question in gold.questions if question.id not in done]
    if todo:
        with journal.open("ab") as stream:
            for answer in _ask_all(todo, asker, jobs, sys.stderr.isatty() if progress is None else progress, len(done)):
                _append(stream, answer)
                done[answer["id"]] = answer
    run = _score(gold, asker, out, [done[question.id] for question in gold.questions], manifest, warnings)
    _write_all(run, started)
    journal.unlink(missing_ok=True)
    return run


def _begin(out: Path, manifest: Mapping[str, Any]) -> str:
    """Lay down the manifest before the first question; returns when the run was first started."""
    path = out / "manifest.json"
    if not path.is_file():
        started = _now()
        write_file(path, _pretty({**manifest, "time": {"started": started}}))
        return started
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
        time = dict(there.pop("time"))
        started = str(time["started"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{path}: onleesbaar. Begin opnieuw met --restart of kies een andere map bij --out.") from error
    if there != json.loads(json.dumps(manifest)):
        changed = ", ".join(sorted(key for key in there.keys() | manifest.keys() if there.get(key) != manifest.get(key)))
        raise RunError(
            f"{out}: hier staat een andere meting (verschil in: {changed}). Kies een andere map bij --out, of --restart."
        )
    return started


def _finished(out: Path) -> dict[str, dict[str, Any]]:
    """The answers of a run that was finished before, with their timings, or nothing."""
    try:
        timings = json.loads((out / "timings.json").read_text(encoding="utf-8"))["questions"]
        return {line["id"]: {**line, "timings_ms": timings[line["id"]]} for line in _lines(out / "answers.jsonl")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _read_journal(path: Path, ids: set[str]) -> dict[str, dict[str, Any]]:
    """The answers that were kept; a half or unreadable end is cut off, so that the next line starts on its own."""
    content = path.read_bytes()
    done: dict[str, dict[str, Any]] = {}
    good = 0
    for raw in content.splitlines(keepends=True):
        try:
            answer = json.loads(raw)
            if not raw.endswith(b"\n") or answer["id"] not in ids:
                break
        except (ValueError, KeyError, TypeError):
            break
        done.setdefault(answer["id"], answer)
        good += len(raw)
    if good < len(content):
        with path.open("r+b") as stream:
            stream.truncate(good)
    return done


def _append(stream: IO[bytes], answer: Mapping[str, Any]) -> None:
    stream.write(_line(answer))
    stream.flush()
    os.fsync(stream.fileno())


def _ask_all(
    questions: Sequence[GoldQuestion], asker: Asker, jobs: int, progress: bool, done: int
) -> Iterator[dict[str, Any]]:
    from tqdm import tqdm

    bar = tqdm(total=done + len(questions), initial=done, desc="vragen", unit="vraag", file=sys.stderr, disable=not progress)
    pool = ThreadPoolExecutor(max_workers=max(1, jobs))
    waiting: set[Future[dict[str, Any]]] = set()
    rest = iter(questions)
    failed: BaseException | None = None
    try:
        while True:
            # Few are handed out ahead, so that an interruption does not have to wait for a long queue.
            while failed is None and len(waiting) < 2 * jobs and (question := next(rest, None)) is not None:
                waiting.add(pool.submit(_ask, asker, question))
            if not waiting:
                break
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                # What was asked beside a question that failed is kept: only then does the failure come out.
                if (error := future.exception()) is not None:
                    failed = failed or error
                    continue
                yield future.result()
                bar.update()
        if failed is not None:
            raise failed
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        bar.close()


def _ask(asker: Asker, question: GoldQuestion) -> dict[str, Any]:
    try:
        return {**asker.ask(question), "id": question.id}
    except KamerbriefError as error:
        raise RunError(f"Bij vraag {question.id}: {error} Wat al beantwoord is, blijft bewaard.") from error


def _score(
    gold: GoldSet,
    asker: Asker,
    out: Path,
    answers: Sequence[Mapping[str, Any]],
    manifest: Mapping[str, Any],
    warnings: Sequence[str],
) -> Run:
    timings = tuple({str(step): float(ms) for step, ms in answer.get("timings_ms", {}).items()} for answer in answers)
    bare = tuple({**answer, "timings_ms": {}} for answer in answers)
    writes = any(answer.get("reader") != "extractive" for answer in bare)
    judge = alce if writes else _no_judge
    scores = tuple(score_all(gold.questions, bare, asker.text, dutch_answer_type, judge))
    return Run(out, manifest, gold, bare, scores, timings, tuple(warnings))


def _no_judge(_: Mapping[str, Any]) -> Alce | None:
    return None


def _write_all(run: Run, started: str) -> None:
    ids = [question.id for question in run.gold.questions]
    timings = {"questions": dict(zip(ids, run.timings, strict=True)), "latency_ms": run.latency.to_dict()}
    write_file(run.folder / "gold.jsonl", run.gold.content)
    write_file(run.folder / "answers.jsonl", b"".join(_line(answer) for answer in run.answers))
    write_file(run.folder / "scores.jsonl", b"".join(_line(score.to_dict()) for score in run.scores))
    judged = any(score.alce_recall is not None for score in run.scores)
    judge = {"alce_judge": agreement().to_dict()} if judged else {}
    write_file(run.folder / "summary.json", _pretty(run.summary.to_dict() | judge))
    write_file(run.folder / "timings.json", _pretty(timings))
    write_file(run.folder / "manifest.json", _pretty({**run.manifest, "time": {"started": started, "finished": _now()}}))


def letter_warnings(gold: GoldSet, letters: Mapping[str, str], pinned: Mapping[str, str]) -> tuple[str, ...]:
    """One Dutch line that names the gold set's letters that are missing from the index or differ, or none.

    `letters` and `pinned` give a sha256 per name: of the index, and as the gold set knows them.
    """
    missing = [name for name in gold.letters if name not in letters]
    changed = [name for name in gold.letters if name in letters and name in pinned and letters[name] != pinned[name]]
    parts = []
    if missing:
        parts.append(f"niet in de index: {', '.join(missing)}")
    if changed:
        parts.append(f"andere tekst dan bij het maken van de vragen: {', '.join(changed)}")
    if not parts:
        return ()
    return (f"Let op, de cijfers zijn niet te vergelijken met die van anderen. {'; '.join(parts).capitalize()}.",)


def _manifest(gold: GoldSet, asker: Asker, warnings: Sequence[str]) -> dict[str, Any]:
    return {
        "gold": {"name": gold.path.name, "sha256": gold.sha256, "questions": len(gold.questions)},
        "letters": dict(sorted(asker.letters().items())),
        "warnings": list(warnings),
        **asker.manifest(),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _pretty(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _lines(path: Path) -> Iterator[Any]:
    for raw in path.read_bytes().split(b"\n"):
        if raw.strip():
            yield json.loads(raw)


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
