"""Fixtures that several test files share."""

from pathlib import Path

import pytest

from index.settings import Settings
from rag import embedded_reranker
from rag.assistant import Assistant

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "letters"


embedded_reranker.THREADS = 1  # the workers of the suite share the cores


@pytest.fixture(scope="session")
def example_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the example letters; read it, never write to it."""
    from index.embed import open_embedder
    from index.update import add

    folder = tmp_path_factory.mktemp("examples") / "index"
    add(folder, [EXAMPLES], open_embedder(Settings()))
    return folder


@pytest.fixture(scope="session")
def assistant(example_index: Path) -> Assistant:
    """The real assistant over the example letters, answering with quotes."""
    return Assistant.open(Settings(index=str(example_index), reader="extractive"))
