"""Fakes at the boundary of the evaluation: two made-up letters, questions over them, and an Asker with scripted answers."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eval.gold import GoldQuestion, GoldSet, parse_gold

BRIDGE = (
    "De Brug van Zandwijk is gerepareerd. De reparatie kostte 1,5 miljoen euro en duurde negen weken.\n\n"
    "De fietstunnel bij Molendrecht gaat in 2031 open. Minister Vlinderkamp opent hem met een fanfare.\n"
)
LAKE = "Het Roze Meer telt 145 zwanen. Vorig jaar waren dat er 120.\n"
LETTERS = {"brug.txt": BRIDGE, "meer.txt": LAKE}

Place = tuple[str, int, int]


def place(letter: str, words: str) -> Place:
    """Where `words` stand in one of the made-up letters."""
    start = LETTERS[letter].index(words)
    return letter, start, start + len(words)


def span(at: Place) -> dict[str, Any]:
    """A place as a span of the gold format."""
    return {"letter": at[0], "start": at[1], "end": at[2]}


def gold_line(**changes: Any) -> dict[str, Any]:
    """A valid gold question about the bridge, with some keys changed."""
    line: dict[str, Any] = {
        "id": "q1",
        "question": "Wat kostte de reparatie van de brug?",
        "kind": "bedrag",
        "answerable": True,
        "answer": "De reparatie kostte 1,5 miljoen euro.",
        "facts": [["1,5 miljoen", "1,5 mln"]],
        "traps": ["1,4 miljoen"],
        "evidence": [[span(place("brug.txt", "De reparatie kostte 1,5 miljoen euro en duurde negen weken."))]],
        "note": "letterlijk",
    }
    return line | changes


def unanswerable(**changes: Any) -> dict[str, Any]:
    """A valid gold question that the letters do not answer."""
    line = gold_line(
        id="q2",
        question="Hoe heet de burgemeester van Molendrecht?",
        kind="onbeantwoordbaar",
        answerable=False,
        facts=[],
        traps=[],
    )
    return line | {"evidence": [], "answer": "Dat staat niet in de brieven."} | changes


def gold_set(*lines: Mapping[str, Any], name: str = "gold.jsonl", folder: Path = Path()) -> GoldSet:
    """The gold set of these lines."""
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return parse_gold(content.encode(), folder / name)


def saved_gold(folder: Path, *lines: Mapping[str, Any]) -> GoldSet:
    """The gold set of these lines, in a file as well."""
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return parse_gold(path.read_bytes(), path)


def answer_object(
    text: str,
    *,
    citations: list[Place] | None = None,
    passages: list[Place] | None = None,
    support: str = "verbatim",
    **changes: Any,
) -> dict[str, Any]:
    """An answer object of the JSON contract; quotes are taken from the made-up letters."""
    cited = [
        {
            "n": n,
            "status": "ok",
            "key": None,
            "letter": name,
            "start": start,
            "end": end,
            "quote": LETTERS.get(name, "")[start:end],
        }
        for n, (name, start, end) in enumerate(citations or [], 1)
    ]
    base: dict[str, Any] = {
        "id": None,
        "question": "",
        "standalone_question": "",
        "answered": True,
        "refusal": None,
        "answerable_probability": 0.9,
        "answer": text,
        "statements": [{"lead": "", "text": text, "citations": [c["n"] for c in cited], "support": support}],
        "citations": cited,
        "passages": [{"letter": n, "start": s, "end": e, "score": 1.0 / r} for r, (n, s, e) in enumerate(passages or [], 1)],
        "filters": [],
        "generation": "0001",
        "reader": "extractive",
        "reader_reason": "",
        "warnings": [],
        "timings_ms": {"retrieve": 1.0, "read": 0.5, "total": 1.5},
    }
    return base | changes


def refusal(**changes: Any) -> dict[str, Any]:
    """The answer object of a refused question."""
    text = "Daar vind ik geen antwoord op in de brieven."
    return answer_object(text, answered=False, refusal="not_in_letters", statements=[], answerable_probability=0.1) | changes


class FakeAsker:
    """An Asker whose answers come from a function of the gold question; it counts what it was asked."""

    def __init__(self, answer: Callable[[GoldQuestion], dict[str, Any]], letters: Mapping[str, str] = LETTERS) -> None:
        self._answer = answer
        self._letters = letters
        self.asked: list[str] = []
        self.texts_read: list[str] = []
        self.facts: dict[str, Any] = {"reader": "extractive", "index": {"generation": "0001"}}

    def ask(self, question: GoldQuestion) -> Mapping[str, Any]:
        self.asked.append(question.id)
        return self._answer(question)

    def letters(self) -> Mapping[str, str]:
        return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in self._letters.items()}

    def text(self, letter: str) -> str | None:
        self.texts_read.append(letter)
        return self._letters.get(letter)

    def manifest(self) -> Mapping[str, Any]:
        return self.facts


def perfect(question: GoldQuestion) -> dict[str, Any]:
    """The answer of somebody who read all letters: the reference answer, citing the first place of every piece."""
    if not question.answerable:
        return refusal()
    places = [(p[0].letter, p[0].start, p[0].end) for p in question.evidence]
    return answer_object(question.answer + " [1]", citations=places, passages=places)
