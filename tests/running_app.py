"""A running app and a browser for it: what the tests in tests/browser and tests/load and the benchmark of the app share.

Every server is `kamerbrief ui` in a process and a folder of its own. Where Chromium is missing the tests are skipped, unless
KAMERBRIEF_REQUIRE_BROWSER is set: then they fail.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.settings import Settings

ROOT = Path(__file__).parents[1]
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
READY_SECONDS = 60


@dataclass(frozen=True)
class App:
    """A running app: its address and the folder that it was started in."""

    url: str
    folder: Path
    log: Path
    index: Path


def find_chromium() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = find_chromium()
    if found is None:
        if os.environ.get("KAMERBRIEF_REQUIRE_BROWSER"):
            pytest.fail(
                "KAMERBRIEF_REQUIRE_BROWSER is set, but there is no chromium; install it with: apt-get install chromium"
            )
        pytest.skip("no chromium here; install it with: apt-get install chromium")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A browser for one file of tests; Playwright allows one at a time in a process, and other files start their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    """A fresh browser context: no cookies, nothing stored; `context.outside` lists requests that left this machine."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    made.set_default_timeout(30_000)
    outside: list[str] = []
    made.on("request", lambda request: outside.append(request.url) if leaves(request.url) else None)
    yield made
    made.close()
    assert outside == []


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


def leaves(url: str) -> bool:
    """Whether a request goes to another machine than this one."""
    return not url.startswith(
        ("http://localhost:", "http://127.0.0.1:", "ws://localhost:", "ws://127.0.0.1:", "data:", "blob:")
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kamerbrief(folder: Path, *arguments: str) -> None:
    """Run a command of the program in `folder`."""
    command = [sys.executable, "-m", "ui.cli", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stderr}")


def environment(**more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("KAMERBRIEF_")}
    return own | {"PYTHONPATH": str(ROOT), "KAMERBRIEF_READER": "extractive"} | more


def settings_of(app: App) -> Settings:
    """The settings of the index behind `app`, for asking the same thing without it."""
    return Settings(index=str(app.index), reader="extractive")


@contextmanager
def running(folder: Path, index: Path, **settings: str) -> Iterator[App]:
    """`kamerbrief ui` over `index`, started in `folder`."""
    port = free_port()
    log = folder / f"app-{port}.log"
    command = [sys.executable, "-m", "ui.cli", "--index", str(index), "ui", "--no-browser", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, env=environment(**settings), stdout=out, stderr=subprocess.STDOUT)
    url = f"http://localhost:{port}"
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not _up(url):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield App(url, folder, log, index)
    finally:
        server.terminate()
        server.wait(20)


def _up(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def letters_index(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Path:
    """An index of the example letters."""
    index = tmp_path_factory.mktemp("index") / "index"
    kamerbrief(ROOT, "--index", str(index), "index", "add", "examples/letters")
    return index


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, letters_index: Path) -> Iterator[App]:
    """The app over the example letters, for tests that change nothing in the index."""
    with running(tmp_path_factory.mktemp("app"), letters_index) as started:
        yield started
