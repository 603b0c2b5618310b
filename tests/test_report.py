"""The report: the same figures as the run, everything escaped, nothing fetched, and the reason of every failure."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fake_asker import LETTERS, FakeAsker, answer_object, gold_line, perfect, place, refusal, saved_gold, unanswerable

from eval.gold import GoldQuestion
from eval.report import bucket_counts, why
from eval.report_html import report_html
from eval.report_markdown import report_markdown
from eval.run import Run, run_gold

EVIL = "</details><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"
COST = place("brug.txt", "De reparatie kostte 1,5 miljoen euro en duurde negen weken.")
SWANS = place("meer.txt", "Het Roze Meer telt 145 zwanen.")


def answers(question: GoldQuestion) -> dict[str, Any]:
    by_id = {
        "mis": answer_object("Geen idee, 1,4 miljoen?", passages=[SWANS], citations=[SWANS]),
        "lang": answer_object("1,5 miljoen " * 70, passages=[COST], citations=[COST]),
        "kaal": answer_object("1,5 miljoen", passages=[COST], citations=[SWANS]),
        "nee": refusal(passages=perfect(question)["passages"]),
        "kwaad": answer_object(EVIL, passages=[COST], citations=[COST]),
    }
    return by_id.get(question.id, perfect(question))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    tmp_path = tmp_path_factory.mktemp("report")
    lines = [gold_line(id=i, question=f"Wat kostte reparatie {i}?") for i in ("goed", "mis", "lang", "kaal", "nee")]
    evil = gold_line(id="kwaad", question=EVIL, answer=EVIL + " 1,5 miljoen")
    follow = gold_line(id="v", question="En toen?", kind="vervolg", history=[EVIL])
    gold = saved_gold(tmp_path, *lines, evil, follow, unanswerable())
    run_gold(gold, FakeAsker(answers, LETTERS), tmp_path / "out")
    return Run.load(tmp_path / "out")


@pytest.fixture(scope="module")
def source(run: Run) -> str:
    return report_html(run, LETTERS.get)


class Page(HTMLParser):
    """Tags and attributes of a page, and whether every element is closed."""

    VOID = ("meta", "input", "br", "path", "use")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_everything_is_escaped_and_nothing_is_fetched(run: Run) -> None:
    letters = {**LETTERS, "brug.txt": LETTERS["brug.txt"].replace("fanfare", EVIL)}
    source = report_html(run, letters.get)
    page = Page(source)
    assert page.open == []
    tags = [tag for tag, _ in page.seen]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not any(name in attrs for _, attrs in page.seen for name in ("src", "onerror", "onclick", "href"))
    assert EVIL not in source
    assert source.count("&lt;script&gt;alert(1)") >= 5
    assert not re.findall(r"url\((?!#)|@import", source)
    assert set(re.findall(r"https?://[\w./-]+", source)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://evil.example/x",
    }


def test_the_page_forbids_all_but_its_own_script(source: str) -> None:
    policy = next(
        attrs["content"] for tag, attrs in Page(source).seen if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    script = re.search(r"<script>(.*)</script>", source, re.DOTALL)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert policy is not None
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy


def test_every_question_is_there_with_its_outcome(run: Run, source: str) -> None:
    rows = [attrs for tag, attrs in Page(source).seen if tag == "details" and "data-kind" in attrs]
    assert [row["data-bucket"] for row in rows] == [
        "goed", "fout", "fout", "niet onderbouwd", "geweigerd", "fout", "goed", "goed",
    ]  # fmt: skip
    assert rows[1]["data-step"] == "niet gevonden"
    assert dict(bucket_counts(run)) == {"goed": 3, "fout": 3, "niet onderbouwd": 1, "geweigerd": 1}


def test_cited_and_gold_text_is_marked_in_the_letter(source: str) -> None:
    cost = "De reparatie kostte 1,5 miljoen euro en duurde negen weken."
    assert f'<mark class="gold cited">{cost}</mark>' in source
    assert f'<mark class="gold">{cost}</mark>' in source
    assert '<mark class="cited">Het Roze Meer telt 145 zwanen.</mark>' in source


def test_a_letter_that_is_gone_is_said(run: Run) -> None:
    assert "Deze brief zit niet in de index." in report_html(run, lambda _: None)


def test_the_plots_take_their_colours_from_the_page(source: str) -> None:
    assert source.count("<svg ") == 5
    assert "var(--main)" in source
    assert not re.search(r"#(0[1-6])\1\1", source)
    assert source.count('role="img" aria-label="') == 5
    assert len(set(re.findall(r'<clipPath id="(\w+)"', source))) == len(re.findall(r'<clipPath id="(\w+)"', source))


def test_the_same_run_gives_the_same_page(run: Run, source: str) -> None:
    assert report_html(Run.load(run.folder), LETTERS.get) == source


def test_the_reasons_of_failure_are_told_in_words(run: Run) -> None:
    told = {
        question.id: why(question, answer, score)
        for question, answer, score in zip(run.gold.questions, run.answers, run.scores, strict=True)
    }
    assert told["goed"] == []
    assert told["mis"] == [
        "Niet gevonden: niet al het bewijs zat bij de gevonden passages.",
        "Ontbreekt: 1,5 miljoen of 1,5 mln.",
        "Genoemd, maar fout: 1,4 miljoen.",
    ]
    assert told["lang"][1:] == ["Te lang: 140 woorden, het maximum is 120."]
    assert told["kaal"] == ["De bron bewijst het antwoord niet."]
    assert told["nee"][1:] == ["Reden van de weigering: not_in_letters.", "Het bewijs was wel gevonden."]


def test_markdown_has_the_figures_and_no_markup_from_outside(run: Run) -> None:
    text = report_markdown(run)
    assert "| goede antwoorden | 42,9 % |" in text
    assert "### mis: Wat kostte reparatie mis?" in text
    assert "\n### goed:" not in text
    assert "<script>" not in text
    assert "\\<script\\>" in text


def test_a_run_without_evidence_or_timings_still_has_a_report(tmp_path: Path) -> None:
    gold = saved_gold(tmp_path, gold_line(facts=[], traps=[], evidence=[]))
    run = run_gold(gold, FakeAsker(lambda _: answer_object("x", timings_ms={})), tmp_path / "out")
    source = report_html(run, LETTERS.get)
    assert "niet beoordeeld" in source
    assert source.count("<svg ") == 0
    assert "niet beoordeeld" in report_markdown(run)


@pytest.mark.browser
def test_the_report_in_a_browser(source: str, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    import shutil

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    page_file = tmp_path / "report.html"
    page_file.write_text(source, encoding="utf-8")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        trouble: list[str] = []
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme, viewport={"width": 1100, "height": 900})
            page.on("console", lambda message: trouble.append(message.text))
            page.on("pageerror", lambda error: trouble.append(str(error)))
            page.on("request", lambda request: trouble.append(request.url) if request.url != page_file.as_uri() else None)
            page.goto(page_file.as_uri())
            assert page.locator("#count").text_content() == "8 van 8 vragen"
            page.select_option("#bucket", "fout")
            assert page.locator("#count").text_content() == "3 van 8 vragen"
            page.fill("#words", "LANG reparatie")
            assert page.locator("#count").text_content() == "1 van 8 vragen"
            page.click("#open")
            assert page.locator("details.q[open]").count() == 1
            page.click("button[type=reset]")
            page.wait_for_function("document.getElementById('count').textContent === '8 van 8 vragen'")
            page.click("#open")
            from axe_playwright_python.sync_playwright import Axe

            result = Axe().run(page)
            assert result.violations_count == 0, json.dumps(result.response["violations"], indent=1)[:4000]
            page.set_viewport_size({"width": 360, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert trouble == []
        browser.close()
