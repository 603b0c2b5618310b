"""A batch that can be interrupted: several questions at once, answers in the order of the input, taken up where it stopped.

A language model on a server with OLLAMA_NUM_PARALLEL = n answers n questions at once; quoting is fast enough one by one. The
answers are written as they come, in order, to a file beside the wanted one; when the run is started again after an
interruption, what that file holds is taken over, as long as it was made from the same index by the same kind of reader.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.errors import KamerbriefError
from rag.batch import BatchLine


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question: its output line as JSON, or the problem in Dutch. `taken_over` means not asked again."""

    line: BatchLine
    output: str | None
    problem: str | None = None
    taken_over: bool = False


Ask = Callable[[BatchLine, threading.Event], str]
"""Answers one question as a JSON line; must return soon after the event is set. Raises KamerbriefError."""


def answer_all(
    lines: Sequence[BatchLine], ask: Ask, *, workers: int = 1, finished: Mapping[tuple[str, str], str] | None = None
) -> Iterator[Outcome]:
    """The outcomes of `lines` in their order, `workers` questions at once.

    `finished` (see below) are outputs of an earlier run. When the caller stops iterating or is interrupted, the questions
    under way are told to stop and waited for.
    """
    stop = threading.Event()
    waiting: deque[Future[Outcome]] = deque()
    known = finished or {}

    def one(line: BatchLine) -> Outcome:
        taken = known.get((line.id, line.question))
        if taken is not None:
            return Outcome(line, taken, taken_over=True)
        try:
            return Outcome(line, ask(line, stop))
        except KamerbriefError as error:
            return Outcome(line, None, str(error))

    if workers <= 1:
        yield from map(one, lines)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="batch") as pool:
        try:
            for line in lines:
                waiting.append(pool.submit(one, line))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            stop.set()
            for future in waiting:
                future.cancel()


def finished(part: Path, generation: str) -> dict[tuple[str, str], str]:
    """The output lines of an interrupted run in the file `part`, by id and question; only those of index `generation`.

    A last line that was cut in half, or a file that is not there, gives nothing.
    """
    try:
        content = part.read_bytes().decode("utf-8", errors="ignore")
    except OSError:
        return {}
    found: dict[tuple[str, str], str] = {}
    for line in content.splitlines():
        try:
            answer = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(answer, dict) and answer.get("generation") == generation:
            found[str(answer.get("id")), str(answer.get("question"))] = line
    return found
