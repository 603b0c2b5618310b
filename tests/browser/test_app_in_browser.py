"""What people do in the app, done in Chromium."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from running_app import App, kamerbrief, running

DOSSIERS = "Over welke dossiers gaat de brief van 3 juni 2025?"
"""A question about a letter's own data: its answer has a source for each of three dossiers."""
NOWHERE = "Hoe bak ik pannenkoeken?"
SLOW = "Dit antwoord komt langzaam binnen, want er is over dit onderwerp heel veel te vertellen, en meer dan dat."
LETTER = """36 998 Windpark Noordvaart

Nr. 7 BRIEF VAN DE MINISTER VAN ENERGIEZAKEN

Aan de Voorzitter van de Tweede Kamer

Den Haag, 4 april 2025

Het windpark Noordvaart telt 64 molens. De bouw van het windpark kost 912 miljoen euro.

De minister van Energiezaken,
B. Windekind
"""
HOSTILE = LETTER.replace(
    "De bouw van",
    '<script>window.hacked = 1</script> <img src=x onerror="window.hacked = 2"> **vet** [klik](http://elders.example/) '
    "$x^2$ :red[rood] [1] De bouw van",
)


def open_app(page: Any, app: App, path: str = "/") -> None:
    page.goto(app.url + path)
    page.wait_for_selector("[data-testid=stMain] :is(h1, .pane)")


def ask(page: Any, question: str) -> None:
    """Ask and wait for the answer on screen."""
    box = page.get_by_label(re.compile("^(Uw vraag|Vervolgvraag)$"))
    box.fill(question)
    box.press("Enter")
    page.get_by_role("heading", name=question, exact=True).wait_for()


def canonical(app: App, link: str) -> str:
    """The text that a source's link points at, read from the index itself."""
    from index.store import Letters

    values = {name: found[0] for name, found in parse_qs(urlsplit(link).query).items()}
    return Letters.open(app.index).letter(values["brief"]).text[int(values["van"]) : int(values["tot"])]


def chosen_text(page: Any) -> str:
    """The text of the chosen mark as it stands in the page."""
    return "".join(page.locator("mark.chosen").evaluate_all("marks => marks.map((mark) => mark.textContent)"))


def in_view(page: Any) -> bool:
    """Whether the chosen mark lies inside the letter's pane and inside the window."""
    return bool(
        page.locator("mark.chosen").first.evaluate(
            """mark => {
              const spot = mark.getBoundingClientRect(), pane = mark.closest(".paper").getBoundingClientRect();
              const [top, bottom] = [Math.max(pane.top, 0), Math.min(pane.bottom, innerHeight)];
              return spot.top >= top && spot.bottom <= bottom && spot.width > 0;
            }"""
        )
    )


def test_a_click_on_the_second_citation_shows_exactly_its_words(page, app):
    open_app(page, app)
    ask(page, DOSSIERS)
    second = page.locator(".statement a.marker").nth(1)
    second.click()
    assert second.get_attribute("aria-current") == "true"
    assert chosen_text(page) == canonical(app, second.get_attribute("href"))
    assert in_view(page)


def test_other_citations_are_one_key_away_and_escape_leads_back(page, app):
    open_app(page, app)
    ask(page, DOSSIERS)
    links = page.locator(".statement a.marker")
    assert links.count() >= 3
    links.nth(0).focus()
    page.keyboard.press("Enter")
    seen = [chosen_text(page)]
    for _ in range(2):
        page.keyboard.press("j")
        assert in_view(page)
        seen.append(chosen_text(page))
    assert seen == [canonical(app, links.nth(n).get_attribute("href")) for n in range(3)]
    page.keyboard.press("k")
    assert chosen_text(page) == seen[1]
    page.keyboard.press("Escape")
    assert links.nth(0).evaluate("link => link === link.getRootNode().activeElement")


def test_a_refusal_says_so_and_opens_the_nearest_letters(page, app):
    open_app(page, app)
    ask(page, NOWHERE)
    assert "Geen antwoord" in page.locator(".refusal").inner_text()
    tabs = page.locator("[role=tab]")
    assert tabs.count() == page.locator(".nearest button").count() > 1
    page.locator(".nearest button").nth(1).click()
    assert page.locator("[role=tab][aria-selected=true]").count() == 1
    title = page.locator(".nearest button").nth(1).inner_text()
    assert page.locator(".letter-head h2").inner_text() == title


