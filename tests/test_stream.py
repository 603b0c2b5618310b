"""Streaming to a terminal, read back through a small model of the screen."""

import io
import re

import pytest

from rag.answer import Support
from rag.generate import GeneratedStatement, Restarted, StatementChecked, StatementText
from ui.stream import TerminalStream


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen(written: str, width: int) -> list[str]:
    """What a terminal `width` wide shows after `written`: text wraps, "up n and clear" goes back."""
    rows = [""]
    for part in re.split(r"(\x1b\[\d+A\r\x1b\[J|\n)", written):
        up = re.fullmatch(r"\x1b\[(\d+)A\r\x1b\[J", part)
        if up:
            rows = [*rows[: len(rows) - 1 - int(up[1])], ""]
        elif part == "\n":
            rows.append("")
        else:
            pieces = [part[i : i + width] for i in range(0, len(part), width)] or [""]
            rows = [*rows[:-1], *pieces]
    return rows[:-1]


def checked(text: str, support: Support, lead: str = "") -> GeneratedStatement:
    return GeneratedStatement(text, (), (), support, lead=lead)


def test_text_appears_and_turns_from_unchecked_to_checked() -> None:
    out = Terminal()
    stream = TerminalStream(out, 40)
    stream(StatementText(0, "De sluis", "De sluis"))
    stream(StatementText(0, " is open.", "De sluis is open."))
    assert screen(out.getvalue(), 40) == ["… De sluis is open."]
    stream(StatementChecked(0, checked("De sluis is open.", Support.SUPPORTED)))
    stream(StatementText(1, "De brug", "De brug"))
    stream(StatementChecked(1, checked("De brug is dicht.", Support.UNVERIFIED, "De X-fractie vroeg:")))
    assert screen(out.getvalue(), 40) == ["✓ De sluis is open.", "? De X-fractie vroeg: De brug is dicht."]


def test_long_lines_are_redrawn_whole() -> None:
    out = Terminal()
    stream = TerminalStream(out, 20)
    long = "De sluis bij Verzonnenveen is sinds gisteren open."
    for end in range(1, len(long) + 1):
        stream(StatementText(0, long[end - 1], long[:end]))
    assert "".join(screen(out.getvalue(), 20)) == f"… {long}"


def test_a_second_attempt_starts_with_a_clean_screen() -> None:
    out = Terminal()
    stream = TerminalStream(out, 40)
    stream(StatementChecked(0, checked("Fout.", Support.UNVERIFIED)))
    stream(Restarted("Nog een poging."))
    stream(StatementText(0, "Goed.", "Goed."))
    assert screen(out.getvalue(), 40) == ["(Nog een poging.)", "… Goed."]


def interrupted(out: Terminal) -> None:
    with TerminalStream(out, 40) as stream:
        stream(StatementText(0, "De", "De"))
        raise KeyboardInterrupt


def test_nothing_is_left_at_the_end_not_even_after_an_interruption() -> None:
    out = Terminal()
    with pytest.raises(KeyboardInterrupt):
        interrupted(out)
    assert screen(out.getvalue(), 40) == []


def test_nothing_is_written_to_a_file() -> None:
    out = io.StringIO()
    with TerminalStream(out, 40) as stream:
        stream(StatementText(0, "De", "De"))
    assert out.getvalue() == ""


def test_a_model_cannot_steer_the_terminal() -> None:
    out = Terminal()
    TerminalStream(out, 40)(StatementText(0, "x", "rood \x1b[31m\r\nweg"))
    assert "\x1b" not in out.getvalue()
