"""What each part is worth: the assistant with one leg or step taken out at a time, and nothing else changed.

    python -m benchmarks.ablation [--gold FILE --letters FOLDER] [--only WORDS ...]

Every row is the real assistant. A leg is taken out by its weight (the passages that it brought are still looked at, but the
gold letters have hardly more passages than any one leg brings); a step by a small subclass below that puts something plain
in its place; what is stored, by an index of its own. The models of the selector and of refusal were fitted with everything
in place and are not fitted anew, so a row tells what the part is worth to the assistant as it is, and not how well one could
do without it.

A value is followed by its difference to the whole assistant, bold where the paired 95 % interval leaves out zero. A table
holds about 150 differences: a few of them would look clear by chance alone.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.figures import (
    HEADS,
    arguments,
    change,
    change_text,
    figure,
    figure_text,
    indexed,
    ours,
    publish,
    scores,
    table,
    title,
)
from eval.gold import read_gold
from eval.measures import Score
from eval.summary import MEDIAN_WORDS
from index.chunk import chunk
from index.embed import EmbedderInfo, Kind, open_embedder
from index.letter import Letter, Passage
from index.settings import Settings
from index.store import Index
from index.update import Cut
from rag import refuse
from rag.alignment import WordVectors
from rag.answer import Answer
from rag.answer_type import AnswerType
from rag.assistant import Assistant, _Evidence
from rag.lexicon import Lexicon
from rag.question import Question
from rag.retrieve import Hit, fitted
from rag.scope import Scope
from rag.select import Candidate, choose
from rag.weigh import Weighing

COLUMNS = (
    "evidence_recall_5",
    "evidence_recall_10",
    "mrr",
    "right",
    MEDIAN_WORDS,
    "citation_precision",
    "citation_recall",
    "refusal_f1",
)
SHORT = 700
"""Characters of a passage at most, half of what the program takes."""

Make = Callable[[Settings], Assistant]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that can be missing: how to open the assistant without it, and how its index is cut."""

    name: str
    make: Make = Assistant.open
    cut: Cut = chunk


class _NoWords:
    """An embedder that knows no word, so that words are alike only where they are the same."""

    info = EmbedderInfo("none", "", 1)

    def encode(self, texts: Sequence[str], kind: Kind) -> Any:  # noqa: ARG002
        import numpy as np

        return np.zeros((len(texts), 1), dtype=np.float32)

    def too_long(self, texts: Sequence[str]) -> list[int]:  # noqa: ARG002
        return []


class NoLexicon(Assistant):
    """Knows no other words for those of a question, neither to find passages nor to weigh sentences."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._lexicon = Lexicon({}, {})


class NoWordVectors(Assistant):
    """Aligns the words of a question only with the same words."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._words = WordVectors(_NoWords())


class _Misunderstanding(Assistant):
    """Searches, weighs and reads with less than what it understood of the question."""

    left_out: Mapping[str, Any] = {}

    def evidence(self, asked: Question, **options: Any) -> tuple[list[Hit], Weighing]:
        return super().evidence(replace(asked, **self.left_out), **options)


class NoNames(_Misunderstanding):
    left_out: Mapping[str, Any] = {"names": (), "fractie": None}


class NoYears(_Misunderstanding):
    left_out: Mapping[str, Any] = {"years": ()}


class NoPeriods(_Misunderstanding):
    left_out: Mapping[str, Any] = {"periods": ()}


class NoAnswerType(_Misunderstanding):
    left_out: Mapping[str, Any] = {"answer_type": AnswerType.OTHER}


class NoComparison(_Misunderstanding):
    left_out: Mapping[str, Any] = {"comparison": False}


class NoMentions(Assistant):
    """Lets no phrase of the question ("in de brief van 6 februari") restrict the letters."""

    def _evidence(self, asked: Question, within: Scope, k: int | None) -> _Evidence:  # noqa: ARG002
        return super()._evidence(asked, Scope(None, (), ()), k)


class NoParts(Assistant):
    """Takes a composite question for a single one."""

    def _found(self, *asked: Any) -> _Evidence:
        return self._inside(*asked)


class NoGlosses(Assistant):
    """Has the reranker read the question as it was typed."""

    def evidence(self, asked: Question, **options: Any) -> tuple[list[Hit], Weighing]:
        hits, weighing = super().evidence(asked, **options)
        return hits, replace(weighing, expansion=replace(weighing.expansion, matches=()), misspelt={})


class NoHistory(Assistant):
    """Takes every question by itself."""

    def ask(self, question: str, **options: Any) -> Answer:
        return super().ask(question, **options | {"history": ()})


class NoReranker(Assistant):
    """Lets no cross-encoder read what was found."""

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        return super().open(replace(settings, reranker="none"))


class NoSelector(NoReranker):
    """Orders sentences by their similarity to the question alone; see `by_similarity`."""

    def _evidence(self, asked: Question, within: Scope, k: int | None) -> _Evidence:
        found = super()._evidence(asked, within, k)
        ranked = by_similarity(found.ranked)
        question = found.weighing.question
        chosen = tuple(choose(question, ranked, within.sides))
        verdict = refuse.after_choosing(refuse.judge(found.weighing, ranked), question, chosen)
        return replace(found, ranked=ranked, chosen=chosen, verdict=verdict)


class OneSentence(Assistant):
    """Never quotes more than the best sentence."""

    def _evidence(self, asked: Question, within: Scope, k: int | None) -> _Evidence:
        found = super()._evidence(asked, within, k)
        return replace(found, ranked=found.ranked[:1], chosen=found.chosen[:1])