def test_letters_are_tabs_in_date_order_that_arrow_keys_walk_through(page, app):
    open_app(page, app)
    ask(page, NOWHERE)
    names = page.locator("[role=tab]").evaluate_all("tabs => tabs.map((tab) => tab.dataset.tab)")
    from index.store import Letters

    letters = {name: Letters.open(app.index).letter(name) for name in names}
    dates = [letters[name].metadata.date.value for name in names]
    assert dates == sorted(dates)
    page.locator("[role=tab][aria-selected=true]").focus()
    page.keyboard.press("ArrowRight")
    shown = page.locator("[role=tab][aria-selected=true]")
    assert shown.get_attribute("data-tab") in names
    assert shown.evaluate("tab => tab === tab.getRootNode().activeElement")


def test_the_whole_letter_is_in_the_pane_and_can_be_searched(page, app):
    from index.store import Letters

    name = "08_uitstel_zeegras.txt"
    open_app(page, app, f"/brieven?brief={name}")
    page.wait_for_selector(".paper .sheet")
    text = Letters.open(app.index).letter(name).text
    shown = page.locator(".paper .sheet").evaluate(
        """box => {
          const copy = box.cloneNode(true);
          for (const ours of copy.querySelectorAll(".page, .number, .who")) ours.remove();
          return copy.textContent;
        }"""
    )
    assert shown == text
    page.get_by_label("Zoek in deze brief").fill("zeegras")
    found = page.locator(".found").count()
    assert found == text.lower().count("zeegras")
    assert page.locator(".find .count").inner_text() == f"1 van {found}"
    page.keyboard.press("Enter")
    assert page.locator(".find .count").inner_text() == f"2 van {found}"


def test_a_refresh_keeps_the_conversation(page, app):
    open_app(page, app)
    ask(page, DOSSIERS)
    ask(page, NOWHERE)
    page.reload()
    page.get_by_role("heading", name=NOWHERE, exact=True).wait_for()
    assert page.locator(".turns button").all_inner_texts() == [DOSSIERS, NOWHERE]
    page.locator(".turns button").first.click()
    page.get_by_role("heading", name=DOSSIERS, exact=True).wait_for()


def test_a_forgotten_conversation_is_gone_after_a_refresh(page, app):
    open_app(page, app)
    ask(page, DOSSIERS)
    address = page.url
    page.get_by_role("button", name="Wis gesprek").click()
    page.get_by_role("heading", name="Stel vragen aan Kamerbrieven").wait_for()
    page.goto(address)
    page.get_by_role("heading", name="Stel vragen aan Kamerbrieven").wait_for()
    assert DOSSIERS not in page.content()


