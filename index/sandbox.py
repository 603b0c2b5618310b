"""Loading files in a process of its own, so that one bad file never ends or hangs a run.

Parsers of PDF, Word and the web are large programs that read what strangers wrote. One worker process is started when the
first such file comes and serves the whole run; a file on which it is silent too long, crashes or fills the memory is
refused in one line, and the next file gets a new worker. Plain text needs no parser and is read at once.

The worker is this module run as a program. Frames on its pipes are a line of JSON, on the way in followed by the bytes of
the file; nothing that comes back can run code.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self, cast

from index.codec import from_plain, to_plain
from index.errors import KamerbriefError, UnreadableFileError
from index.extract import Extract
from index.load import MAX_BYTES, load
from index.loaders.package import is_package

SILENT_SECONDS = 60.0
"""A parser that says nothing for so long is stopped; PDFs and scans say something after every page."""
MAX_MEMORY = 3 * 2**30

Progress = Callable[[int, int], None]
"""Called with the number of pages done and the number of all pages of the file that is being read."""


def needs_worker(data: bytes) -> bool:
    """Whether `data` is of a format with a parser: PDF, a package, or markup."""
    return is_package(data) or b"%PDF-" in data[:1024] or b"<" in data[:64]


class Sandbox:
    """A context in which files are loaded safely; the worker starts when it is first needed and stops at the end."""

    def __init__(self, *, silent_seconds: float = SILENT_SECONDS, progress: Progress | None = None) -> None:
        self._silent_seconds = silent_seconds
        self._progress = progress
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the worker, if there is one; a later `load` starts another."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def load(self, data: bytes, name: str) -> Extract:
        """The canonical text of a file, as `index.load.load`.

        Raises UnreadableFileError as that does, and when the parser hangs or crashes.
        """
        if not data or len(data) > MAX_BYTES or not needs_worker(data):
            return load(data, name)
        if self._worker is None:
            self._worker = _Worker()
        try:
            return self._worker.load(data, name, self._silent_seconds, self._progress)
        except _HangsError as error:
            self.close()
            raise UnreadableFileError(
                f"{name}: het lezen duurde langer dan {self._silent_seconds:.0f} seconden en is gestopt. "
                "Sla het bestand opnieuw op als PDF."
            ) from error
        except _CrashedError as error:
            self.close()
            raise UnreadableFileError(
                f"{name} is beschadigd: het lezen liep vast. Haal het bestand opnieuw op of sla het op als PDF."
            ) from error
        except BaseException as error:
            if not isinstance(error, KamerbriefError):
                self.close()
            raise


class _HangsError(Exception):
    """The worker said nothing for too long."""


class _CrashedError(Exception):
    """The worker ended or failed in a way that a loader should not."""


class _Worker:
    """The worker process; answers are read by a thread, so that waiting for one can end."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[1])
        paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(  # noqa: S603 - this very module
            [sys.executable, "-m", "index.sandbox", str(MAX_MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,
        )
        self._stdin: IO[bytes] = cast(IO[bytes], self._process.stdin)
        self._stdout: IO[bytes] = cast(IO[bytes], self._process.stdout)
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def load(self, data: bytes, name: str, silent_seconds: float, progress: Progress | None) -> Extract:
        """Send a file and wait for what becomes of it."""
        self._send(data, name)
        while True:
            try:
                answer = self._answers.get(timeout=silent_seconds)
            except queue.Empty as error:
                raise _HangsError from error
            if answer is None or "failed" in answer:
                raise _CrashedError(answer)
            if "progress" in answer:
                if progress is not None:
                    done, total = answer["progress"]
                    progress(done, total)
            elif "refused" in answer:
                raise UnreadableFileError(answer["refused"])
            else:
                extract: Extract = from_plain(Extract, answer["extract"])
                return extract

    def stop(self) -> None:
        """End the worker and what it started."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def _send(self, data: bytes, name: str) -> None:
        try:
            self._stdin.write(json.dumps({"name": name, "size": len(data)}).encode() + b"\n" + data)
            self._stdin.flush()
        except OSError as error:
            raise _CrashedError from error

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in self._stdout:
                self._answers.put(json.loads(line))
        self._answers.put(None)


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer frames until the pipe is closed: the worker's side."""
    from index.loaders.ocr import PROGRESS

    def say(answer: dict[str, Any]) -> None:
        outgoing.write(json.dumps(answer).encode() + b"\n")
        outgoing.flush()

    PROGRESS.set(lambda done, total: say({"progress": [done, total]}))
    frames: queue.Queue[tuple[str, bytes]] = queue.Queue()
    threading.Thread(target=_receive, args=(incoming, frames), daemon=True).start()
    while True:
        name, data = frames.get()
        try:
            say({"extract": to_plain(load(data, name))})
        except UnreadableFileError as error:
            say({"refused": str(error)})
        except (Exception, RecursionError, MemoryError) as error:
            say({"failed": type(error).__name__})


def _receive(incoming: IO[bytes], frames: "queue.Queue[tuple[str, bytes]]") -> None:
    """Put files in the queue; ends the process with the one that started it, also while a parser is at work."""
    for line in incoming:
        header = json.loads(line)
        frames.put((header["name"], incoming.read(header["size"])))
    os._exit(0)


def _limit_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    _limit_memory(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
