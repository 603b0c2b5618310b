"""The training material as the program sees it: every passage a letter, in a real index.

The models learn from what retrieval really brings (sentences of other letters beside the right ones), so the training
passages are indexed like letters and asked through the same code.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.settings import Settings
from index.train import written
from rag.assistant import Assistant

if TYPE_CHECKING:
    from index.embed import Embedder


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


def elsewhere() -> list[Labelled]:
    """Our own questions about wholly other things."""
    return [Labelled(question, None, (), "elders") for question in written.elsewhere()]


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages (id to text) that are indexed together."""

    name: str
    passages: Mapping[str, str]


def collections(data: Path, embedder: "Embedder", size: int = 100) -> list[Collection]:
    """The training passages as collections of at most `size` passages that are alike.

    A user's index is often a handful of letters of one dossier, where every sentence speaks of the same thing and most words
    of a question stand nowhere; a model that only ever saw one large mixed collection takes both for bad signs. One that
    only saw small ones is too easily pleased by a large one, where nearly every word stands somewhere.

    The passages are halved along the first principal component of their vectors until no part is larger.
    """
    import numpy as np

    texts = {row["id"]: row["text"] for row in _rows(data / "passages.jsonl")}
    names = list(texts)
    vectors = embedder.encode(list(texts.values()), "passage")
    parts, todo = [], [np.arange(len(names))]
    while todo:
        part = todo.pop()
        if len(part) <= size:
            parts.append(part)
            continue
        centred = vectors[part] - vectors[part].mean(axis=0)
        order = part[np.argsort(centred @ np.linalg.svd(centred, full_matrices=False)[2][0], kind="stable")]
        todo += [order[: len(order) // 2], order[len(order) // 2 :]]
    return [Collection(f"part {n}", {names[i]: texts[names[i]] for i in sorted(part)}) for n, part in enumerate(parts)]


@contextmanager
def assistant_over(collection: Collection, embedder: "Embedder") -> Iterator[Assistant]:
    """An assistant over an index in which every passage of the collection is a letter called <id>.txt."""
    from index.store import Index
    from index.update import add

    with tempfile.TemporaryDirectory() as folder:
        letters = Path(folder) / "letters"
        letters.mkdir()
        for name, text in collection.passages.items():
            (letters / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        settings = Settings(index=str(Path(folder) / "index"), reader="extractive")
        add(Path(settings.index), [letters], embedder)
        yield Assistant(Index.open(Path(settings.index), embedder), embedder, settings)


def asked_of(collection: Collection, number: int, count: int, questions: Sequence[Labelled]) -> list[Labelled]:
    """The questions for the `number`-th of `count` collections: those about its passages, and a share of those that belong
    to no passage."""
    return [
        q
        for place, q in enumerate(questions)
        if (q.passage in collection.passages if q.passage is not None else place % count == number)
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
