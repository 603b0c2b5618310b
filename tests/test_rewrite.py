"""Rewriting a follow-up: used only when it adds nothing of its own."""

import pytest

from rag.llm import ChatModel, LLMError
from rag.prompt import REWRITE_SCHEMA
from rag.rewrite import accepted, adds, rewrite
from rag.turn import Turn
from tests.ollama_script import Script, ollama

HISTORY = [Turn("Hoeveel sluiswachters had Fictieland in 2030?", "Er waren 12 sluiswachters.")]
FOLLOW_UP = "En hoeveel waren dat er in 2031?"


def test_the_model_is_asked_for_json_and_its_question_is_used() -> None:
    with ollama(Script(answers=['{"vraag": "Hoeveel sluiswachters had Fictieland in 2031?"}'])) as script:
        model = ChatModel("qwen3:4b", script.host, 8192, 5.0)
        assert rewrite(FOLLOW_UP, HISTORY, model) == "Hoeveel sluiswachters had Fictieland in 2031?"
        assert script.chats()[0]["format"] == REWRITE_SCHEMA


def test_without_history_nothing_is_asked() -> None:
    with ollama(Script()) as script:
        assert rewrite(FOLLOW_UP, [], ChatModel("qwen3:4b", script.host, 8192, 5.0)) is None
        assert script.requests == []


@pytest.mark.parametrize(
    "reply",
    [
        "kapot",
        '{"vraag": ',
        "[]",
        '{"question": "Hoeveel sluiswachters?"}',
        '{"vraag": ""}',
        '{"vraag": "Hoeveel sluiswachters had Verzonnenveen in 2031?"}',
        '{"vraag": "Hoeveel van de 15 sluiswachters had Fictieland in 2031?"}',
        '{"vraag": "Hoeveel sluiswachters had Fictieland in 2032?"}',
        '{"vraag": "How many of the lock keepers were there for Fictieland and what is the cost of this?"}',
        '{"vraag": "' + "sluis " * 200 + '"}',
    ],
)
def test_what_adds_or_breaks_is_not_used(reply: str) -> None:
    assert accepted(reply, FOLLOW_UP, HISTORY) is None


def test_thinking_before_the_json_is_skipped() -> None:
    reply = '<think>{"vraag": "fout"}</think>{"vraag": "Hoeveel sluiswachters waren er in 2031?"}'
    assert accepted(reply, FOLLOW_UP, HISTORY) == "Hoeveel sluiswachters waren er in 2031?"


def test_what_a_rewrite_adds_is_named() -> None:
    assert adds("Hoeveel kreeg Verzonnenveen in 2033?", "Hoeveel kreeg Fictieland in 2031?") == ["Verzonnenveen", "2033"]


def test_a_failing_model_raises_our_error() -> None:
    with ollama(Script(fault="error_500")) as script, pytest.raises(LLMError):
        rewrite(FOLLOW_UP, HISTORY, ChatModel("qwen3:4b", script.host, 8192, 5.0))
