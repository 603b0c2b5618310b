"""What the words of a question tell: names, years, letters named, comparison."""

from datetime import date

import pytest

from rag.answer_type import AnswerType
from rag.question import Mention, names, own_words, understand


def test_names_and_abbreviations_are_cues_but_an_opening_capital_is_not() -> None:
    assert names("Hoeveel boten heeft de KWD in Zuidhaven, volgens Oldenkamp?") == ("kwd", "zuidhaven", "oldenkamp")
    assert names("KWD in het nieuws. Waarom?") == ("kwd",)


def test_a_question_is_taken_apart() -> None:
    question = understand("Hoeveel kostte de sluis in 2023 en in 2024, volgens de Zeeland-fractie?")
    assert question.answer_type is AnswerType.AMOUNT
    assert question.years == (2023, 2024)
    assert question.fractie == "Zeeland"
    assert "sluis" in question.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wat staat er in de brief van 28 oktober 2024 over boeien?",
            Mention("brief van 28 oktober 2024", None, date(2024, 10, 28), date(2024, 10, 28)),
        ),
        ("Wat wil het kabinet volgens de geannoteerde agenda?", Mention("geannoteerde agenda", "agenda")),
        (
            "Wie tekende de nota van april 2024?",
            Mention("nota van april 2024", "nota", date(2024, 4, 1), date(2024, 4, 30)),
        ),
        ("Wat zegt Kamerstuk 99 101, nr. 12 over zand?", Mention("Kamerstuk 99 101, nr. 12", key="kst-99101-12")),
    ],
)
def test_a_phrase_that_names_a_letter_is_a_mention(text: str, expected: Mention) -> None:
    assert expected in understand(text).mentions


@pytest.mark.parametrize(
    "text", ["Wat gebeurde er in 2022?", "Welke agenda heeft de minister?", "Hoeveel brieven kwamen er?"]
)
def test_a_year_or_a_loose_word_is_no_mention(text: str) -> None:
    assert understand(text).mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Wat is het verschil tussen de twee plannen?",
        "Wie was minister in 2024, en wie in 2025?",
        "Wat stond in de agenda en wat kwam er uiteindelijk?",
    ],
)
def test_a_question_with_two_sides_is_a_comparison(text: str) -> None:
    assert understand(text).comparison


def test_verschillende_is_no_comparison() -> None:
    assert not understand("Hoeveel verschillende havens zijn er?").comparison


def test_any_text_can_be_asked() -> None:
    assert understand("???").words == {}
    assert understand("\u0000\ud7ff 😀 " * 50).answer_type is AnswerType.OTHER


def test_what_a_follow_up_is_about_is_not_its_own_words() -> None:
    text = "En hoeveel vrouwen in 2032? (over: veerlieden vanaf 2029)"
    assert own_words(text) == "En hoeveel vrouwen in 2032?"
    question = understand(text)
    assert [period.first.year for period in question.periods] == [2032, 2029]
    assert [period.first.year for period in question.own_periods] == [2032]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Hoeveel boten voeren er in 2031?", [2031]),
        ("Hoeveel boten voeren er in het voorjaar van 2031?", [2031]),
        ("Hoe is de motie van 3 mei 2029 uitgevoerd?", []),
        ("Wat kost de sluis die in 2029 opengaat?", []),
        ("Wat kost de in 2029 geopende sluis?", []),
        ("Hoeveel boten varen er sinds 2029?", []),
    ],
)
def test_an_answer_must_be_of_a_period_that_is_the_time_of_what_is_asked(text: str, years: list[int]) -> None:
    assert [period.first.year for period in understand(text).own_periods] == years
