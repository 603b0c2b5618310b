"""GoldQuestion: a question with the answer, the facts and the evidence that people agreed on, and reading files of them.

A gold file holds one JSON object a line; docs/evaluation.md describes the keys. Every error is reported, each with its
line number and in Dutch, because a gold file is written by hand by people who do not read stack traces. pydantic checks
types and shapes; what one line cannot know (an id used twice) is checked here after it.
"""

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from eval.match import fold
from index.errors import KamerbriefError
from rag.turn import Turn

Kind = Literal[
    "getal", "bedrag", "datum", "persoon", "lijst", "uitleg", "ja-nee", "vergelijking", "vervolg", "onbeantwoordbaar"
]
KINDS: tuple[str, ...] = get_args(Kind)
UNANSWERABLE = "onbeantwoordbaar"


class GoldError(KamerbriefError):
    """A gold file has errors; `lines` holds one Dutch line for each, `str(error)` all of them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def _not_blank(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", "is leeg")
    return value


def _trimmed(value: Any) -> Any:
    if isinstance(value, str) and value.strip() and value != value.strip():
        raise PydanticCustomError("untrimmed", "begint of eindigt met een spatie, en die telt bij het vergelijken niet mee")
    return value


def _not_empty(value: Any) -> Any:
    if value == []:
        raise PydanticCustomError("empty", "is een lege lijst; zet er een alternatief in of haal haar weg")
    return value


Text = Annotated[str, BeforeValidator(_not_blank)]
Match = Annotated[str, BeforeValidator(_not_blank), BeforeValidator(_trimmed)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class GoldSpan(_Model):
    """Characters `start` up to `end` of a letter's canonical text in which a piece of evidence stands."""

    letter: Text
    start: Annotated[int, Field(ge=0)]
    end: int

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end <= self.start:
            raise PydanticCustomError(
                "span",
                "loopt van {start} tot {end}: het einde moet na het begin liggen",
                {"start": self.start, "end": self.end},
            )
        return self


class GoldTurn(_Model):
    """An earlier question with the answer that was given."""

    question: Text
    answer: str | None = None


class GoldQuestion(_Model):
    """One question of a gold set.

    `facts` and `evidence` are an AND of ORs: of every inner tuple one alternative suffices. A question that can be
    answered may lack facts (then only token F1 is taken) or evidence (then no retrieval is measured); the checks of
    eval/gold_check.py warn about both. `line` is where it stands in its file, counted from 1.
    """

    id: Text
    question: Text
    kind: Kind
    answerable: bool
    answer: Text
    facts: Annotated[
        tuple[Annotated[tuple[Match, ...], Field(strict=False), BeforeValidator(_not_empty)], ...], Field(strict=False)
    ]
    traps: Annotated[tuple[Match, ...], Field(strict=False)]
    evidence: Annotated[
        tuple[Annotated[tuple[GoldSpan, ...], Field(strict=False), BeforeValidator(_not_empty)], ...], Field(strict=False)
    ]
    note: str = ""
    history: Annotated[tuple[Text | GoldTurn, ...], Field(strict=False)] = ()
    derived: bool = False

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.answerable == (self.kind == UNANSWERABLE):
            raise PydanticCustomError(
                "agree",
                "answerable is {answerable}, maar kind is '{kind}'",
                {"answerable": "true" if self.answerable else "false", "kind": self.kind},
            )
        if not self.answerable and self.facts:
            raise PydanticCustomError("agree", "een onbeantwoordbare vraag heeft geen facts")
        if not self.answerable and self.evidence:
            raise PydanticCustomError("agree", "een onbeantwoordbare vraag heeft geen evidence")
        if self.kind == "vervolg" and not self.history:
            raise PydanticCustomError("agree", "een vraag van kind 'vervolg' heeft een history nodig")
        if self.kind != "vervolg" and self.history:
            raise PydanticCustomError("agree", "history hoort alleen bij kind 'vervolg'")
        return self

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The history as the assistant takes it, oldest first."""
        return tuple(Turn(t) if isinstance(t, str) else Turn(t.question, t.answer) for t in self.history)

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of the letters that hold its evidence, sorted."""
        return tuple(sorted({span.letter for places in self.evidence for span in places}))


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The questions of one file in its order; `sha256` is that of its bytes, `content`; `lines` where each stands."""

    path: Path
    content: bytes
    sha256: str
    questions: tuple[GoldQuestion, ...]
    lines: tuple[int, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of all letters that hold evidence, sorted."""
        return tuple(sorted({letter for question in self.questions for letter in question.letters}))


