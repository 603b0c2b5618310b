"""Question: what a person asks, taken apart for retrieval, reading and refusing.

Two kinds of words are kept apart. A phrase that names a letter ("in de brief van 28 oktober 2024", "Kamerstuk 28 676, nr.
471") is a mention: it restricts the letters, and is dropped with a warning when it leaves no evidence. Years, persons and
organisations are cues: they raise a score and exclude no letter ("in 2022" may stand in a letter of 2024).
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index import analyze, dates, reference
from rag.answer_type import AnswerType, answer_type
from rag.topic import Topic, topic


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of the question that names one or more letters.

    `kind` is a part of the document type ("agenda", "verslag", "nota") or None; `first` and `last` bound the letter's date
    (inclusive) or are None; `key` is a canonical Kamerstuk key or None.
    """

    text: str
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A stand-alone question with what its words tell.

    `words` and `grams` are the weighted terms of the lexical legs. `names` are folded proper names and abbreviations,
    `years` the calendar years named, `periods` all its dates but those of `mentions`. `fractie` is the parliamentary party
    asked about. `topic` is the fact asked for when the question is about a letter itself. `comparison` means that more than
    one side is asked for, `latest` that the newest state is wanted.
    """

    text: str
    answer_type: AnswerType
    words: Mapping[str, float]
    grams: Mapping[str, float]
    names: tuple[str, ...]
    years: tuple[int, ...]
    periods: tuple[dates.DateMention, ...]
    mentions: tuple[Mention, ...]
    fractie: str | None
    topic: Topic | None
    comparison: bool
    latest: bool

    @property
    def exact_periods(self) -> tuple[dates.DateMention, ...]:
        """The periods shorter than a year; a year stands in letters of other years as well."""
        return tuple(period for period in self.periods if period.precision not in ("year", "years"))

    @property
    def own_periods(self) -> tuple[dates.DateMention, ...]:
        """The periods that an answer must be of: in its own words and not those of what a follow-up is about, without an
        end ("sinds 2029") or of something else ("de motie van 3 mei", "de in 2029 begonnen proef")."""
        own = own_words(self.text)
        return tuple(p for p in self.periods if p.end <= len(own) and not OF_ANOTHER.search(own, 0, p.start))


COMPARISON = re.compile(
    r"\bverschil(len)?\b|\bvergelijk|\bvergeleken\b|\bten opzichte van\b|\bveranderd?\b|\bzowel\b|\benerzijds\b|"
    r"\bbeide (brieven|keren)\b|\bmaar het\b|\buiteindelijk\b|\bwel\b.*\bniet\b|"
    r"\ben (wie|wat|waartoe|welke?|hoeveel|hoe|met welke?|naar welk|in|voor) .*(\d{4}|later|dat (na|voor)jaar)"
)
LATEST = re.compile(r"\b(laatste (stand|nieuws)|meest recente?|nu|op dit moment|actuele|momenteel)\b")
KINDS = {"agenda": "agenda", "verslag": "verslag", "nota": "nota"}
MENTION = re.compile(
    r"\b(?P<noun>(?:kamer)?brie(?:f|ven)|(?:geannoteerde )?agenda|verslag|nota)"
    r"(?P<who> aan de (?:eerste|tweede) kamer)?(?: van| uit| d\.d\.)? ?(?=(?P<rest>.{0,32}))"
)
NAME = re.compile(r"\b(?:[A-Z][\w'’-]*[A-Z0-9][\w'’-]*|[A-ZÀ-Ý][a-zà-ÿ][\w'’-]*)")
FRACTIE = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]*(?:-[A-Z][\w'’]*)*)-fractie|"
    r"\bfractie(?:leden)? van (?:de |het )?(?P<of>[A-Z][\w'’-]*)"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OF_ANOTHER = re.compile(
    r"\b(?:van|sinds|sedert|vanaf|na|tot|voor|(?:die|dat|de|het|een) (?:in|op|per|sinds|vanaf|eind|begin))\s+(?:het |de )?$",
    re.IGNORECASE,
)
"""Before a period that is not the time of what is asked."""
SUBJECT = " (over: "
"""Opens what a follow-up is about, the words of earlier turns, behind its own words."""


def understand(text: str) -> Question:
    """The stand-alone question `text` (any length) taken apart; a pure function."""
    folded = analyze.fold(text)
    mentions = _mentions(text)
    fractie = FRACTIE.search(text)
    return Question(
        text=text,
        answer_type=answer_type(text),
        words={term: float(min(count, 2)) for term, count in Counter(analyze.words(text)).items()},
        grams=dict.fromkeys(analyze.ngrams(text), 1.0),
        names=names(text),
        years=tuple(sorted({int(year) for year in YEAR.findall(text)})),
        periods=tuple(
            found for found in dates.find(text) if all(text[found.start : found.end] not in m.text for m in mentions)
        ),
        mentions=mentions,
        fractie=None if fractie is None else fractie["name"] or fractie["of"],
        topic=topic(text),
        comparison=bool(COMPARISON.search(folded)) or len({m.text for m in mentions}) > 1,
        latest=bool(LATEST.search(folded)),
    )


def own_words(text: str) -> str:
    """The stand-alone question `text` without what a follow-up is about."""
    return text.partition(SUBJECT)[0]


def names(text: str) -> tuple[str, ...]:
    """The folded proper names and abbreviations of `text`, in order, each once; a capital that only opens the
    sentence does not count."""
    found: list[str] = []
    for match in NAME.finditer(text):
        opens = not text[: match.start()].rstrip(" \t'\"“‘(") or text[: match.start()].rstrip().endswith((".", "?", "!"))
        if opens and not any(char.isupper() or char.isdigit() for char in match[0][1:]):
            continue
        folded = analyze.fold(match[0]).removesuffix(analyze.ENDING)
        if folded not in found and folded not in analyze.STOP_WORDS:
            found.append(folded)
    return tuple(found)


def _mentions(text: str) -> tuple[Mention, ...]:
    found = [
        Mention(text[r.start : r.end], key=f"kst-{r.dossier}-{r.number}")
        for r in reference.find(text)
        if r.number is not None
    ]
    lowered = text.lower()
    for match in MENTION.finditer(lowered):
        rest = match["rest"]
        when = next(iter(dates.find(rest)), None)
        near = when is not None and when.start <= 3
        kind = next((kind for noun, kind in KINDS.items() if noun in match["noun"]), None)
        if near and when is not None:
            end = match.start("rest") + when.end
            found.append(Mention(text[match.start() : end], kind, when.first, when.last))
        elif kind is not None and re.search(r"\b(volgens|in|uit) (de|het)(?: \w+)? ?$", lowered[: match.start()]):
            found.append(Mention(text[match.start() : match.end("noun")], kind))
    return tuple(found)
