"""NLI: an optional model that says whether a source and a statement contradict each other.

Any cross-encoder for natural language inference, by name or folder (MoritzLaurer/mDeBERTa-v3-base-mnli-xnli knows Dutch). It
is off unless named: it needs torch, takes tenths of a second a statement, and rag/verify.py already finds wrong numbers,
names and dates without it. It can only take support away.
"""

from functools import cache
from typing import Any

from index.errors import SettingsError
from rag.verify import Contradiction


@cache
def contradiction_model(name: str) -> Contradiction:
    """The model `name` as a function from source and statement to the probability of contradiction.

    Raises SettingsError when it cannot be loaded or knows no label "contradiction".
    """
    try:
        from sentence_transformers import CrossEncoder

        model: Any = CrossEncoder(name)
    except (OSError, ValueError, ImportError) as error:
        raise SettingsError(
            f"Het controlemodel '{name}' is niet te laden ({_line(error)}). Geef een andere naam of map."
        ) from error
    labels = {str(label).lower(): int(number) for number, label in model.model.config.id2label.items()}
    if "contradiction" not in labels:
        known = ", ".join(sorted(labels))
        raise SettingsError(
            f"Het controlemodel '{name}' kent het label 'contradiction' niet (wel: {known}). Kies een NLI-model."
        )
    column = labels["contradiction"]

    def contradiction(source: str, statement: str) -> float:
        return float(model.predict([(source, statement)], apply_softmax=True)[0][column])

    return contradiction


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
