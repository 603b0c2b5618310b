"""LLM: one method that streams, and the one real class behind it.

The real class talks through LangChain's `init_chat_model`, so that any chat server that LangChain knows can be configured
("openai:naam" for a local vLLM or llama.cpp); Ollama is the default. LangChain and httpx are imported when a model is
opened, never before.

What can go wrong comes out as an LLMError: one Dutch line with the next step, translated here and nowhere else. A watchdog
shuts the socket down when the caller stops, when the model is silent for too long and when the whole answer takes too long.
Closing the client would not do: on Linux a thread that is blocked in recv does not wake up by it, and Ollama would go on
computing for nobody.
"""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from index.errors import KamerbriefError
from index.settings import Settings


class LLMError(KamerbriefError):
    """The language model gave no usable answer; the message says why and what to do."""


class ServerDownError(LLMError):
    """Nothing answers at the configured address."""


class ModelMissingError(LLMError):
    """The server runs, but does not have the model."""


class OutOfMemoryError(LLMError):
    """The model does not fit in memory."""


class LLMTimeoutError(LLMError):
    """The model stayed silent, or went on, for longer than allowed."""


class StreamCutError(LLMError):
    """The answer broke off in the middle."""


class WrongFormError(LLMError):
    """The server or the model answered with something that cannot be read."""