class AnyQuote(Assistant):
    """Does not ask what is lacking in what would be quoted: what is sought, the time, or a name."""

    def _evidence(self, asked: Question, within: Scope, k: int | None) -> _Evidence:
        found = super()._evidence(asked, within, k)
        if found.verdict.whole:
            return found
        return replace(found, verdict=replace(found.verdict, probability=found.verdict.probability / refuse.SELDOM))


class NoRefusal(Assistant):
    """Answers whatever is asked, as long as there is a sentence to quote."""

    def _evidence(self, asked: Question, within: Scope, k: int | None) -> _Evidence:
        found = super()._evidence(asked, within, k)
        return replace(found, verdict=replace(found.verdict, probability=1.0))


def by_similarity(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates by the similarity of their sentence vector; each place keeps the probability that it had.

    So only which sentences come first changes: how many are quoted and when is refused is decided on the same numbers.
    """
    order = sorted(ranked, key=lambda c: (-round(c.hit.similarities[c.position], 6), c.passage.letter, c.sentence.start))
    return tuple(replace(c, probability=place.probability) for c, place in zip(order, ranked, strict=True))


def weighed(**changed: float) -> Make:
    """Opens the assistant with other weights of the fusion."""

    def make(settings: Settings) -> Assistant:
        embedder = open_embedder(settings)
        index = Index.open(Path(settings.index), embedder)
        return Assistant(index, embedder, settings, replace(fitted(), **changed))

    return make


def without_headers(letter: Letter) -> tuple[Passage, ...]:
    """The passages of `letter` without the title, date and headings that are indexed with them."""
    return tuple(replace(passage, header="") for passage in chunk(letter))


PARTS = (
    Part("the words leg", weighed(words=0)),
    Part("the 5-gram leg", weighed(grams=0)),
    Part("both lexical legs", weighed(words=0, grams=0)),
    Part("passage vectors", weighed(dense=0)),
    Part("sentence vectors", weighed(sentence=0)),
    Part("all vectors in finding", weighed(dense=0, sentence=0)),
    Part("other words (lexicon)", NoLexicon.open),
    Part("names and fractie in ranking", weighed(name=0, fractie=0)),
    Part("years in ranking", weighed(year=0)),
    Part("letterheads and notes put back", weighed(furniture=0)),
    Part("title and headings with a passage", cut=without_headers),
    Part(f"long passages (at most {SHORT} characters)", cut=partial(chunk, max_chars=SHORT)),
    Part("letters named in the question", NoMentions.open),
    Part("earlier questions", NoHistory.open),
    Part("word vectors (alignment)", NoWordVectors.open),
    Part("names and fractie anywhere", NoNames.open),
    Part("years anywhere", NoYears.open),
    Part("months and seasons", NoPeriods.open),
    Part("answer type", NoAnswerType.open),
    Part("comparison", NoComparison.open),
    Part("parts of a composite question", NoParts.open),
    Part("the letters' words for the reranker", NoGlosses.open),
    Part("reranker", NoReranker.open),
    Part("reranker and sentence selector (similarity alone)", NoSelector.open),
    Part("second and third sentence", OneSentence.open),
    Part("refusing quotes without what is sought or named", AnyQuote.open),
    Part("refusal", NoRefusal.open),
)


def row(name: str, full: Sequence[Score], found: Sequence[Score]) -> list[str]:
    """A line of the table: each value with its difference to `full`."""
    cells = []
    for column in COLUMNS:
        value = figure_text(figure(found, column), column, spread=False)
        cells.append(f"{value} {change_text(change(full, found, column), spread=False)}".strip())
    return [name, *cells]


def clear(name: str, full: Sequence[Score], found: Sequence[Score]) -> list[str]:
    """A line for every difference whose interval leaves out zero, with that interval."""
    lines = []
    for column in COLUMNS:
        changed = change(full, found, column)
        if changed is not None and changed.significant:
            lines.append(f"- without {name}: {HEADS[column]} {change_text(changed).strip('*')}")
    return lines


def main() -> None:
    """Print the whole assistant with intervals, a row for every part taken out, and the clear differences."""
    parser = arguments(__doc__)
    parser.add_argument("--only", nargs="+", default=[""], help="only the parts whose name holds one of these")
    given = parser.parse_args()
    gold = read_gold(given.gold)
    with tempfile.TemporaryDirectory() as folder:
        indexes: dict[Cut, Settings] = {chunk: indexed(given.letters, Path(folder) / "whole")}
        assistant = Assistant.open(indexes[chunk])
        full = scores(gold, ours(assistant), assistant.index)
        rows = [["without", *(HEADS[column] for column in COLUMNS)]]
        rows.append(["nothing (all of it)", *(figure_text(figure(full, column), column) for column in COLUMNS)])
        found_clear: list[str] = []
        for number, part in enumerate(PARTS):
            if not any(wanted in part.name for wanted in given.only):
                continue
            if part.cut not in indexes:
                indexes[part.cut] = indexed(given.letters, Path(folder) / str(number), part.cut)
            ablated = part.make(indexes[part.cut])
            found = scores(gold, ours(ablated), ablated.index)
            rows.append(row(part.name, full, found))
            found_clear += clear(part.name, full, found)
        lines = [title(gold, assistant.index), "", table(rows), "", "Clear at 95 %:", "", *(found_clear or ["- none"])]
        publish("\n".join(lines), f"ablation {gold.path.name}", record=given.record)


if __name__ == "__main__":
    main()
