"""Readers: who writes the answer, and why that one.

"auto" takes the language model when its server answers and has it, and quotes otherwise; only where the user asked for the
model is its absence an error. The reason stands in every answer.
"""

from dataclasses import dataclass
from typing import Literal

from index.errors import KamerbriefError
from index.settings import Settings

Name = Literal["extractive", "ollama"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The reader that will answer and, in Dutch, why."""

    name: Name
    reason: str


def choose(wanted: str | None, settings: Settings) -> Choice:
    """The reader for one question; `wanted` overrules the settings.

    Raises KamerbriefError when "ollama" is asked for and cannot be had, and for an unknown name.
    """
    asked = wanted or settings.reader
    if asked == "extractive":
        return Choice("extractive", "er is om letterlijke citaten gevraagd")
    if asked not in ("auto", "ollama"):
        raise KamerbriefError(f"Onbekende lezer '{asked}'. Kies uit: auto, ollama, extractive.")
    from rag.ollama_server import unavailable

    problem = unavailable(settings.model, settings.ollama_host)
    if not problem:
        return Choice("ollama", f"het taalmodel {settings.model} is beschikbaar")
    if asked == "ollama":
        raise KamerbriefError(problem)
    return Choice("extractive", f"er is geen taalmodel: {problem}")
