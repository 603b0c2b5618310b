"""Alignment: which words of a question find a word of like meaning."""

import pytest

from index.embed import StaticEmbedder
from rag.alignment import WordVectors, content_tokens, matches


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    return WordVectors(StaticEmbedder())


def test_the_same_word_aligns_fully_and_a_word_of_like_meaning_nearly(vectors: WordVectors) -> None:
    texts = [content_tokens("De schepen varen."), content_tokens("De boten varen."), content_tokens("De kazen rijpen.")]
    same, alike, other = matches(vectors, ["schepen"], texts)[:, 0]
    assert same == pytest.approx(1.0)
    assert other < alike < same


def test_a_figure_aligns_only_with_itself(vectors: WordVectors) -> None:
    assert matches(vectors, ["2024"], [("2024",), ("2025",)])[:, 0].tolist() == [1.0, 0.0]


def test_every_text_has_its_own_row_also_an_empty_one(vectors: WordVectors) -> None:
    texts = [("zeegras",), (), ("kabinet",), ("kabinet", "zeegras")]
    table = matches(vectors, ["zeegras", "kabinet"], texts)
    assert table.shape == (4, 2)
    assert table[1].tolist() == [0.0, 0.0]
    assert table[3].tolist() == pytest.approx([1.0, 1.0])
    assert table[0, 0] == pytest.approx(1.0)
    assert table[0, 1] == pytest.approx(table[2, 0])


def test_the_same_as_comparing_word_by_word(vectors: WordVectors) -> None:
    asked, texts = ["sluis", "haven"], [("brug", "dijk", "kade"), ("haven",)]
    expected = [[max(0.0, float((vectors.of([a]) @ vectors.of(t).T).max())) for a in asked] for t in texts]
    assert matches(vectors, asked, texts).tolist() == [pytest.approx(row, abs=1e-5) for row in expected]


def test_nothing_asked_or_nothing_to_read(vectors: WordVectors) -> None:
    assert matches(vectors, [], [("zeegras",)]).shape == (1, 0)
    assert matches(vectors, ["zeegras"], []).shape == (0, 1)


def test_content_tokens_leave_stop_words_out_and_part_hyphens() -> None:
    assert content_tokens("De NAVO-top van de dijken") == ("navo-top", "navo", "top", "dijken")