class StoppedError(LLMError):
    """The user stopped the answer."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What the server counted: tokens read and written, why it stopped ("stop", "length"), and its own times in ms."""

    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    done_reason: str | None = None
    load_ms: float | None = None
    prompt_ms: float | None = None
    answer_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer as it arrives; the last one carries the usage and usually no text."""

    text: str
    usage: Usage | None = None


class LLM(Protocol):
    """A language model: `name` for people, `num_ctx` the tokens that prompt and answer may take together."""

    name: str
    num_ctx: int

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Chunk]:
        """The answer in pieces. With `schema`, a JSON object of that schema is asked for.

        Raises an LLMError; StoppedError once `stop` is set. Closing the iterator ends the request.
        """
        ...


PROVIDERS = frozenset(
    "ollama openai azure_openai anthropic google_genai huggingface mistralai groq together fireworks nvidia".split()
)
"""The words before a colon that name a LangChain provider; any other name with a colon is an Ollama model ("qwen3:4b")."""
KEEP_ALIVE = "30m"
TOTAL_FACTOR = 3
"""A whole answer may take this many times the silence that `timeout` allows."""


def split_model(model: str) -> tuple[str, str]:
    """Provider and model name of the setting `model` ("qwen3:4b" -> ("ollama", "qwen3:4b"))."""
    provider, colon, name = model.partition(":")
    return (provider, name) if colon and provider in PROVIDERS else ("ollama", model)


def open_llm(settings: Settings, num_ctx: int | None = None) -> "ChatModel":
    """The model that the settings name; nothing is sent yet.

    `num_ctx` overrules the setting (rag/context.py works out what model and memory allow). Raises LLMError when the
    package of the configured provider is not installed.
    """
    return ChatModel(settings.model, settings.ollama_host, num_ctx or settings.num_ctx, settings.timeout)


@dataclass(slots=True)
class ChatModel:
    """A chat model behind LangChain. `silence` is the longest wait in seconds for the next sign of life."""

    model: str
    host: str
    num_ctx: int
    silence: float
    name: str = field(init=False)
    _provider: str = field(init=False)

    def __post_init__(self) -> None:
        self._provider, self.name = split_model(self.model)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Chunk]:
        """See LLM.stream; one request, never repeated here."""
        sockets = Sockets()
        watchdog = Watchdog(sockets, self.silence, stop)
        with self._translated(watchdog):
            chat = self._open(sockets, max_tokens, schema)  # imports count in seconds, and not as silence of the model
        from langsmith import tracing_context  # what letters say is never sent to a tracing service

        with self._translated(watchdog), watchdog, tracing_context(enabled=False):
            finished = False
            for part in chat.stream([(message.role, message.content) for message in messages]):
                watchdog.touch()
                usage = _usage(part)
                finished = finished or usage.done_reason is not None
                text = _plain(part.content)
                if text or usage.done_reason:
                    yield Chunk(text, usage if usage.done_reason else None)
            # A stream that Ollama gives up ends without an error line and without done: true.
            if watchdog.verdict or (not finished and self._provider == "ollama"):
                raise ConnectionResetError

    def _open(self, sockets: "Sockets", max_tokens: int, schema: Mapping[str, Any] | None) -> Any:
        import httpx
        from langchain.chat_models import init_chat_model

        encrypted = self.host.startswith("https")  # loading certificates for nothing costs 80 ms a client
        timeout = httpx.Timeout(self.silence, connect=min(5.0, self.silence))
        if self._provider != "ollama":
            return init_chat_model(
                self.name,
                model_provider=self._provider,
                temperature=0,
                max_tokens=max_tokens,
                timeout=self.silence,
                max_retries=0,
            )
        return init_chat_model(
            self.name,
            model_provider="ollama",
            base_url=self.host,
            temperature=0,
            seed=1,
            num_ctx=self.num_ctx,
            num_predict=max_tokens,
            reasoning=False,
            keep_alive=KEEP_ALIVE,
            format=None if schema is None else dict(schema),
            client_kwargs={"timeout": timeout, "trust_env": False, "verify": encrypted},
            sync_client_kwargs={"transport": sockets.transport(encrypted)},
        )

    @contextmanager
    def _translated(self, watchdog: "Watchdog") -> Iterator[None]:
        try:
            yield
        except (LLMError, GeneratorExit, KeyboardInterrupt):
            raise
        except Exception as error:
            if watchdog.verdict == "stopped":
                raise StoppedError("Het antwoord is gestopt.") from error
            if watchdog.verdict:
                raise LLMTimeoutError(_timeout_line(self.name, watchdog.limit)) from error
            raise translate(error, self.name, self.host, self.silence) from error


class Sockets:
    """The connections that one request opened, so that they can be shut down from another thread."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []
        self._shut = False
        self._lock = threading.Lock()

    def transport(self, verify: bool) -> Any:
        """An httpx transport without keep-alive that reports every connection here; `verify` checks certificates."""
        import httpx

        sockets = self

        class Reporting(httpx.HTTPTransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                request.extensions = {**request.extensions, "trace": sockets.on_event}
                return super().handle_request(request)

        return Reporting(verify=verify, limits=httpx.Limits(max_keepalive_connections=0))

    def on_event(self, name: str, info: Mapping[str, Any]) -> None:
        """httpcore's trace hook: keep the socket of each new connection."""
        if name == "connection.connect_tcp.complete":
            with self._lock:
                self._open.append(info["return_value"].get_extra_info("socket"))
                if self._shut:
                    self._shutdown()

    def shut(self) -> None:
        """End every connection, now and later; a blocked read returns at once."""
        with self._lock:
            self._shut = True
            self._shutdown()

    def _shutdown(self) -> None:
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """Shuts the sockets down when asked to stop, after too long a silence, or when the whole takes too long.

    `verdict` is then "stopped", "silent" or "endless", and `limit` the seconds that were allowed.
    """

    def __init__(self, sockets: Sockets, silence: float, stop: threading.Event | None) -> None:
        self.verdict: Literal["", "stopped", "silent", "endless"] = ""
        self.limit = silence
        self._sockets, self._silence, self._stop = sockets, silence, stop
        self._done = threading.Event()
        self._started = self._last = 0.0
        self._thread = threading.Thread(target=self._watch, name="llm-watchdog", daemon=True)

    def __enter__(self) -> "Watchdog":
        self._started = self._last = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._sockets.shut()

    def touch(self) -> None:
        """Note a sign of life."""
        self._last = time.monotonic()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            now = time.monotonic()
            if self._stop is not None and self._stop.is_set():
                self.verdict = "stopped"
            elif now - self._last > self._silence:
                self.verdict = "silent"
            elif now - self._started > self._silence * TOTAL_FACTOR:
                self.verdict, self.limit = "endless", self._silence * TOTAL_FACTOR
            if self.verdict:
                self._sockets.shut()
                return


def translate(error: Exception, model: str, host: str, silence: float) -> LLMError:
    """The LLMError for what LangChain, ollama or httpx raised; recognised by type name and by Ollama's own messages.

    The names are compared as text so that no client library has to be imported to translate an error of another.
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    text = str(error)
    status = getattr(error, "status_code", None)
    if isinstance(error, ImportError):
        return LLMError(
            f"Het pakket voor het model {model} ontbreekt ({_line(text)}). Installeer dat pakket of kies een Ollama-model."
        )
    if kinds & {"ConnectTimeout", "ConnectError"} or isinstance(error, ConnectionRefusedError):
        return ServerDownError(down_line(host))
    if isinstance(error, ConnectionError) and "ollama" in text.lower():
        return ServerDownError(down_line(host))
    if kinds & {"TimeoutException", "APITimeoutError"} or isinstance(error, TimeoutError):
        return LLMTimeoutError(_timeout_line(model, silence))
    if re.search(r"more system memory|out of memory|cudaMalloc|insufficient memory|not enough memory", text, re.IGNORECASE):
        return OutOfMemoryError(
            f"Het model {model} past niet in het geheugen. Zet in kamerbrief.toml een kleiner model (model = ...) of "
            f"num_ctx = 4096."
        )
    if status == 404 or re.search(r"model .*not found", text):
        return ModelMissingError(missing_line(model))
    if (
        kinds & {"RemoteProtocolError", "ReadError", "StreamError"}
        or "error was encountered while running" in text
        or isinstance(error, ConnectionError)
    ):
        return StreamCutError(f"Het antwoord van {model} brak halverwege af. Stel de vraag opnieuw.")
    if isinstance(error, json.JSONDecodeError) or "JSONDecodeError" in kinds:
        return StreamCutError(f"Het antwoord van {model} kwam beschadigd aan. Stel de vraag opnieuw.")
    if status in (429, 503) or "server busy" in text:
        return LLMError(f"Ollama op {host} heeft het te druk. Probeer het later opnieuw.")
    if isinstance(status, int) and status >= 400:
        return LLMError(
            f"Ollama op {host} gaf een fout ({status}: {_line(text)}). Bekijk: ollama ps, of start Ollama opnieuw."
        )
    return WrongFormError(
        f"Het antwoord van {model} is niet te lezen ({_line(text) or type(error).__name__}). Controleer: kamerbrief doctor."
    )


def down_line(host: str) -> str:
    """The Dutch line for a server that does not answer."""
    return f"Ollama antwoordt niet op {host}. Start het met: ollama serve"


def missing_line(model: str) -> str:
    """The Dutch line for a model that is not there."""
    return f"Ollama heeft het model {model} niet. Haal het op met: ollama pull {model}"


def _timeout_line(model: str, seconds: float) -> str:
    return (
        f"Het model {model} gaf binnen {seconds:g} seconden geen volledig antwoord. "
        "Verhoog timeout in kamerbrief.toml of kies een kleiner model."
    )


def _line(text: str) -> str:
    return " ".join(text.split())[:160]


def _plain(content: Any) -> str:
    """The text of a chunk, whose content is a string or a list of typed parts of which only text counts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") if isinstance(part, dict) else str(part) for part in content)


def _usage(part: Any) -> Usage:
    counted = getattr(part, "usage_metadata", None) or {}
    about = getattr(part, "response_metadata", None) or {}
    return Usage(
        counted.get("input_tokens"),
        counted.get("output_tokens"),
        about.get("done_reason") or about.get("finish_reason"),
        *(
            None if about.get(name) is None else about[name] / 1e6
            for name in ("load_duration", "prompt_eval_duration", "eval_duration")
        ),
    )


def preload() -> None:
    """Import the client libraries in a thread of their own, so that they are there when retrieval is done (1 to 2 s)."""
    threading.Thread(target=_import_clients, name="llm-preload", daemon=True).start()


def _import_clients() -> None:
    import langchain_ollama  # noqa: F401  (only to have it loaded)
