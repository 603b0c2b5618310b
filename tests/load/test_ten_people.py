"""Ten people ask at the same moment; everybody gets the answer to their own question and to no other."""

import re
from typing import Any

from running_app import App, settings_of

from rag.assistant import Assistant

DATES = (
    "14 maart 2024",
    "23 april 2024",
    "5 september 2024",
    "7 oktober 2024",
    "21 november 2024",
    "17 december 2024",
    "4 februari 2025",
    "3 juni 2025",
    "18 september 2025",
)
QUESTIONS = (*(f"Over welke dossiers gaat de brief van {date}?" for date in DATES), "Hoe bak ik pannenkoeken?")


def shown_answer(page: Any) -> str:
    """The statements as they stand on screen, without support and markers; for a refusal its text."""
    parts: list[str] = page.locator(".words").evaluate_all(
        """nodes => nodes.map((node) => {
          const copy = node.cloneNode(true);
          for (const marker of copy.querySelectorAll(".marker")) marker.remove();
          return copy.textContent.trim();
        })"""
    )
    return "\n".join(parts)


def test_ten_people_at_once_get_right_answers_of_their_own(browser: Any, app: App) -> None:
    alone = Assistant.open(settings_of(app))
    contexts = [browser.new_context(viewport={"width": 900, "height": 700}) for _ in QUESTIONS]
    try:
        pages = [context.new_page() for context in contexts]
        for page in pages:
            page.set_default_timeout(90_000)
            page.goto(app.url)
        boxes = [page.get_by_label("Uw vraag") for page in pages]
        for box, question in zip(boxes, QUESTIONS, strict=True):
            box.fill(question)
        for box in boxes:
            box.press("Enter", no_wait_after=True)
        for page, question in zip(pages, QUESTIONS, strict=True):
            page.get_by_role("heading", name=question, exact=True).wait_for()
            expected = re.sub(r"\[\d+\]", "", alone.ask(question, reader="extractive").text)
            assert shown_answer(page) == "\n".join(line.strip() for line in expected.splitlines())
            others = [other for other in QUESTIONS if other != question]
            assert not any(other in page.locator("body").inner_text() for other in others)
    finally:
        for context in contexts:
            context.close()
