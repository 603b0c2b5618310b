"""The ablation: what is put in the place of a part, and that every part can be taken out of the real assistant."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fake_asker import answer_object, gold_line, perfect, saved_gold, unanswerable

from benchmarks.ablation import (
    COLUMNS,
    PARTS,
    AnyQuote,
    NoReranker,
    NoSelector,
    OneSentence,
    Part,
    by_similarity,
    clear,
    row,
    without_headers,
)
from eval.measures import Score, score_all
from index.chunk import chunk
from index.read import read_letter
from index.settings import Settings
from rag.select import Candidate
from tests.conftest import EXAMPLES

QUESTION = "Hoeveel lidstaten deden mee aan de vergadering van de kustlanden in Zuiderhaven?"


def candidate(similarities: tuple[float, ...], position: int, probability: float) -> Candidate:
    sentences = [SimpleNamespace(start=10 * i) for i in range(len(similarities))]
    hit: Any = SimpleNamespace(similarities=similarities, passage=SimpleNamespace(letter="a.txt", sentences=sentences))
    return Candidate(hit, position, probability, ())


def test_by_similarity_moves_sentences_and_leaves_probabilities_where_they_were() -> None:
    likenesses = (0.2, 0.9, 0.9)
    ranked = [candidate(likenesses, 0, 0.8), candidate(likenesses, 2, 0.5), candidate(likenesses, 1, 0.1)]
    assert [(c.position, c.probability) for c in by_similarity(ranked)] == [(1, 0.8), (2, 0.5), (0, 0.1)]


def test_passages_without_headers_are_otherwise_the_same() -> None:
    path = min(EXAMPLES.glob("*.txt"))
    letter = read_letter(path.read_bytes(), path.name).letter
    bare, whole = without_headers(letter), chunk(letter)
    assert [(p.start, p.end, p.search_text) for p in bare] == [(p.start, p.end, p.search_text) for p in whole]
    assert {p.header for p in bare} == {""}
    assert "" not in {p.header for p in whole}


@pytest.mark.parametrize("part", [part for part in PARTS if part.cut is chunk], ids=lambda part: part.name)
def test_every_part_can_be_taken_out(part: Part, example_index: Path) -> None:
    answer = part.make(Settings(index=str(example_index), reader="extractive")).ask(QUESTION, reader="extractive")
    assert len(answer.passages) == 10


def test_without_the_selector_the_sentence_nearest_to_the_question_comes_first(example_index: Path) -> None:
    settings = Settings(index=str(example_index), reader="extractive")
    explained = NoSelector.open(settings).ask(QUESTION, reader="extractive", explain=True).explain
    whole = NoReranker.open(settings).ask(QUESTION, reader="extractive", explain=True).explain
    assert explained is not None
    assert whole is not None
    first, before = explained["sentences"], whole["sentences"]
    assert [s["probability"] for s in first] == [s["probability"] for s in before]
    assert [s["text"] for s in first] != [s["text"] for s in before]


def test_one_sentence_is_one_sentence(example_index: Path) -> None:
    settings = Settings(index=str(example_index), reader="extractive")
    asked = "Hoeveel mensen doen er mee aan de oefening op zee?"
    assert len(NoReranker.open(settings).ask(asked).statements) > 1
    assert len(OneSentence.open(settings).ask(asked).statements) == 1


def test_without_that_check_a_quote_that_does_not_tell_the_sum_is_an_answer(example_index: Path) -> None:
    settings = Settings(index=str(example_index), reader="extractive")
    asked = "Wie volgt mevrouw Lindqvist op als secretaris-generaal?"
    assert NoReranker.open(settings).ask(asked).statements == ()
    assert AnyQuote.open(settings).ask(asked).statements


def scored(folder: Path, *wrong: str) -> list[Score]:
    """Forty questions and one to be refused, of which those in `wrong` got a wrong answer."""
    gold = saved_gold(
        folder, *(gold_line(id=f"q{i}", question=f"Wat kostte {i}?") for i in range(40)), unanswerable(id="geen")
    )
    answers = [answer_object("Ongeveer 7 euro.") if q.id in wrong else perfect(q) for q in gold.questions]
    return score_all(gold.questions, answers, lambda _: None)


def test_a_row_shows_what_changed_and_names_it_where_it_is_clear(tmp_path: Path) -> None:
    full, less = scored(tmp_path), scored(tmp_path, *(f"q{i}" for i in range(8)))
    cells = dict(zip(COLUMNS, row("a leg", full, less)[1:], strict=True))
    assert cells["right"] == "0.800 **-0.200**"
    assert cells["refusal_f1"] == "1.000"
    assert clear("a leg", full, full) == []
    assert any(line.startswith("- without a leg: right answers -0.200 [-0.3") for line in clear("a leg", full, less))
