import json
import re
from dataclasses import replace

import pytest
from fake_assistant import dike_and_bridge

from ui import component
from ui.component import page, table
from ui.component.table import Cell, Column, Row
from ui.conversation import Asked, Conversation, Exchange
from ui.links import Place


def asked(*questions: str) -> Conversation:
    fake, conversation = dike_and_bridge(), Conversation()
    for question in questions:
        conversation = conversation.add(Exchange(Asked(question), fake.ask(question)))
    return conversation


def test_the_data_of_an_answer_hold_its_letters_in_date_order():
    fake = dike_and_bridge()
    conversation = asked("Wat staat er niet?")
    names = component.cited_letters(conversation.exchanges[0].answer)
    data = component.answer_data(conversation, [fake.letters[name] for name in reversed(names)], {})
    assert [one["name"] for one in data["letters"]] == ["dijk.txt", "brug.txt"]
    json.dumps(data)


def test_only_the_marks_of_the_shown_answer_are_in_the_letter():
    fake = dike_and_bridge()
    conversation = asked("Hoe lang wordt de dijk?")
    data = component.answer_data(conversation, [fake.letters["dijk.txt"]], {})
    numbers = {n for block in data["letters"][0]["blocks"] for _, cited, _ in block["runs"] for n in cited}
    assert numbers == {1, 2}
    assert data["earlier"] == [{"number": 0, "question": "Hoe lang wordt de dijk?"}]


def test_another_answer_is_another_view_and_the_same_answer_is_not():
    first, both = asked("de dijk?"), asked("de dijk?", "de brug?")
    letters = list(dike_and_bridge().letters.values())
    identity = component.answer_data(first, letters, {})["id"]
    assert component.answer_data(both, letters, {})["id"] != identity
    assert component.answer_data(both.show(0), letters, {})["id"] == identity


def test_an_empty_conversation_has_nothing_to_show():
    with pytest.raises(ValueError, match="nothing to show"):
        component.answer_data(Conversation(), [], {})


def test_a_span_outside_the_letter_is_not_marked():
    letter = dike_and_bridge().letters["brug.txt"]
    assert component.letter_data(letter, Place("brug.txt", 5, 9))["marked"] == "?brief=brug.txt&van=5&tot=9"
    assert component.letter_data(letter, Place("brug.txt", 5, 99999))["marked"] is None
    assert component.letter_data(letter, Place("brug.txt"))["marked"] is None


def test_a_review_shows_one_source_and_the_statements_that_cite_it():
    fake = dike_and_bridge()
    answer = fake.ask("Hoe lang wordt de dijk?")
    data = component.review_data(answer, answer.citations[1], fake.letters["dijk.txt"], {})
    assert [one["citations"] for one in data["answer"]["statements"]] == [[2]]
    assert [one["n"] for one in data["answer"]["sources"]] == [2]
    unknown = replace(answer.citations[0], status="unknown", letter=None, start=None, end=None)
    assert component.review_data(answer, unknown, None, {})["letters"] == []


def test_a_table_finds_and_sorts_by_what_it_is_given():
    data = table.table_data(
        [Column("Titel"), Column("Aantal", "number")],
        [Row("a", (Cell("Brug \x1b[1m"), Cell("10", 10))), Row("b", (Cell("Dijk"), Cell("", None)))],
        caption="Brieven",
        noun="brieven",
        sort=1,
        down=True,
    )
    assert data["rows"][0] == {
        "id": "a",
        "cells": [{"text": "Brug \ufffd[1m", "sort": None}, {"text": "10", "sort": 10}],
        "find": "brug \ufffd[1m 10",
    }
    assert (data["sort"], data["down"]) == (1, True)


def test_our_scripts_never_make_html_of_text_and_never_use_the_network():
    scripts = sorted(component.FOLDER.glob("*.js"))
    assert [script.name for script in scripts] == ["page.js", "pane.js", "table.js"]
    for script in scripts:
        code = script.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser", code)
        assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(|\beval\(", code)
        assert "http" not in re.sub(r"//.*", "", code)


def test_our_styles_load_nothing():
    for style in component.FOLDER.glob("*.css"):
        assert not re.search(r"@import|url\(", style.read_text(encoding="utf-8"))


def test_words_of_streamlit_are_replaced_by_dutch():
    assert page.WORDS["Close"] == "Sluiten"
    assert all(english != dutch for english, dutch in page.WORDS.items() if english != "Menu")
