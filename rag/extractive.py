"""The extractive reader: answers with verbatim quotes, without any model.

Every statement is a sentence of a letter as the reading view shows it, or several that follow each other (what is quoted in
one go is one quote, with one source to check), cited by its spans. Leads are short attributions that are part of the
meaning: a sentence that stands only in a question of a fractie is attributed to that fractie, and when letters give
different figures both are shown with their dates, newest first. "Ja:" or "Nee:" stands before a quote that surely
answers so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index.letter import Role, Span
from index.metadata import dutch_date
from index.view import reading_text
from rag import yes_no
from rag.answer import Statement, Support
from rag.cite import Citations
from rag.features import FIGURES
from rag.question import Question
from rag.select import MAX_WORDS, NEARLY, Candidate, choose, conflicting
from rag.weigh import Weighing

MAX_QUOTE = 600
"""Characters of a letter that one citation spans at most: a longer one does not tell what proves the statement."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences that follow each other in one paragraph, from `first` on; `text` is the reading view of `spans`."""

    first: Candidate
    text: str
    spans: tuple[Span, ...]


def read(
    weighing: Weighing, ranked: Sequence[Candidate], chosen: Sequence[Candidate], citations: Citations
) -> list[Statement]:
    """The statements that answer: those `chosen` from the `ranked` sentences (most likely first); empty when none are."""
    question, chosen = weighing.question, list(chosen)
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
        return _statements(chosen[:1], citations, dated, f"{word}:")
    return _statements(_in_order(chosen, newest=dated and not question.comparison), citations, dated)


def read_parts(found: Sequence[tuple[Question, Sequence[Candidate]]], citations: Citations) -> list[Statement]:
    """The statements that answer the parts of a composite question, part by part, each sentence once: a further part is
    answered by another sentence than those before it where one is nearly as likely."""
    chosen: list[Candidate] = []
    for question, ranked in found:
        taken = {c.sentence.text for c in chosen}
        others = [c for c in ranked if c.sentence.text not in taken]
        if others and others[0].probability >= NEARLY * ranked[0].probability:
            ranked = others
        answer = choose(question, ranked, when=question.periods, most=MAX_WORDS // len(found))
        chosen += _in_order([c for c in answer if c.sentence.text not in taken], newest=False)
    dated = len({c.passage.letter for c in chosen}) > 1
    return _statements(chosen, citations, dated)


def _in_order(chosen: Sequence[Candidate], newest: bool) -> list[Candidate]:
    """The letter of the best sentence first (or the newest first), and inside a letter in the order of its text."""
    letters = list(dict.fromkeys(c.passage.letter for c in chosen))
    dates = {c.passage.letter: c.passage.info.date for c in chosen}
    if newest:
        letters.sort(key=lambda name: -(dates[name] or date.min).toordinal())
    return sorted(chosen, key=lambda c: (letters.index(c.passage.letter), c.sentence.spans[0].start))


def quotes(chosen: Iterable[Candidate], citations: Citations) -> list[Quote]:
    """`chosen` in their order, each joined to the one before where both read on as one of at most MAX_QUOTE characters."""
    found: list[Quote] = []
    for candidate in chosen:
        alone = Quote(candidate, candidate.sentence.text, tuple(candidate.sentence.spans))
        longer = _joined(found[-1], alone, citations) if found else None
        if longer is None:
            found.append(alone)
        else:
            found[-1] = longer
    return found


def _joined(before: Quote, after: Quote, citations: Citations) -> Quote | None:
    name = before.first.passage.letter
    last, following = before.spans[-1], after.spans[0]
    if name != after.first.passage.letter or not last.end <= following.start <= following.end <= last.start + MAX_QUOTE:
        return None
    spans = (*before.spans[:-1], Span(last.start, following.end), *after.spans[1:])
    text = f"{before.text} {after.text}"
    return Quote(before.first, text, spans) if reading_text(citations.letter(name), spans) == text else None


def _statements(chosen: Sequence[Candidate], citations: Citations, dated: bool, word: str = "") -> list[Statement]:
    return [_statement(quote, citations, dated, word) for quote in quotes(chosen, citations)]


def _statement(quote: Quote, citations: Citations, dated: bool, word: str) -> Statement:
    passage = quote.first.passage
    leads = [word] if word else []
    if dated and passage.info.date is not None:
        leads.append(f"Stand {dutch_date(passage.info.date)}:")
    if passage.role is Role.QUESTION:
        leads.append(f"De {passage.fractie}-fractie vroeg:" if passage.fractie else "In een vraag aan de regering staat:")
    return Statement(
        text=quote.text,
        citations=citations.cite(passage, quote.spans),
        support=Support.VERBATIM,
        lead=" ".join(leads),
    )
