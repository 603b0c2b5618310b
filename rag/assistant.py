"""Assistant: the one place where the real parts are put together.

The command line, the app and the evaluation all open it here. It is shared by everybody on a server and holds no user data:
whatever belongs to one conversation comes in as an argument.
"""

import gc
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import analyze
from index.errors import KamerbriefError
from index.settings import Settings
from rag import about, counting, extractive, followup, motion, named, parts, periods, readers, refuse, select, weigh, written
from rag.alignment import WordVectors
from rag.answer import Answer, Citation, RankedPassage, Refusal, Statement, Support
from rag.cite import Citations
from rag.examples import example_questions
from rag.filters import Filters
from rag.lexicon import Expansion, Lexicon
from rag.llm import LLMError, StoppedError
from rag.question import Question, own_words, understand
from rag.rarity import Rarity
from rag.rerank import open_reranker
from rag.retrieve import Hit, Weights, fitted, retrieve
from rag.scope import Scope, scope
from rag.topic import Topic, of_one_letter
from rag.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.embed import Embedder
    from index.store import Index

MAX_QUESTION = 2000
"""Characters; a longer text is not a question but a document."""
MIN_PASSAGES = 10
MAX_LISTED = 25
MISSING = "Op dit deel van de vraag staat geen antwoord in de brieven: {part}"


