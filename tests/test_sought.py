"""Whether a sentence tells the figure, time or name that a question seeks."""

import pytest

from rag.sought import sought


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("Hoeveel kost de nieuwe veerboot?", "De nieuwe veerboot kost 12,5 miljoen.", True),
        ("Hoeveel kost de nieuwe veerboot?", "De nieuwe veerboot vaart op 12 knopen.", False),
        ("Wat kost een vergunning?", "De melding is kosteloos.", True),
        ("Hoeveel veerboten varen er?", "Er varen negen veerboten.", True),
        ("Hoeveel veerboten varen er?", "De eerste veerboot vaart al.", False),
        ("Hoeveel veerboten zijn er gekeurd?", "Van de veerboten is er nog geen gekeurd.", True),
        ("Welk deel van de veerboten is gekeurd?", "De helft is gekeurd.", True),
        ("Hoe vaak wordt het water gemeten?", "Het water wordt maandelijks gemeten.", True),
        ("Hoe lang duurt de proef?", "De proef duurt twee jaar.", True),
        ("Hoe lang duurt de proef?", "De proef is begonnen.", False),
        ("Wanneer komt het plan?", "De Kamer krijgt het plan voor het zomerreces.", True),
        ("Wanneer komt het plan?", "Het plan komt er.", False),
        ("Hoe lang is de brug?", "De brug is 300 meter lang.", True),
        ("Hoeveel schepen zijn er gezonken?", "Het is nog niet bekend hoeveel schepen er zijn gezonken.", True),
        ("Hoeveel van de 25 voorstellen zijn af?", "Alle 25 voorstellen zijn af.", True),
        ("Wat is het aantal veerboten?", "De veerboten zijn gekeurd.", False),
        ("Wanneer begint het?", "De regeling begint op een bij koninklijk besluit te bepalen tijdstip.", True),
        ("Wanneer begint het?", "De centrale dient als reserve.", False),
        ("Wie is de gezant van de Kustraad?", "De post van gezant is al een jaar vacant.", True),
        ("Op welke dag was de storm?", "De storm was op 3 mei.", True),
        ("Op welke dag was de storm?", "De storm duurde al vijf dagen.", False),
        ("Welke drie gemeenten doen mee?", "Oostermark, Wadeland en Hogeland doen mee.", True),
        ("Welke drie gemeenten doen mee?", "In drie gemeenten loopt een proef.", False),
        ("Wie is de voorzitter van de Kustraad?", "De voorzitter van de Kustraad opende de brug.", False),
        ("Wie volgt mevrouw Duinker op?", "Mevrouw Duinker gaat weg.", False),
        ("Wie volgt mevrouw Duinker op?", "Na mevrouw Duinker komt de heer Strandgaper.", True),
        ("Hoe heet de voorzitter van de Kustraad?", "De Kustraad wordt geleid door mevrouw Duinker.", True),
        ("Hoe heet de voorzitter van de Kustraad?", "De Kustraad heeft een nieuwe voorzitter.", False),
    ],
)
def test_a_sentence_tells_what_is_sought_or_not(question: str, sentence: str, told: bool) -> None:
    wanted = sought(question)
    assert wanted is not None
    assert wanted.tells(sentence) is told


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Hoeveel van de 25 voorstellen zijn af?", "Er liggen 25 voorstellen."),
        ("Wat kost de brug van 3 miljoen euro per jaar?", "De brug van € 3 mln. is open."),
        ("Wanneer in 2031 komt het plan?", "In 2031 komt het plan."),
        ("Hoe heet de opvolger van Duinker?", "De heer Duinker is vertrokken."),
    ],
)
def test_what_the_question_itself_names_does_not_count(question: str, sentence: str) -> None:
    wanted = sought(question)
    assert wanted is not None
    assert not wanted.tells(sentence)


@pytest.mark.parametrize(
    "question",
    [
        "Waarom is de brug dicht?",
        "Wie is er verantwoordelijk voor de brug?",
        "Is bekend hoeveel de brug kost?",
        "Wie weet hoeveel de brug kost?",
        "Wanneer mag een veerboot varen?",
        "Waarvan hangt af hoeveel geld een gemeente krijgt?",
    ],
)
def test_other_questions_seek_no_figure_time_or_name(question: str) -> None:
    assert sought(question) is None


def test_only_the_own_words_of_a_follow_up_seek() -> None:
    assert sought("Waarom? (over: hoeveel veerboten varen)") is None
    wanted = sought("Hoeveel zijn dat er? (over: veerboten wanneer)")
    assert wanted is not None
    assert not wanted.time
    assert not wanted.tells("Dat is sinds 3 mei 2031 zo.")
