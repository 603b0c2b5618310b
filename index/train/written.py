"""Passages of our own with questions in everyday Dutch: training material that is free to ship.

`data/written/*.jsonl`: made-up passages in the style of the letters, one subject each, over all fields of policy; for each
questions in other words than the passage with the sentences that answer them, and questions that it does not answer though
they seem near (kind "bijna", "naam", "jaar" or "premisse"). Each file is a part. `data/elsewhere.txt`: questions that have
nothing to do with letters to parliament, about half of them in words that such letters use as well.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from index.train.material import Passage
from index.train.sets import SENTENCE_END

FOLDER = Path(__file__).parent / "data" / "written"
ELSEWHERE = Path(__file__).parent / "data" / "elsewhere.txt"
APART = frozenset(("bondgenoten", "debat-spreektaal", "namen", "nieuws", "plannen", "redenen", "tijd", "wetten-adviezen"))
"""Parts to measure on, and to fit what stands on the embedder and the reranker."""


@dataclass(frozen=True, slots=True)
class Part:
    """The passages of one file; `unanswerable` are (passage id, question, kind)."""

    name: str
    passages: tuple[Passage, ...]
    unanswerable: tuple[tuple[str, str, str], ...]


def parts(folder: Path = FOLDER) -> list[Part]:
    """All parts, by name. Raises ValueError with file and line where an answer is not in its passage."""
    return [_part(path) for path in sorted(folder.glob("*.jsonl"), key=lambda path: path.stem)]


def taught(found: Sequence[Part]) -> list[Part]:
    """Those of `found` that models may learn from."""
    return [part for part in found if part.name not in APART]


def apart(found: Sequence[Part]) -> list[Part]:
    """Those of `found` that no embedder and no reranker learns from."""
    return [part for part in found if part.name in APART]


def elsewhere() -> list[str]:
    """Questions about wholly other things."""
    return ELSEWHERE.read_text(encoding="utf-8").splitlines()


def _part(path: Path) -> Part:
    passages, unanswerable = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        text = row["text"]
        asked = row["questions"]
        if any(answer not in text for question in asked for answer in question["answers"]):
            raise ValueError(f"{path.name}, line {number}: an answer is not in the text")
        places = [[_span(text, answer) for answer in question["answers"]] for question in asked]
        sentences = _sentences(text, [place for found in places for place in found])
        answers = tuple(
            tuple(n for n, sentence in enumerate(sentences) if any(_same(sentence, place) for place in found))
            for found in places
        )
        questions = tuple(question["question"] for question in asked)
        passages.append(Passage(row["id"], path.stem, text, questions, "", tuple(sentences), answers))
        unanswerable += [(row["id"], question["question"], question["kind"]) for question in row["unanswerable"]]
    return Part(path.stem, tuple(passages), tuple(unanswerable))


def _span(text: str, answer: str) -> tuple[int, int]:
    start = text.index(answer)
    return start, start + len(answer)


def _sentences(text: str, answers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of `text`; an answer is never cut."""
    ends = {match.end() for match in SENTENCE_END.finditer(text)}
    kept = {end for end in ends if not any(a < end < b for a, b in answers)} | {a for a, _ in answers}
    return list(pairwise(sorted({0, *kept, len(text)})))


def _same(sentence: tuple[int, int], answer: tuple[int, int]) -> bool:
    """Whether a sentence covers at least half of the shorter of the two."""
    shared = min(sentence[1], answer[1]) - max(sentence[0], answer[0])
    return shared >= 0.5 * min(sentence[1] - sentence[0], answer[1] - answer[0])
