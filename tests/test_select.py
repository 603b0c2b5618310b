"""What the reader quotes beside the best sentence: a whole list, and what "Dit" speaks of."""

import pytest
from one_letter import assistant_over

from rag.assistant import Assistant

LETTER = """90 123\t\tGetijden
Nr. 7\t\tBrief van de minister van Getijden

Aan de Voorzitter van de Tweede Kamer

Den Haag, 5 maart 2031

Regels voor de veerboten

Een veerboot mag alleen varen als zij aan de volgende eisen voldoet:

- de romp is het laatste jaar gekeurd;
- er zijn reddingsvesten voor alle opvarenden;
- de stuurman spreekt Nederlands.

In juni 2030 voeren er negen veerboten. In september 2030 voeren er twaalf veerboten. \
Op andere schepen wordt niet gelet. Op 3 mei is de Vissersbond gehoord over het haringplan. Dat overleg duurde vier uur. De \
bond wil een hoger quotum voor kleine kotters.

De minister van Getijden,

A.B. Duinker
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("letter"), LETTER)


@pytest.mark.parametrize(
    "question", ["Welke eisen gelden voor een veerboot?", "Waar moet een veerboot allemaal aan voldoen?"]
)
def test_a_list_is_quoted_whole_with_what_introduces_it(asked: Assistant, question: str) -> None:
    assert [statement.text for statement in asked.ask(question).statements] == [
        "Een veerboot mag alleen varen als zij aan de volgende eisen voldoet:",
        "- de romp is het laatste jaar gekeurd;",
        "- er zijn reddingsvesten voor alle opvarenden;",
        "- de stuurman spreekt Nederlands.",
    ]


def test_a_sentence_of_the_month_asked_about_goes_before_others(asked: Assistant) -> None:
    quoted = [statement.text for statement in asked.ask("Hoeveel veerboten voeren er in juni 2030?").statements]
    assert quoted == ["In juni 2030 voeren er negen veerboten."]
    quoted = [statement.text for statement in asked.ask("Hoeveel veerboten voeren er in september 2030?").statements]
    assert quoted == ["In september 2030 voeren er twaalf veerboten."]


def test_a_sentence_that_speaks_of_the_one_before_it_is_quoted_with_it(asked: Assistant) -> None:
    answer = asked.ask("Hoeveel uur duurde het overleg met de Vissersbond?")
    both = "Op 3 mei is de Vissersbond gehoord over het haringplan. Dat overleg duurde vier uur."
    assert answer.statements[0].text.startswith(both)