def test_a_link_to_a_span_opens_it_in_view(page, app):
    from index.store import Letters

    name = "05_verslag_kustraad.txt"
    text = Letters.open(app.index).letter(name).text
    start = text.index("\n\n", len(text) // 2) + 2
    page.goto(f"{app.url}/?brief={name}&van={start}&tot={start + 40}")
    page.wait_for_selector("mark.chosen")
    page.wait_for_timeout(300)
    assert chosen_text(page) == text[start : start + 40]
    assert in_view(page)


def test_a_link_with_a_question_asks_it_and_shares_no_token(page, app):
    open_app(page, app, "/?vraag=Over%20welke%20dossiers%20gaat%20de%20brief%20van%203%20juni%202025%3F")
    page.get_by_role("heading", name=DOSSIERS, exact=True).wait_for()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    token = parse_qs(urlsplit(page.url).query)["gesprek"][0]
    for button in page.get_by_role("button", name=re.compile("^Kopieer link")).all():
        button.click()
        page.get_by_text("gekopieerd", exact=False).first.wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(app.url)
        assert token not in copied
    page.get_by_role("button", name="Kopieer antwoord").click()
    page.get_by_text("Antwoord gekopieerd.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").count("Dossier") >= 3


def test_an_answer_can_be_saved_in_three_forms(page, app, tmp_path):
    from docx import Document

    open_app(page, app)
    ask(page, DOSSIERS)
    page.get_by_role("button", name=re.compile("Bewaar")).click()
    saved: dict[str, Path] = {}
    for name in ("Word (.docx)", "Markdown (.md)", "Tabel (.csv)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        saved[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[name])
    assert DOSSIERS in [paragraph.text for paragraph in Document(str(saved["Word (.docx)"])).paragraphs]
    assert f"## {DOSSIERS}" in saved["Markdown (.md)"].read_text(encoding="utf-8")
    assert saved["Tabel (.csv)"].read_text(encoding="utf-8-sig").startswith("vraag;")


def test_review_with_keys_saves_each_judgement_at_once(page, app):
    open_app(page, app)
    ask(page, DOSSIERS)
    count = page.locator(".sources li").count()
    page.get_by_role("link", name="Controleren").click()
    page.get_by_role("heading", name="Controleren").wait_for()
    name = page.get_by_label("Uw naam of initialen")
    name.fill("AZ")
    name.press("Enter")
    page.get_by_text(f"0 van {count} bronnen beoordeeld").wait_for()
    folder = app.folder / "reviews"
    before = set(folder.glob("*.jsonl")) if folder.is_dir() else set()
    for done, key in enumerate("gft", 1):
        page.locator(".pane.review .question").click()
        page.keyboard.press(key)
        page.get_by_text(f"{done} van {count} bronnen beoordeeld").wait_for()
        (file,) = set(folder.glob("*.jsonl")) - before
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert [line["verdict"] for line in lines] == ["good", "wrong", "doubt"][:done]
    assert {line["reviewer"] for line in lines} == {"AZ"}
    assert all(
        line["quote"] == canonical(app, f"?brief={line['letter']}&van={line['start']}&tot={line['end']}") for line in lines
    )


def test_a_question_that_failed_in_a_run_opens_beside_its_letter(page, tmp_path, letters_index):
    question = {
        "id": "q1",
        "question": DOSSIERS,
        "kind": "lijst",
        "answerable": True,
        "answer": "Dat staat er niet in.",
        "facts": [["een dossier dat niet bestaat"]],
        "traps": [],
        "evidence": [],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    kamerbrief(tmp_path, "--index", str(letters_index), "eval", "run", "gold.jsonl", "--out", "runs/een")
    with running(tmp_path, letters_index) as own:
        open_app(page, own, "/evaluatie")
        page.get_by_text("een: 1 vraag").wait_for()
        page.get_by_role("button", name=DOSSIERS).click()
        page.get_by_role("heading", name=DOSSIERS, exact=True).wait_for()
        assert page.locator(".statement a.marker").count() >= 3
        page.get_by_role("link", name="Controleren").click()
        page.get_by_label("Wat wilt u controleren?").click()
        page.get_by_role("option", name="een").click()
        page.get_by_text("0 van").wait_for()


def test_two_people_see_nothing_of_each_other(browser, app):
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    try:
        first, second = (one.new_page() for one in contexts)
        for page in (first, second):
            open_app(page, app)
        ask(first, DOSSIERS)
        ask(second, NOWHERE)
        for page, own, others in ((first, DOSSIERS, NOWHERE), (second, NOWHERE, DOSSIERS)):
            page.reload()
            page.get_by_role("heading", name=own, exact=True).wait_for()
            assert others not in page.locator("body").inner_text()
        tokens = [parse_qs(urlsplit(page.url).query)["gesprek"][0] for page in (first, second)]
        assert tokens[0] != tokens[1]
        assert min(map(len, tokens)) * 6 >= 128
    finally:
        for one in contexts:
            one.close()


def test_no_question_is_in_the_log(page, app):
    open_app(page, app, "/?vraag=Hoeveel%20geheime%20zeegrasvelden%20zijn%20er%3F")
    page.get_by_role("heading", name="Hoeveel geheime zeegrasvelden zijn er?").wait_for()
    assert "zeegrasvelden" not in app.log.read_text(encoding="utf-8")


def test_letters_are_added_with_a_report_and_removed_after_confirmation(page, tmp_path):
    with running(tmp_path, tmp_path / "index") as own:
        open_app(page, own)
        page.get_by_text("Er zijn nog geen brieven.").wait_for()
        page.get_by_role("link", name="Naar Brieven").click()
        page.get_by_role("heading", name="Brieven").wait_for()
        chooser = page.locator("input[type=file]")
        chooser.set_input_files(
            [
                {"name": "windpark.txt", "mimeType": "text/plain", "buffer": LETTER.encode()},
                {"name": "kapot.txt", "mimeType": "text/plain", "buffer": bytes(range(256)) * 4},
            ]
        )
        page.get_by_role("button", name="Voeg toe").click()
        page.get_by_text("windpark.txt: toegevoegd").wait_for()
        page.get_by_text("kapot.txt: niet toegevoegd").wait_for()
        assert [file.name for file in (tmp_path / "brieven-uit-de-app").iterdir()] == ["windpark.txt"]
        page.get_by_role("link", name="Vraag").click()
        ask(page, "Hoeveel kost de bouw van het windpark?")
        assert "912 miljoen" in page.locator(".statements").inner_text()

        page.get_by_role("link", name="Brieven").click()
        page.locator("button.open").click()
        page.get_by_text("Deze brief verwijderen", exact=True).click()
        assert page.get_by_role("button", name="Verwijder de brief").is_disabled()
        page.get_by_text("Ja, ik wil deze brief verwijderen").click()
        page.get_by_role("button", name="Verwijder de brief").click()
        page.get_by_text("windpark.txt: verwijderd").wait_for()
        assert list((tmp_path / "brieven-uit-de-app").iterdir()) == []
        page.get_by_role("link", name="Vraag").click()
        page.get_by_text("Er zijn nog geen brieven.").wait_for()


def test_a_hostile_letter_is_shown_as_the_text_that_it_is(page, tmp_path):
    (tmp_path / "windpark.txt").write_text(HOSTILE, encoding="utf-8")
    kamerbrief(tmp_path, "--index", "index", "index", "add", "windpark.txt")
    with running(tmp_path, tmp_path / "index") as own:
        open_app(page, own)
        ask(page, "Hoeveel kost de bouw van het windpark?")
        text = page.locator(".paper .sheet").inner_text()
        for piece in ("<script>window.hacked = 1</script>", "onerror=", "**vet**", "$x^2$", ":red[rood]", "[1]"):
            assert piece in text
        assert page.evaluate("window.hacked") is None
        assert page.locator(".paper .sheet :is(img, script, a, strong)").count() == 0
        link = page.locator(".statement a.marker").first
        link.click()
        assert chosen_text(page) == canonical(own, link.get_attribute("href"))
        page.get_by_role("link", name="Controleren").click()
        page.wait_for_selector(".pane.review .paper .sheet")
        page.get_by_role("link", name="Brieven").click()
        page.locator("button.open").click()
        page.wait_for_selector(".pane.letter .paper .sheet")
        page.get_by_text("Zo is deze brief gelezen").click()
        assert page.evaluate("window.hacked") is None


def test_a_slow_answer_streams_in_and_can_be_stopped(page, tmp_path, letters_index):
    from ollama_script import Script, citing, ollama

    with (
        ollama(Script(answers=[citing("Kustfonds", SLOW)], fault="hang_midway")) as script,
        running(tmp_path, letters_index, KAMERBRIEF_READER="ollama", KAMERBRIEF_OLLAMA_HOST=script.host) as own,
    ):
        open_app(page, own)
        page.get_by_label("Uw vraag").fill("Met welk bedrag heeft het kabinet het Kustfonds opgericht?")
        page.keyboard.press("Enter")
        page.get_by_text("Bezig met: Met welk bedrag").wait_for()
        page.get_by_text("Dit antwoord komt").wait_for()
        page.reload()
        page.get_by_text("Bezig met: Met welk bedrag").wait_for()
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("De vraag is gestopt.").wait_for()
        assert script.disconnected.wait(20)
        ask(page, DOSSIERS)
        assert page.locator(".turns button").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_accessibility_fault(browser, app, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    try:
        page = context.new_page()
        open_app(page, app)
        _settle(page)
        found = {"start": _faults(Axe(), page)}
        ask(page, DOSSIERS)
        _settle(page)
        found["antwoord"] = _faults(Axe(), page)
        ask(page, NOWHERE)
        _settle(page)
        found["weigering"] = _faults(Axe(), page)
        for name in ("Brieven", "Controleren", "Evaluatie", "Instellingen"):
            page.get_by_role("link", name=name).click()
            page.get_by_role("heading", name=name, exact=True).wait_for()
            _settle(page)
            found[name] = _faults(Axe(), page)
        page.get_by_role("link", name="Brieven").click()
        page.locator("button.open").first.click()
        page.wait_for_selector(".letter-head")
        _settle(page)
        found["brief"] = _faults(Axe(), page)
        assert {name: faults for name, faults in found.items() if faults} == {}
        assert page.locator("html").get_attribute("lang") == "nl"
    finally:
        context.close()


def _settle(page):
    """Wait until nothing fades: Streamlit dims what it draws anew, and a colour in between has less contrast."""
    page.wait_for_function("!document.querySelector('[data-stale=true]')")
    page.wait_for_timeout(700)


def _faults(axe: Any, page: Any) -> list[str]:
    """The serious and critical faults, each with where it is."""
    found = axe.run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def test_every_page_fits_a_phone(browser, app):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        open_app(page, app)
        assert _too_wide(page) == 0
        ask(page, DOSSIERS)
        assert _too_wide(page) == 0
        link = page.locator(".statement a.marker").nth(1)
        link.tap()
        page.wait_for_timeout(300)
        assert chosen_text(page) == canonical(app, link.get_attribute("href"))
        assert in_view(page)
        page.get_by_role("button", name="Naar antwoord").tap()
        page.wait_for_timeout(300)
        assert link.is_visible()
        for path in ("brieven", "controleren", "evaluatie", "instellingen", "brieven?brief=05_verslag_kustraad.txt"):
            open_app(page, app, f"/{path}")
            page.wait_for_timeout(500)
            assert _too_wide(page) == 0, path
    finally:
        context.close()


def _too_wide(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"))
