"""Names: what a statement names that its source does not know."""

import pytest

from rag.names import capitalised, missing


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("De Belgische minister kwam.", "De minister van België kwam.", []),
        ("De Noorse minister kwam.", "De minister van Denemarken kwam.", ["Noorse"]),
        ("De RSB meet.", "De Rijksdienst Sluizen en Bruggen meet.", []),
        ("De Rijksdienst Sluizen en Bruggen meet.", "De RSB meet.", []),
        ("De Europese Unie betaalt.", "De EU betaalt.", []),
        ("Zuid-Fictieland betaalt.", "Noord-Fictieland betaalt.", ["Zuid-Fictieland"]),
        ("Noorwegen betaalt.", "Zweden betaalt.", ["Noorwegen"]),
        ("Daarnaast betaalt het waterschap.", "Het waterschap betaalt.", []),
        ("De Staatssecretaris tekent.", "Ik teken.", []),
    ],
)
def test_names_are_compared_by_meaning(text: str, told: str, expected: list[str]) -> None:
    assert missing(text, told) == expected


def test_a_capital_that_only_opens_a_sentence_is_marked() -> None:
    assert capitalised("Daarna kwam Verzinsel. Toen ging EU-gezant X.") == [
        ("Daarna", True),
        ("Verzinsel", False),
        ("Toen", True),
        ("EU-gezant", False),
        ("X", False),
    ]
