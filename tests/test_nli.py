"""The optional check model, with a fake in the place of the cross-encoder."""

import sys
from types import MappingProxyType, ModuleType, SimpleNamespace
from typing import Any

import pytest

from index.errors import SettingsError
from rag.nli import contradiction_model


class FakeCrossEncoder:
    """Finds a contradiction exactly where the word "niet" stands in one text only."""

    labels = MappingProxyType({0: "entailment", 1: "neutral", 2: "CONTRADICTION"})

    def __init__(self, name: str) -> None:
        if name == "weg":
            raise OSError("no such model\nanywhere")
        labels = {0: "positive"} if name == "gevoel" else dict(self.labels)
        self.model = SimpleNamespace(config=SimpleNamespace(id2label=labels))

    def predict(self, pairs: list[tuple[str, str]], apply_softmax: bool) -> list[list[float]]:
        return [[0.05, 0.05, 0.9] if ("niet" in a) != ("niet" in b) else [0.9, 0.08, 0.02] for a, b in pairs]


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("sentence_transformers")
    module.CrossEncoder = FakeCrossEncoder
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    contradiction_model.cache_clear()


def test_the_probability_of_the_label_contradiction_is_returned() -> None:
    contradiction = contradiction_model("nli")
    assert contradiction("De brug is niet open.", "De brug is open.") == 0.9
    assert contradiction("De brug is open.", "De brug is open.") == 0.02


def test_a_model_that_cannot_be_loaded_is_one_line() -> None:
    with pytest.raises(SettingsError, match=r"^Het controlemodel 'weg' is niet te laden \(no such model anywhere\)\."):
        contradiction_model("weg")


def test_a_model_for_something_else_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"'gevoel' kent het label 'contradiction' niet \(wel: positive\)"):
        contradiction_model("gevoel")
