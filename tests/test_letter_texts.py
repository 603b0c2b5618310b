"""The letters behind gold questions, from a folder or an index."""

import hashlib
from pathlib import Path

import pytest
from fake_asker import LETTERS

from eval.letter_texts import LetterTexts
from index.embed import open_embedder
from index.errors import KamerbriefError, NoIndexError
from index.settings import Settings
from index.update import add


def test_a_folder_and_an_index_give_the_same_letters(tmp_path: Path) -> None:
    folder = tmp_path / "brieven"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "leeg.txt").write_text("")
    found = LetterTexts.of_folder(folder)
    assert found.texts == LETTERS
    assert found.hashes == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in LETTERS.items()}
    settings = Settings(index=str(tmp_path / "index"))
    add(Path(settings.index), [folder / name for name in LETTERS], open_embedder(settings))
    assert LetterTexts.of_index(settings) == found


def test_no_folder_and_no_index_are_one_line_each(tmp_path: Path) -> None:
    with pytest.raises(KamerbriefError, match="is geen map"):
        LetterTexts.of_folder(tmp_path / "weg")
    with pytest.raises(NoIndexError):
        LetterTexts.of_index(Settings(index=str(tmp_path / "weg")))
