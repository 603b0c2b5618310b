"""Cite: from chosen sentences to numbered citations, exact by construction.

A citation is made from stored offsets, never by searching for text: `quote` is `letter.text[start:end]`. Keys that a model
made up stay visible as unknown citations.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.letter import Letter, Span
from rag.answer import Citation

if TYPE_CHECKING:
    from index.store import Index, IndexedPassage


class Citations:
    """Numbers sources in the order in which statements use them; the same span gets the same number."""

    def __init__(self, index: "Index") -> None:
        self._index = index
        self._numbers: dict[tuple[str, int, int] | str, int] = {}
        self._citations: list[Citation] = []

    def letter(self, name: str) -> Letter:
        """The letter called `name`."""
        return self._index.letter(name)

    def cite(self, passage: "IndexedPassage", spans: Sequence[Span]) -> tuple[int, ...]:
        """The numbers of the citations for `spans` of the letter of `passage`, one each."""
        heading = passage.heading[-1] if passage.heading else None
        return tuple(self.cite_span(passage.letter, span, heading) for span in spans)

    def cite_span(self, name: str, span: Span, heading: str | None = None) -> int:
        """The number of the citation for one span of the letter called `name`."""
        key = (name, span.start, span.end)
        if key not in self._numbers:
            self._add(key, citation(self.letter(name), span, heading, len(self._citations) + 1))
        return self._numbers[key]

    def unknown(self, key: str) -> int:
        """The number of the citation that stands for a key which no sentence has."""
        if key not in self._numbers:
            self._add(key, Citation(n=len(self._citations) + 1, status="unknown", key=key))
        return self._numbers[key]

    def all(self) -> tuple[Citation, ...]:
        """The citations made so far, numbered from 1."""
        return tuple(self._citations)

    def _add(self, key: tuple[str, int, int] | str, made: Citation) -> None:
        self._numbers[key] = made.n
        self._citations.append(made)


def citation(letter: Letter, span: Span, heading: str | None, n: int) -> Citation:
    """The citation of `span` of `letter`."""
    when = letter.metadata.date
    return Citation(
        n=n,
        letter=letter.name,
        title=letter.title,
        date=None if when is None else when.value.isoformat(),
        heading=heading,
        page=letter.page_at(span.start),
        quality=letter.quality,
        start=span.start,
        end=span.end,
        quote=letter.quote(span),
    )
