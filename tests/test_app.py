"""The pages drawn by Streamlit's AppTest, with a fake assistant behind them; the browser tests drive the real one."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from fake_assistant import FakeAssistant, dike_and_bridge
from streamlit.testing.v1 import AppTest

from eval.run import run_gold
from index.errors import DamagedIndexError, NoIndexError
from rag.assistant import Assistant
from rag.llm import ServerDownError
from ui import reader_state

APP = Path(__file__).parents[1] / "ui" / "app.py"


class Held(FakeAssistant):
    """Answers only when it is let go."""

    def __init__(self, letters: Any) -> None:
        super().__init__(letters)
        self.go = threading.Event()

    def ask(self, question: str, **how: Any) -> Any:
        self.go.wait(10)
        return super().ask(question, **how)


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """A function that says what Assistant.open gives; the caches are empty and the current folder is a new one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAMERBRIEF_READER", "extractive")
    st.cache_resource.clear()

    def give(found: Any) -> None:
        def open_it(cls: Any, settings: Any) -> Any:
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(Assistant, "open", classmethod(open_it))

    yield give
    st.cache_resource.clear()


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception, app.exception[0].message
    return app


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="question").set_value(question)
    return checked(button(app, "Stel vraag").click().run())


def pane(app: AppTest, name: str = "kamerbrief_pane") -> dict[str, Any] | None:
    """The data that the component on screen got."""

    def walk(node: Any) -> Any:
        for child in getattr(node, "children", {}).values():
            yield child
            yield from walk(child)

    for node in walk(app.main):
        if getattr(node, "type", "") == "bidi_component" and node.proto.component_name == name:
            data: dict[str, Any] = json.loads(node.proto.json)
            return data
    return None


def test_without_an_index_the_app_leads_to_adding_letters(opened):
    opened(NoIndexError("Er is geen index."))
    app = start()
    assert app.info[0].value == "Er zijn nog geen brieven. Voeg eerst brieven toe; daarna kunt u hier vragen stellen."
    assert not app.error
    letters = checked(app.switch_page("screens/letters.py").run())
    assert letters.expander[0].label == "Brieven toevoegen"


def test_an_index_without_letters_is_empty_too(opened):
    opened(FakeAssistant())
    assert "nog geen brieven" in start().info[0].value


def test_a_damaged_index_is_told_in_its_own_words(opened):
    opened(DamagedIndexError("De index in x is beschadigd. Bouw hem opnieuw."))
    assert start().error[0].value == "De index in x is beschadigd. Bouw hem opnieuw."


def test_the_start_tells_what_is_searched_and_gives_examples(opened):
    opened(dike_and_bridge())
    app = start()
    assert app.title[0].value == "Stel vragen aan Kamerbrieven"
    assert [one.label for one in app.button if one.key.startswith("example_")] == [
        "Hoe lang wordt de dijk?",
        "Hoeveel rijstroken krijgt de brug?",
    ]
    assert pane(app) is None


def test_a_question_is_answered_beside_its_letter(opened):
    opened(dike_and_bridge())
    data = pane(ask(start(), "Hoe lang wordt de dijk?"))
    assert data is not None
    assert [one["text"] for one in data["answer"]["statements"]] == [
        "De dijk wordt 4,2 kilometer langer dan in het eerste plan stond.",
        "De dijk is in 2027 klaar.",
    ]
    assert [one["name"] for one in data["letters"]] == ["dijk.txt"]


def test_an_example_is_asked_by_clicking_it(opened):
    opened(dike_and_bridge())
    app = start()
    data = pane(checked(button(app, "Hoeveel rijstroken krijgt de brug?").click().run()))
    assert data is not None
    assert data["answer"]["question"] == "Hoeveel rijstroken krijgt de brug?"


def test_a_refusal_gives_its_reason_and_the_nearest_letters(opened):
    opened(dike_and_bridge())
    data = pane(ask(start(), "Hoe hoog is de maan?"))
    assert data is not None
    assert data["answer"]["refusal"]["reason"] == "het antwoord staat niet in deze brieven"
    assert len(data["answer"]["refusal"]["nearest"]) == len(data["letters"]) == 2


def test_a_follow_up_keeps_the_conversation_and_shows_what_was_searched(opened):
    fake = dike_and_bridge()
    opened(fake)
    data = pane(ask(ask(start(), "Hoe lang wordt de dijk?"), "En de brug?"))
    assert data is not None
    assert [one["question"] for one in data["earlier"]] == ["Hoe lang wordt de dijk?", "En de brug?"]
    assert data["answer"]["standalone"] == "Hoe lang wordt de dijk? En de brug?"
    assert [turn.question for turn in fake.asked[1][1]] == ["Hoe lang wordt de dijk?"]


