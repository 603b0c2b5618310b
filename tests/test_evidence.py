"""Keys: deterministic, unlike each other, never a word of the evidence."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from index.letter import Letter, Metadata, Passage, Role, Sentence, Span
from rag.evidence import EXAMPLES, gather, make_keys

LETTER = Letter(
    "01.txt", "Zeven bruggen. Acht sluizen.", "", "", "txt", "text", (0, 15), (), Metadata(), "Brief over bruggen"
)


def passage(*sentences: tuple[str, int, int], start: int = 0) -> Passage:
    made = tuple(Sentence(text, (Span(first, last),)) for text, first, last in sentences)
    return Passage("01.txt", start, 28, Role.BODY, ("Werk", "Bruggen"), None, None, None, "", "", made)


def test_keys_are_the_same_every_time_and_never_the_example() -> None:
    assert make_keys(3) == make_keys(200)[:3]
    assert not EXAMPLES & set(make_keys(200))


@given(st.integers(min_value=0, max_value=900))
def test_keys_are_unique(count: int) -> None:
    assert len(set(make_keys(count))) == count


def test_one_wrong_letter_never_makes_another_key() -> None:
    assert all(sum(a != b for a, b in zip(x, y, strict=True)) >= 2 for x, y in combinations(make_keys(200), 2))


def test_no_key_is_a_word_of_the_evidence() -> None:
    first, second = make_keys(2)
    assert not {first, second} & set(make_keys(50, f"de {first} en de {second.lower()}"))


def test_sentences_are_gathered_once_in_rank_order_with_their_place() -> None:
    found = gather(
        [passage(("Acht sluizen.", 15, 28)), passage(("Zeven bruggen.", 0, 14), ("Acht sluizen.", 15, 28))], lambda _: LETTER
    )
    assert [(s.text, s.passage, s.page, s.heading) for s in found] == [
        ("Acht sluizen.", 0, 2, "Werk > Bruggen"),
        ("Zeven bruggen.", 1, 1, "Werk > Bruggen"),
    ]
    assert [s.key for s in found] == make_keys(2)
