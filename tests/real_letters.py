"""The five real letters, for the tests that check values on them; they are not part of this project."""

from functools import cache
from pathlib import Path

import pytest

from index.letter import Letter
from index.read import read_letter

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "letters"
NAMES = {
    "000": "000_13d841ed3eb9d257.txt",
    "001": "001_60017dab6e1cdc7e.txt",
    "002": "002_68ab1fa6cbaf1214.txt",
    "003": "003_d09603eee462fd1e.txt",
    "004": "004_6d696e773582ecfc.txt",
}
needs_letters = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in NAMES.values()),
    reason="the five real letters are not in ../shared/letters",
)


@cache
def real_letter(number: str) -> Letter:
    """The real letter whose file name starts with `number` ("000" to "004")."""
    return read_letter((FOLDER / NAMES[number]).read_bytes(), NAMES[number]).letter


def line(letter: Letter, offset: int) -> int:
    """The line of the file, counted from 1, that holds the character at `offset`."""
    return letter.text.count("\n", 0, offset) + 1
