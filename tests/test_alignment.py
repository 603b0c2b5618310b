"""Alignment: which words of a question find a word of like meaning."""

import pytest

from index.embed import StaticEmbedder
from rag.alignment import Aligner, WordVectors, content_tokens


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    return WordVectors(StaticEmbedder())


def test_the_same_word_aligns_fully_and_a_word_of_like_meaning_nearly(vectors: WordVectors) -> None:
    texts = [content_tokens("De schepen varen."), content_tokens("De boten varen."), content_tokens("De kazen rijpen.")]
    aligner = Aligner(vectors, ["schepen"], [1.0], texts)
    same, alike, other = (aligner.score(text) for text in texts)
    assert same == pytest.approx(1.0)
    assert other < alike < same


def test_a_figure_aligns_only_with_itself(vectors: WordVectors) -> None:
    texts = [("2024",), ("2025",)]
    aligner = Aligner(vectors, ["2024"], [1.0], texts)
    assert [aligner.score(text) for text in texts] == [1.0, 0.0]


def test_rarity_weighs_the_words(vectors: WordVectors) -> None:
    texts = [("zeegras",), ("kabinet",)]
    aligner = Aligner(vectors, ["zeegras", "kabinet"], [3.0, 1.0], texts)
    assert aligner.score(texts[0]) > aligner.score(texts[1])


def test_nothing_asked_or_nothing_to_read_scores_nought(vectors: WordVectors) -> None:
    assert Aligner(vectors, [], [], [("zeegras",)]).score(("zeegras",)) == 0.0
    assert Aligner(vectors, ["zeegras"], [1.0], [()]).score(()) == 0.0


def test_content_tokens_leave_stop_words_out_and_part_hyphens() -> None:
    assert content_tokens("De NAVO-top van de dijken") == ("navo-top", "navo", "top", "dijken")
