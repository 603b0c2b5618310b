"""Parts: the single questions that a composite question holds.

"Wie was de minister in 2024, en wie in 2025?" asks twice. Each part is looked up, read and answered like a question by
itself: its evidence may stand in another letter, and a reader that knows single sentences cannot tell two answers apart.
A further part is a follow-up of the first (rag/followup.py), and only about the period or the letter that it names itself.
"""

import re
from itertools import pairwise

from index import dates
from rag import followup
from rag.alignment import content_tokens
from rag.question import understand
from rag.turn import Turn

ASKS = (
    r"(?:(?:aan|bij|door|in|met|naar|om|op|per|sinds|tegen|tot|uit|van|via|volgens|voor) )?"
    r"(?:hoe(?:veel|lang)?|waar(?:aan|bij|door|in|mee|om|op|over|tegen|toe|uit|van|voor)?|wanneer|wat|welke?|wie)\b"
)
FURTHER = re.compile(rf",? (?:en|maar) (?={ASKS})")
"""Between a question and a further one in the same sentence."""
PREPOSITION = r"(?:(?:in|op|sinds|per|van|het|de) )*"
JOIN = re.compile(rf",? (?:en|dan|of) {PREPOSITION}")
"""Between two periods that are asked about alike."""
LEAD = re.compile(rf"(?<![^ ]){PREPOSITION}$")
THAT = re.compile(rf"\b(?:in )?dat (?P<part>jaar|{dates.SEASON})\b")
LEAST = 2
"""Content words that the first part must have: with fewer it borrows its verb from the second ("Hoeveel auto's en hoeveel
fietsen ...")."""


def parts(text: str) -> tuple[str, ...]:
    """The questions that `text` holds, in order; just `text` when it is one."""
    return _of_periods(text) or _of_questions(text) or (text,)


def _of_periods(text: str) -> tuple[str, ...]:
    """The same question about each of two periods ("begin 2024 en in oktober 2025")."""
    for first, second in pairwise(dates.find(text)):
        if JOIN.fullmatch(text, first.end, second.start):
            before, rest = text[: first.end], text[second.end :]
            return before + rest, _instead(before, _phrase(text, second)) + rest
    return ()


def _of_questions(text: str) -> tuple[str, ...]:
    """A question and the further one that follows it in the same sentence."""
    match = FURTHER.search(text)
    if match is None:
        return ()
    first = text[: match.start()].rstrip(" ,") + "?"
    second = _dated(text[match.end() :], first)
    if len(_content(first)) < LEAST:
        return ()
    periods = dates.find(second)
    if len(periods) == 1 and not _content(second[: periods[0].start] + second[periods[0].end :]):
        return first, _instead(first, _phrase(second, periods[0]))
    return (first, followup.stand_alone(f"En {second}", [Turn(_without_mentions(first))])) if _content(second) else ()


def _dated(further: str, first: str) -> str:
    """`further` with "dat jaar" and "dat najaar" named by the year of `first`."""
    years = understand(first).years
    that = THAT.search(further)
    if that is None or len(years) != 1:
        return further
    when = f"in {years[0]}" if that["part"] == "jaar" else f"in het {that['part']} van {years[0]}"
    return further[: that.start()] + when + further[that.end() :]


def _phrase(text: str, period: dates.DateMention) -> str:
    """A period of `text` with the preposition before it."""
    return text[_opening(text, period) : period.end]


def _instead(text: str, phrase: str) -> str:
    """`text` with its last period replaced by `phrase`, or with `phrase` added where it names none."""
    found = dates.find(text)
    if not found:
        return f"{text.rstrip('?')} {phrase}?"
    return text[: _opening(text, found[-1])] + phrase + text[found[-1].end :]


def _opening(text: str, period: dates.DateMention) -> int:
    lead = LEAD.search(text, 0, period.start)
    return period.start if lead is None else lead.start()


def _without_mentions(text: str) -> str:
    for mention in understand(text).mentions:
        text = text.replace(mention.text, "")
    return text


def _content(text: str) -> list[str]:
    return [token for token in content_tokens(re.sub(f"^{ASKS}", "", text)) if token not in followup.ASKING]