def read_gold(path: Path) -> GoldSet:
    """The gold set in the file at `path`.

    Raises GoldError with a Dutch line for every error in the file, or one when it cannot be read or is empty.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GoldError([f"{path}: kan dit bestand met vragen niet lezen. Klopt het pad?"]) from error
    return parse_gold(content, path)


def parse_gold(content: bytes, path: Path) -> GoldSet:
    """The gold set in `content`, the bytes of a file called `path`; raises GoldError as `read_gold` does."""
    questions: list[GoldQuestion] = []
    lines: list[int] = []
    errors: list[tuple[int, str]] = []
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            questions.append(_parse_line(raw))
            lines.append(number)
        except _LineError as error:
            errors.extend((number, message) for message in error.messages)
    errors.extend(_doubles(questions, lines))
    if errors:
        raise GoldError(f"{path.name}, regel {number}: {message}" for number, message in sorted(errors))
    if not questions:
        raise GoldError([f"{path}: hier staan geen vragen in. Verwacht wordt een JSON-object per regel."])
    return GoldSet(path, content, hashlib.sha256(content).hexdigest(), tuple(questions), tuple(lines))


class _LineError(Exception):
    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__(*messages)


def _parse_line(raw: bytes) -> GoldQuestion:
    try:
        content = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _LineError([f"geen UTF-8 (byte {error.start + 1} van de regel)"]) from error
    except json.JSONDecodeError as error:
        raise _LineError([f"geen geldige JSON (teken {error.pos + 1}: {error.msg})"]) from error
    except RecursionError as error:
        raise _LineError(["geen geldige JSON (te diep genest)"]) from error
    if not isinstance(content, dict):
        raise _LineError(["geen JSON-object tussen accolades"])
    try:
        return GoldQuestion.model_validate(content)
    except ValidationError as error:
        raise _LineError([_dutch(detail, content) for detail in error.errors(include_url=False)]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise _LineError([f"de sleutel '{double}' staat er twee keer"])
    return result


def _no_constant(name: str) -> Any:
    raise _LineError([f"'{name}' is geen geldige JSON-waarde"])


TYPES: Mapping[str, str] = {
    "string_type": "moet tekst zijn",
    "bool_type": "moet true of false zijn",
    "int_type": "moet een geheel getal zijn",
    "int_from_float": "moet een geheel getal zijn",
    "list_type": "moet een lijst zijn",
    "tuple_type": "moet een lijst zijn",
    "model_type": "moet een JSON-object zijn",
    "model_attributes_type": "moet een JSON-object zijn",
    "greater_than_equal": "mag niet negatief zijn",
}


def _dutch(detail: ErrorDetails, content: Mapping[str, Any]) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).lstrip(".")
    match detail["type"]:
        case "missing":
            return f"'{where}' ontbreekt"
        case "extra_forbidden":
            known = [*GoldQuestion.model_fields, *GoldSpan.model_fields]
            near = difflib.get_close_matches(str(detail["loc"][-1]), known, n=1)
            return f"onbekende sleutel '{where}'" + (f"; bedoelde u '{near[0]}'?" if near else "")
        case "literal_error":
            return f"'{where}' is {content.get('kind')!r}; kies uit: {', '.join(KINDS)}"
        case "blank" | "untrimmed" | "empty" | "span":
            return f"'{where}' {detail['msg']}"
        case "agree":
            return detail["msg"]
        case kind:
            return f"'{where}' {TYPES.get(kind, 'heeft een waarde die hier niet past')}"


def _doubles(questions: list[GoldQuestion], lines: list[int]) -> Iterator[tuple[int, str]]:
    ids: dict[str, int] = {}
    asked: dict[tuple[str, ...], int] = {}
    for question, line in zip(questions, lines, strict=True):
        if question.id in ids:
            yield line, f"id '{question.id}' staat ook op regel {ids[question.id]}"
        ids.setdefault(question.id, line)
        whole = (*(fold(turn.question) for turn in question.turns), fold(question.question))
        if whole in asked:
            yield line, f"dezelfde vraag staat ook op regel {asked[whole]}"
        asked.setdefault(whole, line)
