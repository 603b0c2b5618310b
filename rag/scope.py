"""Scope: which letters a question may be answered from, after options and the question's own words.

An option's filter is never dropped. A phrase of the question that names a letter restricts too, but is dropped with a
warning when no letter answers to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from index.errors import KamerbriefError
from index.letter import Sender
from rag.answer import AppliedFilter
from rag.filters import Filters
from rag.question import Mention

if TYPE_CHECKING:
    from index.database import LetterInfo
    from index.store import Index


@dataclass(frozen=True, slots=True)
class Scope:
    """`letters` are the names of the letters that may be used, None for all; `sides` are the groups of letters that the
    question's phrases name, one for each phrase."""

    letters: frozenset[str] | None
    applied: tuple[AppliedFilter, ...]
    warnings: tuple[str, ...]
    sides: tuple[frozenset[str], ...] = ()

    def without_question_filters(self, index: "Index", filters: Filters) -> "Scope":
        """The scope with only the options' filters, and a line that says so."""
        dropped = ", ".join(f"'{f.value}'" for f in self.applied if f.source == "question")
        plain = scope(index, filters, ())
        line = f"In de genoemde brief ({dropped}) stond het niet; in alle brieven gezocht."
        return replace(plain, warnings=(*plain.warnings, line))


def scope(index: "Index", filters: Filters, mentions: Sequence[Mention], *, comparison: bool = False) -> Scope:
    """The letters that pass every option, and then at least one of the question's mentions.

    A comparison that names a letter for one of its sides only is not restricted: the other side stands elsewhere.

    Raises KamerbriefError when `since` is after `until`, and UnknownLetterError for an unknown `letter`.
    """
    if filters.since and filters.until and filters.since > filters.until:
        raise KamerbriefError(f"--since {filters.since} ligt na --until {filters.until}. Draai de twee datums om.")
    if filters == Filters() and not mentions:
        return Scope(None, (), ())
    options = {f.name: getattr(filters, f.name) for f in fields(filters)}
    applied = [AppliedFilter(name, str(value), "option") for name, value in options.items() if value is not None]
    letters = index.letters()
    warnings: list[str] = []
    allowed: Sequence[LetterInfo] = letters if filters == Filters() else [info for info in letters if _passes(info, filters)]
    if filters.letter is not None:
        name = index.letter(filters.letter).name
        allowed = [info for info in allowed if info.name == name]
    if filters.since or filters.until:
        undated = sum(info.date is None for info in letters)
        if undated:
            noun = "brief zonder datum valt" if undated == 1 else "brieven zonder datum vallen"
            warnings.append(f"{undated} {noun} buiten de gekozen periode.")
    sides = []
    for mention in mentions:
        named = frozenset(info.name for info in allowed if _answers_to(info, mention))
        if named:
            sides.append(named)
            applied.append(AppliedFilter("letter", mention.text.strip(), "question"))
        elif mention.key is None:  # a Kamerstuk that is not in the index is a thing asked about, not a letter to look in
            warnings.append(f"Geen brief gevonden die past bij '{mention.text.strip()}'; in alle brieven gezocht.")
    if comparison and len(sides) == 1:
        applied = [found for found in applied if found.source == "option"]
        sides = []
    if sides:
        names: frozenset[str] | None = frozenset().union(*sides)
    else:
        names = None if len(allowed) == len(letters) else frozenset(info.name for info in allowed)
    return Scope(names, tuple(applied), tuple(warnings), tuple(sides))


def _passes(info: "LetterInfo", filters: Filters) -> bool:
    if (filters.since or filters.until) and info.date is None:
        return False
    return (
        (filters.since is None or (info.date is not None and info.date >= filters.since))
        and (filters.until is None or (info.date is not None and info.date <= filters.until))
        and (filters.dossier is None or normal_dossier(filters.dossier) in info.dossiers)
        and (filters.chamber is None or info.chamber == filters.chamber)
        and (filters.sender is None or any(_named(filters.sender, sender) for sender in info.senders))
        and (filters.kind is None or (info.kind is not None and filters.kind.casefold() in info.kind.casefold()))
    )


def _named(wanted: str, sender: Sender) -> bool:
    return any(wanted.casefold() in part.casefold() for part in (sender.name, sender.role) if part)


def normal_dossier(text: str) -> str:
    """A dossier number as people write it ("28 676", "21501-28") in the form of the metadata ("28676", "21501-28")."""
    return text.replace(" ", "").replace("\u00a0", "").replace(".", "").upper()


def _answers_to(info: "LetterInfo", mention: Mention) -> bool:
    if mention.key is not None:
        return info.key == mention.key
    if mention.kind is not None and (info.kind is None or mention.kind not in info.kind.casefold()):
        return False
    if mention.first is None or mention.last is None:
        return True
    return info.date is not None and mention.first <= info.date <= mention.last
