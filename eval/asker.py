"""Asker: what is being measured, anything that answers questions with the JSON object of the contract.

The one real Asker opens the assistant in rag/assistant.py, as every other part of the program does. Tests and other systems
can give their own: the measures look at nothing but the answer objects and the letters' texts.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from eval.gold import GoldQuestion
from index.settings import Settings

if TYPE_CHECKING:
    from rag.retrieve import Weights


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
    """The assistant over the index of `settings`; reader and number of passages are those of the settings.

    `weights` of the fusion other than the program's own are for a sweep.

    Raises what `Assistant.open` raises.
    """

    def __init__(self, settings: Settings, weights: "Weights | None" = None) -> None:
        from index.embed import open_embedder
        from index.store import Index
        from rag.assistant import Assistant

        self._settings = settings
        self._weights = weights
        if weights is None:
            self._assistant = Assistant.open(settings)
        else:
            embedder = open_embedder(settings)
            self._assistant = Assistant(Index.open(Path(settings.index), embedder), embedder, settings, weights)
        self._letters = {info.name: info.sha256 for info in self._assistant.index.letters()}

    def ask(self, question: GoldQuestion) -> Mapping[str, Any]:
        settings = self._settings
        answer = self._assistant.ask(
            question.question, history=question.turns, reader=settings.reader, k=settings.k, id=question.id
        )
        return answer.to_dict()

    def letters(self) -> Mapping[str, str]:
        return self._letters

    def text(self, letter: str) -> str | None:
        return self._assistant.index.letter(letter).text if letter in self._letters else None

    def manifest(self) -> Mapping[str, Any]:
        settings, manifest = self._settings, self._assistant.index.manifest
        uses_model = settings.reader != "extractive"
        return {
            "index": {
                "generation": manifest.generation,
                "sha256": hashlib.sha256(manifest.to_json().encode()).hexdigest(),
                "analyzer": manifest.analyzer,
                "letters": manifest.letters,
                "passages": manifest.passages,
            },
            "embedder": manifest.embedder.name,
            "embedder_revision": manifest.embedder.revision,
            "reader": settings.reader,
            "model": settings.model if uses_model else None,
            "prompt_sha256": _sha256([PROMPTS]) if uses_model and PROMPTS.is_file() else None,
            "weights": None if self._weights is None else asdict(self._weights),
            "program_sha256": _sha256(_program()),
            "settings": {name: value for name, value in asdict(settings).items() if name != "index"},
        }


ROOT = Path(__file__).parent.parent
PROMPTS = ROOT / "rag" / "prompt.py"


def _program() -> list[Path]:
    """The files that decide what is answered, but for the embedding model, which has its own revision."""
    return [
        path
        for package in ("index", "rag")
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and not {"__pycache__", "embedder", "train"} & set(path.parts)
    ]


def _sha256(paths: Sequence[Path]) -> str:
    """One hash of the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
