"""What a person can restrict a question to: the values that the letters have, and the Filters made of a choice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rag.filters import Filters
from ui.words import sender_names

if TYPE_CHECKING:
    from index.database import LetterInfo


@dataclass(frozen=True, slots=True)
class Choices:
    """Values to choose from, sorted; `letters` are (name, title) pairs, newest first."""

    dossiers: tuple[str, ...]
    chambers: tuple[str, ...]
    senders: tuple[str, ...]
    kinds: tuple[str, ...]
    letters: tuple[tuple[str, str], ...]
    first: date | None
    last: date | None

    @property
    def title_of(self) -> dict[str, str]:
        """The title of every letter by name."""
        return dict(self.letters)


def choices_of(letters: "Iterable[LetterInfo]") -> Choices:
    """The choices that `letters` offer; a sender goes by name where it has one, else by function."""
    found = list(letters)
    dates = [letter.date for letter in found if letter.date is not None]
    newest = sorted(found, key=lambda one: (one.date or date.min, one.name), reverse=True)
    return Choices(
        dossiers=tuple(sorted({dossier for letter in found for dossier in letter.dossiers})),
        chambers=tuple(sorted({letter.chamber for letter in found if letter.chamber}, reverse=True)),
        senders=tuple(sorted({name for letter in found for name in sender_names(letter.senders)})),
        kinds=tuple(sorted({letter.kind for letter in found if letter.kind})),
        letters=tuple((letter.name, letter.title) for letter in newest),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def filters_of(values: Mapping[str, Any]) -> Filters:
    """The Filters that the widgets' values stand for; an empty value restricts nothing."""
    names = ("since", "until", "dossier", "chamber", "letter", "sender", "kind")
    return Filters(**{name: values[name] for name in names if values.get(name)})


def chosen_count(filters: Filters) -> int:
    """How many restrictions are set."""
    return sum(getattr(filters, name) is not None for name in Filters.__slots__)
