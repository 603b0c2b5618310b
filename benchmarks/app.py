"""How long people wait for the app: python -m benchmarks.app [--rounds N]

In Chromium, over the example letters, with the extractive reader: from `kamerbrief ui` to a question box that takes a
question, the same in a new tab of a running server, from a click on a source to its words in view, and ten people who ask at
the same moment. Prints one line each, with the limit, and ends with 1 when the median of one is over it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from running_app import ARGUMENTS, App, find_chromium, kamerbrief, running  # noqa: E402 - lies beside the tests

START_S, TAB_S, CLICK_MS = 4.0, 2.5, 300.0
PEOPLE = 10
QUESTION = "Over welke dossiers gaat de brief van 3 juni 2025?"
CLICK = """async () => {
  const root = document.querySelector("[data-testid=stBidiComponentIsolated] .pane") ||
    [...document.querySelectorAll("*")].map((node) => node.shadowRoot?.querySelector(".pane")).find(Boolean);
  const links = [...root.querySelectorAll(".statement a.marker")];
  const times = [];
  for (let round = 0; round < 20; round++) {
    const link = links[(round + 1) % links.length];
    const begin = performance.now();
    link.click();
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    const mark = root.querySelector("mark.chosen").getBoundingClientRect();
    const pane = root.querySelector(".paper").getBoundingClientRect();
    if (mark.top < pane.top || mark.bottom > pane.bottom || !mark.width) throw new Error("not in view");
    times.push(performance.now() - begin);
  }
  return times;
}"""


def usable(page: Any, url: str) -> None:
    """Open the app and wait until the question box takes text."""
    page.goto(url)
    page.get_by_label("Uw vraag").fill("x")


def start_times(browser: Any, folder: Path, rounds: int) -> list[float]:
    """Seconds from the command to a usable app, each time with a new server."""
    times = []
    for _ in range(rounds):
        page = browser.new_page()
        begin = time.perf_counter()
        with running(folder, folder / "index") as app:
            usable(page, app.url)
            times.append(time.perf_counter() - begin)
            page.close()
    return times


def tab_times(browser: Any, app: App, rounds: int) -> list[float]:
    """Seconds from opening a new tab to a usable app, in a browser that has been there before."""
    context = browser.new_context()
    times = []
    for _ in range(rounds + 1):
        page = context.new_page()
        begin = time.perf_counter()
        usable(page, app.url)
        times.append(time.perf_counter() - begin)
        page.close()
    context.close()
    return times[1:]


def click_times(browser: Any, app: App) -> list[float]:
    """Milliseconds from a click on a source to its words in view."""
    page = browser.new_page()
    usable(page, app.url)
    page.get_by_label("Uw vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".statement a.marker")
    times: list[float] = page.evaluate(CLICK)
    page.close()
    return times


def people_times(browser: Any, app: App) -> list[float]:
    """Seconds until each of the people who ask at once has an answer."""
    contexts = [browser.new_context() for _ in range(PEOPLE)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(90_000)
        usable(page, app.url)
        page.get_by_label("Uw vraag").fill(QUESTION)
    begin = time.perf_counter()
    for page in pages:
        page.get_by_label("Uw vraag").press("Enter", no_wait_after=True)
    times = []
    for page in pages:
        page.wait_for_selector(".statement")
        times.append(time.perf_counter() - begin)
    for context in contexts:
        context.close()
    return times


def told(name: str, times: list[float], unit: str, limit: float | None) -> bool:
    """Print one line; whether the median is within the limit."""
    middle = statistics.median(times)
    most = f", limit {limit:g} {unit}" if limit is not None else ""
    print(f"{name}: median {middle:.2f} {unit}, slowest {max(times):.2f} {unit} of {len(times)}{most}", flush=True)
    return limit is None or middle <= limit


def main() -> int:
    """Run all four; 1 when the median of one is over its limit."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    chromium = find_chromium()
    if chromium is None:
        print("no chromium here; install it with: apt-get install chromium")
        return 1
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        kamerbrief(ROOT, "--index", str(folder / "index"), "index", "add", "examples/letters")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        good = told("from the command to a usable app", start_times(browser, folder, rounds), "s", START_S)
        with running(folder, folder / "index") as app:
            good &= told("a new tab of a running server", tab_times(browser, app, rounds), "s", TAB_S)
            good &= told("from a click on a source to its words in view", click_times(browser, app), "ms", CLICK_MS)
            told(f"{PEOPLE} people who ask at once, until each has an answer", people_times(browser, app), "s", None)
        browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
