"""A server that speaks Ollama's HTTP API from a script, for use through the real client libraries.

It knows /api/version, /api/tags, /api/ps, /api/show, /api/pull and /api/chat (streamed NDJSON) with the bodies and status
codes of Ollama's own documentation, and can be told to misbehave: hang, refuse, break off, write half a line, ramble.
`requests` records what was asked, `disconnected` is set when a client went away in mid-stream.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Fault = Literal[
    "none",
    "hang",
    "hang_midway",
    "error_500",
    "out_of_memory",
    "error_line",
    "cut",
    "half_line",
    "empty",
    "ramble",
    "busy",
    "trickle",
]
CREATED = "2026-01-01T00:00:00.000000Z"


@dataclass
class Script:
    """What the server says. `answers` are given in order, the last one for ever after; one may be made from the request's
    body. `thinking` goes before the answer."""

    answers: "list[str | Callable[[dict[str, Any]], str]]" = field(default_factory=lambda: [""])
    models: tuple[str, ...] = ("qwen3:4b",)
    fault: Fault = "none"
    thinking: str = ""
    prompt_eval_count: int | None = 1500
    done_reason: str = "stop"
    context_length: int = 40960
    capabilities: tuple[str, ...] = ("completion", "thinking")
    delay: float = 0.0
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    disconnected: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    host: str = ""

    def chats(self) -> list[dict[str, Any]]:
        """The bodies of the chat requests so far."""
        return [body for path, body in self.requests if path == "/api/chat"]


def citing(phrase: str, statement: str) -> Callable[[dict[str, Any]], str]:
    """An answer that says `statement` with the key of the first sentence of the request that holds `phrase`."""

    def answer(body: dict[str, Any]) -> str:
        lines = "\n".join(message["content"] for message in body["messages"]).split("\n")
        key = next(line[1 : line.index("]")] for line in lines if line.startswith("[") and phrase in line)
        return f"[{key}] {statement}\n"

    return answer


@contextmanager
def ollama(script: Script) -> Iterator[Script]:
    """Run `script` on a free port of this machine; `script.host` is its address."""

    class Handler(_Handler):
        told = script

    server = _Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    script.host = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield script
    finally:
        script.release.set()
        server.shutdown()
        server.server_close()


class _Quiet(ThreadingHTTPServer):
    """A client that goes away is part of the script and no reason to print a traceback."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    told: Script

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.told.requests.append((self.path, {}))
        if self.told.fault == "hang":
            self.told.release.wait(30)
            return
        model = {
            "size": 2_500_000_000,
            "digest": "0" * 64,
            "details": {"parameter_size": "4.0B", "quantization_level": "Q4_K_M"},
        }
        bodies: dict[str, Any] = {
            "/api/version": {"version": "0.12.6"},
            "/api/tags": {"models": [{"name": name, "model": name, **model} for name in self.told.models]},
            "/api/ps": {"models": []},
        }
        self._json(200, bodies[self.path]) if self.path in bodies else self._json(404, {"error": "not found"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.requests.append((self.path, body))
        if body.get("model") not in self.told.models and self.path != "/api/pull":
            self._json(404, {"error": f"model '{body.get('model')}' not found"})
        elif self.path == "/api/show":
            self._json(
                200,
                {
                    "details": {"parameter_size": "4.0B", "quantization_level": "Q4_K_M"},
                    "capabilities": list(self.told.capabilities),
                    "model_info": {
                        "general.architecture": "qwen3",
                        "qwen3.context_length": self.told.context_length,
                        "qwen3.block_count": 36,
                        "qwen3.attention.head_count_kv": 8,
                        "qwen3.attention.key_length": 128,
                        "qwen3.attention.value_length": 128,
                    },
                },
            )
        elif self.path == "/api/pull":
            self._pull(body["model"])
        elif self.path == "/api/chat":
            self._chat(body)
        else:
            self._json(404, {"error": "not found"})

    def _json(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _open_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _raw(self, data: bytes) -> None:
        try:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()
        except OSError:
            self.told.disconnected.set()
            raise

    def _line(self, body: dict[str, Any]) -> None:
        self._raw(json.dumps(body).encode() + b"\n")

    def _pull(self, model: str) -> None:
        self._open_stream()
        if not model.startswith("qwen"):
            self._line({"error": "pull model manifest: file does not exist"})
        else:
            for completed in (0, 50, 100):
                self._line({"status": "pulling 0123456789ab", "digest": "sha256:01", "total": 100, "completed": completed})
            self._line({"status": "success"})
            self.told.models = (*self.told.models, model)
        self._raw(b"")

    def _piece(self, **message: str) -> None:
        self._line(
            {
                "model": "qwen3:4b",
                "created_at": CREATED,
                "message": {"role": "assistant", "content": "", **message},
                "done": False,
            }
        )

    def _chat(self, body: dict[str, Any]) -> None:
        told = self.told
        fault = told.fault
        if fault == "hang":
            self._wait_for_client()
        elif fault == "error_500":
            self._json(500, {"error": "llama runner process has terminated: exit status 2"})
        elif fault == "out_of_memory":
            self._json(500, {"error": "model requires more system memory (7.5 GiB) than is available (5.2 GiB)"})
        elif fault == "busy":
            self._json(503, {"error": "server busy, please try again.  maximum pending requests exceeded"})
        else:
            try:
                self._answer(fault, body)
            except OSError:
                self.close_connection = True

    def _answer(self, fault: Fault, body: dict[str, Any]) -> None:
        told = self.told
        time.sleep(told.delay)
        self._open_stream()
        next_answer = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
        answer = next_answer if isinstance(next_answer, str) else next_answer(body)
        if fault == "empty":
            answer = ""
        elif fault == "ramble":
            answer = "en verder is er nog veel meer te zeggen over dit alles " * 1000
        if told.thinking:
            for piece in told.thinking.split(" "):
                self._piece(thinking=piece + " ")
        pieces = [answer[i : i + 7] for i in range(0, len(answer), 7)]
        for number, piece in enumerate(pieces):
            if number == len(pieces) // 2:
                self._midway(fault)
                if fault in ("cut", "half_line", "error_line", "hang_midway"):
                    return
            if fault == "trickle":
                time.sleep(0.05)
            self._piece(content=piece)
        counts = {} if told.prompt_eval_count is None else {"prompt_eval_count": told.prompt_eval_count}
        self._line(
            {
                "model": "qwen3:4b",
                "created_at": CREATED,
                "message": {"role": "assistant", "content": ""},
                "done": True,
                "done_reason": told.done_reason,
                "total_duration": 3_000_000_000,
                "load_duration": 1_000_000_000,
                "prompt_eval_duration": 1_000_000_000,
                "eval_count": len(pieces),
                "eval_duration": 1_000_000_000,
                **counts,
            }
        )
        self._raw(b"")

    def _midway(self, fault: Fault) -> None:
        if fault == "cut":
            self.close_connection = True
            self.connection.close()
        elif fault == "half_line":
            self._raw(b'{"model": "qwen3:4b", "message": {"role": "assi')
            self._raw(b"")
        elif fault == "error_line":
            self._line({"error": "an error was encountered while running the model: unexpected EOF"})
            self._raw(b"")
        elif fault == "hang_midway":
            self._wait_for_client()

    def _wait_for_client(self) -> None:
        """Say nothing until the client goes away or the test ends."""
        self.connection.settimeout(0.02)
        while not self.told.release.is_set():
            try:
                if self.connection.recv(1) == b"":
                    self.told.disconnected.set()
                    break
            except TimeoutError:
                continue
            except OSError:
                self.told.disconnected.set()
                break
        self.close_connection = True
