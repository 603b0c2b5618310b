"""The Ollama server: is it up, which models has it, what can a model do, fetch one.

The probe that decides between the two readers runs at every start of `ask`, so it is one plain HTTP request with 200 ms to
answer and imports no client library (`import ollama` alone costs 0.3 s). It runs in a thread of its own: a name that
DNS cannot resolve would otherwise wait for many seconds whatever time-out the socket has. The rest goes through the
`ollama` package.
"""

import http.client
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from rag.llm import LLMError, ModelMissingError, down_line, missing_line, split_model, translate

PROBE_SECONDS = 0.2
DEFAULT_PORT = 11434
MAX_TAGS_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Probe:
    """What one quick look at the server told: `models` are the names it has; both are empty when it is not up."""

    host: str
    up: bool
    models: tuple[str, ...] = ()

    def has(self, model: str) -> bool:
        """Whether the server has `model`; a name without tag means ":latest", as in Ollama itself."""
        return with_tag(model) in {with_tag(name) for name in self.models}

    def reason_against(self, model: str) -> str:
        """The Dutch line why `model` cannot be used here, or ""."""
        if not self.up:
            return down_line(self.host)
        return "" if self.has(model) else missing_line(model)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a model says about itself.

    `context_length` is in tokens, `size` in bytes on disk, `cache_bytes` the bytes of key-value cache per token of context
    at 16 bits (None where the model does not tell). `loaded_bytes` is what it takes now when it is loaded, of which
    `gpu_bytes` on a graphics card.
    """

    name: str
    context_length: int | None = None
    size: int | None = None
    parameters: str | None = None
    quantization: str | None = None
    thinks: bool = False
    cache_bytes: int | None = None
    loaded_bytes: int | None = None
    gpu_bytes: int | None = None


def with_tag(model: str) -> str:
    """The full name of an Ollama model in lower case ("Mistral" -> "mistral:latest")."""
    return model.lower() if ":" in model else f"{model.lower()}:latest"


def address(host: str) -> tuple[str, str, int]:
    """Scheme, host and port of a setting such as "localhost", "10.0.0.5:11434" or "https://host".

    Raises LLMError when it is no address.
    """
    try:
        parts = urlsplit(host if "://" in host else f"http://{host}")
        port = parts.port or (443 if parts.scheme == "https" else DEFAULT_PORT)
    except ValueError as error:
        raise LLMError(f"'{host}' is geen adres. Zet ollama_host op bijvoorbeeld http://localhost:11434.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LLMError(f"'{host}' is geen adres. Zet ollama_host op bijvoorbeeld http://localhost:11434.")
    return parts.scheme, parts.hostname, port


@cache
def probe(host: str) -> Probe:
    """Ask `host` once per process which models it has; never takes much longer than 200 ms, never raises.

    `probe.cache_clear()` forgets the outcome.
    """
    found: list[tuple[str, ...]] = []
    thread = threading.Thread(target=lambda: found.append(_tags(host)), name="ollama-probe", daemon=True)
    thread.start()
    thread.join(PROBE_SECONDS + 0.02)
    models = found[0] if found else None
    return Probe(host, up=False) if models is None or models == DOWN else Probe(host, True, models)


DOWN = ("",)
"""What `_tags` returns when nothing useful answers; no model has an empty name."""


def _tags(host: str) -> tuple[str, ...]:
    try:
        scheme, name, port = address(host)
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        connection = kind(name, port, timeout=PROBE_SECONDS)
        try:
            connection.request("GET", "/api/tags")
            reply = connection.getresponse()
            body = json.loads(reply.read(MAX_TAGS_BYTES)) if reply.status == 200 else {}
        finally:
            connection.close()
        return tuple(str(model["name"]) for model in body["models"])
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, LLMError):
        return DOWN


def unavailable(model: str, host: str) -> str:
    """The Dutch line why the configured model cannot be used, or "" when it can (as far as a quick look tells).

    A model of another provider than Ollama is taken at its word: the probe knows only Ollama.
    """
    provider, name = split_model(model)
    return "" if provider != "ollama" else probe(host).reason_against(name)


def version(host: str, seconds: float = 5.0) -> str:
    """The version of the server. Raises LLMError."""
    with _client(host, seconds) as client:
        reply: Mapping[str, Any] = client._request_raw("GET", "/api/version").json()  # the package has no call for it
        return str(reply.get("version", ""))


def show(model: str, host: str, seconds: float = 5.0) -> ModelInfo:
    """What the server knows of `model`. Raises ModelMissingError, or another LLMError."""
    with _client(host, seconds, model) as client:
        told = client.show(model)
        listed = [entry for entry in client.list().models if with_tag(entry.model or "") == with_tag(model)]
        running = [entry for entry in client.ps().models if with_tag(entry.model or entry.name or "") == with_tag(model)]
    facts = dict(told.modelinfo or {})
    arch = str(facts.get("general.architecture", ""))
    return ModelInfo(
        name=model,
        context_length=_whole(facts.get(f"{arch}.context_length")),
        size=_whole(listed[0].size) if listed else None,
        parameters=told.details.parameter_size if told.details else None,
        quantization=told.details.quantization_level if told.details else None,
        thinks="thinking" in (told.capabilities or ()),
        cache_bytes=_cache_bytes(facts, arch),
        loaded_bytes=_whole(running[0].size) if running else None,
        gpu_bytes=_whole(running[0].size_vram) if running else None,
    )


def pull(model: str, host: str, on_progress: Callable[[str, int, int], None] | None = None, seconds: float = 60.0) -> None:
    """Fetch `model` to the server; `on_progress(status, completed, total)` gets bytes. `seconds` is the longest silence.

    Raises ModelMissingError when no such model exists, or another LLMError.
    """
    with _client(host, seconds, model) as client:
        try:
            for step in client.pull(model, stream=True):
                if on_progress is not None:
                    on_progress(step.status or "", step.completed or 0, step.total or 0)
        except Exception as error:
            if "file does not exist" in str(error):
                raise ModelMissingError(
                    f"Ollama kent geen model {model}. Kijk op ollama.com/library hoe het heet."
                ) from error
            raise


def parallel() -> int:
    """How many questions the server answers at once: OLLAMA_NUM_PARALLEL where it is set here, else 1."""
    value = os.environ.get("OLLAMA_NUM_PARALLEL", "")
    return max(1, int(value)) if value.isdigit() else 1


@contextmanager
def _client(host: str, seconds: float, model: str = "") -> Iterator[Any]:
    """An ollama client; what goes wrong inside comes out as an LLMError. No proxy: the server is local or chosen by name."""
    from ollama import Client

    scheme, name, port = address(host)
    bracketed = f"[{name}]" if ":" in name else name
    try:
        url = f"{scheme}://{bracketed}:{port}"
        with Client(host=url, timeout=seconds, trust_env=False, verify=scheme == "https") as client:
            yield client
    except LLMError:
        raise
    except Exception as error:
        raise translate(error, model or "Ollama", host, seconds) from error


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _cache_bytes(facts: Mapping[str, Any], arch: str) -> int | None:
    """Layers x key-value heads x (key + value length) x 2 bytes."""
    layers, heads = facts.get(f"{arch}.block_count"), facts.get(f"{arch}.attention.head_count_kv")
    key = facts.get(f"{arch}.attention.key_length")
    if key is None and facts.get(f"{arch}.attention.head_count"):
        key = facts.get(f"{arch}.embedding_length", 0) // facts[f"{arch}.attention.head_count"]
    if not (isinstance(layers, int) and isinstance(heads, int) and isinstance(key, int)):
        return None
    return layers * heads * (key + int(facts.get(f"{arch}.attention.value_length", key))) * 2
