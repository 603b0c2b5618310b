"""From a judged citation to a gold question: checked by the gold set's own rules before a line is written."""

import hashlib
import json
import os
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from eval.gold import GoldQuestion, GoldSpan, Kind, read_gold
from index.errors import KamerbriefError
from ui.review import Item

GOLD_FILE = "goudvragen.jsonl"


def facts_of(text: str) -> tuple[tuple[str, ...], ...]:
    """ "18 miljoen | 18 mln; 2027" as facts with their ways of writing."""
    found = (tuple(way.strip() for way in fact.split("|") if way.strip()) for fact in text.split(";"))
    return tuple(fact for fact in found if fact)


def gold_question(item: Item, answer: str, facts: str, kind: str) -> GoldQuestion:
    """The gold question that `item` makes; raises KamerbriefError when something is missing or does not fit."""
    citation = item.citation
    if citation.letter is None or citation.start is None or citation.end is None:
        raise KamerbriefError("Deze bron is onbekend; er is geen passage om de vraag mee te bewijzen.")
    asked = item.answer.standalone_question
    digest = hashlib.sha256(f"{asked}\n{citation.letter}\n{citation.start}".encode()).hexdigest()[:10]
    try:
        return GoldQuestion(
            id=f"app-{digest}",
            question=asked,
            kind=cast(Kind, kind),
            answerable=True,
            answer=answer.strip(),
            facts=facts_of(facts),
            traps=(),
            evidence=((GoldSpan(letter=citation.letter, start=citation.start, end=citation.end),),),
            note="uit de app",
        )
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"]) or "vraag"
        raise KamerbriefError(f"De goudvraag klopt nog niet ({field}). Vul het goede antwoord in.") from error


def keep(file: Path, question: GoldQuestion) -> None:
    """Append `question` to `file`; raises KamerbriefError when it stands there already or cannot be written."""
    if file.exists() and file.stat().st_size:
        there = read_gold(file)
        if any(one.id == question.id for one in there.questions):
            raise KamerbriefError(f"Deze goudvraag staat al in {file}.")
    content = question.model_dump(mode="json", exclude_defaults=False)
    content = {key: value for key, value in content.items() if not (key in ("history", "derived") and not value)}
    try:
        with file.open("ab") as stream:
            stream.write((json.dumps(content, ensure_ascii=False) + "\n").encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise KamerbriefError(f"{file}: de goudvraag kon niet worden bewaard ({error.strerror}).") from error
