"""`ask --batch`: every question of a file answered, one JSON object a line in the order of the input."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from index.errors import KamerbriefError
from rag.batch import BadLine, BatchLine, parse
from rag.filters import Filters

if TYPE_CHECKING:
    from rag.assistant import Assistant


def answer_batch(assistant: "Assistant", source: Path, out: Path | None, filters: Filters, reader: str | None) -> int:
    """Answer all questions of `source` into `out` (or stdout); 1 when a line was bad, else 0.

    `out` appears whole or not at all: it is written beside its place and moved there at the end.
    """
    from tqdm import tqdm

    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise KamerbriefError(f"Het bestand {source} bestaat niet. Controleer de naam achter --batch.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KamerbriefError(f"Het bestand {source} is niet te lezen als UTF-8-tekst. Sla het op als UTF-8.") from error
    bad = 0
    with _sink(out) as sink:
        for line in tqdm(list(parse(lines, filters)), desc="Vragen", unit="vraag", disable=not sys.stderr.isatty()):
            if isinstance(line, BadLine):
                problem: str | None = line.problem
            else:
                problem = _answer_into(sink, assistant, line, reader)
            if problem is not None:
                bad += 1
                print(f"{source}, regel {line.number}: {problem}", file=sys.stderr)
    return 1 if bad else 0


def _answer_into(sink: TextIO, assistant: "Assistant", line: BatchLine, reader: str | None) -> str | None:
    """Write the answer to one line; the problem in Dutch when it cannot be answered."""
    try:
        answer = assistant.ask(line.question, history=line.history, filters=line.filters, reader=reader, id=line.id)
    except KamerbriefError as error:
        return str(error)
    sink.write(json.dumps(answer.to_dict(), ensure_ascii=False) + "\n")
    return None


@contextmanager
def _sink(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    part = out.with_name(out.name + ".deel")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            yield handle
        part.replace(out)
    except OSError as error:
        raise KamerbriefError(f"Schrijven naar {out} lukt niet ({error.strerror}). Kies een andere plaats.") from error
    finally:
        part.unlink(missing_ok=True)
