"""Anchoring: from a quote that a person copied to exact offsets, and back to them when a letter's text has changed.

Quotes lose line ends, hyphens and accents on their way through a spreadsheet. Both sides are therefore squeezed: folded, and
without white space and hyphens; every squeezed character knows where it came from. A place is only accepted when there is
exactly one.

A pin keeps of every span of evidence its squeezed length and hashes, never its text, so that gold over letters that may not
be copied can still be moved when such a letter is extracted anew: the one stretch with the same hash is the same words.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.gold import GoldSet, GoldSpan
from index.errors import KamerbriefError

BASE = np.uint64(1_000_003)
BASE_INVERSE = np.uint64(pow(1_000_003, -1, 2**64))
DROPPED = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212")


class AnchorError(KamerbriefError):
    """A file with pins cannot be read."""


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Folded text without white space and hyphens; `starts[i]` is where its i-th character stands in the original."""

    text: str
    starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of the squeezed characters `start` up to `end` (at least one)."""
        return self.starts[start], self.starts[end - 1] + 1


def squeeze(text: str) -> Squeezed:
    """The squeezed form of `text`."""
    characters: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(text):
        if char.isspace() or char in DROPPED:
            continue
        if char.isascii():
            characters.append(char.lower())
            starts.append(at)
            continue
        for part in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(part) and not part.isspace():
                characters.append(part)
                starts.append(at)
    return Squeezed("".join(characters), tuple(starts))


def places(quote: str, text: str, squeezed: Squeezed | None = None) -> list[tuple[int, int]]:
    """The offsets of every place where `quote` stands in `text` as whole words; none for a quote without letters.

    `squeezed` is the squeezed form of `text` where the caller has it already.
    """
    wanted, letter = squeeze(quote).text, squeezed or squeeze(text)
    found: list[tuple[int, int]] = []
    at = letter.text.find(wanted) if wanted else -1
    while at >= 0:
        start, end = letter.original(at, at + len(wanted))
        if not (text[start - 1 : start + 1].isalnum() and start) and not (
            text[end - 1 : end + 1].isalnum() and end < len(text)
        ):
            found.append((start, end))
        at = letter.text.find(wanted, at + 1)
    return found


@dataclass(frozen=True, slots=True)
class Pin:
    """What is kept of a span: the length of its squeezed text and that text's rolling hash and sha256."""

    length: int
    rolling: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Pins:
    """The letters of a gold set as it knew them: sha256 per name, and a pin per span."""

    letters: Mapping[str, str]
    spans: Mapping[GoldSpan, Pin]


def pins_path(gold: Path) -> Path:
    """Where the pins of a gold file stand: beside it, with the ending .pins.json."""
    return gold.with_suffix(".pins.json")


def make_pins(gold: GoldSet, text_of: Callable[[str], str | None], sha256_of: Callable[[str], str | None]) -> Pins:
    """The pins of all spans whose letter is there."""
    spans: dict[GoldSpan, Pin] = {}
    for span in _spans(gold):
        text = text_of(span.letter)
        if text is not None:
            spans[span] = pin(text[span.start : span.end])
    known = {name: sha256_of(name) for name in gold.letters}
    return Pins({name: digest for name, digest in known.items() if digest is not None}, spans)


def pin(text: str) -> Pin:
    """The pin of a text."""
    squeezed = squeeze(text).text
    hashes = _window_hashes(squeezed, len(squeezed))
    return Pin(len(squeezed), int(hashes[0]) if hashes.size else 0, _sha256(squeezed))


def moved(wanted: Pin, letter: Squeezed) -> list[tuple[int, int]]:
    """The offsets of every stretch of a letter whose squeezed text is the pinned one."""
    if not wanted.length:
        return []
    hashes = _window_hashes(letter.text, wanted.length)
    return [
        letter.original(at, at + wanted.length)
        for at in np.nonzero(hashes == np.uint64(wanted.rolling))[0].tolist()
        if _sha256(letter.text[at : at + wanted.length]) == wanted.sha256
    ]


def _window_hashes(text: str, length: int) -> npt.NDArray[np.uint64]:
    """The polynomial hash (modulo 2**64) of every stretch of `length` characters (Rabin and Karp, 1987)."""
    if not 0 < length <= len(text):
        return np.zeros(0, dtype=np.uint64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    powers = np.cumprod(np.full(len(text), BASE, dtype=np.uint64), dtype=np.uint64)
    inverses = np.cumprod(np.full(len(text), BASE_INVERSE, dtype=np.uint64), dtype=np.uint64)
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(codes * powers, dtype=np.uint64)])
    return np.asarray((sums[length:] - sums[:-length]) * inverses[: len(text) - length + 1], dtype=np.uint64)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _spans(gold: GoldSet) -> Iterable[GoldSpan]:
    return (span for question in gold.questions for alternatives in question.evidence for span in alternatives)


def read_pins(gold: Path) -> Pins | None:
    """The pins beside a gold file, or None where there are none; raises AnchorError when they cannot be read."""
    path = pins_path(gold)
    if not path.is_file():
        return None
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        spans = {}
        for line in content["spans"]:
            span = GoldSpan(letter=line["letter"], start=line["start"], end=line["end"])
            spans[span] = Pin(int(line["length"]), int(line["rolling"], 16), str(line["sha256"]))
        return Pins({str(name): str(digest) for name, digest in content["letters"].items()}, spans)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnchorError(f"{path}: onleesbaar. Maak het opnieuw met: kamerbrief eval gold check {gold} --pin") from error


def pins_json(pins: Pins) -> str:
    """The content of the file with pins."""
    spans = [
        {
            "letter": span.letter,
            "start": span.start,
            "end": span.end,
            "length": kept.length,
            "rolling": f"{kept.rolling:016x}",
            "sha256": kept.sha256,
        }
        for span, kept in sorted(pins.spans.items(), key=lambda item: (item[0].letter, item[0].start, item[0].end))
    ]
    lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in spans)
    letters = json.dumps(dict(sorted(pins.letters.items())), ensure_ascii=False, indent=1)
    return f'{{"letters": {letters},\n"spans": [\n{lines}\n]}}\n'
