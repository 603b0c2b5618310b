"""Scans: a PDF without text is read page by page with tesseract, when that program is there.

tesseract is called as a program (Debian: tesseract-ocr and tesseract-ocr-nld), each page with a time limit. Pages are parted
by three blank lines, as text recognised elsewhere has them. A letter read this way carries the quality "ocr", which answers
show, because recognised text has wrong letters in it.
"""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache

from index.errors import UnreadableFileError
from index.extract import Extract

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-nld"
MAX_PAGES = 300
SECONDS_PER_PAGE = 120
PAGE_BREAK = "\n\n\n\n"

Progress = Callable[[int, int], None]
"""Called with the number of pages done and the number of all pages."""
PROGRESS: ContextVar[Progress | None] = ContextVar("PROGRESS", default=None)
"""Who is told how far a scan is; loaders have no argument for it, as only scans take long."""


def is_installed() -> bool:
    """Whether tesseract is there with the Dutch language."""
    return _program() is not None


def read_scan(data: bytes, name: str) -> Extract:
    """The recognised text of a PDF without a text layer; PROGRESS is told after every page.

    Raises UnreadableFileError when tesseract or its Dutch is not installed, when the scan is too long, when a page takes
    too long, and when nothing is recognised.
    """
    from index.loaders.pdf import count_pages

    program, progress = _program(), PROGRESS.get()
    if program is None:
        raise UnreadableFileError(f"{name} is een scan zonder tekst. Installeer tekstherkenning: {INSTALL}")
    total = count_pages(data, name)
    if total > MAX_PAGES:
        raise UnreadableFileError(
            f"{name} is een scan van {total} bladzijden (ten hoogste {MAX_PAGES}). Splits het bestand."
        )
    text = ""
    starts: list[int] = []
    for number in range(total):
        if progress is not None:
            progress(number, total)
        page = read_page(data, name, number)
        text += PAGE_BREAK if text else ""
        starts.append(len(text))
        text += page
    if progress is not None:
        progress(total, total)
    if not text.strip():
        raise UnreadableFileError(f"{name} is een scan waarin geen tekst is herkend. Vraag om een PDF met tekst.")
    return Extract(text, "pdf", quality="ocr", pages=tuple(starts))


def read_page(data: bytes, name: str, number: int) -> str:
    """The recognised text of one page of a PDF, counted from 0; raises as `read_scan`."""
    from index.loaders.pdf import render

    program = _program()
    if program is None:
        raise UnreadableFileError(f"{name} is een scan zonder tekst. Installeer tekstherkenning: {INSTALL}")
    return _recognise(program, render(data, name, number), name, number + 1)


@cache
def _program() -> str | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if b"nld" in listed.stdout.split() + listed.stderr.split() else None


def _recognise(program: str, picture: object, name: str, number: int) -> str:
    stream = io.BytesIO()
    picture.save(stream, format="PNG")  # type: ignore[attr-defined]
    command = [program, "stdin", "stdout", "-l", "nld", "--dpi", "300"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the page goes in as bytes
            command,
            input=stream.getvalue(),
            capture_output=True,
            timeout=SECONDS_PER_PAGE,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its own threads make it slower, many times so on a busy machine
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            f"{name}: tekstherkenning van bladzijde {number} duurt te lang. Splits het bestand."
        ) from error
    if done.returncode:
        raise UnreadableFileError(f"{name}: tekstherkenning van bladzijde {number} is mislukt. Vraag om een PDF met tekst.")
    text = done.stdout.decode("utf-8", "replace").replace("\f", "").replace("\r", "")
    # Three blank lines part pages, so no page may hold them.
    return re.sub(r"\n[ \t]*(?:\n[ \t]*){2,}\n", "\n\n\n", text).strip("\n ")
