"""Asker: what is being measured, anything that answers questions with the JSON object of the contract.

The one real Asker opens the assistant in rag/assistant.py, as every other part of the program does. Tests and other systems
can give their own: the measures look at nothing but the answer objects and the letters' texts.
"""

import threading
from collections.abc import Mapping
from typing import Any, Protocol

from eval.gold import GoldQuestion
from index.settings import Settings


class Asker(Protocol):
    """Answers gold questions; `ask` may be called from several threads at once."""

    def ask(self, question: GoldQuestion) -> Mapping[str, Any]:
        """The answer object of the JSON contract."""
        ...

    def letters(self) -> Mapping[str, str]:
        """The names of all letters it answers from, each with the sha256 of its canonical text."""
        ...

    def text(self, letter: str) -> str | None:
        """The canonical text of a letter, or None where there is no such letter."""
        ...

    def manifest(self) -> Mapping[str, Any]:
        """What the answers depend on: index generation and hashes, embedder, reader, model, prompt hash, settings."""
        ...


class AssistantAsker:
    """The assistant over the index of `settings`; `reader` and `k` are those of the settings."""

    def __init__(self, settings: Settings) -> None:
        from rag.assistant import Assistant

        self._settings = settings
        self._assistant = Assistant.open(settings)
        self._lock = threading.Lock()

    def ask(self, question: GoldQuestion) -> Mapping[str, Any]:
        answer = self._assistant.ask(
            question.question,
            history=question.turns,
            reader=self._settings.reader,
            k=self._settings.k,
            id=question.id,
        )
        return answer.to_dict()

    def letters(self) -> Mapping[str, str]:
        return {letter.name: letter.sha256 for letter in self._assistant.index.letters()}

    def text(self, letter: str) -> str | None:
        return self._assistant.index.letter(letter).text if letter in self.letters() else None

    def manifest(self) -> Mapping[str, Any]:
        return {}
