"""Doctor: what is needed to answer, whether it is there, and what mends it.

Every finding is one Dutch line with its own mend. Broken is only what keeps the configured reader from answering. A missing
Ollama is broken when the settings ask for it (`reader = "ollama"`); with "auto" and "extractive" the program answers without
it, and then it is a remark.
"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import KamerbriefError, NoIndexError
from index.settings import Settings
from rag import context, ollama_server, prompt, wire
from rag.llm import LLM, LLMError, Usage, split_model

if TYPE_CHECKING:
    from index.embed import Embedder

SPEED_TOKENS = 48
SPEED_SECONDS = 60.0
SLOW = 3.0
"""Tokens a second; below it an answer of five lines takes a minute."""
LITTLE_DISK = 500_000_000
OLD_OLLAMA = (0, 9)
"""Before 0.9 Ollama has no switch to turn thinking off."""


class State(StrEnum):
    """How a check came out; only BROKEN keeps the program from answering."""

    OK = "goed"
    NOTE = "let op"
    BROKEN = "fout"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, its state, what was seen, and the next step where there is one (Dutch)."""

    name: str
    state: State
    text: str
    mend: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "state": str(self.state), "text": self.text, "mend": self.mend}


def examine(settings: Settings) -> Iterator[Finding]:
    """The findings one by one, as each check ends; never raises for what it finds."""
    yield Finding("python", State.OK, f"Python {sys.version.split()[0]}.")
    yield from _index(settings)
    yield _reranker(settings)
    yield _disk(settings)
    yield from _model(settings)


def broken(findings: list[Finding]) -> bool:
    """Whether any finding keeps the program from answering."""
    return any(finding.state is State.BROKEN for finding in findings)


# Index and embedder


def _index(settings: Settings) -> Iterator[Finding]:
    from index.check import status
    from index.embed import open_embedder

    folder = Path(settings.index)
    try:
        embedder = open_embedder(settings)
    except KamerbriefError as error:
        yield _from_error("embedder", error)
        embedder = None
    except (OSError, ValueError) as error:
        yield Finding("embedder", State.BROKEN, f"Het embeddingmodel '{settings.embedder}' is niet te laden ({error}).")
        embedder = None
    try:
        found = status(folder)
    except NoIndexError as error:
        if embedder is not None:
            yield Finding("embedder", State.OK, f"Het embeddingmodel is '{embedder.info.name}'.")
        yield _from_error("index", error)
        return
    except KamerbriefError as error:
        yield _from_error("index", error)
        return
    if embedder is not None:
        yield _matching(embedder, folder)
    text = f"{found.letters} brieven en {found.passages} passages in {folder} ({_size(found.bytes)})."
    if found.letters == 0:
        yield Finding("index", State.BROKEN, text, "Voeg brieven toe met: kamerbrief index add MAP")
    else:
        yield Finding("index", State.OK, text)
    yield _verified(folder)
    if found.undated:
        what = "1 brief heeft" if found.undated == 1 else f"{found.undated} brieven hebben"
        yield Finding("datums", State.NOTE, f"{what} geen datum en vallen buiten --since en --until.")


def _reranker(settings: Settings) -> Finding:
    from rag.rerank import NONE, open_reranker

    try:
        reranker = open_reranker(settings.reranker)
        if reranker is not None:
            reranker.scores("Is dit een vraag?", [["Dit is een zin."]])
    except KamerbriefError as error:
        return _from_error("reranker", error)
    if settings.reranker == NONE:
        return Finding(
            "reranker", State.NOTE, "Er leest geen cross-encoder mee.", 'Zet reranker = "embedded" voor betere zinnen.'
        )
    return Finding("reranker", State.OK, f"De cross-encoder is '{settings.reranker}'.")


def _matching(embedder: "Embedder", folder: Path) -> Finding:
    from index.store import Index

    try:
        Index.open(folder, embedder)
    except KamerbriefError as error:
        return _from_error("embedder", error)
    return Finding("embedder", State.OK, f"Het embeddingmodel '{embedder.info.name}' past bij de index.")


def _verified(folder: Path) -> Finding:
    from index.check import verify

    found = verify(folder)
    if not found.damage:
        return Finding("bestanden", State.OK, f"Alle {found.files} bestanden van de index zijn heel.")
    first = found.damage[0]
    more = f" en nog {len(found.damage) - 1}" if len(found.damage) > 1 else ""
    mend = f"Bouw de index opnieuw: {found.mend}" if found.mend else ""
    return Finding("bestanden", State.BROKEN, f"{first.file} {first.what}{more}.", mend)


def _disk(settings: Settings) -> Finding:
    place = Path(settings.index).resolve()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < LITTLE_DISK:
        mend = "Maak ruimte vrij voordat u brieven toevoegt."
        return Finding("schijf", State.NOTE, f"Er is nog maar {_size(free)} vrij bij {place}.", mend)
    return Finding("schijf", State.OK, f"Er is {_size(free)} vrij bij {place}.")


# The language model


