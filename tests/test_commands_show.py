from pathlib import Path

import pytest
from index_letters import made_up, write

from ui.cli import main

TEXT = made_up("strand").replace("\n", "\r\n")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMERBRIEF_INDEX", raising=False)
    write(tmp_path / "brieven", "strand.txt", TEXT)
    main(["index", "add", "brieven"])
    return tmp_path


def test_show_prints_the_canonical_text_to_the_byte(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    capfdbinary.readouterr()
    assert main(["show", "strand.txt"]) == 0
    assert capfdbinary.readouterr().out == TEXT.encode()


def test_show_prints_a_span(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    capfdbinary.readouterr()
    start = TEXT.index("schelpen")
    assert main(["show", "90123-1", "--start", str(start), "--end", str(start + 8)]) == 0
    assert capfdbinary.readouterr().out == b"schelpen"


@pytest.mark.parametrize("bounds", [("-1", "3"), ("5", "4"), ("0", "999999")])
def test_span_outside_the_letter_says_how_long_it_is(
    capfdbinary: pytest.CaptureFixture[bytes], bounds: tuple[str, str]
) -> None:
    start, end = bounds
    assert main(["show", "strand.txt", f"--start={start}", f"--end={end}"]) == 1
    assert f"die brief heeft {len(TEXT)} tekens".encode() in capfdbinary.readouterr().err


def test_unknown_letter_is_one_line(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["show", "strond.txt"]) == 1
    assert capfdbinary.readouterr().err == (
        b"Onbekende brief 'strond.txt'. Bedoelde u strand.txt? Zie alle brieven met: kamerbrief index list\n"
    )
