"""`kamerbrief ask` with a language model, from the command line to a server that misbehaves, and back."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rag.ollama_server import probe
from tests.ollama_script import Fault, Script, citing, ollama
from ui.cli import main

LETTERS = Path(__file__).parent.parent / "examples" / "letters"
QUESTION = "Hoeveel hectare zeegras was er eind 2023 hersteld?"
TRUE = "Eind 2023 was 214 hectare zeegras hersteld."
FAULTS: list[Fault] = [
    "error_500",
    "out_of_memory",
    "busy",
    "error_line",
    "cut",
    "half_line",
    "hang_midway",
    "empty",
    "ramble",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("vragen") / "index")
    assert main(["--index", folder, "index", "add", *map(str, sorted(LETTERS.glob("0[1278]*.txt")))]) == 0
    return folder


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KAMERBRIEF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KAMERBRIEF_TIMEOUT", "1")


def ask(
    script: Script, index: str, reader: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, dict[str, Any], str]:
    """Exit code, the answer as JSON and what stands on stderr."""
    with ollama(script):
        monkeypatch.setenv("KAMERBRIEF_OLLAMA_HOST", script.host)
        capsys.readouterr()
        code = main(["--index", index, "ask", QUESTION, "--reader", reader, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out) if told.out else {}, told.err


def test_a_statement_of_the_model_is_cited_to_the_exact_span(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, answer, _ = ask(Script(answers=[citing("214 hectare", TRUE)]), index, "ollama", capsys, monkeypatch)
    assert (code, answer["reader"]) == (0, "ollama")
    (statement,) = answer["statements"]
    (citation,) = answer["citations"]
    assert (statement["text"], statement["support"], statement["citations"]) == (TRUE, "supported", [citation["n"]])
    text = (LETTERS / citation["letter"]).read_bytes().decode("utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert "214 hectare" in citation["quote"]


def test_an_invented_source_is_shown_as_unknown_and_never_supported(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def invented(body: dict[str, Any]) -> str:
        return citing("214 hectare", TRUE)(body) + f"[ZZZ] {TRUE}\n"

    _, answer, _ = ask(Script(answers=[invented]), index, "ollama", capsys, monkeypatch)
    assert [statement["support"] for statement in answer["statements"]] == ["supported", "unverified"]
    unknown = next(citation for citation in answer["citations"] if citation["status"] == "unknown")
    assert (unknown["key"], unknown["letter"], unknown["quote"]) == ("ZZZ", None, None)
    assert answer["statements"][1]["citations"] == [unknown["n"]]


def test_not_found_is_a_refusal_with_the_nearest_passages(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, answer, _ = ask(Script(answers=["NIET GEVONDEN"]), index, "auto", capsys, monkeypatch)
    assert (code, answer["answered"], answer["refusal"]) == (3, False, "reader_not_found")
    assert len(answer["passages"]) >= 10


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_and_exit_code_1_where_the_model_was_asked_for(
    fault: Fault, index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script(answers=[citing("214 hectare", TRUE)], fault=fault)
    code, answer, error = ask(script, index, "ollama", capsys, monkeypatch)
    assert (code, answer) == (1, {})
    assert len(error.strip().split("\n")) == 1
    assert error.strip().endswith(".")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gives_the_quoted_answer_and_the_reason_in_auto(
    fault: Fault, index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script(answers=[citing("214 hectare", TRUE)], fault=fault)
    code, answer, _ = ask(script, index, "auto", capsys, monkeypatch)
    assert (code, answer["reader"]) == (0, "extractive")
    assert {statement["support"] for statement in answer["statements"]} == {"verbatim"}
    assert answer["reader_reason"].startswith("het taalmodel viel uit: ")


def test_without_a_server_auto_quotes_and_says_why(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERBRIEF_OLLAMA_HOST", "http://127.0.0.1:9")
    assert main(["--index", index, "ask", QUESTION, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["reader"] == "extractive"
    assert "Ollama antwoordt niet op http://127.0.0.1:9" in answer["reader_reason"]
    probe.cache_clear()


def test_a_missing_model_names_the_command_that_fetches_it(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, error = ask(Script(models=("mistral:latest",)), index, "ollama", capsys, monkeypatch)
    assert (code, error) == (1, "Ollama heeft het model qwen3:4b niet. Haal het op met: ollama pull qwen3:4b\n")


RUN = (
    "import sys; from ui.cli import main; code = main(sys.argv[1:]); print(sorted(HEAVY & set(sys.modules))); sys.exit(code)"
)
HEAVY = "{'torch', 'transformers', 'sentence_transformers', 'streamlit', 'pandas', 'matplotlib', 'langgraph'}"


def started(script: Script, index: str) -> "subprocess.Popen[str]":
    """The command in a process of its own, which hears Ctrl-C as on a terminal: a job in the background ignores it."""
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + RUN.replace("HEAVY", HEAVY)
    command = [sys.executable, "-c", code, "--index", index, "ask", QUESTION, "--reader", "ollama"]
    environment = {**os.environ, "KAMERBRIEF_OLLAMA_HOST": script.host, "KAMERBRIEF_TIMEOUT": "60"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_asking_a_model_imports_what_it_needs_and_no_more(index: str) -> None:
    with ollama(Script(answers=[citing("214 hectare", TRUE)])) as script:
        out, error = started(script, index).communicate(timeout=120)
    assert error == ""
    assert out.rstrip().endswith("[]")


def test_an_interruption_ends_the_request_and_prints_one_line(index: str) -> None:
    with ollama(Script(fault="hang_midway", answers=[citing("214 hectare", TRUE)])) as script:
        process = started(script, index)
        deadline = time.monotonic() + 60
        while not script.chats() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
        assert script.disconnected.wait(10)
    assert (process.returncode, error) == (1, "Afgebroken.\n")
