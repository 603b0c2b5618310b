"""The Answer: what every reader returns, and the JSON object that all outputs are made of.

`Answer.to_dict` is the one place that knows the contract (docs/answer.schema.json); the command line, the app, the batch
and the evaluator all show the same object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from index.letter import Quality


class Support(StrEnum):
    """How far a statement is proved by the spans it cites (rag/verify.py)."""

    VERBATIM = "verbatim"
    SUPPORTED = "supported"
    UNVERIFIED = "unverified"


class Refusal(StrEnum):
    """Why a question was not answered."""

    NOT_IN_LETTERS = "not_in_letters"
    FALSE_PREMISE = "false_premise"
    OUTSIDE_FILTER = "outside_filter"
    EMPTY_INDEX = "empty_index"
    READER_NOT_FOUND = "reader_not_found"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source: an exact span of a letter, or, with status "unknown", a key that a model made up.

    For status "ok", `quote` is exactly `letter.text[start:end]`. `n` counts from 1 and is what markers in the answer show.
    """

    n: int
    status: Literal["ok", "unknown"] = "ok"
    key: str | None = None
    letter: str | None = None
    title: str | None = None
    date: str | None = None
    heading: str | None = None
    page: int | None = None
    quality: Quality | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an answer; `lead` is a short attribution ("De BBB-fractie vroeg:") or empty."""

    text: str
    citations: tuple[int, ...]
    support: Support
    lead: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "lead": self.lead,
            "text": self.text,
            "citations": list(self.citations),
            "support": str(self.support),
        }


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that the reader saw, in rank order; a higher score is a better match.

    `legs` holds, for `--explain`, per leg of the retrieval its rank (from 1) and score.
    """

    letter: str
    start: int
    end: int
    score: float
    legs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        base: dict[str, Any] = {
            "letter": self.letter,
            "start": self.start,
            "end": self.end,
            "score": round(self.score, 4),
        }
        return base | ({"legs": {leg: dict(values) for leg, values in self.legs.items()}} if self.legs else {})


@dataclass(frozen=True, slots=True)
class AppliedFilter:
    """A filter that restricted the letters; `source` tells whether an option or the question's words asked for it."""

    field: str
    value: str
    source: Literal["option", "question"]

    def to_dict(self) -> dict[str, Any]:
        return {"field": self.field, "value": self.value, "source": self.source}


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question: statements with citations, or a refusal with its reason.

    `refusal_text` is the Dutch sentence shown when refused. `timings_ms` are milliseconds per step.
    """

    question: str
    standalone_question: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    passages: tuple[RankedPassage, ...]
    answerable_probability: float
    generation: str
    reader: str
    reader_reason: str
    refusal: Refusal | None = None
    refusal_text: str = ""
    filters: tuple[AppliedFilter, ...] = ()
    warnings: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    id: str | None = None
    explain: Mapping[str, Any] | None = None

    @property
    def answered(self) -> bool:
        return self.refusal is None

    @property
    def text(self) -> str:
        """The statements with leads and markers, or the refusal in words."""
        if self.refusal is not None:
            return self.refusal_text
        return "\n".join(
            " ".join(part for part in (s.lead, s.text, "".join(f"[{n}]" for n in s.citations)) if part)
            for s in self.statements
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract; `explain` only when it was asked for."""
        result: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answered": self.answered,
            "refusal": None if self.refusal is None else str(self.refusal),
            "answerable_probability": round(self.answerable_probability, 4),
            "answer": self.text,
            "statements": [s.to_dict() for s in self.statements],
            "citations": [c.to_dict() for c in self.citations],
            "passages": [p.to_dict() for p in self.passages],
            "filters": [f.to_dict() for f in self.filters],
            "generation": self.generation,
            "reader": self.reader,
            "reader_reason": self.reader_reason,
            "warnings": list(self.warnings),
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }
        return result | ({"explain": dict(self.explain)} if self.explain is not None else {})
