"""The answer of a language model on a terminal while it is being written.

Text appears as it comes, behind a mark that says "not checked yet"; when a statement ends, its line is written again with
what the check said. At the end all of it is wiped, because the finished answer with its sources is printed in its place.
On anything but a terminal nothing is written.
"""

import os
from math import ceil
from types import TracebackType
from typing import Any, Self, TextIO

from rag.answer import Support
from ui.render import one_line

MARKS = {Support.VERBATIM: "✓", Support.SUPPORTED: "✓", Support.UNVERIFIED: "?"}
WRITING = "…"
UP_AND_CLEAR = "\x1b[{rows}A\r\x1b[J"


class TerminalStream:
    """Hears the events of rag/generate.py; use as a context manager, so that the screen is clean whatever happens."""

    def __init__(self, out: TextIO, width: int) -> None:
        self._out = out
        self._width = max(20, width)
        self._on = out.isatty() and os.environ.get("TERM") != "dumb"
        self._lines: list[str] = []
        self._shown: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._draw([])

    def __call__(self, event: Any) -> None:
        """Show what an event changes."""
        from rag.generate import Restarted, StatementChecked, StatementText

        match event:
            case StatementText(number=number, text=text):
                self._put(number, f"{WRITING} {one_line(text)}")
            case StatementChecked(number=number, statement=made):
                said = " ".join(part for part in (made.lead, made.text) if part)
                self._put(number, f"{MARKS[made.support]} {one_line(said)}")
            case Restarted(reason=reason):
                self._lines = [f"({one_line(reason)})"]
                self._draw(self._lines)

    def _put(self, number: int, line: str) -> None:
        remark = [text for text in self._lines[:1] if text.startswith("(")]
        statements = self._lines[len(remark) :]
        statements += [""] * (number + 1 - len(statements))
        statements[number] = line
        self._lines = [*remark, *statements]
        self._draw(self._lines)

    def _draw(self, lines: list[str]) -> None:
        """Bring the screen from what it shows to `lines`; what is equal at the top stays, what only grew is added to."""
        if not self._on or lines == self._shown:
            return
        same = 0
        while same < min(len(lines), len(self._shown)) and lines[same] == self._shown[same]:
            same += 1
        old = self._shown[same:]
        if old:
            self._out.write(UP_AND_CLEAR.format(rows=sum(map(self._rows, old))))
        self._out.writelines(f"{line}\n" for line in lines[same:])
        self._out.flush()
        self._shown = list(lines)

    def _rows(self, line: str) -> int:
        return max(1, ceil(len(line) / self._width))
