"""A quote about the right subject that does not tell what is sought is no answer."""

import pytest
from one_letter import assistant_over, explained

from rag.answer import Answer
from rag.assistant import Assistant

LETTER = """90 123\t\tGetijden
Nr. 8\t\tBrief van de minister van Getijden

Aan de Voorzitter van de Tweede Kamer

Den Haag, 5 maart 2031

De nieuwe veerboot

De nieuwe veerboot voor Zilt is in juni 2030 van de helling gelopen. De veerboot voor Zilt krijgt een dek van hout.

De sluis

De sluis bij Moerhaven is in 2030 hersteld voor 3 miljoen euro.

De zeehonden

In 2029 telde de zeehondenbank 140 zeehonden, en vorig \
jaar 180 zeehonden.

De minister van Getijden,

A.B. Duinker
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("letter"), LETTER)


def told(answer: Answer) -> object:
    return explained(answer, "tells")


def test_a_quote_without_the_sum_that_is_sought_is_refused(assistant: Assistant) -> None:
    known = assistant.ask("Wanneer is de nieuwe veerboot voor Zilt van de helling gelopen?", explain=True)
    assert [s.text for s in known.statements] == ["De nieuwe veerboot voor Zilt is in juni 2030 van de helling gelopen."]
    assert told(known) is True
    unknown = assistant.ask("Hoeveel kost de nieuwe veerboot voor Zilt?", explain=True)
    assert unknown.refusal == "not_in_letters"
    assert unknown.answerable_probability < 0.1
    assert told(unknown) is False


def test_a_quote_of_another_year_than_the_question_names_is_refused(assistant: Assistant) -> None:
    sluice = assistant.ask("Voor hoeveel geld is de sluis bij Moerhaven in 2030 hersteld?")
    assert "3 miljoen euro" in sluice.text
    assert assistant.ask("Voor hoeveel geld is de sluis bij Moerhaven in 2025 hersteld?").refusal == "not_in_letters"


def test_a_year_is_also_told_by_words_that_count_from_the_letter(assistant: Assistant) -> None:
    seals = assistant.ask("Hoeveel zeehonden telde de zeehondenbank in 2030?")
    assert "vorig jaar 180 zeehonden" in seals.text
