"""Polarity: denied against affirmed, opposites, and the forms that only look like a denial."""

import pytest

from rag.polarity import contradicts


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("De brug is open.", "De brug is niet open."),
        ("Er is geen geld voor de sluis.", "Er is geld voor de sluis."),
        ("De huur is verhoogd.", "De huur is verlaagd."),
        ("De gemeente steunt het plan.", "De gemeente wijst het plan af."),
        ("Het kabinet kan dit bevestigen.", "Dit kan het kabinet niet bevestigen."),
        ("Fictieland doet mee aan de proef.", "Fictieland doet niet mee, omdat de proef te duur is."),
        ("Er kwamen meer reizigers.", "Er kwamen minder reizigers."),
        ("Het fonds gaat over wegen en niet over water.", "Het fonds gaat over water, niet over wegen."),
    ],
)
def test_the_opposite_is_noticed_either_way(statement: str, source: str) -> None:
    assert contradicts(statement, source)
    assert contradicts(source, statement)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("De brug is niet open.", "De brug is niet open en de sluis is dicht."),
        ("De kosten dalen.", "De kosten stijgen niet maar dalen."),
        ("Niet alleen de brug maar ook de sluis is klaar.", "De brug en de sluis zijn klaar."),
        ("Het geld komt uit het fonds.", "Het geld komt niet langer uit de begroting, maar uit het fonds."),
        ("Het plan is niet aangenomen.", "Het plan is verworpen."),
        ("Het fonds gaat niet over wegen maar over water.", "Het fonds gaat over water, niet over wegen."),
        ("Zeven boten varen uit.", "De haven is groot."),
    ],
)
def test_the_same_in_other_words_is_no_contradiction(statement: str, source: str) -> None:
    assert not contradicts(statement, source)
