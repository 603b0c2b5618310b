"""The training pipeline on small made-up material: each step does what the next one needs."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.train.assemble import read_model, write_model
from index.train.contrast import Contrast, Lessons, contrast
from index.train.distill import Distill, distill
from index.train.evaluate import Evaluation, Figures, lines, pooled, table_encoder
from index.train.forget import forget, margin
from index.train.gloss import Gloss
from index.train.material import Pair, Passage, forbidden_shingles, hand_glosses, leaks, shingles
from index.train.measure import Measured, WordLeg, bootstrap, by_range, measure
from index.train.reduce import reduce_table
from index.train.sets import cut, dev_set, held_set, is_held, split
from index.train.table import first_table
from index.train.tokenizer import clean, piece_ids, train_tokenizer

TEXTS = [
    "de tulp groeit in de kas van de tuinder",
    "het schip vaart over zee naar de haven",
    "de kok bakt brood in de oven van de bakkerij",
    "de leraar leest voor in de klas van de school",
] * 4
PASSAGES = [
    Passage(
        f"m{i}",
        "verzonnen",
        f"{text.capitalize()}. Daarna gebeurt er niets meer met nummer {i}.",
        (f"wat doet nummer {i}: {text.split()[1]}?",),
        f"over {text.split()[1]}",
        ((0, len(text) + 1), (len(text) + 2, len(text) + 45)),
        ((0,),),
    )
    for i, text in enumerate(TEXTS[:4])
]


def test_a_gloss_is_word_for_word_and_splits_compounds() -> None:
    gloss = Gloss({"tulp": "tulip", "brug": "bridge", "bouw": "construction", "de": "the"})
    assert gloss.text("De tulpenbrugbouw, de tulpen!") == "the tulip bridge construction , the tulip !"
    assert gloss.text("Zzyzx in 2024") == "Zzyzx in 2024"


def test_hand_glosses_are_folded_single_words() -> None:
    assert hand_glosses()["minister"] == "minister"
    assert [word for word in hand_glosses() if " " in word or word != word.lower()] == []


def test_a_text_that_shares_ten_words_leaks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("een twee drie vier vijf zes zeven acht\nnegen tien elf twaalf", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps({"question": "Waar is het?", "answer": None}) + "\n", encoding="utf-8")
    forbidden = forbidden_shingles(tmp_path, tmp_path / "gold.jsonl")
    texts = ["drie vier vijf zes zeven acht negen tien elf twaalf!", "drie vier vijf zes zeven acht negen tien elf dertien"]
    assert list(leaks(texts, forbidden)) == texts[:1]
    assert shingles("te kort") == set()


def test_pieces_are_lower_case_without_accents_and_hyphens_at_line_ends() -> None:
    tokenizer = train_tokenizer(TEXTS, 400)
    assert piece_ids(tokenizer, ["Dé TULP"]) == piece_ids(tokenizer, ["de tulp"])
    assert piece_ids(tokenizer, ["", "§"]) == [[], []]
    assert clean("de tul-\npen  bloeien") == "de tulpen bloeien"


def test_the_first_table_makes_common_pieces_short() -> None:
    table = first_table(np.eye(3, dtype=np.float32), [[0] * 997, [1]])
    lengths = np.linalg.norm(table, axis=1)
    assert lengths[0] < 0.01 * lengths[1]
    assert lengths[1] < lengths[2]


@pytest.mark.load
def test_distillation_lowers_the_loss_and_nears_the_target() -> None:
    rng = np.random.default_rng(0)
    targets = rng.normal(size=(20, 8))
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    texts = [[i, i + 20] for i in range(20)]
    table, losses = distill(
        rng.normal(size=(40, 8)).astype(np.float32),
        texts,
        targets.astype(np.float16),
        Distill(steps=150, rate=0.05, batch=20),
    )
    found = np.stack([table[ids].mean(axis=0) for ids in texts])
    cosines = (found * targets).sum(axis=1) / np.linalg.norm(found, axis=1)
    assert losses[-1] < losses[0]
    assert cosines.min() > 0.8


@pytest.mark.load
def test_contrast_brings_a_question_to_its_own_passage_and_is_repeatable() -> None:
    tokenizer = train_tokenizer([p.text for p in PASSAGES] + [q for p in PASSAGES for q in p.questions], 400)
    pairs = [Pair("Vraag over de haven", "In de haven ligt een schip.", "kamervragen")]
    lessons = Lessons.of(
        lambda texts: piece_ids(tokenizer, texts), PASSAGES, pairs, [("tulp", "bloem")], [[] for _ in PASSAGES]
    )
    start = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)
    settings = Contrast(steps=40, rate=0.02, batch=4, mined=0.0)
    table = contrast(start, lessons, settings)
    data = held_set(PASSAGES, keep=lambda _: True)
    before, after = (Evaluation([data]).figures(table_encoder(tokenizer, t)) for t in (start, table))
    assert after["held"].passages.means[0] == 1.0
    assert after["held"].passages.means[4] >= before["held"].passages.means[4]
    assert "R@1 1.000" in lines(after)
    assert set(pooled(before, after)) == set(Figures.__dataclass_fields__)
    np.testing.assert_array_equal(contrast(start, lessons, settings), table)
    widths = [
        margin(PASSAGES, table_encoder(tokenizer, t)).width
        for t in (forget(start, table, 1.0, lessons.passages), start, table)
    ]
    assert widths == sorted(widths)
    assert widths[0] < 0 < widths[2]


def test_reducing_keeps_cosines_where_the_dimensions_suffice() -> None:
    rng = np.random.default_rng(0)
    table = (rng.normal(size=(50, 4)) @ rng.normal(size=(4, 12))).astype(np.float32)
    np.testing.assert_allclose(reduce_table(table, 4) @ reduce_table(table, 4).T, table @ table.T, rtol=1e-3, atol=1e-3)


@pytest.mark.load
def test_the_written_model_reads_back_and_gives_what_sentence_transformers_gives(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    tokenizer = train_tokenizer(TEXTS, 400)
    table = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)
    size = write_model(tmp_path / "model", tokenizer, table)
    read, rows = read_model(tmp_path / "model")
    assert size == sum(file.stat().st_size for file in (tmp_path / "model").rglob("*") if file.is_file())
    other = SentenceTransformer(str(tmp_path / "model"), device="cpu").encode(TEXTS[:4])
    np.testing.assert_allclose(table_encoder(read, rows)(TEXTS[:4]), np.asarray(other, np.float32), atol=2e-3)


def test_a_model_that_is_too_big_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most"):
        write_model(tmp_path, train_tokenizer(TEXTS, 400), np.zeros((90_000, 128), np.float32))


def test_the_passages_held_apart_are_about_a_fifth_and_never_change() -> None:
    assert 170 <= sum(is_held(f"p{i:04}") for i in range(950)) <= 210
    assert [is_held(f"p{i:04}") for i in range(6)] == [is_held(f"p{i:04}") for i in range(6)]


def test_measures_by_hand() -> None:
    data = held_set(PASSAGES, keep=lambda name: name in {"m0", "m1"})
    found = measure(data, np.array([[0.1, 0.9, 0.2, 0.3], [0.1, 0.9, 0.2, 0.3]], np.float32))
    assert found.rows.tolist() == [[0, 0, 1, 1, 0.25], [1, 1, 1, 1, 1.0]]
    same = bootstrap(found, found, 50)
    assert same == [(0.0, 0.0, 0.0)] * 5
    better = Measured(np.ones((2, 5)))
    assert bootstrap(found, better, 50)[0][0] == 0.5


def test_the_word_leg_is_bm25() -> None:
    leg = WordLeg(["a b", "b c", "c c"], str.split)
    scores = leg.scores([{"a": 1.0}, {"c": 2.0, "zzz": 1.0}])
    idf = np.log(1 + (3 - 1 + 0.5) / 1.5)
    assert scores[0].tolist() == pytest.approx([idf, 0, 0], abs=1e-6)
    idf = np.log(1 + (3 - 2 + 0.5) / 2.5)
    assert scores[1].tolist() == pytest.approx([0, 2 * idf, 2 * idf * 2 * 2.2 / 3.2], abs=1e-6)
    assert by_range(np.array([[1, 3, 2]], np.float32)).tolist() == [[0.0, 1.0, 0.5]]


def test_a_cut_covers_every_paragraph_and_a_split_every_long_sentence() -> None:
    text = ("Dit is een verzonnen zin over tulpen. " * 40).strip() + "\n\n" + "Een tweede alinea over zeewater."
    spans = cut(text, 300)
    assert " ".join(text[a:b] for a, b in spans).split() == text.split()
    assert max(b - a for a, b in spans) <= 450
    assert len(split(text, *spans[0])) > 1


def test_gold_evidence_is_found_by_half_of_a_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Eerste alinea over de kas.\n\n" + "x" * 1200, encoding="utf-8")
    row = {
        "question": "Wat?",
        "answerable": True,
        "evidence": [[{"letter": "a.txt", "start": 0, "end": 26}]],
        "history": ["Waar?"],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    data = dev_set(tmp_path, tmp_path / "gold.jsonl")
    assert data.questions == ["Waar? Wat?"]
    assert data.found(0, [0]) == 1.0
    assert data.found(0, []) == 0.0
