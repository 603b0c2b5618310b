"""Wire: from a model's streamed text to statements with keys.

The format asked for is a line per statement, `[KEY KEY] sentence`. Models deviate in known ways, and all of these are read:
list marks and Markdown before the bracket, missing brackets, keys at the end of a sentence, several statements on one line,
commas and ranges between keys, keys on a line of their own, thinking text, a heading or an opening phrase. Keys that do not
exist are kept and reported, never dropped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAX_LINE = 1200
"""Characters; a longer line is no statement but rambling."""
MAX_RANGE = 8
THINK_OPEN = re.compile(r"<think(?:ing)?>|◁think▷|<\|channel\|>analysis<\|message\|>", re.IGNORECASE)
THINK_CLOSE = re.compile(r"</think(?:ing)?>|◁/think▷|<\|channel\|>final<\|message\|>", re.IGNORECASE)
LONGEST_MARK = 40


@dataclass(frozen=True, slots=True)
class Fragment:
    """New characters of the statement that is being written; not yet checked."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A finished statement: the known `keys` and the `unknown` ones it names, in order, and its text without them.

    `not_found` says that the model declares the answer absent.
    """

    keys: tuple[str, ...]
    unknown: tuple[str, ...]
    text: str
    not_found: bool = False


@dataclass(frozen=True, slots=True)
class Reset:
    """Everything so far turned out to be thinking text."""


GROUP = re.compile(r"\[([^\[\]\n]{1,80})\]|\(([^()\n]{3,80})\)")
SPLIT = re.compile(r"[\s,;&+/|]+|\ben\b|\bof\b", re.IGNORECASE)
RANGE = re.compile(r"\s*(?:-|–|\.\.\.?|t/m|tot en met|tot)\s*", re.IGNORECASE)
LABELS = frozenset("bron bronnen zin zinnen sleutel sleutels key keys source sources ref".split())
KEYISH = re.compile(r"[A-Z]{2,5}\d{0,2}|\d{1,3}")
LIST_MARK = re.compile(r"^\s*(?:[-*•–>+]\s+|\d{1,2}[.)]\s+|#{1,6}\s*)+")
MARKDOWN = re.compile(r"\*\*|__|`+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
OPENING = re.compile(
    r"^(?:antwoord|het antwoord|hier(?:onder)?|op basis van|volgens de|answer|here)\b[^.]*:$|^(?:antwoord|answer)$",
    re.IGNORECASE,
)
NOT_FOUND = re.compile(r"^\W*niet\s+gevonden\b|^\W*not\s+found\b", re.IGNORECASE)


@dataclass(slots=True)
class Parser:
    """Reads a stream piece by piece; `keys` are the valid keys in the order of the evidence."""

    keys: Sequence[str]
    _known: dict[str, int] = field(init=False)
    _pending: str = ""
    _thinking: bool = False
    _line: str = ""
    _shown: int = 0
    _carried: tuple[str, ...] = ()
    _anything: bool = False

    def __post_init__(self) -> None:
        self._known = {key: position for position, key in enumerate(self.keys)}

    def feed(self, text: str) -> Iterator[Fragment | Line | Reset]:
        """What the next piece of the stream completes."""
        self._pending += text
        yield from self._drain(final=False)

    def close(self) -> Iterator[Fragment | Line | Reset]:
        """What is left when the stream has ended."""
        yield from self._drain(final=True)
        yield from self._end_line()

    def _drain(self, *, final: bool) -> Iterator[Fragment | Line | Reset]:
        while self._pending:
            if self._thinking:
                close = THINK_CLOSE.search(self._pending)
                if close is None:
                    self._pending = "" if final else self._pending[-LONGEST_MARK:]
                    return
                self._pending, self._thinking = self._pending[close.end() :], False
                continue
            mark = THINK_OPEN.search(self._pending)
            stray = THINK_CLOSE.search(self._pending)
            if stray is not None and (mark is None or stray.start() < mark.start()):
                yield Reset()
                self._pending, self._line, self._shown, self._carried = self._pending[stray.end() :], "", 0, ()
                continue
            if mark is not None:
                yield from self._take(self._pending[: mark.start()])
                self._pending, self._thinking = self._pending[mark.end() :], True
                continue
            held = 0 if final else _held_back(self._pending)
            ready, self._pending = self._pending[: len(self._pending) - held], self._pending[len(self._pending) - held :]
            yield from self._take(ready)
            return

    def _take(self, text: str) -> Iterator[Fragment | Line | Reset]:
        for part in re.split(r"(\r?\n)", text):
            if part in ("\n", "\r\n"):
                yield from self._end_line()
            elif part:
                self._line += part
                yield from self._grown()
                if len(self._line) > MAX_LINE:
                    yield from self._end_line()

    def _grown(self) -> Iterator[Fragment]:
        """Show the text behind an opening group as it comes; hold back what may become another group or Markdown."""
        opening = re.match(r"\s*(?:[-*•–>+]\s+|\d{1,2}[.)]\s+)*\**\[([^\[\]\n]{1,80})\]\**:?\s*", self._line)
        if opening is None or self._read_group(opening[1], square=True) is None:
            return
        text = self._line[max(opening.end(), self._shown) :]
        safe = re.search(r"[\[(*_`][^\])]*$", text)
        upto = len(self._line) - (len(text) - safe.start() if safe else 0)
        start = max(opening.end(), self._shown)
        if upto > start:
            self._shown = upto
            yield Fragment(MARKDOWN.sub("", self._line[start:upto]))

    def _end_line(self) -> Iterator[Line]:
        line, self._line, self._shown = self._line, "", 0
        clean = MARKDOWN.sub("", LIST_MARK.sub("", MARKDOWN.sub("", line))).strip().strip("|").strip()
        if not clean or clean.startswith("```") or re.fullmatch(r"[-=|:_ ]+", clean):
            return
        for keys, unknown, text in self._statements(clean):
            if not text:
                self._carried += (*keys, *unknown)
                continue
            if OPENING.search(text) and not keys and not unknown:
                continue
            carried = [key for key in self._carried if key in self._known]
            strange = [key for key in self._carried if key not in self._known]
            self._carried = ()
            yield Line(
                tuple(dict.fromkeys([*carried, *keys])),
                tuple(dict.fromkeys([*strange, *unknown])),
                text,
                not_found=NOT_FOUND.search(text) is not None,
            )

    def _statements(self, line: str) -> Iterator[tuple[list[str], list[str], str]]:
        """Keys, unknown keys and text of each statement on one line."""
        bare = self._bare_keys(line)
        if bare is not None:
            yield bare
            return
        groups = [
            (m.span(), found)
            for m in GROUP.finditer(line)
            if (found := self._read_group(m[1] or m[2], square=m[1] is not None))
        ]
        if not groups:
            yield [], [], line
            return
        leading = not line[: groups[0][0][0]].strip(" -–:")
        parts: list[tuple[list[str], list[str], str]] = []
        if leading:
            for number, ((_, end), (keys, unknown)) in enumerate(groups):
                until = groups[number + 1][0][0] if number + 1 < len(groups) else len(line)
                text = _tidy(line[end:until])
                last = number + 1 == len(groups)
                if parts and not parts[-1][2]:  # "[A] [B] text": the groups belong together
                    parts[-1] = (parts[-1][0] + keys, parts[-1][1] + unknown, text)
                elif not text and last and parts:  # "[A] text [B]": a group at the end belongs to what stands before
                    parts[-1] = (parts[-1][0] + keys, parts[-1][1] + unknown, parts[-1][2])
                else:
                    parts.append((list(keys), list(unknown), text))
        else:
            begin = 0
            for (start, end), (keys, unknown) in groups:
                text = _tidy(line[begin:start])
                stop = line[end : end + 1] if line[end : end + 1] in (".", "!", "?") else ""  # "text [A]."
                if not text and parts:  # "text [A][B]"
                    parts[-1] = (parts[-1][0] + keys, parts[-1][1] + unknown, parts[-1][2] + stop)
                else:
                    parts.append((list(keys), list(unknown), text + stop))
                begin = end + len(stop)
            rest = _tidy(line[begin:])
            if rest:
                parts.append(([], [], rest)) if len(rest) > 3 else None
        yield from parts

    def _bare_keys(self, line: str) -> tuple[list[str], list[str], str] | None:
        """Keys at the start of a line without brackets or with one of the two: "KJT: text", "[KJT text", "KJT] text"."""
        match = re.match(r"\[?\s*((?:[A-Z]{3,4}\b[\s,;&]*)+)([\]):.–-]*)\s*", line)
        whole = GROUP.match(line)
        if match is None or (whole is not None and self._read_group(whole[1] or whole[2], square=whole[1] is not None)):
            return None
        found: list[str] = []
        end = match.start(1)
        for token in re.finditer(r"[A-Z]{3,4}\b", match[1]):
            if token[0] not in self._known:
                break
            found.append(token[0])
            end = match.start(1) + token.end()
        if not found:
            return None
        return found, [], _tidy(re.sub(r"^[\s,;&\]):.–-]+", "", line[end:]))

    def _read_group(self, content: str, *, square: bool) -> tuple[list[str], list[str]] | None:
        """Known and unknown keys in a bracketed group, or None when it is ordinary text in brackets.

        Round brackets count only when everything in them is a known key.
        """
        pieces = self._spread(content.strip())
        if pieces is None:
            return None
        known = [piece for piece in pieces if piece in self._known]
        unknown = [piece for piece in pieces if piece not in self._known]
        if not pieces or (not square and unknown):
            return None
        if not known and not all(KEYISH.fullmatch(piece) for piece in unknown):
            return None
        return known, unknown

    def _spread(self, content: str) -> list[str] | None:
        """The keys that a group names, ranges spread out; None when a part of it is no key by any reading."""
        words = [word for word in SPLIT.split(RANGE.sub("~", content)) if word and word.lower().strip(":.") not in LABELS]
        keys: list[str] = []
        for word in words:
            ends = [self._as_key(end) for end in word.strip(":.").split("~") if end]
            if any(end is None for end in ends) or not ends:
                return None
            first, last = ends[0], ends[-1]
            if len(ends) == 2 and first in self._known and last in self._known:
                begin, end = sorted((self._known[first], self._known[last]))
                keys += self.keys[begin : end + 1] if end - begin < MAX_RANGE else [first, last]
            else:
                keys += [end for end in ends if end]
        return keys

    def _as_key(self, word: str) -> str | None:
        bare = word.strip("'\"‘’“”#*")
        if bare.upper() in self._known:
            return bare.upper()
        return bare if KEYISH.fullmatch(bare) else None


def _held_back(text: str) -> int:
    """How many characters at the end may be the beginning of a thinking mark."""
    start = (
        max(text.rfind("<", -LONGEST_MARK), text.rfind("◁", -LONGEST_MARK))
        if len(text) > LONGEST_MARK
        else max(text.rfind("<"), text.rfind("◁"))
    )
    return 0 if start < 0 or ("\n" in text[start:]) else len(text) - start


def _tidy(text: str) -> str:
    """A statement's text without the spaces and marks that its keys leave behind."""
    text = re.sub(r"\s+([.,;:?!])", r"\1", " ".join(text.split()))
    return re.sub(r"^[\s:;,.–-]+", "", text).strip()


ENGLISH = frozenset("the of and to in is that for was with are this by from has have it not which will be on as at".split())
DUTCH = frozenset(
    "de het een van en in is dat voor was met zijn dit door uit heeft hebben niet die wordt zal op als te aan er".split()
)


def looks_english(text: str) -> bool:
    """Whether the function words of `text` are English rather than Dutch."""
    words = re.findall(r"[a-z]+", text.lower())
    english = sum(word in ENGLISH - DUTCH for word in words)
    dutch = sum(word in DUTCH - ENGLISH for word in words)
    return english >= 3 and english > 2 * dutch
