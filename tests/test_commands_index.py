import json
from pathlib import Path

import pytest
from index_letters import made_up, write

from ui.cli import main

NO_INDEX = "Er is nog geen index in .kamerbrief. Voeg eerst brieven toe: kamerbrief index add MAP"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two letters in "brieven"; settings of the outside are not seen."""
    monkeypatch.chdir(tmp_path)
    for name in ("KAMERBRIEF_INDEX", "KAMERBRIEF_EMBEDDER"):
        monkeypatch.delenv(name, raising=False)
    write(tmp_path / "brieven", "strand.txt", made_up("strand", 1))
    write(tmp_path / "brieven", "molen.txt", made_up("molen", 2))
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_add_reports_every_file_and_a_summary(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    write(place / "brieven", "leeg.txt", "")
    write(place / "brieven", "LEESMIJ.md", "x")
    assert main(["index", "add", "brieven"]) == 1
    found = lines(capsys)
    assert found[0] == "overgeslagen  brieven/LEESMIJ.md: geen soort bestand voor brieven (.md)"
    assert found[1].startswith("geweigerd     brieven/leeg.txt: leeg.txt is leeg")
    assert found[2:4] == ["toegevoegd    brieven/molen.txt", "toegevoegd    brieven/strand.txt"]
    assert found[4].startswith("2 toegevoegd, 1 geweigerd, 1 overgeslagen. De index telt 2 brieven en ")
    assert found[4].endswith(" passages (versie 0001).")


def test_add_again_says_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "add", "brieven"]) == 0
    lines(capsys)
    assert main(["index", "add", "brieven"]) == 0
    assert lines(capsys)[:2] == ["ongewijzigd   brieven/molen.txt", "ongewijzigd   brieven/strand.txt"]


def test_json_report_holds_the_same_lines(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    assert main(["--index", "ergens", "index", "add", "brieven", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [(line["outcome"], line["letter"]) for line in report["lines"]] == [
        ("added", "molen.txt"),
        ("added", "strand.txt"),
    ]
    assert (place / "ergens" / "CURRENT").exists()


def test_remove_says_that_the_text_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["index", "add", "brieven"])
    lines(capsys)
    assert main(["index", "remove", "kst-90123-2"]) == 0
    found = lines(capsys)
    assert found[0] == "verwijderd    brieven/molen.txt"
    assert found[1].startswith("1 verwijderd. De index telt 1 brief en ")
    assert found[2] == (
        "De verwijderde tekst staat nergens meer in de index. Oudere versies van de index zijn ook gewist (0001)."
    )


def test_list_shows_name_title_and_facts(capsys: pytest.CaptureFixture[str]) -> None:
    main(["index", "add", "brieven"])
    lines(capsys)
    assert main(["index", "list"]) == 0
    found = lines(capsys)
    assert (found[0], found[3], found[-1]) == ("molen.txt", "strand.txt", "2 brieven")
    assert "2031-03-05, kst-90123-2, Tweede Kamer" in found[2]
    assert main(["index", "list", "--json"]) == 0
    assert [info["key"] for info in json.loads(capsys.readouterr().out)] == ["kst-90123-2", "kst-90123-1"]


def test_status_and_verify_of_a_whole_index(capsys: pytest.CaptureFixture[str]) -> None:
    main(["index", "add", "brieven"])
    lines(capsys)
    assert main(["index", "status"]) == 0
    assert "Brieven        2" in lines(capsys)
    assert main(["index", "verify"]) == 0
    assert lines(capsys) == ["De index is heel: 4 bestanden gecontroleerd, versie 0001."]


def test_verify_names_the_damage_and_the_command(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    main(["index", "add", "brieven"])
    lines(capsys)
    with (place / ".kamerbrief" / "generations" / "0001" / "00001.db").open("r+b") as file:
        file.write(b"kapot")
    assert main(["index", "verify"]) == 1
    found = lines(capsys)
    assert found[0] == "Beschadigd: 00001.db is veranderd na het schrijven (brieven: molen.txt, strand.txt)."
    assert found[1] == f"Herstel de index zo: kamerbrief --index .kamerbrief index add {place / 'brieven'} --rebuild"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["index", "add", "nergens"], "nergens bestaat niet. Controleer de naam van het bestand of de map."),
        (["index", "list"], NO_INDEX),
        (["index", "status"], NO_INDEX),
        (["index", "verify"], NO_INDEX),
        (["index", "remove", "a.txt"], NO_INDEX),
    ],
)
def test_mistakes_are_one_line_on_stderr(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(arguments) == 1
    assert capsys.readouterr().err == message + "\n"


def test_file_name_with_control_characters_cannot_write_to_the_terminal(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    write(place / "brieven", "a\x1b[31m\nb.txt", made_up("brug"))
    main(["index", "add", "brieven"])
    main(["index", "list"])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "brieven/a\ufffd[31m b.txt" in out
