"""How the reranker joins the other models is learnt from examples that none of them has seen."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.train.sets import is_held
from index.train.written import parts
from rag import refuse
from rag.assistant import Assistant
from rag.linear import LinearModel, load
from rag.rerank import REFUSAL, SELECTOR
from rag.train import blend
from rag.train.corpus import Labelled
from rag.train.fit import FOLDS, Example, examples

QUESTION = "Hoeveel lidstaten deden mee aan de vergadering van de kustlanden in Zuiderhaven?"
ANSWER = "Zeven van de acht lidstaten namen deel"


class Knows:
    """Scores the answer 6, everything else 0."""

    selector = LinearModel(SELECTOR, (1.0, 1.0), 0.0)
    refusal: LinearModel | None = None

    def scores(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[float]]:
        return [
            [6.0 * (question.startswith("Hoeveel lidstaten") and ANSWER in text) for text in passage] for passage in passages
        ]


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> list[Example]:
    name = "05_verslag_kustraad"
    text = assistant.index.letter(f"{name}.txt").text
    start = text.index(ANSWER)
    asked = [
        Labelled(QUESTION, name, ((start, start + len(ANSWER)),)),
        Labelled("Hoeveel pinguïns telt de kustwacht van Zuiderhaven?", None, ()),
        Labelled("Wat kostte het diner van de kustlanden?", None, ()),
    ]
    return examples(assistant, asked, 0)


@pytest.fixture(scope="module")
def selectors() -> list[LinearModel]:
    from rag.features import NAMES

    return [load("selector", NAMES)] * FOLDS


def test_a_score_that_tells_the_answer_counts(found: list[Example], selectors: list[LinearModel]) -> None:
    model = blend.sentence_blend([blend.readings(found, selectors, Knows())] * 2)
    assert model.names == SELECTOR
    assert model.coefficients[1] > 0
    assert model.probability((0.0, 6.0)) > model.probability((0.0, 0.0))


def test_equal_cost_lies_at_the_threshold(found: list[Example], selectors: list[LinearModel]) -> None:
    model = blend.refusal_blend(blend.readings(found, selectors, Knows()), [0.5, 0.5, 0.5])
    assert model.names == REFUSAL
    assert model.probability((0.0, 6.0)) > refuse.THRESHOLD > model.probability((0.0, 0.0))


def test_what_the_reranker_learnt_from_is_not_apart(found: list[Example]) -> None:
    about_none = found[1]
    names = [f"passage-{number}" for number in range(40)]
    about = [replace(about_none, labelled=replace(about_none.labelled, passage=name)) for name in names]
    assert blend.is_apart(about_none)
    assert [blend.is_apart(example) for example in about] == [is_held(name) for name in names]
    assert 0 < sum(map(is_held, names)) < len(names)


def test_a_part_becomes_a_collection_with_all_its_questions() -> None:
    part = parts()[0]
    collection, asked = blend.collection_of(part)
    assert len(collection.passages) == len(part.passages)
    assert sum(not one.answerable for one in asked) == len(part.unanswerable)
    first = asked[0]
    assert first.passage is not None
    start, end = first.spans[0]
    assert collection.passages[first.passage][start:end].strip()
