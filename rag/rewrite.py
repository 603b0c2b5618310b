"""Rewrite: a follow-up question made stand-alone by the language model.

Asked for as JSON with a schema, since one short field is what small models get right. What comes back is used only when it
is a question of sensible length and holds no name and no number that is in neither the question nor the conversation;
otherwise the rule of rag/followup.py is used. A rewrite that smuggles in a fact would search for something nobody asked.
"""

import json
import re
import threading
from collections.abc import Sequence

from rag import names, prompt, quantity, wire
from rag.llm import LLM
from rag.turn import Turn

MAX_TOKENS = 160
MAX_GROWTH = 400
"""Characters that a rewrite may add to the question."""


def rewrite(question: str, history: Sequence[Turn], llm: LLM, *, stop: threading.Event | None = None) -> str | None:
    """The stand-alone form of `question` after `history` (oldest first), or None when the model gave nothing usable.

    Raises an LLMError when the model fails.
    """
    if not history:
        return None
    messages = prompt.rewrite_messages(question, history)
    stream = llm.stream(messages, max_tokens=MAX_TOKENS, schema=prompt.REWRITE_SCHEMA, stop=stop)
    return accepted("".join(chunk.text for chunk in stream), question, history)


def accepted(reply: str, question: str, history: Sequence[Turn]) -> str | None:
    """The question in the model's JSON `reply` when it adds nothing of its own, else None."""
    match = re.search(r"\{.*\}", wire.THINK_CLOSE.split(reply)[-1], re.DOTALL)
    try:
        parsed = json.loads(match[0]) if match else None
    except json.JSONDecodeError:
        return None
    text = " ".join(str(parsed.get("vraag", "")).split()) if isinstance(parsed, dict) else ""
    if not 3 <= len(text) <= len(question) + MAX_GROWTH or wire.looks_english(text):
        return None
    told = " ".join([question, *(f"{turn.question} {turn.answer or ''}" for turn in history)])
    return None if adds(text, told) else text


def adds(text: str, told: str) -> list[str]:
    """The names and numbers of `text` that `told` does not hold."""
    known = quantity.find(told)
    numbers = [q.text for q in quantity.find(text) if q.value != 1 and not any(quantity.same(q, other) for other in known)]
    digits = set(re.findall(r"\d+", told))
    numbers += [number for number in re.findall(r"\d+", text) if number not in digits]
    return names.missing(text, told) + numbers
