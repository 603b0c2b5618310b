"""Generate: the reader that has a language model write the answer, statement by statement, and checks each at once.

The model sees keyed sentences and answers with keys; code turns keys into spans. A statement counts as supported only when
rag/verify.py says so and every key it names exists. An answer without one supported statement is tried once more. After that
it is a refusal, or, when not one line named a source, an error: such a model cannot be used. Nothing that the model wrote is
shown as supported on its word alone.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from index.letter import Role
from rag import context, prompt, verify, wire
from rag.answer import Refusal, Support
from rag.evidence import EvidenceSentence, without_orders
from rag.llm import LLM, Message, Usage, WrongFormError

MAX_STATEMENTS = 10
MAX_CHARS = 6000
RAMBLING = "Het model bleef doorschrijven; het antwoord is afgekapt."
CUT_OFF = "Het antwoord is afgekapt: het model haalde de grens van het aantal woorden."
ENGLISH = "Het model antwoordde in het Engels."


@dataclass(frozen=True, slots=True)
class GenerateOptions:
    """`max_tokens` is what the answer may take; `contradiction` an optional model for the check (rag/nli.py)."""

    max_tokens: int = 640
    contradiction: verify.Contradiction | None = None
    retry: bool = True


@dataclass(frozen=True, slots=True)
class GeneratedStatement:
    """A checked statement: its `keys` into the evidence, the keys it made up, and why it is unverified (Dutch)."""

    text: str
    keys: tuple[str, ...]
    unknown: tuple[str, ...]
    support: Support
    reasons: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class StatementText:
    """Statement `number` (from 0) is being written: `delta` is new, `text` is all so far. Not checked yet."""

    number: int
    delta: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementChecked:
    """Statement `number` is finished and checked; it replaces what was streamed of it."""

    number: int
    statement: GeneratedStatement


@dataclass(frozen=True, slots=True)
class Restarted:
    """All that was streamed is void: a second attempt begins, or it was the model thinking aloud."""

    reason: str


Event = StatementText | StatementChecked | Restarted


@dataclass(frozen=True, slots=True)
class Generated:
    """What the model made of the question.

    `refusal` is set when nothing is supported; `statements` are then empty and `attempted` holds what was rejected.
    `timings_ms` has "first_token", "llm", "check" and, after a second attempt, "llm_retry".
    """

    statements: tuple[GeneratedStatement, ...]
    refusal: Refusal | None
    warnings: tuple[str, ...]
    raw: str
    attempted: tuple[GeneratedStatement, ...] = ()
    evidence: tuple[EvidenceSentence, ...] = ()
    usage: Usage | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Attempt:
    """One request and what came of it."""

    statements: list[GeneratedStatement] = field(default_factory=list)
    raw: str = ""
    not_found: bool = False
    rambling: bool = False
    usage: Usage | None = None
    first_ms: float | None = None
    check_ms: float = 0.0

    @property
    def supported(self) -> bool:
        return any(statement.support is not Support.UNVERIFIED for statement in self.statements)


def generate(
    question: str,
    evidence: Sequence[EvidenceSentence],
    llm: LLM,
    *,
    options: GenerateOptions = GenerateOptions(),
    on_event: Callable[[Event], None] | None = None,
    stop: threading.Event | None = None,
) -> Generated:
    """The answer to the stand-alone `question` from `evidence` (best passages first).

    `on_event` hears the answer grow, in this thread. Raises an LLMError when the model fails, WrongFormError when it cites
    nothing at all in two attempts, StoppedError once `stop` is set.
    """
    usable, orders = without_orders(evidence)
    fitted = context.fit(question, usable, llm.num_ctx, options.max_tokens)
    messages = prompt.answer_messages(question, fitted.evidence)
    warnings = [
        f"In {name} staat een zin die een taalmodel opdrachten geeft; die zin is niet gebruikt."
        for name in dict.fromkeys(sentence.letter for sentence in orders)
    ]
    warnings += [fitted.warning] if fitted.warning else []
    reading = _Reading({sentence.key: sentence for sentence in fitted.evidence}, llm, options, on_event or _deaf, stop)
    timings: dict[str, float] = {}
    begin = time.perf_counter()
    attempt = reading.read(messages)
    timings["first_token"] = attempt.first_ms or 0.0
    timings["llm"] = (time.perf_counter() - begin) * 1000
    checked = attempt.check_ms
    if options.retry and not attempt.supported and not attempt.not_found:
        (on_event or _deaf)(Restarted("Het antwoord had niet de goede vorm of klopte niet met de bronnen; nog een poging."))
        begin = time.perf_counter()
        attempt = reading.read(prompt.retry_messages(messages, attempt.raw))
        timings["llm_retry"] = (time.perf_counter() - begin) * 1000
        checked += attempt.check_ms
    timings["check"] = checked
    if not attempt.not_found and not any(statement.keys or statement.unknown for statement in attempt.statements):
        raise WrongFormError(
            f"Het model {llm.name} gaf geen bruikbaar antwoord: geen enkele regel noemt een bron. Kies een ander model, of "
            "gebruik --reader extractive."
        )
    warnings += _warnings(attempt, messages, fitted, llm.num_ctx)
    kept = tuple(attempt.statements)
    return Generated(
        statements=kept if attempt.supported else (),
        refusal=None if attempt.supported else Refusal.READER_NOT_FOUND,
        warnings=tuple(warnings),
        raw=attempt.raw,
        attempted=() if attempt.supported else kept,
        evidence=fitted.evidence,
        usage=attempt.usage,
        timings_ms=timings,
    )


def _deaf(_: Event) -> None:
    pass


def _warnings(attempt: _Attempt, messages: Sequence[Message], fitted: context.Fitted, num_ctx: int) -> list[str]:
    counted = attempt.usage.prompt_tokens if attempt.usage else None
    sent = " ".join(message.content for message in messages)
    found = [context.cut_warning(sent, fitted.tokens, counted, num_ctx)]
    if attempt.rambling:
        found.append(RAMBLING)
    elif attempt.usage is not None and attempt.usage.done_reason == "length":
        found.append(CUT_OFF)
    if attempt.statements and wire.looks_english(" ".join(statement.text for statement in attempt.statements)):
        found.append(ENGLISH)
    if any(statement.unknown for statement in attempt.statements):
        found.append("Het model noemde een bron die niet bestaat; die bewering is niet gecontroleerd.")
    return [line for line in found if line]


@dataclass(slots=True)
class _Reading:
    """Reads one answer from the stream and checks each statement as it ends."""

    sources: dict[str, EvidenceSentence]
    llm: LLM
    options: GenerateOptions
    on_event: Callable[[Event], None]
    stop: threading.Event | None

    def read(self, messages: Sequence[Message]) -> _Attempt:
        attempt = _Attempt()
        parser = wire.Parser(list(self.sources))
        begin = time.perf_counter()
        written = [""]
        stream = self.llm.stream(messages, max_tokens=self.options.max_tokens, stop=self.stop)
        try:
            for chunk in stream:
                if chunk.text and attempt.first_ms is None:
                    attempt.first_ms = (time.perf_counter() - begin) * 1000
                attempt.usage = chunk.usage or attempt.usage
                attempt.raw += chunk.text
                for event in parser.feed(chunk.text):
                    self._on_wire(event, attempt, written)
                if len(attempt.raw) > MAX_CHARS or len(attempt.statements) >= MAX_STATEMENTS:
                    attempt.rambling = True
                    break
        finally:
            close = getattr(stream, "close", None)  # a generator's; ends the request
            if close is not None:
                close()
        if not attempt.rambling:
            for event in parser.close():
                self._on_wire(event, attempt, written)
        return attempt

    def _on_wire(self, event: wire.Fragment | wire.Line | wire.Reset, attempt: _Attempt, written: list[str]) -> None:
        match event:
            case wire.Fragment(text):
                written[0] += text
                self.on_event(StatementText(len(attempt.statements), text, written[0]))
            case wire.Reset():
                attempt.statements.clear()
                attempt.not_found = False
                written[0] = ""
                self.on_event(Restarted("Het model dacht hardop; dat deel telt niet mee."))
            case wire.Line():
                written[0] = ""
                if event.not_found:
                    attempt.not_found = True
                elif len(attempt.statements) < MAX_STATEMENTS:
                    begin = time.perf_counter()
                    statement = self._checked(event)
                    attempt.check_ms += (time.perf_counter() - begin) * 1000
                    attempt.statements.append(statement)
                    self.on_event(StatementChecked(len(attempt.statements) - 1, statement))

    def _checked(self, line: wire.Line) -> GeneratedStatement:
        cited = [self.sources[key] for key in line.keys]
        statement = GeneratedStatement(line.text, line.keys, line.unknown, Support.UNVERIFIED, lead=_lead(line.text, cited))
        if line.unknown:
            reasons = tuple(f"de bron {key} bestaat niet" for key in line.unknown)
            return replace(statement, reasons=reasons)
        verdict = verify.check(line.text, [as_source(sentence) for sentence in cited], self.options.contradiction)
        return replace(statement, support=verdict.support, reasons=verdict.reasons)


def as_source(sentence: EvidenceSentence) -> verify.Source:
    """A sentence of evidence as rag/verify.py wants it."""
    about = [sentence.title, sentence.heading, sentence.fractie or ""]
    return verify.Source(sentence.text, sentence.date, " ".join(part for part in about if part))


def _lead(text: str, cited: Sequence[EvidenceSentence]) -> str:
    """Who asked, when a statement rests on a question alone and does not say so itself."""
    if not cited or any(sentence.role is not Role.QUESTION for sentence in cited):
        return ""
    if any(word in text.lower() for word in ("vraag", "vragen", "vroeg", "fractie")):
        return ""
    fracties = list(dict.fromkeys(sentence.fractie for sentence in cited if sentence.fractie))
    return f"De {fracties[0]}-fractie vroeg:" if len(fracties) == 1 else "De vraag luidde:"