def test_filters_are_applied_and_shown_as_chips(opened):
    fake = dike_and_bridge()
    opened(fake)
    app = start()
    app.selectbox(key="chamber").select("tk")
    app.selectbox(key="dossier").select("36999").run()
    data = pane(ask(app, "Hoe lang wordt de dijk?"))
    assert data is not None
    assert [chip["words"] for chip in data["answer"]["filters"]] == ["dossier 36999", "Tweede Kamer"]
    assert (fake.asked[0][2].chamber, fake.asked[0][2].dossier) == ("tk", "36999")
    cleared = checked(button(app, "Wis beperkingen").click().run())
    ask(cleared, "En de brug?")
    assert fake.asked[1][2].chamber is None


def test_filters_outlive_a_visit_to_another_page(opened):
    opened(dike_and_bridge())
    app = start()
    app.selectbox(key="chamber").select("ek").run()
    app.switch_page("screens/status.py").run()
    assert checked(app.switch_page("screens/ask.py").run()).selectbox(key="chamber").value == "ek"


def test_a_model_that_is_down_is_one_line_and_the_conversation_stays(opened):
    class Down(FakeAssistant):
        def ask(self, question: str, **how: Any) -> Any:
            if "brug" in question:
                raise ServerDownError("Ollama antwoordt niet. Start het met: ollama serve")
            return super().ask(question, **how)

    opened(Down(dike_and_bridge().letters.values()))
    app = ask(ask(start(), "Hoe lang wordt de dijk?"), "En de brug?")
    assert app.warning[0].value == "Ollama antwoordt niet. Start het met: ollama serve"
    data = pane(app)
    assert data is not None
    assert len(data["earlier"]) == 1


def test_a_fallback_says_why(opened, monkeypatch):
    monkeypatch.setenv("KAMERBRIEF_READER", "auto")
    monkeypatch.setenv("KAMERBRIEF_OLLAMA_HOST", "http://127.0.0.1:9")
    reader_state.look_again()
    opened(dike_and_bridge())
    app = ask(start(), "Hoe lang wordt de dijk?")
    data = pane(app)
    assert data is not None
    assert data["answer"]["reader"] == "Lezer: letterlijk citeren (Ollama is niet gevonden)"
    settings = checked(app.switch_page("screens/status.py").run())
    assert "zonder taalmodel" in settings.info[0].value
    assert "9" in settings.info[0].value
    settings.radio(key="reader").set_value("ollama").run()
    assert "Ollama antwoordt niet" in checked(settings).warning[0].value
    reader_state.look_again()


def test_a_running_question_can_be_stopped(opened):
    held = Held(dike_and_bridge().letters.values())
    opened(held)
    app = ask(start(), "Hoe lang wordt de dijk?")
    assert pane(app) is None
    checked(button(app, "Stop").click().run())
    held.go.set()
    checked(app.run())
    assert pane(app) is None
    assert app.warning[0].value == "De vraag is gestopt."


def test_a_running_question_survives_a_visit_to_another_page(opened):
    held = Held(dike_and_bridge().letters.values())
    opened(held)
    app = ask(start(), "Hoe lang wordt de dijk?")
    app.switch_page("screens/status.py").run()
    held.go.set()
    for thread in threading.enumerate():
        if thread.name == "vraag":
            thread.join(10)
    data = pane(checked(app.switch_page("screens/ask.py").run()))
    assert data is not None
    assert data["answer"]["question"] == "Hoe lang wordt de dijk?"


@pytest.mark.parametrize(
    ("choice", "asked"),
    [
        ("Wacht op het antwoord", ["Hoe lang wordt de dijk?", "En de brug?"]),
        ("Stop de oude vraag", ["En de brug?"]),
    ],
)
def test_a_second_question_waits_or_replaces_by_choice(opened, choice, asked):
    held = Held(dike_and_bridge().letters.values())
    opened(held)
    app = ask(ask(start(), "Hoe lang wordt de dijk?"), "En de brug?")
    checked(button(app, choice).click().run())
    held.go.set()
    for _ in range(3):
        for thread in threading.enumerate():
            if thread.name == "vraag":
                thread.join(10)
        checked(app.run())
    data = pane(app)
    assert data is not None
    assert [one["question"] for one in data["earlier"]] == asked


def test_a_refresh_finds_the_conversation_by_its_token(opened):
    opened(dike_and_bridge())
    first = ask(start(), "Hoe lang wordt de dijk?")
    token = (
        first.query_params["gesprek"][0]
        if isinstance(first.query_params["gesprek"], list)
        else first.query_params["gesprek"]
    )
    again = pane(start(gesprek=token))
    assert again is not None
    assert again["answer"]["question"] == "Hoe lang wordt de dijk?"
    assert pane(start()) is None


