"""Source: a cited sentence as the check of statements sees it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """The reading view of one cited sentence, with the date of its letter.

    `context` is what the reader of the citation sees besides the text and may be repeated in a statement: title of the
    letter, heading, fractie, sender.
    """

    text: str
    letter_date: date | None = None
    context: str = ""
