"""The training material as the program sees it: every passage a letter, in a real index.

The models learn from what retrieval really brings (sentences of other letters beside the right ones), so the training
passages are indexed like letters and asked through the same code.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.settings import Settings
from rag.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the spans (characters of its passage's text) that answer it; unanswerable when `spans` is empty.

    `passage` is None for a question that belongs to no passage; `kind` names the sort of unanswerable question.
    """

    question: str
    passage: str | None
    spans: tuple[tuple[int, int], ...]
    kind: str = ""

    @property
    def answerable(self) -> bool:
        return bool(self.spans)


def answerable(data: Path) -> list[Labelled]:
    """The questions of questions.jsonl with their answering sentences; those without one are left out."""
    questions = {row["id"]: row["questions"] for row in _rows(data / "questions.jsonl")}
    found = []
    for row in _rows(data / "answer_sentences.jsonl"):
        for question, numbers in zip(questions[row["id"]], row["answers"], strict=False):
            spans = tuple((row["sentences"][n][0], row["sentences"][n][1]) for n in numbers)
            if spans:
                found.append(Labelled(question, row["id"], spans))
    return found


def unanswerable(data: Path) -> list[Labelled]:
    """The questions that no passage answers."""
    return [Labelled(row["question"], row["passage"], (), row["kind"]) for row in _rows(data / "unanswerable.jsonl")]


@contextmanager
def assistant_over(data: Path) -> Iterator[Assistant]:
    """An assistant over an index in which every training passage is a letter called <id>.txt."""
    from index.embed import open_embedder
    from index.update import add

    with tempfile.TemporaryDirectory() as folder:
        letters = Path(folder) / "letters"
        letters.mkdir()
        for row in _rows(data / "passages.jsonl"):
            (letters / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8", newline="")
        settings = Settings(index=str(Path(folder) / "index"), reader="extractive")
        add(Path(settings.index), [letters], open_embedder(settings))
        yield Assistant.open(settings)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
