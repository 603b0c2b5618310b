"""Follow-ups without an LLM: what is kept of the earlier question, and that nothing is invented."""

import re

import pytest

from rag.followup import leans_on_history, stand_alone
from rag.turn import Turn

FIRST = Turn("Hoeveel gaf het ministerie in 2015 uit aan de loodsen?")


def test_a_question_without_history_stays_as_it_is() -> None:
    assert stand_alone("En hoeveel was dat in 2022?", []) == "En hoeveel was dat in 2022?"


def test_a_follow_up_takes_the_subject_along_and_its_own_year() -> None:
    assert stand_alone("En hoeveel was dat in 2022?", [FIRST]) == "Hoeveel was dat in 2022? (over: ministerie loodsen)"


def test_the_earlier_year_stays_when_the_follow_up_names_none() -> None:
    assert (
        stand_alone("En voor welke havens gold dat?", [FIRST])
        == "Voor welke havens gold dat? (over: ministerie 2015 loodsen)"
    )


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_stands_alone() -> None:
    history = [FIRST, Turn("Tegen welk jaar moet dat stoppen?")]
    assert stand_alone("Hoe is dat verdeeld?", history).endswith("(over: ministerie 2015 loodsen jaar stoppen)")


@pytest.mark.parametrize(
    "question", ["Welke havens krijgen in Zeeland een nieuwe kade?", "Hoeveel schepen van de kustwacht liggen in Harlingen?"]
)
def test_a_question_that_names_its_own_subject_is_left_alone(question: str) -> None:
    assert not leans_on_history(question)
    assert stand_alone(question, [FIRST]) == question


def test_no_word_or_figure_is_added_that_stands_nowhere() -> None:
    rewritten = stand_alone("En hoeveel was dat in 2022?", [FIRST])
    known = set(re.findall(r"\w+", f"{FIRST.question} en hoeveel was dat in 2022 over".lower()))
    assert set(re.findall(r"\w+", rewritten.lower())) <= known
