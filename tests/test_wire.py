"""The line format: every way in which models deviate from it is read; made-up keys are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.wire import Fragment, Line, Parser, Reset, looks_english

KEYS = ["BDF", "GHJ", "KMN", "PRS", "TVW"]
TEXT = "De sluis is open."


def read(answer: str, size: int = 5) -> list[tuple[list[str], list[str], str]]:
    parser = Parser(KEYS)
    events = [event for i in range(0, len(answer), size) for event in parser.feed(answer[i : i + size])]
    events += parser.close()
    lines: list[Line] = []
    for event in events:
        if isinstance(event, Reset):
            lines.clear()
        elif isinstance(event, Line):
            lines.append(event)
    return [(list(line.keys), list(line.unknown), line.text) for line in lines]


@pytest.mark.parametrize(
    ("answer", "keys", "unknown"),
    [
        (f"[BDF] {TEXT}", ["BDF"], []),
        (f"[BDF GHJ] {TEXT}", ["BDF", "GHJ"], []),
        (f"[BDF, GHJ] {TEXT}", ["BDF", "GHJ"], []),
        (f"[BDF][GHJ] {TEXT}", ["BDF", "GHJ"], []),
        (f"[BDF BDF] {TEXT}", ["BDF"], []),
        (f"[BDF en GHJ] {TEXT}", ["BDF", "GHJ"], []),
        (f"[BDF-KMN] {TEXT}", ["BDF", "GHJ", "KMN"], []),
        (f"[BDF t/m KMN] {TEXT}", ["BDF", "GHJ", "KMN"], []),
        (f"[bdf] {TEXT}", ["BDF"], []),
        (f"[Bron: BDF] {TEXT}", ["BDF"], []),
        (f"- [BDF] {TEXT}", ["BDF"], []),
        (f"1. [BDF] {TEXT}", ["BDF"], []),
        (f"**[BDF]** {TEXT}", ["BDF"], []),
        ("* **[BDF]** De **sluis** is `open`.", ["BDF"], []),
        (f"(BDF) {TEXT}", ["BDF"], []),
        (f"BDF: {TEXT}", ["BDF"], []),
        (f"BDF GHJ {TEXT}", ["BDF", "GHJ"], []),
        (f"[BDF {TEXT}", ["BDF"], []),
        (f"BDF] {TEXT}", ["BDF"], []),
        ("De sluis is open [BDF].", ["BDF"], []),
        (f"{TEXT} [BDF][GHJ]", ["BDF", "GHJ"], []),
        (f"[BDF] {TEXT} [GHJ]", ["BDF", "GHJ"], []),
        (f"[BDF]\n{TEXT}", ["BDF"], []),
        (f"Antwoord:\n[BDF] {TEXT}", ["BDF"], []),
        (f"```\n[BDF] {TEXT}\n```", ["BDF"], []),
        (f"[ZZZ] {TEXT}", [], ["ZZZ"]),
        (f"[BDF ZZZ] {TEXT}", ["BDF"], ["ZZZ"]),
        (f"[0] {TEXT}", [], ["0"]),
        (f"[99] {TEXT}", [], ["99"]),
        (f"[1, 3] {TEXT}", [], ["1", "3"]),
        (f"[2-4] {TEXT}", [], ["2", "4"]),
        (TEXT, [], []),
    ],
)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_every_form_gives_its_keys(answer: str, keys: list[str], unknown: list[str], size: int) -> None:
    assert read(answer, size) == [(keys, unknown, TEXT)]


def test_several_statements_on_one_line_are_parted() -> None:
    assert read("[BDF] Zeven sluizen. [GHJ] Acht bruggen.") == [
        (["BDF"], [], "Zeven sluizen."),
        (["GHJ"], [], "Acht bruggen."),
    ]
    assert read("Zeven sluizen [BDF]. Acht bruggen [GHJ].") == [
        (["BDF"], [], "Zeven sluizen."),
        (["GHJ"], [], "Acht bruggen."),
    ]


def test_words_in_brackets_are_text() -> None:
    assert read("[BDF] De Rijksdienst (RSB) schreef [sic] dit.") == [
        (["BDF"], [], "De Rijksdienst (RSB) schreef [sic] dit.")
    ]


@pytest.mark.parametrize("size", [1, 3, 50])
def test_thinking_is_left_out(size: int) -> None:
    answer = f"<think>Eens zien: [GHJ] misschien.\nOf niet.</think>\n[BDF] {TEXT}"
    assert read(answer, size) == [(["BDF"], [], TEXT)]


@pytest.mark.parametrize("size", [1, 3, 50])
def test_thinking_without_an_opening_mark_voids_what_came_before(size: int) -> None:
    assert read(f"[GHJ] Misschien dit.\nOf niet.</think>[BDF] {TEXT}", size) == [(["BDF"], [], TEXT)]


def test_thinking_that_never_ends_gives_nothing() -> None:
    assert read("<think>" + "en toen " * 500) == []


@pytest.mark.parametrize(
    "answer", ["NIET GEVONDEN", "Niet gevonden.", "[BDF] NIET GEVONDEN", "**Niet gevonden** in de brieven"]
)
def test_not_found_is_recognised(answer: str) -> None:
    parser = Parser(KEYS)
    (line,) = [event for event in [*parser.feed(answer), *parser.close()] if isinstance(event, Line)]
    assert line.not_found


def test_text_streams_before_its_line_ends() -> None:
    parser = Parser(KEYS)
    shown = [
        event.text
        for piece in ("[BD", "F] De ", "sluis", " is o")
        for event in parser.feed(piece)
        if isinstance(event, Fragment)
    ]
    assert "".join(shown) == "De sluis is o"


def test_a_line_without_end_is_cut() -> None:
    assert max(len(text) for _, _, text in read("en verder " * 1000)) < 1300


@given(st.text(alphabet="[]()BDFGHJ \n-,.<>/thinka*1", max_size=120), st.integers(min_value=1, max_value=20))
def test_any_stream_is_read_and_no_unknown_key_passes_as_known(answer: str, size: int) -> None:
    for keys, unknown, text in read(answer, size):
        assert set(keys) <= set(KEYS)
        assert not set(unknown) & set(KEYS)
        assert text


@given(st.text(alphabet="[]BDFGHJ \n-,.<>/think", max_size=80), st.integers(min_value=1, max_value=9))
def test_the_size_of_the_pieces_does_not_matter(answer: str, size: int) -> None:
    assert read(answer, size) == read(answer, 10_000)


def test_english_is_told_from_dutch() -> None:
    assert looks_english("The lock is open and the bridge will not be closed by the minister.")
    assert not looks_english("De sluis is open en de brug wordt niet gesloten door de minister.")
