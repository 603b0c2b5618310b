"""Doctor: each finding with its mend, and only what blocks an answer is broken."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index import embed as index_embed
from index.embed import EMBEDDED_FOLDER, StaticEmbedder
from index.settings import Settings
from rag import context, doctor
from rag.doctor import Finding, State, broken, examine
from tests.ollama_script import Script, ollama
from ui.cli import main

LETTER = "Nr. 1  BRIEF VAN DE MINISTER VAN SLUIZEN\n\nDen Haag, 3 mei 2030\n\nEr zijn twaalf sluizen in Fictieland.\n"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("doctor")
    (folder / "brief.txt").write_text(LETTER, encoding="utf-8")
    assert main(["--index", str(folder / "index"), "index", "add", str(folder / "brief.txt")]) == 0
    return str(folder / "index")


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with memory and disk to spare, whatever this one has."""
    monkeypatch.setattr(context, "free_memory", lambda: 64_000_000_000)
    monkeypatch.setattr(doctor, "LITTLE_DISK", 0)


def found(settings: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(settings)}


def test_without_ollama_nothing_is_broken_unless_it_was_asked_for(index: str) -> None:
    automatic = found(Settings(index=index, ollama_host=NOWHERE))
    assert automatic["ollama"].state is State.NOTE
    assert automatic["ollama"].mend == "Start het met: ollama serve"
    assert not broken(list(automatic.values()))
    wanted = found(Settings(index=index, ollama_host=NOWHERE, reader="ollama"))
    assert wanted["ollama"].state is State.BROKEN
    assert broken(list(wanted.values()))


def test_a_healthy_setup_is_all_good(index: str) -> None:
    with ollama(Script(answers=["een twee drie vier vijf zes zeven acht negen tien"])) as script:
        findings = found(Settings(index=index, ollama_host=script.host, reader="ollama"))
    assert list(findings) == [
        "python", "embedder", "index", "bestanden", "reranker", "schijf", "ollama", "model", "context", "geheugen", "denken",
        "snelheid",
    ]  # fmt: skip
    assert {finding.state for finding in findings.values()} == {State.OK}
    assert findings["ollama"].text == f"Ollama 0.12.6 antwoordt op {script.host}."
    assert findings["model"].text == "Het model qwen3:4b is aanwezig (4.0B, Q4_K_M, 2,5 GB)."
    assert findings["snelheid"].text == "7,0 tokens per seconde, na 1,0 s laden."


def test_a_missing_index_names_the_command_that_makes_one(tmp_path: Path) -> None:
    finding = found(Settings(index=str(tmp_path / "niets"), ollama_host=NOWHERE))["index"]
    assert finding.state is State.BROKEN
    assert "kamerbrief index add MAP" in finding.mend


def test_another_embedder_is_broken(index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = StaticEmbedder(EMBEDDED_FOLDER, name="ander")
    other.info = replace(other.info, revision="ander")
    monkeypatch.setattr(index_embed, "open_embedder", lambda settings: other)
    finding = found(Settings(index=index, ollama_host=NOWHERE, embedder="ander"))["embedder"]
    assert finding.state is State.BROKEN
    assert finding.text.endswith("is gemaakt met het embeddingmodel 'embedded', niet met 'ander'.")


def test_a_damaged_file_is_named_with_the_rebuild(index: str, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "index"
    shutil.copytree(index, copy)
    victim = max((file for file in copy.rglob("*") if file.is_file()), key=lambda file: file.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(bytes(data))
    finding = found(Settings(index=str(copy), ollama_host=NOWHERE))["bestanden"]
    assert finding.state is State.BROKEN
    assert "--rebuild" in finding.mend


def test_without_a_reranker_is_noted(index: str) -> None:
    with_it = found(Settings(index=index, ollama_host=NOWHERE))["reranker"]
    assert (with_it.state, with_it.text) == (State.OK, "De cross-encoder is 'embedded'.")
    without = found(Settings(index=index, ollama_host=NOWHERE, reranker="none"))["reranker"]
    assert (without.state, without.mend) == (State.NOTE, 'Zet reranker = "embedded" voor betere zinnen.')


def test_a_missing_model_lists_what_is_there(index: str) -> None:
    with ollama(Script()) as script:
        finding = found(Settings(index=index, ollama_host=script.host, model="mistral", reader="ollama"))["model"]
    assert finding == Finding(
        "model",
        State.BROKEN,
        "Ollama heeft het model mistral niet. Wel aanwezig: qwen3:4b.",
        "Haal het op met: ollama pull mistral",
    )


def test_a_context_beyond_the_model_is_noted(index: str) -> None:
    with ollama(Script(answers=["een twee"], context_length=4096)) as script:
        finding = found(Settings(index=index, ollama_host=script.host))["context"]
    assert (finding.state, finding.mend) == (State.NOTE, "Zet num_ctx = 4096 in kamerbrief.toml.")


def test_too_little_memory_is_noted(index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "free_memory", lambda: 3_000_000_000)
    monkeypatch.setattr(context, "_has_no_gpu", lambda: True)
    with ollama(Script(answers=["een twee"])) as script:
        finding = found(Settings(index=index, ollama_host=script.host))["geheugen"]
    assert finding.state is State.NOTE
    assert finding.text == "Het model vraagt ongeveer 4,3 GB; er is 3,0 GB werkgeheugen vrij."


def test_a_model_that_thinks_aloud_is_noted(index: str) -> None:
    with ollama(Script(answers=["<think>een</think>een twee drie"])) as script:
        assert found(Settings(index=index, ollama_host=script.host))["denken"].state is State.NOTE


def test_a_model_that_does_not_fit_is_told_once(index: str) -> None:
    with ollama(Script(fault="out_of_memory")) as script:
        finding = found(Settings(index=index, ollama_host=script.host, reader="ollama"))["antwoord"]
    assert (finding.state, finding.text) == (State.BROKEN, "Het model qwen3:4b past niet in het geheugen.")


def test_the_command_prints_a_line_each_and_exits_with_1_when_broken(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERBRIEF_OLLAMA_HOST", NOWHERE)
    assert main(["--index", index, "doctor"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("Alles wat nodig is, werkt.")
    monkeypatch.setenv("KAMERBRIEF_READER", "ollama")
    assert main(["--index", index, "doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert {
        "name": "ollama",
        "state": "fout",
        "text": f"Ollama antwoordt niet op {NOWHERE}.",
        "mend": "Start het met: ollama serve",
    } in told["findings"]


def test_pull_fetches_a_missing_model_first(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ollama(Script(models=(), answers=["een twee drie"])) as script:
        monkeypatch.setenv("KAMERBRIEF_OLLAMA_HOST", script.host)
        monkeypatch.setenv("KAMERBRIEF_READER", "ollama")
        assert main(["--index", index, "doctor"]) == 1
        assert main(["--index", index, "doctor", "--pull"]) == 0
        assert script.models == ("qwen3:4b",)
    assert "Het model qwen3:4b is aanwezig" in capsys.readouterr().out


def test_pulling_a_model_that_does_not_exist_is_one_line(
    index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ollama(Script(models=())) as script:
        monkeypatch.setenv("KAMERBRIEF_OLLAMA_HOST", script.host)
        monkeypatch.setenv("KAMERBRIEF_MODEL", "zeewier:1b")
        assert main(["--index", index, "doctor", "--pull"]) == 1
    assert capsys.readouterr().err == "Ollama kent geen model zeewier:1b. Kijk op ollama.com/library hoe het heet.\n"
