"""One person's conversation: frozen, so that a screen always draws one consistent state.

Every exchange keeps the filters it was asked with. `shown` is the exchange whose answer stands beside the letter; a new
answer is shown at once. What the assistant gets as history are the turns before, answers included.
"""

from dataclasses import dataclass, field, replace

from rag.answer import Answer
from rag.filters import Filters
from rag.turn import Turn


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a person put it, with the restrictions and the reader chosen for it (None: as in the settings).

    `turns`, where given, are the history to ask it with, in place of the conversation so far.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    reader: str | None = None
    turns: tuple[Turn, ...] | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer."""

    asked: Asked
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges so far, oldest first; `shown` indexes the one on screen, None while there are none."""

    exchanges: tuple[Exchange, ...] = ()
    shown: int | None = None

    def add(self, exchange: Exchange) -> "Conversation":
        """With `exchange` at the end, and shown."""
        return replace(self, exchanges=(*self.exchanges, exchange), shown=len(self.exchanges))

    def show(self, number: int) -> "Conversation":
        """With exchange `number` (from 0) shown; a number out of range changes nothing."""
        return replace(self, shown=number) if 0 <= number < len(self.exchanges) else self

    @property
    def current(self) -> Exchange | None:
        """The exchange on screen."""
        return None if self.shown is None else self.exchanges[self.shown]

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns before the next question, oldest first; a refusal counts as a turn without answer."""
        return tuple(
            Turn(exchange.asked.text, exchange.answer.text if exchange.answer.answered else None)
            for exchange in self.exchanges
        )

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(exchange.answer for exchange in self.exchanges)
