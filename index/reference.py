"""References to Kamerstukken in running text and in what a user types."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference at `start` to `end` of the text it was found in."""

    start: int
    end: int
    dossier: str
    number: str | None

    @property
    def key(self) -> str | None:
        """The canonical key, None where no number is given."""
        return None if self.number is None else f"kst-{self.dossier}-{self.number}"


FORM = re.compile(r"\b(\d{2})\s?(\d{3})(?:-([IVXLC]+|\d{2}))?(?:,\s*|\s+|-)(?:nr\.?\s*)?(\d{1,4}|[A-Z]{1,2})\b")


def find(text: str) -> list[Reference]:
    """The references in `text`."""
    return [
        Reference(match.start(), match.end(), match[1] + match[2] + (f"-{match[3]}" if match[3] else ""), match[4])
        for match in FORM.finditer(text)
    ]


def parse_key(user_text: str) -> str | None:
    """The canonical key that a user means, or None."""
    match = FORM.search(user_text.removeprefix("kst-"))
    return f"kst-{match[1]}{match[2]}{'-' + match[3] if match[3] else ''}-{match[4]}" if match else None
