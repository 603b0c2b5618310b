"""An assistant for the app's tests: real letters of our own making, answers from a script, no index and no model."""

import threading
import time
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from index.database import LetterInfo
from index.letter import Letter
from index.read import read_letter
from rag.answer import Answer, AppliedFilter, Citation, RankedPassage, Refusal, Statement, Support
from rag.filters import Filters
from rag.generate import StatementText
from rag.turn import Turn

DIKE = """36 999 Waterkering Oosterdam

Nr. 12 Brief van de minister van Waterwerken

Aan de Voorzitter van de Tweede Kamer

Den Haag, 3 mei 2024

Hierbij informeer ik uw Kamer over de dijk bij Oosterdam. De dijk wordt 4,2 kilometer
langer dan in het eerste plan stond. De kosten zijn geraamd op 18 miljoen euro.

Planning

De aannemer begint in september 2024 met het werk. De dijk is naar verwachting klaar
in het voorjaar van 2027.

De minister van Waterwerken,

A. Zandstra
"""
BRIDGE = """36 999 Waterkering Oosterdam

Nr. 15 Brief van de minister van Waterwerken

Aan de Voorzitter van de Eerste Kamer der Staten-Generaal

Den Haag, 9 september 2024

In deze brief ga ik in op de brug over de Ooster. De brug krijgt drie rijstroken.
Het onderhoud kost elk jaar 250.000 euro.

De minister van Waterwerken,

A. Zandstra
"""


def letter(text: str, name: str) -> Letter:
    """`text` read as the text file `name`."""
    return read_letter(text.encode(), name).letter


def cite(n: int, source: Letter, quote: str) -> Citation:
    """The citation numbered `n` of the one place where `quote` stands in `source`."""
    start = source.text.index(quote)
    date = source.metadata.date
    return Citation(
        n,
        letter=source.name,
        title=source.title,
        date=date.value.isoformat() if date else None,
        start=start,
        end=start + len(quote),
        quote=quote,
        quality=source.quality,
    )


class FakeAssistant:
    """Answers as `script` says: per word in the question an answer; any other question is refused.

    `delay` seconds go by before each answer, in steps in which a stop is noticed.
    """

    def __init__(self, letters: Sequence[Letter] = (), delay: float = 0.0) -> None:
        self.letters = {one.name: one for one in letters}
        self.delay = delay
        self.asked: list[tuple[str, tuple[Turn, ...], Filters]] = []
        self.index = SimpleNamespace(
            letters=lambda: [LetterInfo.of(one, []) for one in self.letters.values()],
            letter=self.letters.__getitem__,
            letter_count=len(self.letters),
            generation="0001",
        )

    def examples(self, count: int) -> list[str]:
        return ["Hoe lang wordt de dijk?", "Hoeveel rijstroken krijgt de brug?"][:count]

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),  # noqa: B008  (frozen)
        reader: str | None = None,
        on_event: Any = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        self.asked.append((question, tuple(history), filters))
        until = time.monotonic() + self.delay
        while time.monotonic() < until and not (stop and stop.is_set()):
            time.sleep(0.01)
            if on_event is not None:
                on_event(StatementText(0, ".", "Ik zoek in de brieven ..."))
        statements, citations = self._found(question)
        applied = tuple(
            AppliedFilter(name, str(getattr(filters, name)), "option")
            for name in Filters.__slots__
            if getattr(filters, name)
        )
        standalone = f"{history[-1].question} {question}" if history else question
        passages = tuple(RankedPassage(name, 0, 40, 1.0) for name in self.letters)
        return Answer(
            question=question,
            standalone_question=standalone,
            statements=statements,
            citations=citations,
            passages=passages,
            answerable_probability=0.9,
            generation="0001",
            reader="extractive",
            reader_reason="Ollama is niet gevonden",
            refusal=None if statements else Refusal.NOT_IN_LETTERS,
            refusal_text="" if statements else "Dit staat niet in de brieven.",
            filters=applied,
        )

    def _found(self, question: str) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        if "dijk" in question:
            dike = self.letters["dijk.txt"]
            first = cite(1, dike, "De dijk wordt 4,2 kilometer\nlanger dan in het eerste plan stond.")
            second = cite(2, dike, "De dijk is naar verwachting klaar\nin het voorjaar van 2027.")
            return (
                Statement("De dijk wordt 4,2 kilometer langer dan in het eerste plan stond.", (1,), Support.VERBATIM),
                Statement("De dijk is in 2027 klaar.", (2,), Support.SUPPORTED, "Stand 3 mei 2024:"),
            ), (first, second)
        if "brug" in question:
            bridge = self.letters["brug.txt"]
            return (Statement("De brug krijgt drie rijstroken.", (1,), Support.VERBATIM),), (
                cite(1, bridge, "De brug krijgt drie rijstroken."),
            )
        return (), ()


def dike_and_bridge(delay: float = 0.0) -> FakeAssistant:
    """The fake over the two made-up letters."""
    return FakeAssistant([letter(DIKE, "dijk.txt"), letter(BRIDGE, "brug.txt")], delay)
