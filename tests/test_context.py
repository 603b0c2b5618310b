"""The context guard: what is sent fits, and a prompt that was cut is noticed."""

import pytest

from index.settings import Settings
from rag import context, prompt
from rag.llm import ModelMissingError
from rag.ollama_server import ModelInfo
from tests.evidence_samples import evidence
from tests.ollama_script import Script, ollama

INFO = ModelInfo("m", context_length=40960, size=2_500_000_000, cache_bytes=147_456)


def test_tokens_are_estimated_from_both_sides() -> None:
    text = "De sluis bij Verzonnenveen kost 40 miljoen euro."
    assert context.estimate_tokens(text) == 1 + 2 + 1 + 5 + 2 + 2 + 3 + 2 + 1
    assert context.least_tokens(text) == 7


def test_everything_is_kept_when_it_fits() -> None:
    fitted = context.fit("Wat kost de sluis?", evidence(), 8192, 600)
    assert (list(fitted.evidence), fitted.dropped, fitted.warning) == (evidence(), 0, "")


def test_whole_passages_are_dropped_from_the_end() -> None:
    everything = context.fit("Wat kost de sluis?", evidence(), 8192, 600).tokens
    fitted = context.fit("Wat kost de sluis?", evidence(), everything + 600 + context.MARGIN - 1, 600)
    assert [sentence.passage for sentence in fitted.evidence] == [0, 0, 1, 1]
    assert fitted.warning.startswith("1 passage is niet aan het model gegeven")


def test_one_sentence_is_sent_even_when_nothing_fits() -> None:
    fitted = context.fit("Wat kost de sluis?", evidence(), 10, 600)
    assert [sentence.text for sentence in fitted.evidence] == [evidence()[0].text]
    assert fitted.dropped == 2


@pytest.mark.parametrize(
    ("counted", "warned"), [(None, False), (0, False), (700, False), (3, True), (8191, True), (8192, True)]
)
def test_a_prompt_that_was_not_read_whole_is_reported(counted: int | None, warned: bool) -> None:
    sent = " ".join(message.content for message in prompt.answer_messages("Wat kost de sluis?", evidence()))
    assert bool(context.cut_warning(sent, 900, counted, 8192)) is warned


def test_the_context_is_at_most_what_the_model_can() -> None:
    assert context.allowed_ctx(65536, INFO, None) == 40960


def test_the_context_is_halved_until_it_fits_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_has_no_gpu", lambda: True)
    assert context.allowed_ctx(32768, INFO, 64_000_000_000) == 32768
    assert context.allowed_ctx(32768, INFO, 7_000_000_000) == 16384
    assert context.allowed_ctx(32768, INFO, 1_000_000_000) == context.LEAST_CTX


def test_opening_asks_the_model_for_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "free_memory", lambda: None)
    with ollama(Script(context_length=4096)) as script:
        opened = context.open_guarded(Settings(ollama_host=script.host))
    assert opened.llm.num_ctx == 4096
    assert opened.warnings == ("De context is 4096 in plaats van 8192 tokens: meer kan het model niet.",)


def test_opening_a_missing_model_names_the_mend() -> None:
    with ollama(Script(models=())) as script, pytest.raises(ModelMissingError, match="ollama pull qwen3:4b"):
        context.open_guarded(Settings(ollama_host=script.host))


def test_free_memory_is_known_here() -> None:
    free = context.free_memory()
    assert free is None or free > 10_000_000
