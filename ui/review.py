"""Judging citations: does the quote prove the statement?

Judgements are appended to a JSONL file, one line each and forced to disk at once, so that a crash loses nothing; the last
line of a person about a citation is the one that counts, and a half last line is ignored. A conversation has a file of its
own (named after nothing that leads back to its token), an evaluation run has one for everybody: there agreement between
people can be counted.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.errors import KamerbriefError
from rag.answer import Answer, AppliedFilter, Citation, RankedPassage, Refusal, Statement, Support

FOLDER = "reviews"


class Verdict(StrEnum):
    """What a person found of a citation."""

    GOOD = "good"
    WRONG = "wrong"
    DOUBT = "doubt"


VERDICTS = {Verdict.GOOD: "goed", Verdict.WRONG: "fout", Verdict.DOUBT: "twijfel"}


class ReviewError(KamerbriefError):
    """A review file or a question for it cannot be written."""


@dataclass(frozen=True, slots=True)
class Item:
    """One citation to judge, in the answer it belongs to; `source` is the gold id or the number of the turn."""

    source: str
    answer: Answer
    citation: Citation

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that cite it."""
        return tuple(statement for statement in self.answer.statements if self.citation.n in statement.citations)

    @property
    def key(self) -> str:
        """The same for the same question, statements and span, in whatever run it occurs."""
        said = [statement.text for statement in self.statements]
        parts = [self.answer.question, said, self.citation.letter, self.citation.start, self.citation.end, self.citation.key]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement as it stands in the file; `at` is an ISO time in UTC."""

    item: str
    verdict: Verdict
    remark: str
    reviewer: str
    question: str
    statement: str
    support: str
    letter: str | None
    start: int | None
    end: int | None
    quote: str | None
    at: str


def items_of(answers: Iterable[tuple[str, Answer]]) -> list[Item]:
    """Every citation of the answers in order; each answer comes with what its items are to be called."""
    return [Item(source, answer, citation) for source, answer in answers for citation in answer.citations]


def judge(item: Item, verdict: Verdict, remark: str, reviewer: str, now: datetime | None = None) -> Judgement:
    """The judgement of `item` by `reviewer`."""
    supports = [statement.support for statement in item.statements]
    return Judgement(
        item=item.key,
        verdict=verdict,
        remark=remark.strip(),
        reviewer=reviewer.strip(),
        question=item.answer.question,
        statement=" ".join(statement.text for statement in item.statements),
        support=str(supports[0]) if supports else "",
        letter=item.citation.letter,
        start=item.citation.start,
        end=item.citation.end,
        quote=item.citation.quote,
        at=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
    )


def append(file: Path, judgement: Judgement) -> None:
    """Add `judgement` to `file` and force it to disk; raises ReviewError when that fails."""
    line = json.dumps(asdict(judgement), ensure_ascii=False) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab+") as stream:
            # After a crash the file may end in half a line; the next judgement must start on its own.
            if stream.tell() and _last_byte(stream) != b"\n":
                line = "\n" + line
            stream.write(line.encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise ReviewError(f"{file}: het oordeel kon niet worden bewaard ({error.strerror}). Is de schijf vol?") from error


def _last_byte(stream: Any) -> bytes:
    stream.seek(-1, os.SEEK_END)
    return bytes(stream.read(1))


def read(file: Path) -> list[Judgement]:
    """The judgements in `file` in order; a line that is no judgement (half written) is passed over."""
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ReviewError(f"{file}: kan de oordelen niet lezen ({error.strerror}).") from error
    found = []
    for line in lines:
        try:
            content = json.loads(line)
            found.append(Judgement(**content | {"verdict": Verdict(content["verdict"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return found


def latest(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The judgement that counts, by item and reviewer."""
    return {(judgement.item, judgement.reviewer): judgement for judgement in judgements}


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over `items` citations. `judged` have a verdict; `shared` have verdicts of more than one person, who agree on
    `agreed` of them. `kappa` is Cohen's, over the two people who share most; None with fewer than two or where both
    always say the same."""

    items: int
    judged: int
    verdicts: Mapping[Verdict, int]
    shared: int
    agreed: int
    kappa: float | None


def tally(items: Sequence[Item], judgements: Iterable[Judgement], reviewer: str) -> Tally:
    """The counts: verdicts of `reviewer`, and agreement between all who judged these items."""
    keys = {item.key for item in items}
    by_item: dict[str, dict[str, Verdict]] = {}
    for (key, who), judgement in latest(judgements).items():
        if key in keys:
            by_item.setdefault(key, {})[who] = judgement.verdict
    mine = Counter(verdicts[reviewer] for verdicts in by_item.values() if reviewer in verdicts)
    shared = [verdicts for verdicts in by_item.values() if len(verdicts) > 1]
    return Tally(
        items=len(keys),
        judged=sum(mine.values()),
        verdicts={verdict: mine[verdict] for verdict in Verdict},
        shared=len(shared),
        agreed=sum(len(set(verdicts.values())) == 1 for verdicts in shared),
        kappa=_kappa(_pairs(by_item)),
    )


def _pairs(by_item: Mapping[str, Mapping[str, Verdict]]) -> list[tuple[Verdict, Verdict]]:
    """The verdicts of the two people who judged the most items together."""
    together: dict[tuple[str, str], list[tuple[Verdict, Verdict]]] = {}
    for verdicts in by_item.values():
        people = sorted(verdicts)
        for at, first in enumerate(people):
            for second in people[at + 1 :]:
                together.setdefault((first, second), []).append((verdicts[first], verdicts[second]))
    return max(together.values(), key=len, default=[])


def _kappa(pairs: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    """Cohen's kappa (Cohen 1960): agreement beyond what the two people's own shares would give by chance."""
    if not pairs:
        return None
    observed = sum(first == second for first, second in pairs) / len(pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(firsts[verdict] * seconds[verdict] for verdict in Verdict) / len(pairs) ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def next_open(items: Sequence[Item], judged: Iterable[str], after: int) -> int:
    """The next item (by position) after `after` without verdict, going round; `after` itself when all have one."""
    done = set(judged)
    for step in range(1, len(items)):
        at = (after + step) % len(items)
        if items[at].key not in done:
            return at
    return after


def conversation_file(folder: Path, token: str) -> Path:
    """The review file of a conversation; its name does not give the token away."""
    return folder / FOLDER / f"gesprek-{hashlib.sha256(token.encode()).hexdigest()[:16]}.jsonl"


def run_file(folder: Path, run: str) -> Path:
    """The review file of an evaluation run."""
    return folder / FOLDER / f"{run}.jsonl"


def stored_answer(content: Mapping[str, Any]) -> Answer:
    """The Answer that `Answer.to_dict` made `content` of."""
    names = Citation.__slots__
    return Answer(
        question=content["question"],
        standalone_question=content["standalone_question"],
        statements=tuple(
            Statement(one["text"], tuple(one["citations"]), Support(one["support"]), one.get("lead", ""))
            for one in content["statements"]
        ),
        citations=tuple(Citation(**{name: one.get(name) for name in names}) for one in content["citations"]),
        passages=tuple(RankedPassage(p["letter"], p["start"], p["end"], p["score"]) for p in content["passages"]),
        answerable_probability=content["answerable_probability"],
        generation=content["generation"],
        reader=content["reader"],
        reader_reason=content["reader_reason"],
        refusal=Refusal(content["refusal"]) if content["refusal"] else None,
        refusal_text=content["answer"] if content["refusal"] else "",
        filters=tuple(AppliedFilter(f["field"], f["value"], f["source"]) for f in content["filters"]),
        warnings=tuple(content["warnings"]),
        id=content.get("id"),
    )
