"""One question, answered in a thread of its own, so that clicks and reruns of the page never cut an answer short.

A Job owns its thread and knows nothing of Streamlit: the page asks `progress` now and then. Stopping sets an event that the
assistant looks at between steps; the page lets go of the job at once and never waits for the thread.
"""

import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from index.errors import KamerbriefError
from rag.answer import Answer, Support
from rag.filters import Filters
from rag.generate import Restarted, StatementChecked, StatementText
from rag.turn import Turn
from ui.conversation import Asked


class Asker(Protocol):
    """The part of rag.assistant.Assistant that a job needs."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters = ...,
        reader: str | None = None,
        on_event: Callable[[Any], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A statement as it is being written; `support` is known once it is finished and checked."""

    text: str
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: the statements so far, a remark of the reader ("" or Dutch), the seconds since it began."""

    lines: tuple[DraftLine, ...]
    remark: str
    seconds: float


def report_fault(error: Exception) -> None:
    """Tell on stderr where a fault of the program happened, without its message: that could hold a question."""
    print(f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}", file=sys.stderr)


class Job:
    """A running or finished question. `answer` or `error` (one Dutch line) is set once `done`."""

    def __init__(self, asker: Asker, asked: Asked, history: Sequence[Turn] = ()) -> None:
        self.asked = asked
        self.answer: Answer | None = None
        self.error: str | None = None
        self._stop = threading.Event()
        self._lines: dict[int, DraftLine] = {}
        self._remark = ""
        self._began = time.monotonic()
        self._thread = threading.Thread(
            target=self._run, args=(asker, tuple(history) if asked.turns is None else asked.turns), name="vraag", daemon=True
        )
        self._thread.start()

    def _run(self, asker: Asker, history: tuple[Turn, ...]) -> None:
        try:
            self.answer = asker.ask(
                self.asked.text,
                history=history,
                filters=self.asked.filters,
                reader=self.asked.reader,
                on_event=self._hear,
                stop=self._stop,
            )
        except KamerbriefError as error:
            self.error = str(error)
        except Exception as error:
            self.error = (
                f"Deze vraag ging mis door een fout in het programma ({type(error).__name__}). Probeer het nog eens."
            )
            report_fault(error)

    def _hear(self, event: Any) -> None:
        # Each change is one assignment, so that a page that looks meanwhile sees a whole state.
        match event:
            case StatementText(number=number, text=text):
                self._lines = self._lines | {number: DraftLine(text)}
            case StatementChecked(number=number, statement=statement):
                said = f"{statement.lead} {statement.text}".strip()
                self._lines = self._lines | {number: DraftLine(said, statement.support)}
            case Restarted(reason=reason):
                self._lines, self._remark = {}, reason

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for the answer; True when it is there."""
        self._thread.join(seconds)
        return self.done

    def stop(self) -> None:
        """Ask the assistant to stop; what it still returns is not shown."""
        self._stop.set()

    def progress(self) -> Progress:
        """Where the job stands now."""
        lines = self._lines
        return Progress(tuple(lines[number] for number in sorted(lines)), self._remark, time.monotonic() - self._began)
