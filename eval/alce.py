"""ALCE: does what an answer cites prove what it says (Gao et al., 2023, https://arxiv.org/abs/2305.14627)?

Citation recall: the share of statements that their citations together prove. Citation precision: the share of citations
that are of use; a citation is of none when it does not prove the statement alone and the others prove it without it, or
when the statement is not proved at all. Both are taken per answer and then averaged, as in ALCE's own script.

This is for a reader that writes its own sentences (an LLM); the extractive reader quotes, and proves itself. The judge is a
function: here the program's own verify, which needs no model. How far it can be trusted is measured on a hand-labelled
sample and shown beside the figures.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.match import LINE_END_HYPHEN

SAMPLE = Path(__file__).parent / "gold" / "judge.jsonl"


@dataclass(frozen=True, slots=True)
class Cited:
    """The text of a citation with what is known of its letter; `context` is its title and heading."""

    text: str
    letter_date: date | None = None
    context: str = ""


Judge = Callable[[str, Sequence[Cited]], bool]
"""Whether a statement is proved by these citations together."""


@dataclass(frozen=True, slots=True)
class Alce:
    """Citation recall and precision of one answer, both 0 to 1; precision is 0 when nothing is cited."""

    recall: float
    precision: float


def verify_judge(statement: str, sources: Sequence[Cited]) -> bool:
    """The program's own verify as the judge: verbatim and supported count as proved."""
    from rag.answer import Support
    from rag.verify import Source, check

    read = [Source(" ".join(LINE_END_HYPHEN.sub("", s.text).split()), s.letter_date, s.context) for s in sources]
    return check(statement, read).support is not Support.UNVERIFIED


def alce(answer: Mapping[str, Any], judge: Judge = verify_judge) -> Alce | None:
    """ALCE of an answer object of the JSON contract; None for a refusal or an answer without statements."""
    if not answer["answered"] or not answer["statements"]:
        return None
    by_number = {citation["n"]: citation for citation in answer["citations"]}
    proved = useful = cited = 0
    for statement in answer["statements"]:
        sources = [_cited(by_number.get(n)) for n in statement["citations"]]
        known = [source for source in sources if source is not None]
        cited += len(sources)
        # An invented citation proves nothing, so a statement that leans on one is not proved (as in ALCE).
        if not sources or len(known) < len(sources) or not judge(statement["text"], known):
            continue
        proved += 1
        useful += sum(_is_useful(statement["text"], known, at, judge) for at in range(len(known)))
    return Alce(proved / len(answer["statements"]), useful / cited if cited else 0.0)


def _is_useful(statement: str, sources: Sequence[Cited], at: int, judge: Judge) -> bool:
    if len(sources) == 1 or judge(statement, [sources[at]]):
        return True
    return not judge(statement, [*sources[:at], *sources[at + 1 :]])


def _cited(citation: Mapping[str, Any] | None) -> Cited | None:
    if citation is None or citation.get("quote") is None:
        return None
    when = citation.get("date")
    context = " ".join(str(citation[key]) for key in ("title", "heading") if citation.get(key))
    return Cited(str(citation["quote"]), date.fromisoformat(when) if when else None, context)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a judge did on hand-labelled pairs: the share on which it agrees, Cohen's kappa, and its two sorts of errors.

    `missed` is the share of proved statements that it does not believe, `fooled` the share of unproved that it believes.
    """

    pairs: int
    agreed: float
    kappa: float
    missed: float
    fooled: float

    def to_dict(self) -> dict[str, Any]:
        """The agreement as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def agreement(judge: Judge = verify_judge, sample: Path = SAMPLE) -> Agreement:
    """The agreement of `judge` with the labels of `sample`: JSON lines with `statement`, `sources`, `context`, `proved`."""
    counts = {(label, verdict): 0 for label in (True, False) for verdict in (True, False)}
    for line in sample.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        when = date.fromisoformat(pair["date"]) if pair["date"] else None
        sources = [Cited(text, when, pair["context"]) for text in pair["sources"]]
        counts[pair["proved"], judge(pair["statement"], sources)] += 1
    total = sum(counts.values())
    proved = counts[True, True] + counts[True, False]
    believed = counts[True, True] + counts[False, True]
    agreed = (counts[True, True] + counts[False, False]) / total
    chance = (proved * believed + (total - proved) * (total - believed)) / total**2
    kappa = (agreed - chance) / (1 - chance) if chance < 1 else 1.0
    return Agreement(
        total, agreed, kappa, counts[True, False] / max(1, proved), counts[False, True] / max(1, total - proved)
    )
