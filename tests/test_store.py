from pathlib import Path
from typing import Any

import numpy as np
import pytest
from index_letters import SAME, SUBJECTS, made_up, write
from word_embedder import WordEmbedder

from index import store
from index.analyze import ngrams, words
from index.chunk import chunk
from index.errors import DamagedIndexError, EmbedderMismatchError, NoIndexError, UnknownLetterError
from index.generation import CURRENT, GENERATIONS
from index.letter import Role
from index.lexical import Field, build
from index.read import read_letter
from index.segment import indexed_text
from index.store import Index, Letters
from index.update import add


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters about four subjects, day 1 to 4, and an index of them in the folder "index" beside them."""
    place = tmp_path_factory.mktemp("store")
    for day, subject in enumerate(SUBJECTS, start=1):
        write(place / "brieven" / "2031", f"{subject}.txt", made_up(subject, n=day, day=day))
    add(place / "index", [place / "brieven"], WordEmbedder())
    return place


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return Index.open(folder / "index", WordEmbedder())


MINISTER = dict.fromkeys(words("minister"), 1.0)


def vector(text: str) -> Any:
    return WordEmbedder().encode([text], "query")[0]


def test_letters_are_read_back_as_they_were_read(index: Index, folder: Path) -> None:
    for subject in SUBJECTS:
        file = folder / "brieven" / "2031" / f"{subject}.txt"
        letter = read_letter(file.read_bytes(), file.name).letter
        assert index.letter(file.name) == letter
        info = index.find(file.name)
        assert (info.title, info.characters, info.paths) == (letter.title, len(letter.text), (str(file),))
        assert info.date == (letter.metadata.date and letter.metadata.date.value)


def test_passages_are_those_that_were_cut_with_the_terms_of_their_sentences(index: Index) -> None:
    for info in index.letters():
        expected = chunk(index.letter(info.name))
        found = index.passages(list(index.passages_of(info.name)))
        assert len(found) == info.passage_count
        for passage, cut in zip(found, expected, strict=True):
            assert (passage.letter, passage.span, passage.role, passage.heading) == (
                info.name,
                cut.span,
                cut.role,
                cut.heading,
            )
            assert (passage.header, passage.search_text, passage.pair, passage.page) == (
                cut.header,
                cut.search_text,
                cut.pair,
                cut.page,
            )
            assert [(s.text, s.spans) for s in passage.sentences] == [(s.text, s.spans) for s in cut.sentences]
            assert [s.terms for s in passage.sentences] == [tuple(words(s.text)) for s in cut.sentences]


def test_sentence_numbers_count_through_the_index(index: Index) -> None:
    passages = index.passages(range(index.passage_count))
    numbers = [sentence.id for passage in passages for sentence in passage.sentences]
    assert numbers == list(range(index.manifest.sentences))


def test_passages_come_in_the_order_that_was_asked(index: Index) -> None:
    assert [passage.id for passage in index.passages([3, 0, 3])] == [3, 0, 3]
    with pytest.raises(IndexError):
        index.passages([index.passage_count])


def test_lexical_scores_are_bm25_over_header_and_search_text(index: Index) -> None:
    passages = [passage for info in index.letters() for passage in chunk(index.letter(info.name))]
    by_words = Field([build([words(indexed_text(passage)) for passage in passages])])
    by_grams = Field([build([ngrams(indexed_text(passage)) for passage in passages])])
    question = "Hoeveel schelpen krijgt het strandfonds?"
    weights, grams = dict.fromkeys(words(question), 2.0), dict.fromkeys(ngrams(question), 0.5)
    expected = {
        (passage.letter, passage.start): (first, second)
        for passage, first, second in zip(passages, by_words.scores(weights), by_grams.scores(grams), strict=True)
        if first + second > 0
    }
    hits = index.lexical(weights, grams, 100)
    found = index.passages([hit.id for hit in hits])
    assert {(p.letter, p.start): (h.words, h.grams) for p, h in zip(found, hits, strict=True)} == expected
    assert [hit.score for hit in hits] == sorted((hit.words + hit.grams for hit in hits), reverse=True)
    assert found[0].letter == "strand.txt"


def test_equal_scores_come_by_letter_and_start(index: Index) -> None:
    hits = index.lexical(dict.fromkeys(words(SAME), 1.0), {}, 100)
    passages = index.passages([hit.id for hit in hits])
    keys = [(-hit.score, passage.letter, passage.start) for hit, passage in zip(hits, passages, strict=True)]
    assert keys == sorted(keys)
    assert len({hit.score for hit in hits}) < len(hits)
    assert index.lexical(dict.fromkeys(words(SAME), 1.0), {}, 3) == hits[:3]


def test_dense_scores_are_cosines_with_header_and_search_text(index: Index) -> None:
    question = vector("De molens van Windhoek malen meel")
    hits = index.dense(question, 100)
    for hit, passage in zip(hits, index.passages([hit.id for hit in hits]), strict=True):
        text = f"{passage.header}\n{passage.search_text}"
        assert hit.score == pytest.approx(float(vector(text) @ question), abs=2e-3)
    assert index.passages([hits[0].id])[0].letter == "molen.txt"
    np.testing.assert_allclose(index.passage_vectors([hits[0].id])[0] @ question, hits[0].score, atol=1e-6)


def test_sentence_scores_are_cosines_of_the_sentences(index: Index) -> None:
    question = vector("Schippers zien het licht van de toren.")
    hit = index.dense(question, 1)[0]
    (passage,) = index.passages([hit.id])
    expected = [float(vector(sentence.text) @ question) for sentence in passage.sentences]
    np.testing.assert_allclose(index.sentence_scores(question, [hit.id])[hit.id], expected, atol=2e-3)


def test_vectors_and_places_of_any_passages_come_in_the_order_asked(index: Index) -> None:
    order = [4, 0, 2]
    vectors = index.passage_vectors(order)
    for number, row in zip(order, vectors, strict=True):
        (passage,) = index.passages([number])
        np.testing.assert_allclose(row, vector(f"{passage.header}\n{passage.search_text}"), atol=1e-3)
        assert index.place(number) == (passage.letter, passage.start)
    assert index.passage_vectors([]).shape == (0, 32)
    assert index.sentence_scores(vector("duin"), []) == {}
    with pytest.raises(IndexError):
        index.passage_vectors([index.passage_count])


def test_question_without_known_words_is_near_to_nothing(index: Index) -> None:
    assert index.dense(vector("123"), 5) == []


def test_only_the_letters_asked_for_are_searched(index: Index) -> None:
    only = ["brug.txt", "vuur.txt"]
    for hits in (index.lexical(MINISTER, {}, 100, only), index.dense(vector("de minister"), 100, only)):
        assert {passage.letter for passage in index.passages([hit.id for hit in hits])} == set(only)
    assert index.lexical(MINISTER, {}, 100, []) == []
    assert index.dense(vector("de minister"), 100, []) == []


def test_document_frequency_counts_passages(index: Index) -> None:
    (term,) = words("molenaars")
    assert index.document_frequency(term) == 1
    assert index.document_frequency("bestaatniet") == 0


def test_question_and_answer_are_neighbours(tmp_path: Path) -> None:
    add(tmp_path / "index", [Path(__file__).parent.parent / "examples" / "letters"], WordEmbedder())
    opened = Index.open(tmp_path / "index", WordEmbedder())
    passages = opened.passages(range(opened.passage_count))
    groups = {(p.letter, p.pair): [] for p in passages if p.pair is not None}  # type: dict[tuple[str, int | None], list[int]]
    for passage in passages:
        if passage.pair is not None:
            groups[passage.letter, passage.pair].append(passage.id)
    roles = {passage.role for passage in passages if passage.pair is not None}
    assert roles >= {Role.QUESTION, Role.ANSWER}
    for passage in passages:
        group = groups.get((passage.letter, passage.pair), [])
        assert opened.neighbours(passage.id) == [number for number in group if number != passage.id]


# -- naming a letter


@pytest.mark.parametrize("ref", ["strand.txt", "2031/strand.txt", "brieven/2031/strand.txt", "kst-90123-1", "90123-1"])
def test_letter_is_found_by_name_path_or_number(index: Index, ref: str) -> None:
    assert index.find(ref).name == "strand.txt"


def test_unknown_letter_names_the_nearest(index: Index) -> None:
    with pytest.raises(UnknownLetterError, match=r"Onbekende brief 'stranden\.txt'\. Bedoelde u strand\.txt"):
        index.letter("stranden.txt")


def test_name_that_means_two_letters_names_both(tmp_path: Path) -> None:
    for place in ("a/2031", "b/2031"):
        write(tmp_path / "brieven" / place, "brief.txt", made_up("brug", 7, day=3 if place[0] == "a" else 4))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    opened = Letters.open(tmp_path / "index")
    assert [opened.find(ref).name for ref in ("brief.txt", "2031/brief.txt")] == ["brief.txt", "2031/brief.txt"]
    assert [opened.find(f"{place}/2031/brief.txt").name for place in "ab"] == ["brief.txt", "2031/brief.txt"]
    with pytest.raises(UnknownLetterError, match=r"'90123-7' past op 2 brieven: 2031/brief\.txt, brief\.txt"):
        opened.find("90123-7")


# -- opening


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="kamerbrief index add MAP"):
        Index.open(tmp_path / "niets")


def test_index_of_another_model_says_which(folder: Path) -> None:
    with pytest.raises(EmbedderMismatchError, match="gemaakt met het embeddingmodel 'words', niet met 'embedded'"):
        Index.open(folder / "index")
    with pytest.raises(EmbedderMismatchError, match="andere versie van het embeddingmodel 'words'"):
        Index.open(folder / "index", WordEmbedder(revision="2"))


@pytest.mark.parametrize("name", ["00001.db", "00001.faiss", "00001.safetensors", "letters.db", "manifest.json"])
@pytest.mark.parametrize("damage", ["missing", "short", "empty"])
def test_damaged_file_is_one_line_that_names_it(tmp_path: Path, name: str, damage: str) -> None:
    add(tmp_path / "index", [write(tmp_path, "a.txt", made_up("strand"))], WordEmbedder())
    file = tmp_path / "index" / GENERATIONS / "0001" / name
    content = file.read_bytes()
    file.unlink()
    if damage != "missing":
        file.write_bytes(content[: len(content) // 2] if damage == "short" else b"")
    with pytest.raises(DamagedIndexError, match=rf"beschadigd: {name} .*--rebuild") as caught:
        Index.open(tmp_path / "index", WordEmbedder())
    assert "\n" not in str(caught.value)


def read_all(folder: Path) -> None:
    opened = Index.open(folder, WordEmbedder())
    opened.letters()
    opened.letter("a.txt")
    opened.passages([0])


@pytest.mark.parametrize("name", ["00001.db", "00001.faiss", "00001.safetensors", "letters.db"])
def test_file_of_the_right_size_with_other_content_is_no_traceback(tmp_path: Path, name: str) -> None:
    add(tmp_path / "index", [write(tmp_path, "a.txt", made_up("strand"))], WordEmbedder())
    file = tmp_path / "index" / GENERATIONS / "0001" / name
    size = file.stat().st_size
    file.unlink()
    file.write_bytes(b"\xff" * size)
    with pytest.raises(DamagedIndexError, match="--rebuild"):
        read_all(tmp_path / "index")


def test_unreadable_current_is_damage(tmp_path: Path) -> None:
    add(tmp_path / "index", [write(tmp_path, "a.txt", made_up("strand"))], WordEmbedder())
    (tmp_path / "index" / CURRENT).write_bytes(b"\xff\xff")
    with pytest.raises(DamagedIndexError, match="CURRENT is onleesbaar"):
        Index.open(tmp_path / "index", WordEmbedder())
    add(tmp_path / "index", [tmp_path / "a.txt"], WordEmbedder(), rebuild=True)
    assert Index.open(tmp_path / "index", WordEmbedder()).letter_count == 1


# -- the highest scores


@pytest.mark.parametrize("limit", [1, 3, 40, 5000])
def test_highest_are_those_of_a_full_sort_with_all_that_equal_the_last(limit: int) -> None:
    generator = np.random.default_rng(4)
    for size in (0, 1, 63, 64, 1000, 6000):
        scores = np.maximum(generator.normal(size=size).round(1), 0)  # many are 0, many equal
        ordered = sorted((score for score in scores.tolist() if score > 0), reverse=True)
        least = ordered[min(limit, len(ordered)) - 1] if ordered else 1.0
        expected = [row for row, score in enumerate(scores.tolist()) if score >= least]
        assert store._highest(scores, limit).tolist() == expected
