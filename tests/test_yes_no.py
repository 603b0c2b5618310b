"""Ja or Nee is said only where a rule is certain."""

import pytest

from rag.question import understand
from rag.yes_no import decide


@pytest.mark.parametrize(
    ("question", "sentence", "held", "word"),
    [
        ("Komt er tol op drukke bruggen?", "Er komt geen tol op drukke bruggen.", 1.0, "Nee"),
        ("Is de motie aangenomen?", "De motie is aangenomen.", 1.0, "Ja"),
        ("Is de motie aangenomen?", "De motie is mogelijk aangenomen.", 1.0, None),
        ("Is de motie aangenomen?", "De motie ligt bij de commissie.", 0.5, None),
        ("Zijn er 52 bruggen gesloten?", "Er zijn 9 bruggen gesloten.", 0.9, None),
        ("Is de motie niet aangenomen?", "De motie is aangenomen.", 1.0, None),
        ("Is de motie aangenomen of verworpen?", "De motie is aangenomen.", 0.9, None),
        ("Wie heeft de motie aangenomen?", "De Kamer heeft de motie niet aangenomen.", 1.0, None),
    ],
)
def test_decide(question: str, sentence: str, held: float, word: str | None) -> None:
    assert decide(understand(question), sentence, held) == word