@dataclass(slots=True)
class _Clock:
    """Milliseconds per step of one question."""

    started: float = field(default_factory=time.perf_counter)
    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> "Iterator[None]":
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + (time.perf_counter() - begin) * 1000

    def timings(self) -> dict[str, float]:
        return {**self.steps, "total": (time.perf_counter() - self.started) * 1000}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What was found for a question inside one scope, and whether it answers; the reader sees the first `k` of `hits`."""

    scope: Scope
    hits: tuple[Hit, ...]
    k: int
    weighing: weigh.Weighing
    ranked: tuple[select.Candidate, ...]
    chosen: tuple[select.Candidate, ...]
    """What would be quoted of `ranked`."""
    relevant: bool
    """Whether the passages are about what is asked, before looking at what would be quoted of them."""
    verdict: refuse.Verdict
    parts: "tuple[_Evidence, ...]" = ()
    """What was found for each part of a composite question that can be answered ..."""
    missing: tuple[str, ...] = ()
    """... and the parts that cannot be, where another one can."""


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, index: "Index", embedder: "Embedder", settings: Settings, weights: Weights | None = None) -> None:
        self.index = index
        self._embedder = embedder
        self._settings = settings
        self._weights = weights or fitted()
        learnt = {pair for info in index.letters() for pair in info.abbreviations}
        self._lexicon = Lexicon.load().with_abbreviations(sorted(learnt))
        self._words = WordVectors(_embedded(embedder))
        self._rarity = Rarity(index.document_frequency, index.passage_count)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """The assistant over the index that the settings name.

        Raises NoIndexError, DamagedIndexError or EmbedderMismatchError, each with the next step.
        """
        from index.embed import open_embedder
        from index.store import Index, check_embedder_name

        check_embedder_name(Path(settings.index), settings.embedder)  # loading the wrong model may take a minute
        embedder = open_embedder(settings)
        assistant = cls(Index.open(Path(settings.index), embedder), embedder, settings)
        gc.freeze()  # what was loaded stays for good: the collector need not walk it in the middle of a question
        return assistant

    def reader(self, wanted: str | None = None) -> str:
        """The name of the reader that would answer now; raises KamerbriefError when the wanted one cannot be had."""
        return readers.choose(wanted, self._settings).name

    def examples(self, count: int) -> list[str]:
        """At most `count` questions that these letters can answer."""
        return example_questions(self.index, count)

    def search(self, question: str, *, filters: Filters = Filters(), k: int | None = None) -> list[Hit]:  # noqa: B008
        """The passages found for `question`, best first, without reading them."""
        asked = understand(_checked(question))
        within = scope(self.index, filters, asked.mentions, comparison=asked.comparison)
        return self._hits(asked, self._lexicon.expand(asked.text), k or self._settings.k, within.letters)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),  # noqa: B008  (frozen)
        reader: str | None = None,
        k: int | None = None,
        id: str | None = None,  # noqa: A002  (the contract's name)
        explain: bool = False,
        on_event: Callable[[Any], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        """The answer to `question`, or a refusal with its reason.

        `history` are the earlier turns, oldest first; `filters` restrict the letters and are never dropped; `k` is how many
        passages the reader sees. Raises KamerbriefError for an empty or far too long question or an unknown letter.
        """
        clock = _Clock()
        choice = readers.choose(reader, self._settings)
        if choice.name == "ollama":
            from rag.llm import preload

            preload()
        with clock.step("rewrite"):
            standalone = self._stand_alone(_checked(question), history, choice, stop)
        asked = understand(standalone)
        draft = Answer(
            question=question,
            standalone_question=standalone,
            statements=(),
            citations=(),
            passages=(),
            answerable_probability=0.0,
            generation=self.index.generation,
            reader=choice.name,
            reader_reason=choice.reason,
            id=id,
        )
        if self.index.letter_count == 0:
            return _refused(draft, Refusal.EMPTY_INDEX, clock)
        within = scope(self.index, filters, asked.mentions, comparison=asked.comparison)
        draft = replace(draft, filters=within.applied, warnings=within.warnings)
        if within.letters is not None and not within.letters:
            return _refused(draft, Refusal.OUTSIDE_FILTER, clock)
        with clock.step("retrieve"):
            found = self._found(asked, within, filters, k)
        draft = replace(
            draft,
            passages=_passages(found.hits, explain),
            answerable_probability=found.verdict.probability,
            filters=found.scope.applied,
            warnings=found.scope.warnings,
            explain=_explanation(asked, found, self._lexicon) if explain else None,
        )
        told = self._about_letters(asked, found, draft)
        if told is not None:
            return replace(told, timings_ms=clock.timings())
        if not found.verdict.answerable:
            if found.relevant:
                draft = replace(draft, warnings=(*draft.warnings, *refuse.lacks(found.verdict)))
            return _refused(draft, self._reason(asked, found, filters, k), clock)
        if choice.name == "ollama":
            try:
                return self._written(draft, found, clock, on_event, stop)
            except LLMError as error:
                if (reader or self._settings.reader) == "ollama" or isinstance(error, StoppedError):
                    raise
                draft = replace(draft, reader="extractive", reader_reason=f"het taalmodel viel uit: {error}")
                if on_event is not None:  # what streamed before the failure is void
                    from rag.generate import Restarted

                    on_event(Restarted("Het taalmodel viel uit; hier volgen letterlijke citaten."))
        return self._quoted(draft, found, clock)

    def _stand_alone(
        self, question: str, history: Sequence[Turn], choice: readers.Choice, stop: threading.Event | None
    ) -> str:
        """The question in a form that can be searched: by the model where one answers, by rule otherwise."""
        if history and choice.name == "ollama" and followup.leans_on_history(question):
            from rag.context import open_guarded
            from rag.rewrite import rewrite

            try:
                rewritten = rewrite(question, history, open_guarded(self._settings).llm, stop=stop)
            except StoppedError:
                raise
            except LLMError:  # the same model fails again when it has to read, and is reported there
                rewritten = None
            if rewritten:
                return rewritten
        return followup.stand_alone(question, history)

    def _quoted(self, draft: Answer, found: _Evidence, clock: _Clock) -> Answer:
        with clock.step("read"):
            citations = Citations(self.index)
            if found.parts:
                read = [(part.weighing.question, part.ranked) for part in found.parts]
                statements = extractive.read_parts(read, citations)
                unanswered = (MISSING.format(part=own_words(part)) for part in found.missing)
                draft = replace(draft, warnings=(*draft.warnings, *unanswered))
            else:
                statements = extractive.read(found.weighing, found.ranked, found.chosen, citations)
        if not statements:
            return _refused(draft, Refusal.NOT_IN_LETTERS, clock)
        return replace(draft, statements=tuple(statements), citations=citations.all(), timings_ms=clock.timings())

    def _written(
        self,
        draft: Answer,
        found: _Evidence,
        clock: _Clock,
        on_event: Callable[[Any], None] | None,
        stop: threading.Event | None,
    ) -> Answer:
        citations = Citations(self.index)
        with clock.step("read"):
            made = written.read(
                draft.standalone_question, found.hits[: found.k], self.index, self._settings, citations, on_event, stop
            )
        clock.steps.update(made.timings_ms)
        draft = replace(draft, warnings=(*draft.warnings, *made.warnings))
        if made.refusal is not None:
            return _refused(draft, made.refusal, clock)
        return replace(draft, statements=made.statements, citations=citations.all(), timings_ms=clock.timings())

    def _found(self, asked: Question, within: Scope, filters: Filters, k: int | None) -> _Evidence:
        """The evidence for `asked` or, where it is composite, for each of its parts."""
        single = [understand(part) for part in parts.parts(asked.text)]
        if len(single) == 1 or asked.topic is not None:
            return self._inside(asked, within, filters, k)
        return _joined(
            within, [self._inside(part, scope(self.index, filters, part.mentions), filters, k) for part in single]
        )

    def _inside(self, asked: Question, within: Scope, filters: Filters, k: int | None) -> _Evidence:
        """The evidence inside `within`; what the question's own words excluded is let in when nothing else answers."""
        found = self._evidence(asked, within, k)
        if not found.verdict.answerable and any(f.source == "question" for f in within.applied):
            wider = self._evidence(asked, within.without_question_filters(self.index, filters), k)
            if wider.verdict.answerable:
                return wider
        return found

    def evidence(
        self, asked: Question, *, letters: Collection[str] | None = None, k: int | None = None
    ) -> tuple[list[Hit], weigh.Weighing]:
        """The passages for `asked`, best first, at least MIN_PASSAGES; the sentences of the first `k` are weighed."""
        expansion = self._lexicon.expand(asked.text)
        seen = k or self._settings.k
        hits = self._hits(asked, expansion, max(seen, MIN_PASSAGES), letters)
        weighing = weigh.weigh(asked, hits[:seen], expansion, self._words, self._rarity, self.index.document_frequency)
        return hits, weighing

    def _hits(self, asked: Question, expansion: Expansion, count: int, letters: Collection[str] | None) -> list[Hit]:
        return retrieve(
            self.index, self._embedder, asked, count, letters=letters, expansion=expansion.terms, weights=self._weights
        )

    def _evidence(self, asked: Question, within: Scope, k: int | None) -> _Evidence:
        seen = k or self._settings.k
        hits, weighing = self.evidence(asked, letters=within.letters, k=seen)
        ranked = select.candidates(weighing, hits[:seen])
        verdict = refuse.judge(weighing, ranked)
        reranker = open_reranker(self._settings.reranker)
        if reranker is not None:
            ranked = select.reranked(weighing, ranked, reranker)
            hits = select.by_best_sentence(hits, ranked)
            if reranker.refusal is not None:
                verdict = refuse.after_reading(verdict, ranked, reranker.refusal)
        chosen = tuple(select.choose(weighing.question, ranked, within.sides))
        told = refuse.after_choosing(verdict, weighing.question, chosen, self._unknown(weighing, chosen))
        return _Evidence(within, tuple(hits), seen, weighing, tuple(ranked), chosen, verdict.answerable, told)

    def _unknown(self, weighing: weigh.Weighing, chosen: Sequence[select.Candidate]) -> tuple[str, ...]:
        """The names in the question that the letters of `chosen` do not know."""
        passages = {c.passage.id: c.passage for c in chosen}.values()
        infos = {c.passage.letter: c.passage.info for c in chosen}

        def letters() -> list[str]:
            return [f"{info.title} {self.index.letter(name).text}" for name, info in infos.items()]

        if not chosen:
            return ()
        return named.unknown(weighing, [f"{p.header} {p.info.title} {p.search_text}" for p in passages], letters)

    def _reason(self, asked: Question, found: _Evidence, filters: Filters, k: int | None) -> Refusal:
        """Why nothing was found; outside_filter only when the letters outside the user's filters do hold an answer."""
        if filters != Filters():
            everywhere = self._evidence(asked, scope(self.index, Filters(), ()), k)
            if everywhere.verdict.answerable:
                return Refusal.OUTSIDE_FILTER
        return refuse.reason(found.weighing, found.verdict)

    def _about_letters(self, asked: Question, found: _Evidence, draft: Answer) -> Answer | None:
        """The answer to a question about the letters themselves, or None when it is about their contents."""
        citations = Citations(self.index)
        warnings: list[str] = []
        if asked.topic is Topic.COUNT:
            statements = self._counted(asked.text, found.scope, citations)
        else:
            facts, warnings = self._facts(asked.topic, asked, found) if asked.topic else ([], [])
            facts = facts or self._movers(asked, found)
            statements = [about.statement(fact, citations) for fact in facts]
        if not statements:
            return None
        return replace(
            draft,
            statements=tuple(statements),
            citations=citations.all(),
            passages=_cited_first(draft.passages, citations.all()),
            warnings=(*draft.warnings, *warnings),
            answerable_probability=1.0,
        )

    def _facts(self, topic: Topic, asked: Question, found: _Evidence) -> tuple[list[about.Found], list[str]]:
        """The facts about the letters that the question names or, where it tells only what a letter is about, about the one
        that was found for that, of the time that it names."""
        facts, warnings = about.facts(topic, self.index, found.scope)
        about_it = found.relevant or _knows(found.weighing, asked.text.partition(" over ")[2])
        if facts or asked.mentions or not (about_it and of_one_letter(asked.text)):
            return facts, warnings
        infos = (hit.passage.info for hit in found.hits)
        name = next((i.name for i in infos if not asked.own_periods or periods.inside(i.date, asked.own_periods)), None)
        within = replace(found.scope, letters=frozenset([name])) if name else found.scope
        return about.facts(topic, self.index, within)

    def _movers(self, asked: Question, found: _Evidence) -> list[about.Found]:
        """Who moved the motion that the question is about, where it asks for that."""
        if not (found.relevant and found.hits and motion.asked(asked.text)):
            return []
        letter = self.index.letter(found.hits[0].passage.letter)
        told = motion.movers(letter.text, asked.text)
        return [about.Found(letter, *told)] if told else []

    def _counted(self, question: str, within: Scope, citations: Citations) -> list[Statement]:
        wanted = counting.subject(question)
        found = counting.letters_about(self.index, wanted, within.letters) if wanted else []
        statements = []
        for number, counted in enumerate(found[:MAX_LISTED]):
            sentence = counted.passage.sentences[counted.position]
            noun = "brief" if len(found) == 1 else "brieven"
            how = f"{len(found)} {noun}, geteld als er een passage met '{wanted}' in staat."
            lead = f"{how} {counted.passage.info.title}:" if number == 0 else f"{counted.passage.info.title}:"
            statements.append(
                Statement(sentence.text, citations.cite(counted.passage, sentence.spans), Support.VERBATIM, lead)
            )
        return statements


