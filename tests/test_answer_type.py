"""What a question asks for, told by its wording."""

import pytest

from rag.answer_type import AnswerType, answer_type


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hoeveel geld gaat er naar de dijken?", AnswerType.AMOUNT),
        ("budget kustfonds", AnswerType.AMOUNT),
        ("Hoeveel kost de nieuwe sluis?", AnswerType.AMOUNT),
        ("Hoeveel schepen liggen er in de haven?", AnswerType.NUMBER),
        ("aantal loodsen 2023", AnswerType.NUMBER),
        ("Hoeveel procent van de pompen werkt?", AnswerType.PERCENTAGE),
        ("Welk percentage is dat?", AnswerType.PERCENTAGE),
        ("Wanneer gaat de brug open?", AnswerType.DATE),
        ("In welk jaar moet dat klaar zijn?", AnswerType.DATE),
        ("Hoe lang duurt de proef?", AnswerType.DURATION),
        ("Waar ligt de haven?", AnswerType.PLACE),
        ("Waar liggen de schepen voor de kust?", AnswerType.PLACE),
        ("Waar bestaat het pakket uit?", AnswerType.OTHER),
        ("Waar moet een schip allemaal aan voldoen?", AnswerType.LIST),
        ("Van wanneer tot wanneer geldt de regeling?", AnswerType.DURATION),
        ("Wie leidt het onderzoek?", AnswerType.PERSON),
        ("Welke minister is verantwoordelijk?", AnswerType.PERSON),
        ("Via welke organisatie loopt de inkoop?", AnswerType.ORGANISATION),
        ("Waar komt het nieuwe gemaal?", AnswerType.PLACE),
        ("Welke landen doen mee?", AnswerType.LIST),
        ("Waarom is de sluis dicht?", AnswerType.REASON),
        ("Waar staat KWZ voor?", AnswerType.DEFINITION),
        ("Wat is KWZ?", AnswerType.DEFINITION),
        ("Wat houdt de regeling in?", AnswerType.DEFINITION),
        ("Komt er een tweede sluis?", AnswerType.YES_NO),
        ("Vindt het kabinet dat genoeg?", AnswerType.YES_NO),
        ("Wat doet de minister tegen verzilting?", AnswerType.OTHER),
    ],
)
def test_the_wording_tells_the_answer_type(question: str, expected: AnswerType) -> None:
    assert answer_type(question) is expected


def test_accents_and_capitals_do_not_matter() -> None:
    assert answer_type("HOEVÉÉL GELD?") is answer_type("hoeveel geld?")
