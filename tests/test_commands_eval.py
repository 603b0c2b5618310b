"""The command line of the evaluation: what is printed, and the exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from fake_asker import LETTERS, FakeAsker, answer_object, gold_line, perfect, saved_gold, unanswerable

from eval import asker, frame
from eval.gold import read_gold
from eval.run import run_gold
from ui.cli import main


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    lines = [gold_line(id=f"q{i}", question=f"Wat kostte reparatie {i}?") for i in range(20)]
    return saved_gold(tmp_path, *lines, unanswerable(id="geen")).path


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "brieven"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def use(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(asker, "AssistantAsker", lambda settings: FakeAsker(answer))


def test_a_run_prints_a_dutch_table_and_leaves_its_files(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, perfect)
    assert main(["eval", "run", str(gold), "--out", str(tmp_path / "a")]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "gold.jsonl: 21 vragen" in out
    line = next(line for line in out.splitlines() if "goede antwoorden" in line)
    assert line.split() == ["goede", "antwoorden", "100,0", "%", "100,0", "tot", "100,0", "20"]
    assert "ALCE" not in out
    files = {path.name for path in (tmp_path / "a").iterdir()} - {".lock"}
    assert files == {
        "answers.jsonl",
        "gold.jsonl",
        "manifest.json",
        "report.html",
        "report.md",
        "scores.jsonl",
        "summary.json",
        "timings.json",
    }


def test_a_reader_that_writes_is_judged_with_alce(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, lambda question: perfect(question) | {"reader": "ollama"})
    assert main(["eval", "run", str(gold), "--out", str(tmp_path / "a")]) == 0
    out = capsys.readouterr().out
    assert "zinnen die de bron bewijst (ALCE)" in out
    assert "met de hand beoordeelde zinnen" in out
    assert json.loads((tmp_path / "a" / "summary.json").read_text())["alce_judge"]["pairs"] == 40
    assert main(["eval", "run", str(gold), "--out", str(tmp_path / "a"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["measures"]["alce_recall"]["count"] == 20


def test_every_error_of_a_gold_file_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fout.jsonl"
    path.write_text('{"id": 1\n"x"\n')
    assert main(["eval", "run", str(path), "--out", str(tmp_path / "a")]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "fout.jsonl, regel 1",
        "fout.jsonl, regel 2",
    ]
    assert not (tmp_path / "a").exists()


def test_compare_and_gate(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    use(monkeypatch, perfect)
    main(["eval", "run", str(gold), "--out", a])
    use(monkeypatch, lambda q: perfect(q) if q.id > "q15" else answer_object("Geen idee", passages=[], citations=[]))
    main(["eval", "run", str(gold), "--out", b])
    capsys.readouterr()
    assert main(["eval", "compare", a, b]) == 0
    assert "SLECHTER" in capsys.readouterr().out
    assert main(["eval", "gate", a, "--baseline", a]) == 0
    assert capsys.readouterr().out.startswith("Goedgekeurd")
    assert main(["eval", "gate", b, "--baseline", a]) == 1
    out, err = capsys.readouterr()
    assert out == "Afgekeurd.\n"
    assert "goede antwoorden: -" in err
    assert main(["eval", "gate", b, "--baseline", str(tmp_path)]) == 1


def test_gold_import_check_add_and_move(tmp_path: Path, letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, made, moved = tmp_path / "v.csv", tmp_path / "v.jsonl", tmp_path / "nieuw.jsonl"
    sheet.write_text(
        "vraag;antwoord;citaat\nHoeveel zwanen zijn er?;145;Het Roze Meer telt 145 zwanen.\nWaar?;Daar;Nergens\n"
    )
    assert main(["eval", "gold", "import", str(sheet), "--out", str(made), "--letters", str(letters)]) == 1
    out, err = capsys.readouterr()
    assert "2 vragen in" in out
    assert err == "v.csv, regel 3: het citaat staat niet in de brieven: Nergens\n"
    add = ["eval", "gold", "add", str(made), "--question", "Wat kostte de brug?", "--answer", "1,5 miljoen euro"]
    add += ["--quote", "De reparatie kostte 1,5 miljoen euro en duurde negen weken.", "--fact", "1,5 miljoen|1,5 mln"]
    assert main([*add, "--letters", str(letters)]) == 0
    assert read_gold(made).questions[2].facts == (("1,5 miljoen", "1,5 mln"),)
    assert main(["eval", "gold", "check", str(made), "--letters", str(letters), "--pin"]) == 0
    assert "Vastgelegd" in capsys.readouterr().out
    brief = letters / "brug.txt"
    brief.write_text("Kop.\n\n" + brief.read_text(encoding="utf-8"), encoding="utf-8", newline="")
    assert main(["eval", "gold", "check", str(made), "--letters", str(letters)]) == 1
    assert "is veranderd sinds het bewijs is vastgelegd" in capsys.readouterr().err
    assert main(["eval", "gold", "check", str(made), "--letters", str(letters), "--reanchor", str(moved)]) == 0
    assert "1 plaatsen verschoven, 0 niet teruggevonden" in capsys.readouterr().out
    assert main(["eval", "gold", "check", str(moved), "--letters", str(letters)]) == 0


def test_help_is_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        [],
        ["run"],
        ["compare"],
        ["gate"],
        ["sweep"],
        ["gold"],
        ["gold", "import"],
        ["gold", "check"],
        ["gold", "add"],
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["eval", *command, "--help"])
        assert stopped.value.code == 0
        text = capsys.readouterr().out
        assert text.startswith("gebruik: kamerbrief eval")
        assert "options" not in text


def test_scores_as_a_pandas_table_where_asked_for(gold: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    made = frame(run_gold(read_gold(gold), FakeAsker(perfect), tmp_path / "a").scores)
    assert made.loc["q3", "bucket"] == "goed"
    assert len(made) == 21
