"""Line-end hyphens: the rules one by one."""

import pytest

from index.hyphen import Vocabulary, resolve

WORDS = Vocabulary.of("De otterpopulatie groeit. De bos-brand en het bos-beheer. De wind-\nmolen draait.")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "Voortgang", "- "),
        ("lucht", "en", "- "),
        ("lucht", "of", "- "),
        ("Noord", "Korea", "-"),
        ("F", "16", "-"),
        ("NAVO", "top", "-"),
        ("(NUC)", "format", "-"),
        ("GroenLinks-PvdA", "fractie", "-"),
        ("otter", "populatie", ""),
        ("bos", "brand", "-"),
        ("bos", "wachter", "-"),
        ("samen", "werking,", ""),
        ("Samen", "werking", ""),
    ],
)
def test_what_stands_for_a_line_end_hyphen(left: str, right: str, expected: str) -> None:
    assert resolve(left, right, WORDS) == expected


def test_words_broken_over_a_line_end_are_no_words_of_the_letter() -> None:
    assert "wind" not in WORDS.halves
    assert "wind-molen" not in WORDS.counts
    assert WORDS.counts["otterpopulatie"] == 1