def _knows(weighing: weigh.Weighing, subject: str) -> bool:
    """Whether the letters hold every word of `subject`, in the same or other words."""
    terms = set(analyze.words(subject))
    return bool(terms) and terms <= weighing.known


def _joined(within: Scope, found: Sequence[_Evidence]) -> _Evidence:
    """A composite question: the passages of its parts in turn, and the parts that can be answered."""
    hits: dict[int, Hit] = {}
    for row in zip_longest(*(part.hits for part in found)):
        hits.update({hit.passage.id: hit for hit in row if hit is not None and hit.passage.id not in hits})
    best = max(found, key=lambda part: part.verdict.probability)
    answered = tuple(part for part in found if part.verdict.answerable)
    missing = tuple(part.weighing.question.text for part in found if not part.verdict.answerable)
    unknown = tuple(dict.fromkeys(name for part in found for name in part.verdict.unknown))
    return replace(
        best,
        scope=within,
        hits=tuple(hits.values())[: len(best.hits)],
        verdict=replace(best.verdict, unknown=unknown),
        parts=answered,
        missing=missing if answered else (),
    )


def _embedded(embedder: "Embedder") -> "Embedder":
    """The embedded static model, which alone has word vectors that are quick to look up."""
    from index.embed import StaticEmbedder

    return embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()


