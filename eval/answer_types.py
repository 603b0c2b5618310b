"""What kind of thing a question asks for, in the words that a report shows; the program's own guess (rag/answer_type.py)."""

from rag.answer_type import answer_type

ANSWER_TYPES = {
    "amount": "bedrag",
    "number": "getal",
    "percentage": "percentage",
    "date": "datum",
    "duration": "duur",
    "person": "persoon",
    "organisation": "organisatie",
    "place": "plaats",
    "list": "lijst",
    "reason": "reden",
    "yes_no": "ja of nee",
    "definition": "definitie",
    "other": "overig",
}


def dutch_answer_type(question: str) -> str | None:
    """The kind in Dutch, or None for one without a name here."""
    return ANSWER_TYPES.get(answer_type(question))
