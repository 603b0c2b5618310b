"""Anchoring: quotes to offsets, and pins that find the same words in a changed letter without holding them."""

import json
from pathlib import Path

import pytest
from fake_asker import BRIDGE, LETTERS, gold_line, gold_set, place, span
from hypothesis import given
from hypothesis import strategies as st

from eval.anchor import AnchorError, make_pins, moved, pin, pins_json, pins_path, places, read_pins, squeeze

COST = "De reparatie kostte 1,5 miljoen euro en duurde negen weken."


def test_a_quote_is_found_over_line_ends_hyphens_and_accents() -> None:
    text = "Vooraf.\nDe lucht-\n  verdediging van Oekraïne  is\nversterkt. Daarna."
    (start, end), *others = places("de luchtverdediging van OEKRAINE is versterkt.", text)
    assert text[start:end] == "De lucht-\n  verdediging van Oekraïne  is\nversterkt."
    assert others == []


def test_all_places_are_found_and_none_for_nothing() -> None:
    assert places("ja nee", "ja nee ja nee") == [(0, 6), (7, 13)]
    assert places(" - ", "ja nee") == []
    assert places("misschien", "ja nee") == []


def test_a_quote_is_not_found_inside_words_or_over_their_ends() -> None:
    assert places("en", "lopen duren egel en eten") == [(17, 19)]
    assert places("145", "Er zijn 1145 of 1450, nee 145.") == [(26, 29)]


@given(st.lists(st.text("abcé1", min_size=1, max_size=4), min_size=1, max_size=9), st.integers(0, 8), st.integers(1, 4))
def test_whole_words_are_found_where_they_stand(words: list[str], start: int, length: int) -> None:
    chosen = words[start : start + length]
    if not chosen:
        return
    text = "  ".join(words)
    at = sum(len(word) + 2 for word in words[:start])
    assert (at, at + len("  ".join(chosen))) in places(" ".join(chosen), text)


@given(st.text("abc é-\n", min_size=1, max_size=50), st.integers(0, 50), st.integers(1, 20), st.text("xyz \n", max_size=10))
def test_a_pinned_stretch_is_found_wherever_it_moved_to(text: str, start: int, length: int, before: str) -> None:
    words = text[start : start + length]
    wanted, letter = squeeze(words).text, squeeze(before + text)
    found = moved(pin(words), letter)
    starts = [at for at in range(len(letter.text)) if wanted and letter.text.startswith(wanted, at)]
    assert found == [letter.original(at, at + len(wanted)) for at in starts]
    assert bool(found) == bool(wanted)


def test_a_pin_holds_no_words() -> None:
    gold = gold_set(gold_line())
    content = pins_json(make_pins(gold, LETTERS.get, {"brug.txt": "abc"}.get))
    assert not any(word in content for word in ("reparatie", "miljoen", "weken"))
    assert json.loads(content)["letters"] == {"brug.txt": "abc"}


def test_pins_survive_the_file(tmp_path: Path) -> None:
    gold = gold_set(gold_line())
    made = make_pins(gold, LETTERS.get, {"brug.txt": "abc"}.get)
    path = tmp_path / "vragen.jsonl"
    assert read_pins(path) is None
    pins_path(path).write_text(pins_json(made), encoding="utf-8")
    assert read_pins(path) == made
    kept = made.spans[gold.questions[0].evidence[0][0]]
    assert moved(kept, squeeze("Nieuwe kop.\n\n" + BRIDGE.replace(" ", "\n"))) == [(50, 109)]


@pytest.mark.parametrize("content", ["{", "[]", '{"letters": {}}', '{"letters": {}, "spans": [{"letter": "a"}]}'])
def test_damaged_pins_are_one_dutch_line(tmp_path: Path, content: str) -> None:
    pins_path(tmp_path / "vragen.jsonl").write_text(content)
    with pytest.raises(AnchorError, match=r"onleesbaar\. Maak het opnieuw met") as caught:
        read_pins(tmp_path / "vragen.jsonl")
    assert "\n" not in str(caught.value)


def test_a_span_in_the_fakes_is_what_it_says() -> None:
    at = span(place("brug.txt", COST))
    assert BRIDGE[at["start"] : at["end"]] == COST
