import pytest

from index.settings import Settings
from ui.reader_state import look_again, models, reader_state

DOWN = Settings(ollama_host="http://127.0.0.1:9")


@pytest.fixture(autouse=True)
def _fresh():
    look_again()
    yield
    look_again()


def test_quoting_needs_no_look_at_the_server():
    state = reader_state(DOWN, "extractive")
    assert (state.now, state.problem, state.short) == ("extractive", "", "Lezer: letterlijk citeren")


def test_auto_falls_back_and_says_why():
    state = reader_state(DOWN, None)
    assert state.now == "extractive"
    assert state.long.startswith("Nu antwoordt de app met letterlijke zinnen")
    assert "Ollama antwoordt niet op" in state.long
    assert models(DOWN) == ()


def test_a_server_with_the_model_answers(monkeypatch):
    monkeypatch.setattr("ui.reader_state.unavailable", lambda model, host: "")
    state = reader_state(Settings(model="qwen3:4b"), None)
    assert (state.now, state.short) == ("ollama", "Lezer: taalmodel qwen3:4b")
    assert "elke zin wordt daarna gecontroleerd" in state.long
