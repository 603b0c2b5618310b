"""A name in the question that the quoted letters do not know."""

import pytest
from one_letter import assistant_over, explained

from rag.answer import Answer
from rag.assistant import Assistant
from rag.names import missing

LETTER = """90 125\t\tWerven
Nr. 3\t\tBrief van de minister van Getijden

Aan de Voorzitter van de Tweede Kamer

Den Haag, 5 maart 2031

De werf in Zilt

De werf van Strandgaper in Zilt krijgt 4 miljoen euro van het Rijk, omdat er anders 600 mensen hun baan verliezen. \
Er ligt een Gierpontdek.

De Waddense wateren

Over de haven van Zilt spreek ik met de Noordelijke Vissersbond (NVB). Brussel heeft de steun goedgekeurd.

De minister van Getijden,

A.B. Duinker
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("letter"), LETTER)


def unknown(answer: Answer) -> object:
    return explained(answer, "unknown_names")


def test_a_name_that_no_quoted_letter_knows_makes_the_quote_no_answer(assistant: Assistant) -> None:
    known = assistant.ask("Hoeveel geld krijgt de werf van Strandgaper van het Rijk?", explain=True)
    assert "4 miljoen euro" in known.text
    assert unknown(known) == []
    other = assistant.ask("Hoeveel geld krijgt de werf van Schollevaar van het Rijk?", explain=True)
    assert other.refusal == "not_in_letters"
    assert unknown(other) == ["Schollevaar"]
    wide = assistant.ask("Hoeveel geld krijgt de werf van Strandgaper volgens de NAVO van het Rijk?", explain=True)
    assert unknown(wide) == ["NAVO"]
    assert other.warnings == ("In de brief van de beste zin komt niet voor: Schollevaar.",)


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel geld krijgt de werf van Strandgaper volgens Duinker van het Rijk?",
        "Hoeveel geld krijgt de werf van Strandgapper van het Rijk?",
        "Hoeveel geld krijgt de werf van Strandgaper, waar de NVB over gaat, van het Rijk?",
        "Hoeveel geld krijgt de werf van Strandgaper nu de EU het goedkeurt?",
        "Krijgt de werf van Strandgaper geld van het Rijk?",
        "Hoeveel geld krijgt de werf van Strandgaper voor de Gierponten van het Rijk?",
    ],
    ids=["elsewhere in the letter", "misspelt", "abbreviation", "in other words", "a capital that opens", "in a compound"],
)
def test_a_name_is_known_by_its_letter_its_forms_and_its_other_words(assistant: Assistant, question: str) -> None:
    assert unknown(assistant.ask(question, explain=True)) == []


def test_the_forms_of_a_province_are_one_name(assistant: Assistant) -> None:
    assert missing("de Friese politie", "de politie in Fryslân") == []
    assert missing("de Zeeuwse politie", "de politie in Zeeland") == []
    assert missing("de Drentse politie", "de politie in Limburg") == ["Drentse"]
