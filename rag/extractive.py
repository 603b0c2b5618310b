"""The extractive reader: answers with verbatim quotes, without any model.

Every statement is a sentence of a letter as the reading view shows it, cited by its spans. Leads are short attributions
that are part of the meaning: a sentence that stands only in a question of a fractie is attributed to that fractie, and
when letters give different figures both are shown with their dates, newest first. "Ja:" or "Nee:" stands before a quote that
surely answers so.
"""

from collections.abc import Sequence
from datetime import date

from index.letter import Role
from index.metadata import dutch_date
from rag import yes_no
from rag.answer import Statement, Support
from rag.cite import Citations
from rag.features import FIGURES
from rag.question import Question
from rag.select import MAX_WORDS, Candidate, choose, conflicting
from rag.weigh import Weighing


def read(
    weighing: Weighing, ranked: Sequence[Candidate], citations: Citations, sides: Sequence[frozenset[str]] = ()
) -> list[Statement]:
    """The statements that answer, from `ranked` sentences (most likely first); empty when there is nothing to quote."""
    question = weighing.question
    chosen = choose(question, ranked, sides)
    if not chosen:
        return []
    rival = conflicting(chosen[0], ranked, question.answer_type) if not question.comparison else None
    if rival is not None and rival not in chosen:
        chosen.append(rival)
    several = len({c.passage.letter for c in chosen}) > 1
    figures = question.answer_type in FIGURES
    dated = several and (rival is not None or figures or question.comparison or question.latest)
    weight = weighing.sentences[chosen[0].passage.id, chosen[0].position]
    word = yes_no.decide(question, chosen[0].sentence.text, weight.meaning)
    if word is not None:
        return [_statement(chosen[0], citations, dated, f"{word}:")]
    return [
        _statement(candidate, citations, dated) for candidate in _in_order(chosen, newest=dated and not question.comparison)
    ]


def read_parts(found: Sequence[tuple[Question, Sequence[Candidate]]], citations: Citations) -> list[Statement]:
    """The statements that answer the parts of a composite question, part by part, each sentence once."""
    chosen: list[Candidate] = []
    for question, ranked in found:
        taken = {c.sentence.text for c in chosen}
        answer = choose(question, ranked, when=question.periods, most=MAX_WORDS // len(found))
        chosen += [c for c in answer if c.sentence.text not in taken]
    dated = len({c.passage.letter for c in chosen}) > 1
    return [_statement(candidate, citations, dated) for candidate in chosen]


def _in_order(chosen: Sequence[Candidate], newest: bool) -> list[Candidate]:
    """The letter of the best sentence first (or the newest first), and inside a letter in the order of its text."""
    letters = list(dict.fromkeys(c.passage.letter for c in chosen))
    dates = {c.passage.letter: c.passage.info.date for c in chosen}
    if newest:
        letters.sort(key=lambda name: -(dates[name] or date.min).toordinal())
    return sorted(chosen, key=lambda c: (letters.index(c.passage.letter), c.sentence.spans[0].start))


def _statement(candidate: Candidate, citations: Citations, dated: bool, word: str = "") -> Statement:
    passage = candidate.passage
    leads = [word] if word else []
    if dated and passage.info.date is not None:
        leads.append(f"Stand {dutch_date(passage.info.date)}:")
    if passage.role is Role.QUESTION:
        leads.append(f"De {passage.fractie}-fractie vroeg:" if passage.fractie else "In een vraag aan de regering staat:")
    return Statement(
        text=candidate.sentence.text,
        citations=citations.cite(passage, candidate.sentence.spans),
        support=Support.VERBATIM,
        lead=" ".join(leads),
    )
