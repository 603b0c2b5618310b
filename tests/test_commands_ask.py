"""`kamerbrief ask` and `search` as a user runs them: exit codes, one Dutch line on stderr, JSON that keeps to its schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from ui.cli import main

ROOT = Path(__file__).parent.parent
ANSWERED = "Hoeveel lidstaten namen deel aan de Noordelijke Kustraad in Zuiderhaven?"
REFUSED = "Hoe bak ik pannenkoeken?"


def schema(name: str) -> object:
    return json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))


def run(capsys: pytest.CaptureFixture[str], index: Path, *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, "--index", str(index)])
    out, err = capsys.readouterr()
    return code, out, err


def test_an_answer_is_printed_with_its_source_and_exit_code_0(
    capsys: pytest.CaptureFixture[str], example_index: Path
) -> None:
    code, out, err = run(capsys, example_index, "ask", ANSWERED, "--reader", "extractive")
    assert (code, err) == (0, "")
    assert "Zeven van de acht lidstaten" in out
    assert "05_verslag_kustraad.txt, tekens " in out


def test_a_refusal_names_the_nearest_letters_and_exits_with_3(
    capsys: pytest.CaptureFixture[str], example_index: Path
) -> None:
    code, out, _ = run(capsys, example_index, "ask", REFUSED, "--reader", "extractive")
    assert code == 3
    assert out.startswith("Dit staat niet in de beschikbare brieven.")
    assert ".txt" in out


@pytest.mark.parametrize("question", [ANSWERED, REFUSED])
def test_the_json_of_an_answer_keeps_to_its_schema(
    capsys: pytest.CaptureFixture[str], example_index: Path, question: str
) -> None:
    _, out, _ = run(capsys, example_index, "ask", question, "--json", "--explain", "--reader", "extractive")
    jsonschema.validate(json.loads(out), schema("answer"))


def test_the_json_of_a_search_keeps_to_its_schema(capsys: pytest.CaptureFixture[str], example_index: Path) -> None:
    code, out, _ = run(capsys, example_index, "search", ANSWERED, "--json", "-k", "3")
    found = json.loads(out)
    jsonschema.validate(found, schema("search"))
    assert (code, [hit["rank"] for hit in found]) == (0, [1, 2, 3])


def test_filters_restrict_a_search(capsys: pytest.CaptureFixture[str], example_index: Path) -> None:
    _, out, _ = run(capsys, example_index, "search", ANSWERED, "--json", "--chamber", "ek")
    assert {hit["letter"][:2] for hit in json.loads(out)} == {"02", "03"}


def test_a_batch_answers_in_the_order_of_the_input_and_names_bad_lines(
    capsys: pytest.CaptureFixture[str], example_index: Path, tmp_path: Path
) -> None:
    lines = [json.dumps({"id": "a", "question": ANSWERED}), "{stuk", json.dumps({"id": "b", "question": REFUSED})]
    (tmp_path / "vragen.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out_file = tmp_path / "antwoorden.jsonl"
    arguments = ["ask", "--batch", str(tmp_path / "vragen.jsonl"), "--out", str(out_file), "--reader", "extractive"]
    code, _, err = run(capsys, example_index, *arguments)
    assert code == 1
    assert err.strip().splitlines()[-1].endswith("regel 2: geen geldige JSON (bij teken 2)")
    answers = [json.loads(line) for line in out_file.read_text(encoding="utf-8").splitlines()]
    assert [(answer["id"], answer["answered"]) for answer in answers] == [("a", True), ("b", False)]
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".deel"] == []


def test_a_batch_of_refusals_exits_with_0(capsys: pytest.CaptureFixture[str], example_index: Path, tmp_path: Path) -> None:
    (tmp_path / "vragen.jsonl").write_text(json.dumps({"question": REFUSED}), encoding="utf-8")
    code, out, _ = run(capsys, example_index, "ask", "--batch", str(tmp_path / "vragen.jsonl"), "--reader", "extractive")
    assert (code, json.loads(out)["answered"]) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["ask"], "Geef een vraag, of --batch met een bestand."),
        (["ask", " "], "De vraag is leeg."),
        (["ask", "Wie?", "--letter", "geen.txt"], "Onbekende brief 'geen.txt'."),
        (["ask", "Wie?", "--since", "2025-01-01", "--until", "2024-01-01"], "--since 2025-01-01 ligt na"),
        (["ask", "--batch", "bestaat-niet.jsonl"], "Het bestand bestaat-niet.jsonl bestaat niet."),
        (["ask", "Wie?", "-k", "0"], "k moet tussen 1 en 100 liggen"),
    ],
)
def test_bad_input_is_one_dutch_line_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], example_index: Path, arguments: list[str], line: str
) -> None:
    code, out, err = run(capsys, example_index, *arguments)
    assert (code, out) == (1, "")
    assert err.startswith(line)
    assert err.count("\n") == 1


def test_without_an_index_the_next_step_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, tmp_path / "leeg", "ask", "Wie?")
    assert (code, err.count("\n")) == (1, 1)
    assert "kamerbrief index add" in err


def test_wrong_usage_exits_with_2_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["ask", "Wie?", "--since", "gisteren"])
    assert stop.value.code == 2
    assert "'gisteren' is geen datum; schrijf jjjj-mm-dd" in capsys.readouterr().err
