"""The pictures in docs/screenshots, made anew: python docs/make_screenshots.py

Chromium draws the app over the example letters, with the extractive reader; nothing is touched up.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from running_app import ARGUMENTS, App, find_chromium, kamerbrief, running  # noqa: E402 - lies beside the tests

OUT = ROOT / "docs" / "screenshots"
QUESTION = "Hoeveel mensen deden er uiteindelijk mee aan de rampoefening op zee?"


def view(browser: Any, app: App, width: int, scheme: str, path: str = "/") -> Any:
    """A page of the app of that width in light or dark."""
    height = 780 if width < 600 else 860
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
    page.goto(app.url + path)
    page.wait_for_selector("[data-testid=stMain] :is(h1, .pane)")
    page.wait_for_timeout(1200)
    return page


def save(page: Any, name: str) -> None:
    """Save what is on screen and let go of the page."""
    page.wait_for_timeout(800)
    page.screenshot(path=OUT / f"{name}.png")
    page.context.close()


def answered(page: Any, question: str = QUESTION) -> Any:
    """The page with the answer to `question`."""
    page.get_by_label("Uw vraag").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".statement, .refusal")
    return page


def main() -> int:
    """Make all pictures; 1 where there is no Chromium."""
    from playwright.sync_api import sync_playwright

    chromium = find_chromium()
    if chromium is None:
        print("no chromium here; install it with: apt-get install chromium")
        return 1
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        kamerbrief(ROOT, "--index", str(folder / "index"), "index", "add", "examples/letters")
        kamerbrief(
            folder, "--index", "index", "eval", "run", str(ROOT / "examples" / "gold.jsonl"), "--out", "runs/voorbeeld"
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        with running(folder, folder / "index") as app:
            for scheme, ending in (("light", "licht"), ("dark", "donker")):
                save(answered(view(browser, app, 1280, scheme)), f"vraag-{ending}")
            page = answered(view(browser, app, 360, "light"))
            page.locator(".statement a.marker").last.click()
            save(page, "vraag-telefoon")
            save(answered(view(browser, app, 1280, "light"), "Hoe bak ik pannenkoeken?"), "weigering")
            save(view(browser, app, 1280, "light", "/brieven"), "brieven")
            save(view(browser, app, 1280, "dark", "/brieven?brief=08_uitstel_zeegras.txt"), "brief-donker")
            page = answered(view(browser, app, 1280, "light"))
            page.get_by_role("link", name="Controleren").click()
            page.wait_for_selector(".pane.review")
            save(page, "controleren")
            save(view(browser, app, 1280, "light", "/evaluatie"), "evaluatie")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
