"""Questions of our own over public documents that nothing was trained on: a test set without the documents' texts.

`data/test_questions.jsonl` names for each passage its file, its place in the text that `read_document` gives and the hash of
that text; the questions were written for this project, for passages that share no ten words with the training material.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.train.sets import EvaluationSet, cut, split

QUESTIONS = Path(__file__).parent / "data" / "test_questions.jsonl"
SIZE = 900
SHORTEST = 150


def read_document(path: Path) -> str:
    """The text of a PDF, hyphens at line ends taken out, lines joined that go on in lower case."""
    import pypdfium2

    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    text = re.sub("\ufffe\n?", "", "\n".join(pages).replace("\r\n", "\n"))
    return re.sub(r"\n(?=[a-z(])", " ", text)


def documents_set(folder: Path, questions: Path = QUESTIONS) -> EvaluationSet:
    """The questions over every passage of the PDFs in `folder`; ValueError when a passage is not where the file says."""
    texts = {path.name: read_document(path) for path in sorted(folder.glob("*.pdf"))}
    places = [(name, a, b) for name, text in texts.items() for a, b in cut(text, SIZE) if b - a > SHORTEST]
    asked: list[tuple[str, int]] = []
    for row in (json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()):
        place = (row["document"], row["start"], row["end"])
        if place not in places or digest(texts[place[0]][place[1] : place[2]]) != row["sha256"]:
            raise ValueError(f"{questions.name}: no such passage: {place}")
        asked.extend((question, places.index(place)) for question in row["questions"])
    sentences = [(texts[n][x:y], i) for i, (n, a, b) in enumerate(places) for x, y in split(texts[n], a, b)]
    return EvaluationSet(
        "own",
        [texts[n][a:b] for n, a, b in places],
        [text for text, _ in sentences],
        np.array([i for _, i in sentences]),
        [question for question, _ in asked],
        lambda question, documents: float(asked[question][1] in documents),
    )


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the sha256 of `text`."""
    return sha256(text.encode()).hexdigest()[:16]