def _checked(question: str) -> str:
    stripped = " ".join(question.split())
    if not stripped:
        raise KamerbriefError('De vraag is leeg. Typ een vraag, bijvoorbeeld: kamerbrief ask "Hoeveel ...?"')
    if len(stripped) > MAX_QUESTION:
        raise KamerbriefError(
            f"De vraag is {len(stripped)} tekens lang; het maximum is {MAX_QUESTION}. Stel een kortere vraag."
        )
    return stripped


def _passages(hits: Sequence[Hit], explain: bool) -> tuple[RankedPassage, ...]:
    return tuple(
        RankedPassage(hit.passage.letter, hit.passage.start, hit.passage.end, hit.score, hit.legs if explain else {})
        for hit in hits
    )


def _cited_first(found: Sequence[RankedPassage], citations: Sequence[Citation]) -> tuple[RankedPassage, ...]:
    """`found` with the passages that hold a citation before the others, each in their order."""

    def holds(passage: RankedPassage) -> bool:
        inside = range(passage.start, passage.end)
        return any(c.letter == passage.letter and c.start in inside for c in citations)

    return tuple(sorted(found, key=lambda passage: not holds(passage)))


def _refused(draft: Answer, why: Refusal, clock: _Clock) -> Answer:
    return replace(draft, refusal=why, refusal_text=refuse.TEXTS[why], timings_ms=clock.timings())


def _explanation(asked: Question, found: _Evidence, lexicon: Lexicon) -> dict[str, Any]:
    return {
        "answer_type": str(asked.answer_type),
        "words": dict(asked.words),
        "names": list(asked.names),
        "parts": [part.weighing.question.text for part in found.parts],
        "expansion": {m.phrase: [a.text for a in m.alternatives] for m in lexicon.expand(asked.text).matches},
        "unknown": sorted(set(asked.words) - found.weighing.known),
        "tells": found.verdict.tells,
        "in_time": found.verdict.in_time,
        "unknown_names": list(found.verdict.unknown),
        "refusal_features": dict(zip(refuse.NAMES, (round(v, 4) for v in found.verdict.features), strict=True)),
        "sentences": [
            {
                "letter": c.passage.letter,
                "start": c.sentence.spans[0].start,
                "probability": round(c.probability, 4),
                "reranker": None if c.score is None else round(c.score, 4),
                "text": c.sentence.text,
            }
            for c in found.ranked[:10]
        ],
    }
