"""`ask --batch`: every question of a file answered, one JSON object a line in the order of the input.

Answers to a file are written beside it (`<out>.deel`) as they come, and the file appears whole at the end. A run that was
interrupted is taken up where it stopped (rag/batch_run.py).
"""

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from index.errors import KamerbriefError
from index.settings import Settings
from rag.batch import BadLine, BatchLine, parse
from rag.batch_run import answer_all, finished
from rag.filters import Filters

if TYPE_CHECKING:
    from rag.assistant import Assistant


def answer_batch(
    assistant: "Assistant", source: Path, out: Path | None, filters: Filters, reader: str | None, settings: Settings
) -> int:
    """Answer all questions of `source` into `out` (or stdout); 1 when a line was bad, else 0."""
    from tqdm import tqdm

    parsed = list(parse(_lines(source), filters))
    problems = {line.number: line.problem for line in parsed if isinstance(line, BadLine)}
    questions = [line for line in parsed if isinstance(line, BatchLine)]
    choice = assistant.reader(reader)

    def ask(line: BatchLine, stop: threading.Event) -> str:
        answer = assistant.ask(
            line.question, history=line.history, filters=line.filters, reader=choice, id=line.id, stop=stop
        )
        return json.dumps(answer.to_dict(), ensure_ascii=False)

    part = None if out is None else out.with_name(out.name + ".deel")
    known = {} if part is None else finished(part, assistant.index.generation)
    with _sink(out, part) as sink:
        outcomes = answer_all(questions, ask, workers=_workers(choice, settings), finished=known)
        for outcome in tqdm(outcomes, total=len(questions), desc="Vragen", unit="vraag", disable=not sys.stderr.isatty()):
            if outcome.output is None:
                problems[outcome.line.number] = outcome.problem or ""
            else:
                sink.write(outcome.output + "\n")
                sink.flush()
    for number in sorted(problems):
        print(f"{source}, regel {number}: {problems[number]}", file=sys.stderr)
    return 1 if problems else 0


def _lines(source: Path) -> Sequence[str]:
    try:
        return source.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise KamerbriefError(f"Het bestand {source} bestaat niet. Controleer de naam achter --batch.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KamerbriefError(f"Het bestand {source} is niet te lezen als UTF-8-tekst. Sla het op als UTF-8.") from error


def _workers(reader: str, settings: Settings) -> int:
    """How many questions at once: as many as the model's server takes; quoting is quick enough one by one."""
    from rag.llm import split_model
    from rag.ollama_server import parallel

    if reader != "ollama" or split_model(settings.model)[0] != "ollama":
        return 1
    return parallel()


@contextmanager
def _sink(out: Path | None, part: Path | None) -> Iterator[TextIO]:
    if out is None or part is None:
        yield sys.stdout
        return
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            yield handle
        part.replace(out)
    except OSError as error:
        raise KamerbriefError(f"Schrijven naar {out} lukt niet ({error.strerror}). Kies een andere plaats.") from error
