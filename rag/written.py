"""The written reader: a language model's checked statements, with its keys turned into exact citations."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.settings import Settings
from rag.answer import Refusal, Statement
from rag.cite import Citations
from rag.retrieve import Hit

if TYPE_CHECKING:
    from index.store import Index
    from rag.evidence import EvidenceSentence
    from rag.verify import Contradiction


@dataclass(frozen=True, slots=True)
class Written:
    """What the model made of the evidence; `refusal` is set when nothing it said could be checked."""

    statements: tuple[Statement, ...]
    refusal: Refusal | None
    warnings: tuple[str, ...]
    timings_ms: dict[str, float]


def read(
    question: str,
    hits: Sequence[Hit],
    index: "Index",
    settings: Settings,
    citations: Citations,
    on_event: Callable[[Any], None] | None = None,
    stop: threading.Event | None = None,
) -> Written:
    """The model's statements on the stand-alone `question` from the passages of `hits`.

    Raises an LLMError (one Dutch line) when the model fails, StoppedError once `stop` is set.
    """
    from rag import context, evidence, generate

    sentences = evidence.gather([hit.passage for hit in hits], index.letter, question)
    opened = context.open_guarded(settings)
    options = generate.GenerateOptions(contradiction=_contradiction(settings))
    made = generate.generate(question, sentences, opened.llm, options=options, on_event=on_event, stop=stop)
    by_key = {sentence.key: sentence for sentence in made.evidence}
    statements = tuple(_statement(statement, by_key, citations) for statement in made.statements)
    return Written(statements, made.refusal, (*opened.warnings, *made.warnings), dict(made.timings_ms))


def _statement(made: Any, by_key: "dict[str, EvidenceSentence]", citations: Citations) -> Statement:
    numbers: list[int] = []
    for key in made.keys:
        sentence = by_key[key]
        heading = sentence.heading.split(" > ")[-1] or None
        numbers += [citations.cite_span(sentence.letter, span, heading) for span in sentence.spans]
    numbers += [citations.unknown(key) for key in made.unknown]
    return Statement(made.text, tuple(dict.fromkeys(numbers)), made.support, made.lead)


def _contradiction(settings: Settings) -> "Contradiction | None":
    """The model that looks for contradictions between a statement and its sources, where the settings name one."""
    if not settings.check_model:
        return None
    from rag.nli import contradiction_model

    return contradiction_model(settings.check_model)
