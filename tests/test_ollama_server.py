"""The probe and the other calls to the server."""

import subprocess
import sys

import pytest

from rag import ollama_server
from rag.llm import LLMError, ModelMissingError, ServerDownError
from rag.ollama_server import ModelInfo, Probe, probe
from tests.ollama_script import Script, ollama


def test_probe_lists_the_models() -> None:
    with ollama(Script(models=("qwen3:4b", "mistral:latest"))) as script:
        found = probe(script.host)
    assert found == Probe(script.host, True, ("qwen3:4b", "mistral:latest"))
    assert (found.has("qwen3:4b"), found.has("Mistral"), found.has("qwen3:8b")) == (True, True, False)


def test_probe_asks_once_per_process() -> None:
    with ollama(Script()) as script:
        assert probe(script.host) is probe(script.host)
        assert script.requests == [("/api/tags", {})]


@pytest.mark.parametrize("host", ["http://127.0.0.1:9", "ftp://x", "http://[kapot", "", "naam.invalid"])
def test_probe_never_raises(host: str) -> None:
    assert probe(host) == Probe(host, False, ())


def test_probe_gives_up_on_a_silent_server() -> None:
    with ollama(Script(fault="hang")) as script:
        assert probe(script.host).up is False


def test_why_a_model_cannot_be_used() -> None:
    with ollama(Script()) as script:
        assert ollama_server.unavailable("qwen3:4b", script.host) == ""
        assert ollama_server.unavailable("mistral", script.host).endswith("ollama pull mistral")
    assert ollama_server.unavailable("qwen3:4b", "http://127.0.0.1:9").endswith("ollama serve")
    assert ollama_server.unavailable("openai:lokaal", "http://127.0.0.1:9") == ""


def test_probe_imports_no_client_library() -> None:
    heavy = "('ollama', 'httpx', 'langchain_core', 'torch')"
    call = "from rag.ollama_server import probe; probe('http://127.0.0.1:9')"
    code = f"import sys; {call}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_version_and_model_facts() -> None:
    with ollama(Script()) as script:
        assert ollama_server.version(script.host) == "0.12.6"
        info = ollama_server.show("qwen3:4b", script.host)
    assert info == ModelInfo("qwen3:4b", 40960, 2_500_000_000, "4.0B", "Q4_K_M", True, 36 * 8 * (128 + 128) * 2, None, None)


def test_pull_reports_progress_and_makes_the_model_available() -> None:
    seen: list[tuple[str, int, int]] = []
    with ollama(Script()) as script:
        ollama_server.pull("qwen3:8b", script.host, lambda status, done, total: seen.append((status, done, total)))
        assert script.models == ("qwen3:4b", "qwen3:8b")
    assert seen[1] == ("pulling 0123456789ab", 50, 100)
    assert seen[-1] == ("success", 0, 0)


def test_errors_of_the_client_become_ours() -> None:
    with ollama(Script()) as script:
        with pytest.raises(ModelMissingError, match="Ollama kent geen model zeewier"):
            ollama_server.pull("zeewier", script.host)
        with pytest.raises(ModelMissingError, match="ollama pull zeewier"):
            ollama_server.show("zeewier", script.host)
    with pytest.raises(ServerDownError):
        ollama_server.version("http://127.0.0.1:9")
    with pytest.raises(LLMError, match="'ftp://x' is geen adres"):
        ollama_server.version("ftp://x")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", ("http", "localhost", 11434)),
        ("10.0.0.5:8000", ("http", "10.0.0.5", 8000)),
        ("https://gpu.example", ("https", "gpu.example", 443)),
        ("http://[::1]:11434", ("http", "::1", 11434)),
    ],
)
def test_addresses_are_read_as_ollama_reads_them(host: str, expected: tuple[str, str, int]) -> None:
    assert ollama_server.address(host) == expected


def test_parallel_questions_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OLLAMA_NUM_PARALLEL", raising=False)
    assert ollama_server.parallel() == 1
    monkeypatch.setenv("OLLAMA_NUM_PARALLEL", "4")
    assert ollama_server.parallel() == 4
