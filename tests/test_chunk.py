"""Passages: inside one section, whole paragraphs, with their role, heading path and header."""

import pytest
from made_up_letters import DOCX_TEXT, NOTA, PDF_TEXT, SCAN, made_up
from real_letters import line, needs_letters, real_letter

from index.chunk import HARD_MAX, chunk, heading_paths
from index.letter import Letter, Passage, Role


def by_role(letter: Letter, role: Role) -> list[Passage]:
    return [passage for passage in chunk(letter) if passage.role is role]


def test_letterhead_signature_and_footnotes_are_passages_with_their_role() -> None:
    roles = [passage.role for passage in chunk(made_up(DOCX_TEXT))]
    assert roles == [Role.LETTERHEAD, Role.BODY, Role.BODY, Role.BODY, Role.FOOTNOTE, Role.SIGNATURE]


def test_a_footnote_stands_under_the_heading_of_its_marker() -> None:
    (note,) = by_role(made_up(DOCX_TEXT), Role.FOOTNOTE)
    assert note.heading == ("Bevers",)


def test_a_section_begins_a_passage_with_its_heading() -> None:
    passages = by_role(made_up(PDF_TEXT), Role.BODY)
    assert [passage.heading for passage in passages] == [(), ("Otters in het Vogelmeer",), ("Wegen en paden",)]
    assert [passage.sentences[0].text for passage in passages[1:]] == ["Otters in het Vogelmeer", "Wegen en paden"]


def test_a_heading_without_text_of_its_own_goes_with_the_section_below_it() -> None:
    passages = by_role(made_up(SCAN), Role.BODY)
    assert [passage.heading for passage in passages] == [(), ("Moerassen", "Reigers")]
    assert [sentence.text for sentence in passages[1].sentences[:2]] == ["Moerassen", "Reigers"]


def test_question_and_answer_are_passages_of_their_own_that_share_a_pair() -> None:
    passages = [passage for passage in chunk(made_up(NOTA)) if passage.pair]
    assert [(passage.role, passage.pair, passage.fractie) for passage in passages] == [
        (Role.QUESTION, 1, "Eiken"),
        (Role.ANSWER, 1, "Eiken"),
        (Role.QUESTION, 2, "Eiken"),
        (Role.ANSWER, 2, "Eiken"),
        (Role.QUESTION, 3, "Linden-Beuken"),
        (Role.ANSWER, 3, "Linden-Beuken"),
    ]


def test_the_header_says_title_kind_heading_and_fractie_and_is_no_part_of_the_text() -> None:
    question = by_role(made_up(NOTA), Role.QUESTION)[0]
    assert question.header == (
        "Kamerstuk 99 100 X, D: Nota naar aanleiding van het verslag (4 april 2031)"
        " | Antwoord op de vragen van de leden van de Eiken-fractie | Eiken-fractie"
    )
    assert "4 april 2031" not in question.search_text


def test_a_long_paragraph_is_cut_between_sentences_into_nearly_equal_parts() -> None:
    letter = made_up("De otters zwemmen in het meer en eten vis. " * 70)
    passages = chunk(letter)
    sizes = [passage.end - passage.start for passage in passages]
    assert len(passages) == 3
    assert max(sizes) <= 1400
    assert min(sizes) >= 800
    assert all(letter.text[passage.end - 1] == "." for passage in passages)


@pytest.mark.parametrize("text", ["woord " * 800, "x" * 5000, "otter, " * 900 + "klaar."])
def test_a_sentence_without_end_is_cut_between_words_or_in_need_inside_one(text: str) -> None:
    letter = made_up(text)
    passages = chunk(letter)
    assert all(passage.end - passage.start <= 1400 for passage in passages)
    assert "".join(sentence.text for passage in passages for sentence in passage.sentences).replace(" ", "") == text.replace(
        " ", ""
    )


def test_a_smaller_size_gives_smaller_passages() -> None:
    letter = made_up("De otters zwemmen in het meer en eten vis. " * 70)
    assert max(passage.end - passage.start for passage in chunk(letter, max_chars=500)) <= 500 + 350
    assert len(chunk(letter, max_chars=500)) > len(chunk(letter))


def test_search_text_of_a_scan_is_mended_and_its_sentences_are_not() -> None:
    first = by_role(made_up(SCAN), Role.BODY)[0]
    assert "coordinerende" in first.search_text
    assert any("coodrdinerende" in sentence.text for sentence in first.sentences)


def test_heading_paths_follow_the_levels() -> None:
    letter = made_up("1. Bos\n\nEerste zin.\n\n1.1 Diep\n\nTweede zin.\n\n2. Twee\n\nDerde zin.\n")
    paths = heading_paths(letter)
    assert [paths[letter.text.index(words)] for words in ("Eerste", "Tweede", "Derde")] == [
        ("1. Bos",),
        ("1. Bos", "1.1 Diep"),
        ("2. Twee",),
    ]


@needs_letters
def test_the_footnote_of_letter_002_stands_under_the_section_of_its_marker() -> None:
    (note,) = by_role(real_letter("002"), Role.FOOTNOTE)
    assert note.heading == ("Oekraïne",)


@needs_letters
def test_the_two_sections_of_the_same_name_in_letter_004_have_different_paths() -> None:
    paths = [
        passage.heading
        for passage in by_role(real_letter("004"), Role.BODY)
        if passage.heading and passage.heading[-1] == "Oekraine"
    ]
    assert set(paths) == {("Oekraine",), ("Raad Buitenlandse Zaken Defensie", "Oekraine")}


@needs_letters
def test_pages_of_passages_are_those_of_the_letter() -> None:
    letter = real_letter("000")
    pages = {line(letter, passage.start): passage.page for passage in chunk(letter)}
    assert pages[11] == 1
    assert pages[105] == 3
    assert [passage.page for passage in chunk(real_letter("002"))] == [None] * len(chunk(real_letter("002")))


@needs_letters
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_passages_of_the_real_letters_are_never_too_long_and_mostly_of_the_good_size(number: str) -> None:
    sizes = [passage.end - passage.start for passage in chunk(real_letter(number))]
    assert max(sizes) <= HARD_MAX
    text = sum(sizes)
    assert sum(size for size in sizes if size >= 600) >= 0.7 * text
