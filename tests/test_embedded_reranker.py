"""The cross-encoder that comes with the program reads a passage, not only its words."""

from pathlib import Path

import pytest

from index.errors import KamerbriefError
from rag.embedded_reranker import FOLDER, EmbeddedReranker
from rag.rerank import REFUSAL, SELECTOR, open_reranker

PASSAGE = (
    "De veerdienst tussen Zandoord en Kaap Stil is sinds maart gestaakt.",
    "Aanleiding daarvoor was een scheur in de romp van de enige boot.",
    "Het herstel kost 2,4 miljoen schelpen.",
    "Naar verwachting vaart de boot in september weer.",
)
OTHER = ("De bibliotheek van Windhoek kreeg 40 nieuwe boeken.", "Zij gaat op zaterdag dicht.")


@pytest.fixture(scope="module")
def reranker() -> EmbeddedReranker:
    found = open_reranker("embedded")
    assert isinstance(found, EmbeddedReranker)
    return found


def best(reranker: EmbeddedReranker, question: str) -> int:
    (scores,) = reranker.scores(question, [PASSAGE])
    return scores.index(max(scores))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Waarom ligt de pont stil?", 1),
        ("Hoeveel geld is nodig om de boot te maken?", 2),
        ("Wanneer kunnen mensen weer overvaren?", 3),
    ],
)
def test_the_answer_is_found_though_it_is_said_in_other_words(
    reranker: EmbeddedReranker, question: str, sentence: int
) -> None:
    assert best(reranker, question) == sentence


def test_a_sentence_scores_the_same_whatever_else_was_found(reranker: EmbeddedReranker) -> None:
    question = "Hoeveel geld is nodig om de boot te maken?"
    alone = reranker.scores(question, [PASSAGE])[0]
    assert reranker.scores(question, [OTHER, PASSAGE])[1] == alone
    assert EmbeddedReranker(reranker.selector, reranker.refusal or reranker.selector).scores(question, [PASSAGE])[0] == alone


def test_the_passage_that_answers_scores_higher_than_another(reranker: EmbeddedReranker) -> None:
    right, wrong = reranker.scores("Waarom ligt de pont stil?", [PASSAGE, OTHER])
    assert max(right) > max(wrong)


def test_every_sentence_gets_a_score_also_where_the_passage_is_too_long_or_empty(reranker: EmbeddedReranker) -> None:
    long = (*PASSAGE * 40, "", "☃")
    scores = reranker.scores("Waarom? " * 100, [long, (), ("",)])
    assert [len(found) for found in scores] == [162, 0, 1]
    assert scores[0][-1] == min(scores[0])


def test_a_damaged_file_is_one_dutch_line_with_the_next_step(tmp_path: Path, reranker: EmbeddedReranker) -> None:
    (tmp_path / "read.onnx").write_bytes(b"geen model")
    damaged = EmbeddedReranker(reranker.selector, reranker.refusal or reranker.selector, tmp_path)
    with pytest.raises(KamerbriefError, match='reranker = "none"') as caught:
        damaged.scores("Waarom?", [PASSAGE])
    assert "\n" not in str(caught.value)
    assert str(tmp_path / "read.onnx") in str(caught.value)


def test_it_is_at_most_20_mb_and_blends_by_name() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("*.onnx")) <= 20_000_000
    reranker = open_reranker("embedded")
    assert reranker is not None
    assert reranker.selector.names == SELECTOR
    assert reranker.refusal is not None
    assert reranker.refusal.names == REFUSAL
    assert min(*reranker.selector.coefficients, *reranker.refusal.coefficients) > 0
