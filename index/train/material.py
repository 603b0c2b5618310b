"""The training material: what is read from its folder, and the check that no test text is in it.

The material (public documents, questions written for this project) is not part of the package; `--data` names its folder.
The folder's README says what every file holds and under which licence.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.analyze import fold

SHINGLE = 10
"""Words in a row that make two texts the same for `leaks`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the material with the questions written for it; `answers[i]` are the sentences answering question i.

    `sentences` are half-open character spans in `text`, `source` the kind of document; `gist` may be empty.
    """

    id: str
    source: str
    text: str
    questions: tuple[str, ...]
    gist: str
    sentences: tuple[tuple[int, int], ...]
    answers: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, subject or heading and the text that belongs to it; `source` says which of the three."""

    question: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Material:
    """The folder with the training material."""

    folder: Path

    def passages(self) -> list[Passage]:
        """Every passage with its questions and answering sentences."""
        questions = {row["id"]: row for row in _rows(self.folder / "questions.jsonl")}
        answers = {row["id"]: row for row in _rows(self.folder / "answer_sentences.jsonl")}
        return [
            Passage(
                row["id"],
                row["source"],
                row["text"],
                tuple(questions[row["id"]]["questions"]),
                questions[row["id"]]["gist"],
                tuple((start, end) for start, end in answers[row["id"]]["sentences"]),
                tuple(tuple(numbers) for numbers in answers[row["id"]]["answers"]),
            )
            for row in _rows(self.folder / "passages.jsonl")
        ]

    def pairs(self) -> list[Pair]:
        """The question-text pairs of public documents."""
        return [Pair(row["q"], row["d"], row["src"]) for row in _rows(self.folder / "pairs.jsonl.gz")]

    def texts(self) -> list[str]:
        """Dutch texts of one to three sentences, for distillation."""
        return [text for _, text in _json(self.folder / "distill_texts.json.gz")]

    def wordnet(self) -> list[tuple[str, str, int]]:
        """Open Dutch WordNet: (Dutch lemma, "English lemmas: gloss", count of uses)."""
        return [(lemma, gloss, count) for lemma, gloss, count in _json(self.folder / "omw_nl_gloss.json.gz")]

    def sense_lexicon(self) -> dict[str, str]:
        """Folded Dutch word, inflected forms too, to the English word chosen by its contexts."""
        return {word: options[0] for word, options in _json(self.folder / "gloss_lexicon.json.gz")["lex"].items()}

    def translations(self) -> list[tuple[str, str]]:
        """Dutch sentences with their English original (STSb Multi MT); used only on request."""
        return [(dutch, english) for dutch, english in _json(self.folder / "stsb_nl_en.json.gz")]


def lexicon_lines() -> list[tuple[str, str]]:
    """Every (term, alternative) of the shipped lexicon."""
    lines = (Path(__file__).parents[1] / "data" / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(term, alternative) for term, _, alternatives in rows for alternative in alternatives.split("|")]


@cache
def hand_glosses() -> Mapping[str, str]:
    """Folded Dutch function words and parliamentary words with the English that fits these documents."""
    lines = (Path(__file__).parent / "data" / "glosses.tsv").read_text(encoding="utf-8").splitlines()
    return {row[0]: row[1] for row in (line.split("\t") for line in lines)}


def shingles(text: str) -> set[int]:
    """The hashes of every run of ten folded words of `text`."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return {hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}


def leaks(texts: Iterable[str], forbidden: set[int]) -> Iterator[str]:
    """Those of `texts` that share a run of ten words with `forbidden` (shingles)."""
    return (text for text in texts if not forbidden.isdisjoint(shingles(text)))


def refuse_leaks(texts: Iterable[str], letters: Path, gold: Path) -> None:
    """No text of the letters and no gold question may be learnt; ValueError names the first of `texts` that is."""
    for text in leaks(texts, forbidden_shingles(letters, gold)):
        raise ValueError(f"the training material holds a text of the letters or the gold questions: {text[:80]!r}")


def forbidden_shingles(letters: Path, gold: Path) -> set[int]:
    """The shingles of the letters (a folder of text files) and the gold questions (JSON lines) that nothing may train on."""
    found: set[int] = set()
    for file in sorted(letters.glob("*.txt")):
        found |= shingles(re.sub(r"-\s*\n\s*", "", file.read_text(encoding="utf-8")))
        found |= shingles(file.read_text(encoding="utf-8"))
    for row in _rows(gold):
        found |= shingles(row["question"]) | shingles(row.get("answer") or "")
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _text(path).splitlines() if line.strip()]


def _json(path: Path) -> Any:
    return json.loads(_text(path))


def _text(path: Path) -> str:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return stream.read()
    return path.read_text(encoding="utf-8")