def test_a_token_of_ones_own_making_opens_nothing(opened):
    opened(dike_and_bridge())
    app = start(gesprek="zelfbedacht")
    assert "zelfbedacht" not in str(app.query_params["gesprek"])


def test_forgetting_the_conversation_leaves_nothing_behind(opened):
    opened(dike_and_bridge())
    app = ask(start(), "Hoe lang wordt de dijk?")
    token = str(app.query_params["gesprek"])
    checked(button(app, "Wis gesprek").click().run())
    assert pane(app) is None
    assert str(app.query_params["gesprek"]) != token
    assert pane(start(gesprek=token)) is None


def test_a_link_with_a_question_asks_it(opened):
    opened(dike_and_bridge())
    app = start(vraag="Hoeveel rijstroken krijgt de brug?")
    data = pane(app)
    assert data is not None
    assert data["answer"]["question"] == "Hoeveel rijstroken krijgt de brug?"
    assert "vraag" not in app.query_params


def test_a_link_with_a_span_opens_that_letter(opened):
    fake = dike_and_bridge()
    opened(fake)
    text = fake.letters["brug.txt"].text
    start_at = text.index("drie rijstroken")
    app = start(brief="brug.txt", van=str(start_at), tot=str(start_at + 15))
    data = pane(app)
    assert data is not None
    assert data["mode"] == "letter"
    marked = "".join(run for block in data["letters"][0]["blocks"] for run, numbers, _ in block["runs"] if numbers)
    assert marked == "drie rijstroken"
    checked(button(app, "Alle brieven").click().run())
    assert pane(app) is None
    assert pane(app, "kamerbrief_table") is not None
    assert "brief" not in app.query_params


def test_all_letters_stand_in_a_table(opened):
    opened(dike_and_bridge())
    app = start()
    data = pane(checked(app.switch_page("screens/letters.py").run()), "kamerbrief_table")
    assert data is not None
    assert [row["id"] for row in data["rows"]] == ["dijk.txt", "brug.txt"]
    assert [cell["text"] for cell in data["rows"][0]["cells"]][1:4] == ["3 mei 2024", "36999-12", "Tweede Kamer"]


def test_review_and_runs_say_what_to_do_when_there_is_nothing(opened):
    opened(dike_and_bridge())
    app = start()
    assert "Stel eerst een vraag" in checked(app.switch_page("screens/review.py").run()).info[0].value
    assert "nog geen metingen" in checked(app.switch_page("screens/runs.py").run()).info[0].value


def test_a_citation_is_judged_and_the_next_one_comes(opened, tmp_path):
    opened(dike_and_bridge())
    app = ask(start(), "Hoe lang wordt de dijk?")
    checked(app.switch_page("screens/review.py").run())
    app.text_input(key="reviewer").set_value("AZ").run()
    data = pane(app)
    assert data is not None
    assert data["answer"]["sources"][0]["n"] == 1
    checked(button(app, "Goed (g)").click().run())
    data = pane(app)
    assert data is not None
    assert data["answer"]["sources"][0]["n"] == 2
    (file,) = (tmp_path / "reviews").iterdir()
    line = json.loads(file.read_text(encoding="utf-8"))
    assert (line["verdict"], line["reviewer"], line["letter"]) == ("good", "AZ", "dijk.txt")
    assert str(app.query_params["gesprek"]) not in file.name
    assert any("goed: 1 · fout: 0 · twijfel: 0" in one.value for one in app.caption)


def test_runs_are_shown_and_a_damaged_one_says_so(opened, tmp_path):
    from fake_asker import FakeAsker, gold_line, refusal, saved_gold

    opened(dike_and_bridge())
    gold = saved_gold(tmp_path, gold_line())
    run_gold(gold, FakeAsker(lambda _: refusal()), tmp_path / "runs" / "een", progress=False)
    run_gold(gold, FakeAsker(lambda _: refusal()), tmp_path / "runs" / "twee", progress=False)
    app = checked(start().switch_page("screens/runs.py").run())
    data = pane(app, "kamerbrief_table")
    assert data is not None
    assert [row["id"] for row in data["rows"]] == ["q1"]
    other = app.selectbox(key="run_b").options[1]
    app.selectbox(key="run_b").select(other).run()
    assert "Bij geen enkele vraag is de uitkomst anders." in [one.value for one in checked(app).markdown]
    (tmp_path / "runs" / other / "scores.jsonl").write_text("stuk", encoding="utf-8")
    assert "beschadigd" in checked(app.run()).error[0].value


def test_the_settings_page_tells_what_is_there(opened):
    opened(dike_and_bridge())
    app = checked(start().switch_page("screens/status.py").run())
    checked(button(app, "Controleer alles").click().run())
    told = [one.value for one in app.markdown]
    assert any("**python** (goed)" in line for line in told)
    assert any("**index** (fout)" in line for line in told)