def _model(settings: Settings) -> Iterator[Finding]:
    provider, name = split_model(settings.model)
    wrong = State.BROKEN if settings.reader == "ollama" else State.NOTE
    if provider != "ollama":
        yield Finding(
            "model", State.NOTE, f"Het model {name} draait niet bij Ollama maar bij '{provider}'; dat is niet nagekeken."
        )
        yield from _speed(settings, wrong)
        return
    probe = ollama_server.probe(settings.ollama_host)
    if not probe.up:
        without = (
            "" if wrong is State.BROKEN else " Niet nodig: zonder taalmodel antwoordt kamerbrief met letterlijke zinnen."
        )
        text = f"Ollama antwoordt niet op {settings.ollama_host}.{without}"
        yield Finding("ollama", wrong, text, "Start het met: ollama serve")
        return
    yield _version(settings)
    if not probe.has(name):
        has = f" Wel aanwezig: {', '.join(probe.models[:5])}." if probe.models else ""
        yield Finding("model", wrong, f"Ollama heeft het model {name} niet.{has}", f"Haal het op met: ollama pull {name}")
        return
    try:
        info = ollama_server.show(name, settings.ollama_host)
    except LLMError as error:
        yield Finding("model", wrong, *_split(error))
        return
    about = ", ".join(part for part in (info.parameters, info.quantization, info.size and _size(info.size)) if part)
    yield Finding("model", State.OK, f"Het model {name} is aanwezig ({about}).")
    yield _context(settings, info)
    yield _memory(settings, info)
    yield from _speed(settings, wrong)


def _version(settings: Settings) -> Finding:
    try:
        version = ollama_server.version(settings.ollama_host)
    except LLMError as error:
        return Finding("ollama", State.NOTE, *_split(error))
    numbers = tuple(int(part) for part in version.split("-")[0].split(".")[:2] if part.isdigit())
    text = f"Ollama {version} antwoordt op {settings.ollama_host}."
    if numbers and numbers < OLD_OLLAMA:
        return Finding("ollama", State.NOTE, text, "Werk Ollama bij: deze versie kan hardop denken niet uitzetten.")
    return Finding("ollama", State.OK, text)


def _context(settings: Settings, info: ollama_server.ModelInfo) -> Finding:
    if info.context_length is None:
        return Finding("context", State.NOTE, f"Het model noemt geen grens; gevraagd zijn {settings.num_ctx} tokens.")
    text = f"{settings.num_ctx} tokens gevraagd; het model kan er {info.context_length} aan."
    if settings.num_ctx > info.context_length:
        return Finding("context", State.NOTE, text, f"Zet num_ctx = {info.context_length} in kamerbrief.toml.")
    return Finding("context", State.OK, text)


def _memory(settings: Settings, info: ollama_server.ModelInfo) -> Finding:
    if info.loaded_bytes is not None:
        share = 100 * (info.gpu_bytes or 0) // max(1, info.loaded_bytes)
        return Finding("geheugen", State.OK, f"Het model is geladen: {_size(info.loaded_bytes)}, {share}% op de videokaart.")
    free = context.free_memory() if context.is_local(settings.ollama_host) else None
    if free is None or info.size is None:
        return Finding("geheugen", State.NOTE, "Hoeveel geheugen er vrij is, is niet bekend.")
    need = info.size + context.OVERHEAD_BYTES + settings.num_ctx * (info.cache_bytes or 0)
    text = f"Het model vraagt ongeveer {_size(need)}; er is {_size(free)} werkgeheugen vrij."
    fits = context.allowed_ctx(settings.num_ctx, info, free) >= min(
        settings.num_ctx, info.context_length or settings.num_ctx
    )
    if fits:
        return Finding("geheugen", State.OK, text)
    return Finding("geheugen", State.NOTE, text, "Kies een kleiner model of zet num_ctx = 4096 in kamerbrief.toml.")


def _speed(settings: Settings, wrong: State) -> Iterator[Finding]:
    try:
        opened = context.open_guarded(replace(settings, timeout=min(settings.timeout, SPEED_SECONDS)))
        text, usage = _short_answer(opened.llm)
    except LLMError as error:
        yield Finding("antwoord", wrong, *_split(error))
        return
    if wire.THINK_OPEN.search(text) or wire.THINK_CLOSE.search(text):
        said = "Het model denkt hardop, ook nu dat uit staat. Dat deel wordt weggelaten, maar kost tijd."
        yield Finding("denken", State.NOTE, said, "Kies een model dat niet denkt.")
    else:
        yield Finding("denken", State.OK, "Hardop denken staat uit.")
    if not usage.answer_tokens or not usage.answer_ms:
        yield Finding("snelheid", State.NOTE, "Het model antwoordt; de snelheid is niet gemeld.")
        return
    speed = 1000 * usage.answer_tokens / usage.answer_ms
    said = f"{speed:.1f} tokens per seconde".replace(".", ",")
    if usage.load_ms:
        said += f", na {usage.load_ms / 1000:.1f} s laden".replace(".", ",")
    if speed < SLOW:
        yield Finding("snelheid", State.NOTE, f"{said}.", "Kies een kleiner model, of gebruik --reader extractive.")
    else:
        yield Finding("snelheid", State.OK, f"{said}.")


def _short_answer(llm: LLM) -> tuple[str, Usage]:
    text, usage = "", Usage()
    for chunk in llm.stream(prompt.probe_messages(), max_tokens=SPEED_TOKENS):
        text += chunk.text
        usage = chunk.usage or usage
    return text, usage


# Words


def _from_error(name: str, error: KamerbriefError) -> Finding:
    return Finding(name, State.BROKEN, *_split(error))


def _split(error: KamerbriefError) -> tuple[str, str]:
    """What is wrong and the next step, as our messages are built: the step is the last sentence."""
    text = str(error)
    head, dot, tail = text.partition(". ")
    return (head + ".", tail) if dot else (text, "")


def _size(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count // 1000} kB"
