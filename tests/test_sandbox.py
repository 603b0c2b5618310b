"""The sandbox: a parser that hangs, crashes or fills the memory never ends a run."""

import contextlib
from pathlib import Path
from typing import Any

import psutil
import pytest

from index import sandbox
from index.errors import UnreadableFileError
from index.load import load
from index.sandbox import Sandbox, needs_worker

FORMATS = Path("examples/formats")
PDF = FORMATS / "08_uitstel_zeegras.pdf"


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if "index.sandbox" in " ".join(child.cmdline())]


def test_what_comes_back_is_what_the_loader_gives() -> None:
    with Sandbox() as box:
        for path in sorted(FORMATS.glob("0[18]_*")):
            assert box.load(path.read_bytes(), path.name) == load(path.read_bytes(), path.name)


def test_one_worker_serves_the_run_and_is_gone_after_it() -> None:
    with Sandbox() as box:
        box.load(PDF.read_bytes(), "a.pdf")
        (first,) = workers()
        box.load(PDF.read_bytes(), "b.pdf")
        assert workers() == [first]
    assert workers() == []


def test_plain_text_starts_no_worker() -> None:
    with Sandbox() as box:
        assert box.load(b"De haas is terug.", "brief.txt").text == "De haas is terug."
        assert workers() == []


def test_a_refusal_is_passed_on_and_the_worker_stays() -> None:
    with Sandbox() as box:
        with pytest.raises(UnreadableFileError, match=r"^brief\.xml is geen geldige XML"):
            box.load(b"<?xml version='1.0'?><officiele-publicatie>", "brief.xml")
        assert len(workers()) == 1


@pytest.fixture
def bad_parser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Loaders of the worker replaced by one that does as the file says."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys, time\n"
        "if 'index.sandbox' in sys.orig_argv:\n"
        "    import index.load\n"
        "    real = index.load.load\n"
        "    def load(data, name, **options):\n"
        "        if b'hangs' in data: time.sleep(60)\n"
        "        if b'crashes' in data: os._exit(11)\n"
        "        if b'fills' in data: return ['x' * 2**20 for _ in range(10**6)]\n"
        "        if b'throws' in data: raise RecursionError('too deep')\n"
        "        return real(data, name)\n"
        "    index.load.load = load\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(sandbox, "MAX_MEMORY", 600 * 2**20)


@pytest.mark.parametrize(
    ("does", "why"),
    [("hangs", "duurde langer dan 2 seconden"), ("crashes", "liep vast"), ("fills", "liep vast"), ("throws", "liep vast")],
)
def test_a_bad_file_is_one_line_and_the_next_file_is_read(bad_parser: None, does: str, why: str) -> None:
    with Sandbox(silent_seconds=2 if does == "hangs" else 60) as box:
        with pytest.raises(UnreadableFileError, match=why) as error:
            box.load(f"<html>{does}".encode(), "brief.html")
        assert str(error.value).startswith("brief.html")
        assert box.load(b"<html><p>De haas is terug.</p>", "brief.html").text == "De haas is terug."
    assert workers() == []


def test_the_pages_of_a_pdf_are_told() -> None:
    told: list[tuple[int, int]] = []
    with Sandbox(progress=lambda done, total: told.append((done, total))) as box:
        box.load((FORMATS / "01_kustfonds_voorstel.pdf").read_bytes(), "x.pdf")
    assert told == [(0, 2), (1, 2)]


def test_the_worker_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = (
        "import os, sys\nfrom pathlib import Path\nfrom index.sandbox import Sandbox\nbox = Sandbox()\n"
        f"box.load(Path({str(PDF.resolve())!r}).read_bytes(), 'x.pdf')\nprint(box._worker._process.pid, flush=True)\n"
        "os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    worker = int(done.stdout)
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(worker).wait(timeout=20)
    assert not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("path", sorted(FORMATS.glob("08_*")), ids=lambda path: path.suffix)
def test_every_format_with_a_parser_needs_the_worker(path: Path) -> None:
    assert needs_worker(path.read_bytes())
    assert not needs_worker(b"Geachte voorzitter,")
