"""An HTTP client that behaves: at most four requests a second, patient with a busy server, never fooled by half an answer.

A server that is busy (429) or stumbles (5xx, a connection that is cut) is asked again after a pause that doubles, or after
as long as it says itself. What is not there (404, 410, or an error page that calls itself a success) is not asked again.
"""

import contextlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Self

from index.errors import KamerbriefError

REQUESTS_PER_SECOND = 4
ATTEMPTS = 5
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
MAX_BYTES = 60 * 2**20
MAX_SECONDS = 300.0
"""An answer may take so long in all: a server that sends a byte now and then is not waited for."""
AGENT = "kamerbrief/0.1 (leest Kamerstukken voor lokaal gebruik)"


class FetchError(KamerbriefError):
    """The repository cannot be reached or does not answer as it should."""


class NoAnswerError(FetchError):
    """The repository gave no usable answer after all attempts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: status (304: not modified), the final address, content, and what to ask with next time."""

    status: int
    url: str
    content: bytes
    content_type: str
    etag: str | None
    last_modified: str | None


@dataclass(slots=True)
class Client:
    """A context that asks politely. `clock` and `sleep` (seconds) are there for tests."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    max_bytes: int = MAX_BYTES
    read_timeout: float = 30.0
    asked: int = field(default=0, init=False)
    _next: float = field(default=0.0, init=False)
    _http: Any = field(default=None, init=False)

    def __enter__(self) -> Self:
        import httpx

        self._http = httpx.Client(
            follow_redirects=True,
            max_redirects=5,
            timeout=httpx.Timeout(10.0, read=self.read_timeout),
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            verify=_certificates(),
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """The answer to a GET of `url`, with a status below 500 other than 429.

        With `etag` or `last_modified` of a former answer the server may say 304. Raises NoAnswerError when the
        server cannot be reached or stays busy, FetchError when it sends more than `max_bytes`.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        pause = FIRST_PAUSE
        failure = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            self._wait()
            try:
                answer, retry_after = self._ask(url, {name: value for name, value in headers.items() if value})
            except _BrokenError as error:
                failure = str(error)
                continue
            if answer.status != 429 and answer.status < 500:
                return answer
            failure = f"antwoord {answer.status}"
            pause = min(retry_after, LONGEST_PAUSE) if retry_after is not None else pause
        raise NoAnswerError(f"{url} geeft geen antwoord na {ATTEMPTS} pogingen ({failure}). Probeer het later opnieuw.")

    def _ask(self, url: str, headers: Mapping[str, str]) -> tuple[Answer, float | None]:
        self.asked += 1
        started = self.clock()
        with _translated(), self._http.stream("GET", url, headers=headers) as response:
            content = bytearray()
            for piece in response.iter_bytes(65536):
                content += piece
                if len(content) > self.max_bytes:
                    raise FetchError(f"{url} is groter dan {self.max_bytes >> 20} MB en wordt niet opgehaald.")
                if self.clock() - started > MAX_SECONDS:
                    raise _BrokenError("te traag")
            found = response.headers
            answer = Answer(
                status=response.status_code,
                url=str(response.url),
                content=bytes(content),
                content_type=found.get("content-type", "").partition(";")[0].strip().lower(),
                etag=found.get("etag"),
                last_modified=found.get("last-modified"),
            )
            return answer, _seconds(found.get("retry-after"))

    def _wait(self) -> None:
        """Wait until the next request may start."""
        now = self.clock()
        if now < self._next:
            self.sleep(self._next - now)
            now = self._next
        self._next = now + 1 / REQUESTS_PER_SECOND


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates that servers are checked with; reading them is the slowest part of making a client."""
    import httpx

    return httpx.create_ssl_context()


class _BrokenError(Exception):
    """One attempt failed in a way that another may not."""


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """httpx's errors in our words: one to try again, one to tell the user."""
    import httpx

    try:
        yield
    except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError) as error:
        raise _BrokenError(_reason(error)) from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects, httpx.HTTPError) as error:
        raise FetchError(
            f"Het adres is niet te gebruiken ({error}). Controleer repository_url en publication_url."
        ) from error


def _reason(error: Exception) -> str:
    name = type(error).__name__
    return (
        "geen antwoord op tijd" if "Timeout" in name else "geen verbinding" if "Connect" in name else "verbinding verbroken"
    )


def _seconds(retry_after: str | None) -> float | None:
    """The seconds that a Retry-After header asks for: a number or a date."""
    if not retry_after:
        return None
    with contextlib.suppress(ValueError):
        return max(0.0, float(retry_after))
    try:
        moment = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
