"""Example questions drawn from an index, so that a newcomer sees what can be asked of these very letters."""

from typing import TYPE_CHECKING

from index.metadata import dutch_date
from rag.about import newest_first

if TYPE_CHECKING:
    from index.database import LetterInfo
    from index.store import Index

MAX_HEADING = 60


def example_questions(index: "Index", count: int) -> list[str]:
    """At most `count` questions: on a section of each of the newest dated letters, and last on who signed the newest."""
    dated = [info for info in newest_first(index.letters()) if info.date is not None]
    found = [question for info in dated[: 3 * count] if (question := _on_a_section(index, info))]
    signed = [f"Wie ondertekende de brief van {dutch_date(info.date)}?" for info in dated[:1] if info.date is not None]
    return [*found[: max(0, count - len(signed))], *signed][:count]


def _on_a_section(index: "Index", info: "LetterInfo") -> str | None:
    for passage in index.passages(list(index.passages_of(info.name))):
        heading = passage.heading[-1].strip() if passage.heading else ""
        if 0 < len(heading) <= MAX_HEADING and info.date is not None:
            return f"Wat staat er in de brief van {dutch_date(info.date)} over {heading}?"
    return None
