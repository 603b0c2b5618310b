from dataclasses import replace

import pytest
from fake_assistant import dike_and_bridge

from rag.turn import Turn
from ui.conversation import Asked, Conversation, Exchange


def exchange(question: str) -> Exchange:
    return Exchange(Asked(question), dike_and_bridge().ask(question))


def test_a_new_answer_is_shown_at_once():
    conversation = Conversation().add(exchange("de dijk?")).add(exchange("de brug?"))
    assert conversation.shown == 1
    assert conversation.current is not None
    assert conversation.current.asked.text == "de brug?"
    assert conversation.show(0).current == conversation.exchanges[0]


def test_a_number_out_of_range_changes_nothing():
    conversation = Conversation().add(exchange("de dijk?"))
    assert conversation.show(1) == conversation.show(-1) == conversation
    assert Conversation().current is None


def test_a_refused_turn_has_no_answer_in_the_history():
    conversation = Conversation().add(exchange("de brug?")).add(exchange("de maan?"))
    assert conversation.history == (Turn("de brug?", "De brug krijgt drie rijstroken. [1]"), Turn("de maan?", None))


def test_a_conversation_cannot_be_changed_in_place():
    conversation = Conversation()
    with pytest.raises(AttributeError):
        conversation.shown = 3  # type: ignore[misc]
    assert replace(conversation, shown=None) == conversation
