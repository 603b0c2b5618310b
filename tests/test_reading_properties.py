"""What holds for the reading of any text at all: found by generating texts, also such as no ministry would send."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import dates
from index import reference as references
from index.chunk import HARD_MAX, chunk
from index.extract import Extract
from index.letter import BlockKind, Letter, Span
from index.read import letter_from_extract
from index.sentence import split
from index.view import View, reading_text, reading_view, search_view

FRAGMENTS = st.sampled_from(
    [
        "28 676 NAVO\n",
        "Nr. 12 BRIEF VAN DE MINISTER VAN BOSBEHEER\n",
        "Den Haag, 3 mei 2031\n",
        "Geachte voorzitter,\n",
        "\n",
        "\n\n",
        "\n\n\n\n",
        " \n",
        "\f",
        "\n Bladzijde twee",
        "Antwoord\n",
        "Vraag 2\n",
        "Antwoord: nee.\n",
        "Klopt dat?\n",
        "Pagina 2 van 3\n",
        "1 Kamerstuk 99 999, nr. 1.\n",
        "2 Zie bijlage\n",
        "[1:  Een noot.]",
        "[footnoteRef:1]",
        "[1] ",
        "woord1 ",
        "(ABC)2. ",
        "bos-\n",
        "beheer ",
        "lucht- \nen ",
        "De leden van de ABC-fractie vragen dat.\n",
        "Een kop\n",
        "De minister van Bosbeheer,\n",
        "A.B. Eik\n",
        "Hoogachtend,\n",
        "• punt\n",
        "- punt\n",
        "1. Inleiding\n",
        "Dit is een zin. ",
        "Dat kost 3 mln. euro. ",
        "Belgié ",
        "/ntegrated ",
        "codrdinatie ",
        "\u00ad\n",
        "\ufffe\n",
        "\u00a0",
        "\t\t",
        "é",
        "e\u0301",
        "\u2028",
        "\r\n",
        "\x85",
        "😀",
        "\u200b",
        "x" * 1600,
        "woord " * 300,
    ]
)
TEXTS = st.one_of(
    st.lists(FRAGMENTS, min_size=1, max_size=40).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=400),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=30)), min_size=1, max_size=30).map("".join),
)


def letter_of(text: str) -> Letter:
    return letter_from_extract(Extract(text.replace("\0", ""), "txt"), "brief.txt", "0" * 64)


def stands(view: View, start: int, end: int) -> str:
    """The characters of a stretch of the view that stand for something, white space aside."""
    return "".join(view.text[i] for i in range(start, end) if view.starts[i] < view.ends[i] and not view.text[i].isspace())


@given(TEXTS, st.data())
@settings(max_examples=60, deadline=None)
def test_every_stretch_of_a_view_maps_to_the_letter_and_back_without_losing_a_character(
    text: str, data: st.DataObject
) -> None:
    letter = letter_of(text)
    for view in (reading_view(letter), search_view(letter)):
        assert len(view.text) == len(view.starts) == len(view.ends)
        start = data.draw(st.integers(0, len(view.text)))
        end = data.draw(st.integers(start, len(view.text)))
        back = [view.from_canonical(span) for span in view.to_canonical(start, end)]
        covered = {i for left, right in back for i in range(left, right)}
        lost = [i for i in range(start, end) if i not in covered and view.starts[i] < view.ends[i]]
        assert lost == []
        assert "".join(stands(view, max(left, start), min(right, end)) for left, right in back) == stands(view, start, end)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_reading_view_changes_no_letter(text: str) -> None:
    letter = letter_of(text)
    view = reading_view(letter)
    for char, start, end in zip(view.text, view.starts, view.ends, strict=True):
        original = letter.text[start:end]
        assert char == original or (char in " \n" and not original.strip()) or (char == "-" and len(original) == 1)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_block_is_in_exactly_one_passage_and_no_passage_is_too_long(text: str) -> None:
    letter = letter_of(text)
    taken: dict[int, int] = {}
    for number, passage in enumerate(chunk(letter)):
        assert passage.end - passage.start <= HARD_MAX
        assert passage.sentences
        for sentence in passage.sentences:
            assert sentence.text == sentence.text.strip() != ""
            assert passage.start <= sentence.start < sentence.end <= passage.end
            for span in sentence.spans:
                for i in range(span.start, span.end):
                    assert taken.setdefault(i, number) == number
    anchors = {i for block in letter.blocks if block.anchor for i in range(block.anchor.start, block.anchor.end)}
    for block in letter.blocks:
        for span in block.spans:
            for i in range(span.start, span.end):
                is_read = block.kind is not BlockKind.FURNITURE and not letter.text[i].isspace() and i not in anchors
                assert not is_read or i in taken or letter.text[i] in "-\u00ad\u2010\ufffe"


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_the_reading_text_of_its_spans(text: str) -> None:
    letter = letter_of(text)
    for passage in chunk(letter):
        for sentence in passage.sentences:
            assert reading_text(letter, sentence.spans) == sentence.text


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_blocks_lie_apart_and_only_labels_and_brackets_of_notes_are_in_none(text: str) -> None:
    letter = letter_of(text)
    spans = sorted(span for block in letter.blocks for span in block.spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    covered = {i for span in spans for i in range(span.start, span.end)}
    outside = "".join(char for i, char in enumerate(letter.text) if i not in covered)
    assert not any(char.isalpha() for char in outside)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_fact_of_the_metadata_points_into_the_letter(text: str) -> None:
    letter = letter_of(text)
    metadata = letter.metadata
    facts = [*metadata.dossiers, *metadata.dossier_titles, *metadata.senders]
    facts += [
        fact for fact in (metadata.number, metadata.chamber, metadata.date, metadata.addressee, metadata.subject) if fact
    ]
    for fact in facts:
        assert fact.span is not None
        assert letter.quote(fact.span).strip()


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_sentences_hold_every_character_but_white_space_once(text: str) -> None:
    spans = split(text)
    assert "".join(text[start:end] for start, end in spans).split() == [] or all(
        text[start:end].strip() for start, end in spans
    )
    kept = "".join(char for start, end in spans for char in text[start:end] if not char.isspace())
    assert kept == "".join(char for char in text if not char.isspace())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert letter_of(text) == letter_of(text)
    assert chunk(letter_of(text)) == chunk(letter_of(text))


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_canonical_span_in_white_space_or_beyond_maps_to_nothing(start: int, length: int) -> None:
    letter = letter_of("Een zin.\n\n\n\n\nNog een zin.")
    view = reading_view(letter)
    left, right = view.from_canonical(Span(start, start + length))
    assert 0 <= left <= right <= len(view.text)


HOSTILE = {
    "one word": "x" * 20_000,
    "white space": "a" + " " * 20_000 + "b",
    "open brackets": "[1: " * 5_000,
    "dossiers": "28 676 " * 2_666,
    "amounts": "12 500, " * 2_333,
    "abbreviations": "a. " * 20_000,
    "fracties": "de leden van de fractie van de " * 666,
    "footnotes": "".join(f"{number % 90 + 1} Zie\n\n" for number in range(1_666)),
    "hyphens": "bos-\n" * 4_000,
    "form feeds": "a\f" * 20_000,
    "quotes": "“" * 20_000,
    "numbers": "28 676, nr. " + "1/" * 10_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.timeout(60)
def test_a_text_made_to_be_slow_is_read_all_the_same(name: str) -> None:
    letter = letter_of(HOSTILE[name])
    passages = chunk(letter)
    assert max(passage.end - passage.start for passage in passages) <= HARD_MAX
    kept = "".join(sentence.text for passage in passages for sentence in passage.sentences)
    assert "".join(kept.split()).replace("-", "") == "".join(reading_view(letter).text.split()).replace("-", "")
    references.find(letter.text)
    dates.find(letter.text[:20_000])
