"""Batch input: a JSON object a line with a question, its history and its filters.

A gold file is valid batch input: fields that are not the batch's own are left alone. A bad line is reported with its number
and does not stop the rest.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.errors import KamerbriefError
from rag.filters import Filters
from rag.turn import Turn


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question of a batch: `number` is its line, counted from 1."""

    number: int
    id: str
    question: str
    history: tuple[Turn, ...]
    filters: Filters


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no question; `problem` is Dutch and names what to mend."""

    number: int
    problem: str


def parse(lines: Iterable[str], defaults: Filters) -> Iterator[BatchLine | BadLine]:
    """The questions of a batch in order; blank lines are skipped. `defaults` hold where a line sets no filter of its own."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _line(number, json.loads(line), defaults)
            except json.JSONDecodeError as error:
                yield BadLine(number, f"geen geldige JSON (bij teken {error.colno})")
            except KamerbriefError as error:
                yield BadLine(number, str(error))


def _line(number: int, raw: Any, defaults: Filters) -> BatchLine:
    if not isinstance(raw, dict):
        raise KamerbriefError("geen JSON-object")
    question = raw.get("question")
    if not isinstance(question, str) or not question.strip():
        raise KamerbriefError("het veld 'question' ontbreekt of is leeg")
    history = raw.get("history") or []
    if not isinstance(history, list):
        raise KamerbriefError("het veld 'history' is geen lijst")
    turns = tuple(_turn(turn) for turn in history)
    return BatchLine(number, str(raw.get("id", number)), question, turns, _filters(raw, defaults))


def _turn(raw: Any) -> Turn:
    if isinstance(raw, str):
        return Turn(raw)
    if isinstance(raw, dict) and isinstance(raw.get("question"), str):
        return Turn(raw["question"], raw.get("answer"))
    raise KamerbriefError("een beurt in 'history' is geen vraag en geen object met 'question'")


def _filters(raw: dict[str, Any], defaults: Filters) -> Filters:
    values = {name: raw[name] if raw.get(name) is not None else getattr(defaults, name) for name in _OWN if name in raw}
    for name in ("since", "until"):
        if isinstance(values.get(name), str):
            try:
                values[name] = date.fromisoformat(values[name])
            except ValueError as error:
                raise KamerbriefError(f"'{values[name]}' in '{name}' is geen datum; schrijf jjjj-mm-dd") from error
    chamber = values.get("chamber")
    if chamber not in (None, "tk", "ek"):
        raise KamerbriefError(f"'{chamber}' in 'chamber' is geen kamer; kies tk of ek")
    merged = {name: values.get(name, getattr(defaults, name)) for name in Filters.__dataclass_fields__}
    return Filters(**merged)


_OWN = ("since", "until", "dossier", "chamber", "letter", "sender")
"""Filters that a line may set; `kind` is left out, because gold files use that word for the kind of question."""
