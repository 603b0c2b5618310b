"""Turn: one earlier question of a conversation, with its answer where there was one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question, oldest first in a history; `answer` is the text that was shown, or None."""

    question: str
    answer: str | None = None
