"""The sets that figures are taken on: documents, questions, and which documents answer which question.

`dev_set` takes the gold questions over the letters cut into passages of about 1,000 characters (a plain cut of this
module's own, so that figures of the embedder do not move with the product's passages); `held_set` takes the written
questions of the passages that training held apart, searched among all passages.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.train.material import Passage

PASSAGE = 1000
HELD_SHARE = 0.2
SENTENCE_END = re.compile(r"(?<=[.!?:;])[”\"')]*\s+|\n\s*\n")


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Documents, their sentences, questions, and the share of a question's evidence that a set of documents holds.

    `found(question, documents)` is between 0 and 1; `sentence_of[i]` is the document of sentence i.
    """

    name: str
    documents: list[str]
    sentences: list[str]
    sentence_of: NDArray[np.int64]
    questions: list[str]
    found: Callable[[int, Sequence[int]], float]


def is_held(passage_id: str) -> bool:
    """Whether training holds this passage apart: a fifth of them, by the hash of the id."""
    return int(sha256(passage_id.encode()).hexdigest()[:8], 16) / 2**32 < HELD_SHARE


def held_set(passages: Sequence[Passage], name: str = "held", keep: Callable[[str], bool] = is_held) -> EvaluationSet:
    """The written questions of the passages that `keep` (by id) chooses, over all `passages`."""
    questions = [(question, i) for i, passage in enumerate(passages) if keep(passage.id) for question in passage.questions]
    sentences = [(passage.text[a:b], i) for i, passage in enumerate(passages) for a, b in passage.sentences]

    def found(question: int, documents: Sequence[int]) -> float:
        return float(questions[question][1] in documents)

    return EvaluationSet(
        name,
        [passage.text for passage in passages],
        [text for text, _ in sentences],
        np.array([i for _, i in sentences]),
        [question for question, _ in questions],
        found,
    )


def dev_set(letters: Path, gold: Path, name: str = "dev") -> EvaluationSet:
    """The answerable gold questions over the letters; evidence is found where half of one of its places is covered."""
    texts = {file.name: file.read_bytes().decode("utf-8") for file in sorted(letters.glob("*.txt"))}
    places = [(name, start, end) for name, text in texts.items() for start, end in cut(text)]
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row["answerable"]]

    def found(question: int, documents: Sequence[int]) -> float:
        spans = [places[i] for i in documents]
        groups = rows[question]["evidence"]
        return sum(any(_covered(place, spans) for place in group) for group in groups) / len(groups)

    sentences = [
        (texts[name][a:b], i) for i, (name, start, end) in enumerate(places) for a, b in split(texts[name], start, end)
    ]
    return EvaluationSet(
        name,
        [texts[name][start:end] for name, start, end in places],
        [text for text, _ in sentences],
        np.array([i for _, i in sentences]),
        [" ".join([*_turns(row), row["question"]]) for row in rows],
        found,
    )


def cut(text: str, size: int = PASSAGE) -> list[tuple[int, int]]:
    """Spans of at most 1.5 `size` characters that hold whole paragraphs where they can."""
    spans: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        start, end = paragraph.span()
        if spans and end - spans[-1][0] <= size:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    pieces: list[tuple[int, int]] = []
    for begin, end in spans:
        start = begin
        while end - start > 1.5 * size:
            stop = text.rfind(". ", start + 200, start + size)
            stop = stop + 1 if stop > 0 else start + size
            pieces.append((start, stop))
            start = stop
        pieces.append((start, end))
    return pieces


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence-like spans of more than 20 characters in `text[start:end]`."""
    edges = [start, *(start + found.end() for found in SENTENCE_END.finditer(text[start:end])), end]
    return [(a, b) for a, b in pairwise(edges) if b - a > 20]


def _turns(row: dict[str, list[str | dict[str, str]]]) -> list[str]:
    turns = row.get("history") or []
    last = turns[-1:]
    return [turn if isinstance(turn, str) else turn["question"] for turn in last]


def _covered(place: dict[str, int | str], spans: Sequence[tuple[str, int, int]]) -> bool:
    start, end = int(place["start"]), int(place["end"])
    shared = sum(max(0, min(b, end) - max(a, start)) for name, a, b in spans if name == place["letter"])
    return shared >= (end - start) / 2
