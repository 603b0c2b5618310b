"""The real assistant over a letter that a test made up."""

from pathlib import Path

from index_letters import write

from index.embed import open_embedder
from index.settings import Settings
from index.update import add
from rag.answer import Answer
from rag.assistant import Assistant


def assistant_over(folder: Path, text: str) -> Assistant:
    """An assistant that quotes from one letter, `text`, written and indexed in `folder`."""
    letter = write(folder, "brief.txt", text)
    settings = Settings(index=str(folder / "index"), reader="extractive")
    add(folder / "index", [letter], open_embedder(settings))
    return Assistant.open(settings)


def explained(answer: Answer, key: str) -> object:
    """What `answer`, asked with `explain`, tells under `key`."""
    assert answer.explain is not None
    return answer.explain[key]
