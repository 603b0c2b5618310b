from pathlib import Path

import pytest

generate = pytest.importorskip("benchmarks.generate", reason="the benchmarks are not in this copy")


def test_the_same_seed_gives_the_same_letters(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate.write_letters(tmp_path / name, 3, seed=4)
    first, second = ([file.read_bytes() for file in sorted((tmp_path / name).rglob("*.txt"))] for name in ("a", "b"))
    assert len(first) == 3
    assert len(set(first)) == 3
    assert first == second


def test_a_made_up_letter_is_read_with_its_date_and_number() -> None:
    from index.read import read_letter

    text = generate.letter(generate.Language(1), 301, 1)
    found = read_letter(text.encode(), "a.txt").letter
    assert found.metadata.key == "kst-90001-2"
    assert found.metadata.date is not None
    assert 3000 < len(text) < 25000


def test_questions_name_words_of_a_letter() -> None:
    language = generate.Language(1)
    texts = [generate.letter(language, number, 1).lower() for number in range(3)]
    for question in generate.questions(language, 3, 10, 1):
        words = [word.strip("?") for word in question.split() if len(word) > 6 and word not in ("schrijft", "minister")]
        assert any(all(word.lower() in text for word in words) for text in texts)
