"""The component that shows the answer beside the letter: the data it gets, and mounting it.

A link in a Streamlit page reloads the page and starts a new session, so both panes are one component with a script of our
own (pane.js), given to Streamlit as text: nothing is fetched. The data hold the letters that the answer cites, in date
order, so that a click on a source needs no server.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from index.letter import Letter
from rag.answer import Answer, Citation
from ui.conversation import Conversation
from ui.letter_view import Mark, answer_view, cited_view, letter_view
from ui.links import Place, place_link
from ui.render import nearest_letters

HTML = '<div class="frame"><div class="pane" tabindex="-1"></div></div>'
FOLDER = Path(__file__).parent


def cited_letters(answer: Answer) -> list[str]:
    """The names of the letters to show beside an answer: the cited ones, for a refusal the nearest."""
    if not answer.answered:
        return nearest_letters(answer)
    return list(dict.fromkeys(citation.letter for citation in answer.citations if citation.letter is not None))


def answer_data(conversation: Conversation, letters: Sequence[Letter], titles: Mapping[str, str]) -> dict[str, Any]:
    """What the component needs for the exchange on screen; `letters` are those of `cited_letters`, in any order."""
    exchange = conversation.current
    if exchange is None:
        raise ValueError("a conversation without exchanges has nothing to show")
    data = {
        "mode": "answer",
        "turn": conversation.shown,
        "chosen": None,
        "answer": answer_view(exchange.answer, titles),
        "earlier": [{"number": n, "question": one.asked.text} for n, one in enumerate(conversation.exchanges)],
        "letters": [cited_view(letter, exchange.answer.citations) for letter in by_date(letters)],
    }
    return data | {"id": _identity("answer", conversation.shown, exchange.answer.question, exchange.answer.text)}


def letter_data(letter: Letter, place: Place) -> dict[str, Any]:
    """What the component needs to show one letter, with the span of `place` marked; a span outside the text is left out."""
    inside = place.start is not None and place.end is not None and place.start < place.end <= len(letter.text)
    marks = [Mark(1, place.start, place.end)] if inside and place.start is not None and place.end is not None else []
    return {
        "mode": "letter",
        "chosen": None,
        "marked": place_link(place) if marks else None,
        "answer": None,
        "letters": [letter_view(letter, marks)],
        "id": _identity("letter", letter.name, place.start, place.end),
    }


def review_data(answer: Answer, citation: Citation, letter: Letter | None, titles: Mapping[str, str]) -> dict[str, Any]:
    """What the component needs to judge one citation: its statements, and its letter with that span alone marked."""
    view = answer_view(answer, titles)
    view["statements"] = [one for one in view["statements"] if citation.n in one["citations"]]
    view["sources"] = [one for one in view["sources"] if one["n"] == citation.n]
    return {
        "mode": "review",
        "chosen": citation.n,
        "answer": view,
        "letters": [cited_view(letter, [citation])] if letter is not None else [],
        "id": _identity("review", answer.question, citation.n, citation.letter, citation.start),
    }


def by_date(letters: Sequence[Letter]) -> list[Letter]:
    """Oldest first; letters without a date last, then by name."""
    return sorted(
        letters,
        key=lambda one: (
            one.metadata.date is None,
            one.metadata.date.value.isoformat() if one.metadata.date else "",
            one.name,
        ),
    )


def show(data: dict[str, Any], key: str, on_turn: Callable[[], None], on_verdict: Callable[[], None]) -> Any:
    """Mount the component under `key`; the callbacks run when a person picks an earlier question or judges a source."""
    return _renderer()(data=data, key=key, on_turn_change=on_turn, on_verdict_change=on_verdict)


@cache
def _renderer() -> Any:
    import streamlit as st

    return st.components.v2.component(
        "kamerbrief_pane",
        html=HTML,
        css=(FOLDER / "pane.css").read_text(encoding="utf-8"),
        js=(FOLDER / "pane.js").read_text(encoding="utf-8"),
    )


def _identity(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
