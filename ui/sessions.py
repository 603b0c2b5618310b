"""Conversations by token, in the server's memory only.

A browser's refresh starts a new Streamlit session; the random token in the address (192 bits) finds the conversation and the
running question back. A token that this server did not hand out is never adopted, a session lives a day at most, and
forgetting one leaves nothing behind. Nothing is written to disk or to a log.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ui.conversation import Asked, Conversation, Exchange
from ui.worker import Asker, Job, Progress

DAY = 24 * 60 * 60.0
MOST = 2000
"""Sessions kept at once; the oldest goes first."""
TOKEN_BYTES = 24


@dataclass
class Session:
    """What one person has on screen: a frozen conversation, at most one running question and one that waits."""

    token: str
    began: float
    conversation: Conversation = field(default_factory=Conversation)
    job: Job | None = None
    waiting: Asked | None = None
    notice: str | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def ask(self, asker: Asker, asked: Asked, when_busy: Literal["wait", "replace"] = "wait") -> None:
        """Start `asked`; while another question runs, wait for it or take its place."""
        with self._lock:
            self.notice = None
            if self.job is not None and not self.job.done:
                if when_busy == "wait":
                    self.waiting = asked
                    return
                self.job.stop()
            self.job = Job(asker, asked, self.conversation.history)

    def poll(self, asker: Asker) -> Progress | None:
        """Take in a finished answer and start the question that waits; None when nothing runs any more."""
        with self._lock:
            if self.job is None:
                return None
            if not self.job.done:
                return self.job.progress()
            job, self.job = self.job, None
            if job.answer is not None:
                self.conversation = self.conversation.add(Exchange(job.asked, job.answer))
            else:
                self.notice = job.error
            if self.waiting is not None:
                asked, self.waiting = self.waiting, None
                self.job = Job(asker, asked, self.conversation.history)
                return self.job.progress()
            return None

    def stop(self) -> None:
        """Let go of the running question, and of the one that waits."""
        with self._lock:
            if self.job is not None:
                self.job.stop()
                self.job = self.waiting = None
                self.notice = "De vraag is gestopt."

    def show(self, number: int) -> None:
        """Show exchange `number` of the conversation, counted from 0."""
        with self._lock:
            self.conversation = self.conversation.show(number)


class Sessions:
    """All sessions of this server; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.time, lifetime: float = DAY, most: int = MOST) -> None:
        self._clock = clock
        self._lifetime = lifetime
        self._most = most
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def start(self) -> Session:
        """A new session under a new token."""
        with self._lock:
            self._drop_old()
            while len(self._sessions) >= self._most:
                self._sessions.pop(next(iter(self._sessions))).stop()
            session = Session(secrets.token_urlsafe(TOKEN_BYTES), self._clock())
            self._sessions[session.token] = session
            return session

    def find(self, token: str | None) -> Session | None:
        """The session of `token`, or None when this server knows it not (any more)."""
        with self._lock:
            self._drop_old()
            return self._sessions.get(token) if token else None

    def forget(self, token: str) -> None:
        """Stop and delete the session of `token`."""
        with self._lock:
            session = self._sessions.pop(token, None)
        if session is not None:
            session.stop()

    def __len__(self) -> int:
        return len(self._sessions)

    def _drop_old(self) -> None:
        limit = self._clock() - self._lifetime
        for token in [token for token, session in self._sessions.items() if session.began <= limit]:
            self._sessions.pop(token).stop()
