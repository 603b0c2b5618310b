"""Spans on offer against spans of evidence: when a piece is found, and how far down the list.

The rules of the gold sets: a piece of evidence is found when the union of the spans on offer covers at least half of one of
its places; a passage counts with its first 1,500 characters; a citation of more than 600 characters is wrong. The union is
a real one, so that the same passage twice, or passages that overlap, cover nothing twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.gold import GoldSpan

PASSAGE_CHARACTERS = 1500
CITATION_CHARACTERS = 600


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """Characters `start` up to `end` of a letter that an answer puts forward, as a passage or as a citation."""

    letter: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


Pieces = Sequence[Sequence[GoldSpan]]
"""Evidence as an AND of ORs: needed pieces, each with all places where it stands."""


def offers(items: Iterable[Mapping[str, Any]]) -> list[Offer | None]:
    """Passages or citations of the JSON contract as offers, in order; None for what points at no characters at all."""
    return [_offer(item.get("letter"), item.get("start"), item.get("end")) for item in items]


def _offer(letter: Any, start: Any, end: Any) -> Offer | None:
    whole = type(start) is int and type(end) is int
    return Offer(letter, start, end) if isinstance(letter, str) and whole and 0 <= start < end else None


def clipped(passage: Offer) -> Offer:
    """What counts of a passage: its first 1,500 characters."""
    return Offer(passage.letter, passage.start, min(passage.end, passage.start + PASSAGE_CHARACTERS))


def overlap(offer: Offer, place: GoldSpan) -> int:
    """The number of characters that `offer` and `place` share."""
    if offer.letter != place.letter:
        return 0
    return max(0, min(offer.end, place.end) - max(offer.start, place.start))


def found_ranks(pieces: Pieces, passages: Sequence[Offer | None]) -> tuple[int | None, ...]:
    """For every piece the rank (from 1) at which the first passages together have found it, or None."""
    return tuple(
        min((rank for place in places if (rank := _rank(place, passages)) is not None), default=None) for places in pieces
    )


def _rank(place: GoldSpan, passages: Sequence[Offer | None]) -> int | None:
    parts: list[tuple[int, int]] = []
    for rank, passage in enumerate(passages, 1):
        if passage is None or passage.letter != place.letter:
            continue
        part = clipped(passage)
        start, end = max(part.start, place.start), min(part.end, place.end)
        if start < end:
            parts.append((start, end))
            if 2 * _union(parts) >= place.end - place.start:
                return rank
    return None


def _union(parts: Sequence[tuple[int, int]]) -> int:
    covered, reached = 0, -1
    for start, end in sorted(parts):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def citation_is_right(citation: Offer | None, pieces: Pieces) -> bool:
    """Whether a citation shares half of the shorter of the two with a place of evidence, and is at most 600 long."""
    if citation is None or citation.length > CITATION_CHARACTERS:
        return False
    return any(
        2 * overlap(citation, place) >= min(citation.length, place.end - place.start)
        for places in pieces
        for place in places
    )


def pieces_cited(pieces: Pieces, citations: Sequence[Offer | None]) -> tuple[bool, ...]:
    """For every piece whether the citations of at most 600 characters together have found it."""
    short = [citation for citation in citations if citation is not None and citation.length <= CITATION_CHARACTERS]
    return tuple(rank is not None for rank in found_ranks(pieces, short))
