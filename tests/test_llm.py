"""The streaming model, through LangChain and httpx, against a server that misbehaves on purpose."""

import threading
import time

import pytest

from index.settings import Settings
from rag import llm
from rag.llm import ChatModel, Chunk, LLMError, Message
from tests.ollama_script import Fault, Script, ollama

ASK = [Message("system", "Antwoord kort."), Message("user", "Hoeveel sluizen zijn er?")]
ANSWER = "[KJT] Er zijn zeven sluizen in Fictieland."


def model(script: Script, silence: float = 5.0, name: str = "qwen3:4b") -> ChatModel:
    return ChatModel(name, script.host, 8192, silence)


def test_an_answer_comes_in_pieces_with_its_counts_last() -> None:
    with ollama(Script(answers=[ANSWER])) as script:
        chunks = list(model(script).stream(ASK, max_tokens=100))
    assert "".join(chunk.text for chunk in chunks) == ANSWER
    assert len(chunks) == 7
    assert chunks[-1] == Chunk("", llm.Usage(1500, 6, "stop", 1000.0, 1000.0, 1000.0))


def test_the_request_sets_context_and_turns_thinking_off() -> None:
    with ollama(Script(answers=[ANSWER])) as script:
        list(model(script).stream(ASK, max_tokens=77))
        (body,) = script.chats()
    assert body["think"] is False
    assert body["options"] == {"num_ctx": 8192, "num_predict": 77, "temperature": 0.0, "seed": 1}
    assert body["messages"] == [
        {"role": "system", "content": "Antwoord kort."},
        {"role": "user", "content": "Hoeveel sluizen zijn er?"},
    ]


def test_thinking_in_its_own_field_never_reaches_the_text() -> None:
    with ollama(Script(answers=[ANSWER], thinking="Eens even zien hoeveel sluizen er zijn")) as script:
        assert "".join(chunk.text for chunk in model(script).stream(ASK, max_tokens=100)) == ANSWER


FAULTS: list[tuple[Fault, type[LLMError], str]] = [
    ("hang", llm.LLMTimeoutError, "Het model qwen3:4b gaf binnen 0.4 seconden geen volledig antwoord."),
    ("hang_midway", llm.LLMTimeoutError, "Het model qwen3:4b gaf binnen 0.4 seconden geen volledig antwoord."),
    ("error_500", LLMError, "gaf een fout (500: llama runner process has terminated"),
    ("out_of_memory", llm.OutOfMemoryError, "Het model qwen3:4b past niet in het geheugen."),
    ("error_line", llm.StreamCutError, "Het antwoord van qwen3:4b brak halverwege af."),
    ("cut", llm.StreamCutError, "Het antwoord van qwen3:4b brak halverwege af."),
    ("half_line", llm.StreamCutError, "Het antwoord van qwen3:4b kwam beschadigd aan."),
    ("busy", LLMError, "heeft het te druk."),
]


@pytest.mark.parametrize(("fault", "kind", "line"), FAULTS, ids=[fault for fault, _, _ in FAULTS])
def test_every_fault_is_one_dutch_line(fault: Fault, kind: type[LLMError], line: str) -> None:
    with ollama(Script(answers=[ANSWER], fault=fault)) as script, pytest.raises(kind) as raised:
        list(model(script, silence=0.4).stream(ASK, max_tokens=100))
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_model_names_the_command_that_fetches_it() -> None:
    with ollama(Script()) as script, pytest.raises(llm.ModelMissingError, match=r"ollama pull mistral$"):
        list(model(script, name="mistral").stream(ASK, max_tokens=100))


def test_a_server_that_is_down_names_the_command_that_starts_it() -> None:
    with pytest.raises(
        llm.ServerDownError, match=r"Ollama antwoordt niet op http://127\.0\.0\.1:9\. Start het met: ollama serve"
    ):
        list(ChatModel("qwen3:4b", "http://127.0.0.1:9", 8192, 5.0).stream(ASK, max_tokens=100))


def test_an_endless_answer_ends_at_the_total_limit() -> None:
    with ollama(Script(answers=["nog een woord " * 400], fault="trickle")) as script, pytest.raises(llm.LLMTimeoutError):
        list(model(script, silence=0.2).stream(ASK, max_tokens=100))


def test_stopping_ends_a_silent_request_and_leaves_nothing_running() -> None:
    stop = threading.Event()
    with ollama(Script(fault="hang")) as script:
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(llm.StoppedError, match="gestopt"):
            list(model(script, silence=30).stream(ASK, max_tokens=100, stop=stop))
        assert script.disconnected.wait(5)
    deadline = time.monotonic() + 5
    while any(thread.name == "llm-watchdog" for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [thread for thread in threading.enumerate() if thread.name == "llm-watchdog"]


def test_closing_the_stream_closes_the_connection() -> None:
    with ollama(Script(answers=["woord " * 2000], fault="trickle")) as script:
        stream = model(script).stream(ASK, max_tokens=100)
        assert next(stream).text == "woord w"
        stream.close()  # type: ignore[attr-defined]
        assert script.disconnected.wait(5)


def test_the_schema_travels_as_format() -> None:
    schema = {"type": "object", "properties": {"vraag": {"type": "string"}}}
    with ollama(Script(answers=['{"vraag": "x"}'])) as script:
        list(model(script).stream(ASK, max_tokens=100, schema=schema))
        assert script.chats()[0]["format"] == schema


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("qwen3:4b", ("ollama", "qwen3:4b")),
        ("ollama:qwen3:4b", ("ollama", "qwen3:4b")),
        ("mistral", ("ollama", "mistral")),
        ("openai:lokaal-model", ("openai", "lokaal-model")),
    ],
)
def test_provider_and_model_are_told_apart(setting: str, expected: tuple[str, str]) -> None:
    assert llm.split_model(setting) == expected


def test_a_provider_without_its_package_says_so() -> None:
    with pytest.raises(LLMError, match="Het pakket voor het model model-x ontbreekt"):
        list(ChatModel("fireworks:model-x", "", 8192, 5.0).stream(ASK, max_tokens=10))


def test_opening_a_model_takes_the_settings_and_sends_nothing() -> None:
    opened = llm.open_llm(Settings(model="qwen3:8b", ollama_host="http://x:1", num_ctx=4096, timeout=9.0))
    assert (opened.name, opened.host, opened.num_ctx, opened.silence) == ("qwen3:8b", "http://x:1", 4096, 9.0)


def test_another_provider_streams_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    import langchain.chat_models
    from langchain_core.language_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    asked: dict[str, object] = {}

    def opened(name: str, **options: object) -> GenericFakeChatModel:
        asked.update(options, name=name)
        return GenericFakeChatModel(messages=iter([AIMessage(ANSWER)]))

    monkeypatch.setattr(langchain.chat_models, "init_chat_model", opened)
    chunks = list(ChatModel("openai:lokaal", "", 8192, 7.0).stream(ASK, max_tokens=50))
    assert "".join(chunk.text for chunk in chunks) == ANSWER
    assert asked == {
        "name": "lokaal", "model_provider": "openai", "temperature": 0, "max_tokens": 50, "timeout": 7.0, "max_retries": 0,
    }  # fmt: skip
