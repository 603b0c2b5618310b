"""Twins: the same letter in another form or to the other chamber."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.chunk import chunk
from index.database import LetterInfo
from index.letter import Letter
from index.read import read_letter
from index.twins import Twins, likeness, sketch, told

LETTERS = sorted(Path("examples/letters").glob("*.txt"))
FORMATS = Path("examples/formats")


def read(path: Path) -> Letter:
    return read_letter(path.read_bytes(), path.name).letter


def info(letter: Letter) -> LetterInfo:
    return LetterInfo.of(letter, chunk(letter))


def never(name: str) -> Letter:
    raise AssertionError(f"{name} was read again")


def twins(*letters: Letter) -> Twins:
    found = Twins({letter.name: letter for letter in letters}.__getitem__)
    for letter in letters:
        found.meet(info(letter))
    return found


def present(*letters: Letter) -> set[str]:
    return {letter.source_sha256 for letter in letters}


@pytest.mark.parametrize("ending", ["pdf", "docx", "odt", "html", "xml"])
def test_the_same_letter_in_another_form_is_a_twin(ending: str) -> None:
    text = read(LETTERS[0])
    other = read(FORMATS / f"{LETTERS[0].stem}.{ending}")
    twin = twins(text).find(other, present(text))
    assert twin is not None
    assert told(other, twin) == f"dezelfde brief als {text.name}, in een andere vorm ({ending})"


def test_the_same_letter_to_the_other_chamber_is_a_twin() -> None:
    ek, tk = read(LETTERS[2]), read(LETTERS[3])
    twin = twins(ek).find(tk, present(ek))
    assert twin is not None
    assert told(tk, twin) == f"dezelfde brief ging ook naar de Eerste Kamer: {ek.name}"


def test_another_form_comes_before_the_other_chamber() -> None:
    ek, tk = read(LETTERS[2]), read(LETTERS[3])
    twin = twins(ek, tk).find(read(FORMATS / f"{LETTERS[3].stem}.pdf"), present(ek, tk))
    assert twin is not None
    assert twin.name == tk.name


def test_different_letters_are_far_apart() -> None:
    sketches = [sketch(read(path)) for path in LETTERS]
    pairs = [(i, j, likeness(sketches[i], sketches[j])) for i in range(len(LETTERS)) for j in range(i)]
    assert [(i, j) for i, j, share in pairs if share > 0.2] == [(3, 2)]


def test_a_letter_of_another_day_is_never_read_for_it() -> None:
    letters = [read(path) for path in LETTERS]
    found = Twins(never)
    found.meet(info(letters[0]))
    assert found.find(letters[1], present(letters[0])) is None


def test_a_letter_that_was_removed_is_no_twin() -> None:
    text, other = read(LETTERS[0]), read(FORMATS / f"{LETTERS[0].stem}.pdf")
    assert twins(text).find(other, set()) is None


def test_likeness_is_the_share_of_runs_in_common() -> None:
    assert likeness((1, 2, 3, 4), (1, 2, 3, 4)) == 1.0
    assert likeness((1, 2, 3), (3, 4, 5)) == 0.2
    assert likeness((), ()) == 0.0


def test_a_letter_without_a_date_has_no_twin() -> None:
    text = read(LETTERS[0])
    undated = replace(text, metadata=replace(text.metadata, date=None), source_sha256="x")
    assert twins(text).find(undated, present(text)) is None
