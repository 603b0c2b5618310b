"""Context guard: what is sent fits in what the model reads, and afterwards it is checked that it was read.

Ollama cuts a prompt that is too long without a word, and its default context is 4,096 tokens on most machines. So `num_ctx`
is always set: what the settings ask, no more than the model can and no more than fits in memory. The prompt is estimated
before sending and whole passages are dropped from the end; `prompt_eval_count` is compared afterwards.

No tokenizer of the model is at hand, so two estimates are used, from either side. `estimate_tokens` is a high one (Dutch in
the tokenizers of Qwen, Llama, Mistral and Gemma takes 3 to 4 characters a token). `least_tokens` is a true lower bound: none
of these tokenizers joins two words, so a count below the number of words proves that text was cut.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from index.settings import Settings
from rag import ollama_server, prompt
from rag.evidence import EvidenceSentence
from rag.llm import ChatModel, open_llm, split_model

MARGIN = 64
"""Tokens for the chat template's own marks."""
LEAST_CTX = 2048
MEMORY_SHARE = 0.8
"""How much of the free memory a model with its cache may take."""
OVERHEAD_BYTES = 600_000_000
"""Compute buffers next to weights and cache, for models of 4 to 24 billion parameters."""
PIECE = re.compile(r"[^\W\d_]+|\d|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The evidence that is sent, the high estimate of the whole prompt in tokens, and how many passages were dropped."""

    evidence: tuple[EvidenceSentence, ...]
    tokens: int
    dropped: int

    @property
    def warning(self) -> str:
        """A Dutch line about dropped passages, or ""."""
        if not self.dropped:
            return ""
        what = "1 passage is" if self.dropped == 1 else f"{self.dropped} passages zijn"
        return f"{what} niet aan het model gegeven: de context is te klein. Verhoog num_ctx of verlaag k in kamerbrief.toml."


@dataclass(frozen=True, slots=True)
class Opened:
    """A model ready for use, with Dutch warnings about its context."""

    llm: ChatModel
    warnings: tuple[str, ...] = ()


def estimate_tokens(text: str) -> int:
    """How many tokens `text` takes at most in practice: a word of n letters ceil(n / 3.2), digits and signs one each."""
    return sum(ceil(len(piece) / 3.2) if piece.isalpha() else 1 for piece in PIECE.findall(text))


def least_tokens(text: str) -> int:
    """How many tokens `text` takes at least: one for each word."""
    return len(re.findall(r"[^\W\d_]{2,}", text))


def fit(question: str, evidence: Sequence[EvidenceSentence], num_ctx: int, max_tokens: int) -> Fitted:
    """As many whole passages, from the best, as leave `max_tokens` of `num_ctx` for the answer; at least one sentence."""
    room = num_ctx - max_tokens - MARGIN
    tokens = sum(estimate_tokens(message.content) for message in prompt.answer_messages(question, ()))
    kept: list[EvidenceSentence] = []
    ranks = list(dict.fromkeys(sentence.passage for sentence in evidence))
    for rank in ranks:
        block = [sentence for sentence in evidence if sentence.passage == rank]
        cost = estimate_tokens(prompt.letters(block)) + 1
        if tokens + cost > room:
            if not kept:
                kept, tokens = _sentences(block, room, tokens)
            break
        kept += block
        tokens += cost
    used = len({sentence.passage for sentence in kept})
    return Fitted(tuple(kept), tokens, len(ranks) - used)


def _sentences(block: Sequence[EvidenceSentence], room: int, tokens: int) -> tuple[list[EvidenceSentence], int]:
    """The first sentences of one passage that is too long by itself."""
    for count in range(len(block) - 1, 0, -1):
        cost = estimate_tokens(prompt.letters(block[:count])) + 1
        if tokens + cost <= room or count == 1:
            return list(block[:count]), tokens + cost
    return list(block), tokens


def cut_warning(sent: str, estimate: int, counted: int | None, num_ctx: int) -> str:
    """A Dutch line when the model cannot have read all of `sent`, or "".

    `counted` is Ollama's `prompt_eval_count`; absent on some servers, and then nothing can be said.
    """
    if counted is None or counted <= 0:
        return ""
    if counted < least_tokens(sent) or counted >= num_ctx - 1:
        return (
            f"Het model las {counted} van naar schatting {estimate} tekens (tokens) van de vraag met bronnen. Het "
            f"antwoord kan "
            "onvolledig zijn. Verhoog num_ctx in kamerbrief.toml."
        )
    return ""


@lru_cache(maxsize=8)
def open_guarded(settings: Settings) -> Opened:
    """The model of the settings with a context that it and the memory allow; asked of Ollama once per process.

    Raises an LLMError when Ollama is down or lacks the model. Models of other providers are taken at their word.
    """
    provider, name = split_model(settings.model)
    if provider != "ollama":
        return Opened(open_llm(settings))
    info = ollama_server.show(name, settings.ollama_host)
    num_ctx = allowed_ctx(settings.num_ctx, info, free_memory() if is_local(settings.ollama_host) else None)
    warnings: tuple[str, ...] = ()
    if num_ctx < settings.num_ctx:
        why = "meer kan het model niet" if num_ctx == info.context_length else "meer past niet in het geheugen"
        warnings = (f"De context is {num_ctx} in plaats van {settings.num_ctx} tokens: {why}.",)
    return Opened(open_llm(settings, num_ctx), warnings)


def allowed_ctx(wanted: int, info: ollama_server.ModelInfo, free_bytes: int | None) -> int:
    """The context in tokens: `wanted`, at most what the model can, halved until weights and cache fit in `free_bytes`.

    Memory is left out of account when it is unknown, when the model is loaded already, or when a graphics card holds it.
    """
    num_ctx = min(wanted, info.context_length or wanted)
    if free_bytes is None or info.size is None or info.cache_bytes is None or info.loaded_bytes is not None:
        return num_ctx
    room = free_bytes * MEMORY_SHARE - info.size - OVERHEAD_BYTES
    while num_ctx > LEAST_CTX and num_ctx * info.cache_bytes > room and _has_no_gpu():
        num_ctx = max(LEAST_CTX, num_ctx // 2)
    return num_ctx


def _has_no_gpu() -> bool:
    return not any(os.path.exists(path) for path in ("/dev/nvidia0", "/dev/kfd", "/dev/dri/renderD128"))  # noqa: PTH110


def is_local(host: str) -> bool:
    """Whether `host` is this machine."""
    _, name, _ = ollama_server.address(host)
    return name == "localhost" or name.startswith("127.") or name in ("::1", "0.0.0.0")  # noqa: S104  (compared, not bound)


def free_memory() -> int | None:
    """Bytes that a new process can take without swapping; None where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:  # noqa: PTH123  (a file of the kernel)
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None
