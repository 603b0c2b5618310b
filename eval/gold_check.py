"""Checking a gold set against the letters: what its own lines cannot show.

An error makes figures wrong (evidence outside the letter, a fact that stands in no evidence, a letter whose text changed);
a warning makes them less certain (two questions that are nearly one). When a letter's text changed, evidence can be moved
to where the same words stand now, but only on demand, into a new file, and with a line for every span that moved.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.anchor import Pins, Squeezed, moved, squeeze
from eval.gold import GoldQuestion, GoldSet, GoldSpan
from eval.match import missing_facts, traps_found, variants
from index.analyze import words

NEAR = 0.8
"""Two questions with this share of their word stems in common (Jaccard) are nearly the same."""

TextOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a line of a gold file; `message` is Dutch. Errors stop, warnings do not."""

    line: int
    id: str
    message: str
    error: bool = True

    def text(self, name: str) -> str:
        """The finding as one line, for a gold file called `name`."""
        return f"{name}, regel {self.line} ({self.id}): {'' if self.error else 'let op, '}{self.message}"


def check(gold: GoldSet, text_of: TextOf, sha256_of: TextOf, pins: Pins | None) -> list[Finding]:
    """Everything that is wrong or doubtful about `gold`, by line; the letters are asked for by name."""
    found: list[Finding] = []
    if pins is not None:
        found += _changed_letters(gold, sha256_of, pins)
    for question, line in zip(gold.questions, gold.lines, strict=True):
        found += [replace(finding, line=line, id=question.id) for finding in _findings(question, text_of)]
    found += _near_duplicates(gold)
    return sorted(found, key=lambda finding: finding.line)


def _changed_letters(gold: GoldSet, sha256_of: TextOf, pins: Pins) -> list[Finding]:
    changed = {name for name, digest in pins.letters.items() if sha256_of(name) not in (None, digest)}
    return [
        Finding(line, question.id, f"de tekst van {name} is veranderd sinds het bewijs is vastgelegd; zie --reanchor")
        for question, line in zip(gold.questions, gold.lines, strict=True)
        for name in question.letters
        if name in changed
    ]


def _findings(question: GoldQuestion, text_of: TextOf) -> list[Finding]:
    found: list[Finding] = []
    evidence: list[str] = []

    def report(message: str, error: bool = True) -> None:
        found.append(Finding(0, "", message, error))

    whole = True
    for span in (span for alternatives in question.evidence for span in alternatives):
        text = text_of(span.letter)
        if text is None:
            report(f"de brief {span.letter} is er niet")
            whole = False
        elif span.end > len(text):
            report(f"bewijs {span.start}-{span.end} valt buiten {span.letter} ({len(text)} tekens)")
            whole = False
        else:
            words_there = text[span.start : span.end]
            if words_there != words_there.strip():
                report(f"bewijs {span.start}-{span.end} in {span.letter} begint of eindigt met witruimte")
            evidence += variants(words_there)
    if question.answerable and not question.facts:
        report("zonder facts telt deze vraag niet mee bij de goede antwoorden", error=False)
    if question.answerable and not question.evidence:
        report("zonder evidence telt deze vraag niet mee bij het zoeken", error=False)
    if whole and question.evidence and not question.derived:
        for at in missing_facts(question.facts, evidence):
            report(f"geen van {_list(question.facts[at])} staat in het bewijs")
    reference = variants(question.answer)
    for at in missing_facts(question.facts, reference):
        report(f"het voorbeeldantwoord mist {_list(question.facts[at])}")
    for trap in traps_found(question.traps, reference):
        report(f"het voorbeeldantwoord bevat de valstrik '{trap}'")
    return found


def _list(alternatives: Sequence[str]) -> str:
    return ", ".join(f"'{alternative}'" for alternative in alternatives)


def _near_duplicates(gold: GoldSet) -> list[Finding]:
    """Pairs of questions with nearly the same words; a follow-up, with its history, is compared with other follow-ups.

    Only questions that share one of their three rarest words are compared, so that a large set stays quick.
    """
    bags = [frozenset(words(" ".join([*(turn.question for turn in q.turns), q.question]))) for q in gold.questions]
    spread = Counter(term for bag in bags for term in bag)
    seen: dict[tuple[str, bool], list[int]] = {}
    found = []
    for at, (question, bag) in enumerate(zip(gold.questions, bags, strict=True)):
        near: set[int] = set()
        for term in sorted(bag, key=lambda term: (spread[term], term))[:3]:
            others = seen.setdefault((term, bool(question.history)), [])
            near |= {other for other in others if _jaccard(bag, bags[other]) >= NEAR}
            others.append(at)
        for other in sorted(near):
            message = f"lijkt erg op de vraag op regel {gold.lines[other]}: {gold.questions[other].question}"
            found.append(Finding(gold.lines[at], question.id, message, error=False))
    return found


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


@dataclass(frozen=True, slots=True)
class Reanchored:
    """A gold set's questions with their evidence where the same words stand now.

    `lines` tells of every span that moved, `lost` of every span that was found nowhere or more than once and stayed.
    """

    questions: tuple[GoldQuestion, ...]
    lines: tuple[str, ...]
    lost: tuple[str, ...]


def reanchor(gold: GoldSet, text_of: TextOf, sha256_of: TextOf, pins: Pins) -> Reanchored:
    """Move the evidence in letters whose text changed since it was pinned; letters that did not change are left alone."""
    squeezed: dict[str, Squeezed] = {}
    new: dict[GoldSpan, GoldSpan] = {}
    lines, lost = [], []
    for span, kept in pins.spans.items():
        text = text_of(span.letter)
        if text is None or sha256_of(span.letter) == pins.letters.get(span.letter):
            continue
        if span.letter not in squeezed:
            squeezed[span.letter] = squeeze(text)
        found = moved(kept, squeezed[span.letter])
        if len(found) != 1:
            where = "staat er niet meer" if not found else f"staat er {len(found)} keer"
            lost.append(f"{span.letter} {span.start}-{span.end}: {where}")
        elif found[0] != (span.start, span.end):
            new[span] = GoldSpan(letter=span.letter, start=found[0][0], end=found[0][1])
            lines.append(f"{span.letter} {span.start}-{span.end} is nu {found[0][0]}-{found[0][1]}")
    questions = tuple(_with_spans(question, new) for question in gold.questions)
    return Reanchored(questions, tuple(lines), tuple(lost))


def _with_spans(question: GoldQuestion, new: Mapping[GoldSpan, GoldSpan]) -> GoldQuestion:
    evidence = tuple(tuple(new.get(span, span) for span in alternatives) for alternatives in question.evidence)
    changes: dict[str, Any] = {"evidence": evidence}
    return question.model_copy(update=changes)
