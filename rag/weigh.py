"""Weigh: measure every sentence of the retrieved passages against the question, once.

What is measured here is used twice: by the features of a sentence (rag/features.py) and by those of the question as a
whole (rag/refuse.py). Nothing of the letters is analysed here: terms, vectors and spans were stored when they were indexed.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index import analyze
from index.stem import stem
from rag import entities, enumeration
from rag.alignment import WordVectors, content_tokens, matches
from rag.answer_type import AnswerType
from rag.lexicon import SAME, Expansion
from rag.question import Question
from rag.retrieve import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OTHER_WORDS = 0.7
"""What an alternative of the lexicon is worth beside the word itself."""
LIKE = 0.84
"""How alike (difflib's ratio) a word of the letters must be to count as what a misspelt word of the question meant."""
MIN_LIKE = 5

Place = tuple[int, int]
"""The id of a passage and the position of a sentence in it."""


@dataclass(frozen=True, slots=True)
class SentenceWeight:
    """One sentence against the question; all values are 0 to 1.

    `meaning` is the share of the question's terms, weighted by rarity, that it holds (an alternative counting for
    OTHER_WORDS), `alignment` how near its words come to the question's, `window` the same together with the sentence
    before it (or the one that introduces its list), `figure_of_noun`, for "hoeveel schepen", how near the noun of a
    figure in it is to "schepen".
    """

    meaning: float
    alignment: float
    window: float
    figure_of_noun: float


@dataclass(frozen=True, slots=True)
class PassageWeight:
    """One passage with its header against the question, measured like a sentence."""

    meaning: float
    alignment: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """All sentences of one question, measured.

    `expansion` is what the lexicon knows of the question; `misspelt` leads words of it that no letter holds to the word that
    they resemble most ("litouwn"). `rarity` is the inverse document frequency of the question's terms; `heard` those that
    some letter holds, `known` those that some letter holds in the same or other words. `weakest` is the similarity of the
    question's worst aligned word in the best aligned passage, `nouns` what a question after a number wants counted,
    `named_values` the figures that it names itself.
    """

    question: Question
    expansion: Expansion
    misspelt: Mapping[str, str]
    rarity: Mapping[str, float]
    heard: frozenset[str]
    known: frozenset[str]
    sentences: Mapping[Place, SentenceWeight]
    passages: Mapping[int, PassageWeight]
    weakest: float
    nouns: tuple[str, ...]
    named_values: frozenset[str]
    best_similarity: float
    best_score: float
    best: SentenceWeight
    """Of every measure the highest value over all sentences."""


def weigh(
    question: Question,
    hits: Sequence[Hit],
    expansion: Expansion,
    vectors: WordVectors,
    rare: Callable[[str], float],
    document_frequency: Callable[[str], int],
) -> Weighing:
    """Measure the sentences of `hits`; `rare` tells how much a term says (rag/rarity.py)."""
    places = [(hit.passage.id, i) for hit in hits for i in range(len(hit.passage.sentences))]
    tokens = [content_tokens(sentence.text) for hit in hits for sentence in hit.passage.sentences]
    headers = [content_tokens(hit.passage.header) for hit in hits]
    nouns = counted_nouns(question)
    counted = [_counted(sentence.text) if nouns else () for hit in hits for sentence in hit.passage.sentences]
    asked = content_tokens(question.text)
    table = matches(vectors, asked, [*tokens, *headers, *counted])
    here, over, figures = _split(table, len(tokens), len(headers))
    share = _shares([rare(stem(token)) for token in asked])
    rarity = {term: weight * rare(term) for term, weight in question.words.items()}
    alternatives = _alternatives(expansion)
    misspelt = _misspelt(question, tokens, document_frequency)
    for token, like in misspelt.items():
        alternatives[stem(token)] = (*alternatives.get(stem(token), ()), _terms(like))
    meaning = _Meaning(rarity, alternatives)
    before = _joined(here, [_leans_on(hit) for hit in hits])
    columns = [i for i, token in enumerate(asked) if token in nouns]
    stored = [sentence for hit in hits for sentence in hit.passage.sentences]
    sentences = {
        place: SentenceWeight(
            meaning=meaning.of(frozenset(sentence.terms)),
            alignment=alignment,
            window=window,
            figure_of_noun=figure,
        )
        for place, sentence, alignment, window, figure in zip(
            places,
            stored,
            (here @ share).tolist(),
            (before @ share).tolist(),
            figures[:, columns].max(axis=1).tolist() if columns else [0.0] * len(places),
            strict=True,
        )
    }
    heard = frozenset(term for term in rarity if document_frequency(term))
    passages, weakest = _passages(hits, here, over, share, meaning)
    return Weighing(
        question=question,
        expansion=expansion,
        misspelt=misspelt,
        rarity=rarity,
        heard=heard,
        known=heard | {term for term in rarity if meaning.elsewhere(term, document_frequency)},
        sentences=sentences,
        passages=passages,
        weakest=weakest,
        nouns=nouns,
        named_values=entities.values(question.text),
        best_similarity=max((max(hit.similarities, default=0.0) for hit in hits), default=0.0),
        best_score=max((hit.score for hit in hits), default=0.0),
        best=_best(sentences.values()),
    )


COUNTED = re.compile(r"\b(?:hoeveel|aantal)\s+((?:\S+\s*){1,2})")


def counted_nouns(question: Question) -> tuple[str, ...]:
    """For a question after a number, the one or two content words behind "hoeveel": what is to be counted."""
    if question.answer_type is not AnswerType.NUMBER:
        return ()
    match = COUNTED.search(analyze.fold(question.text))
    return () if match is None else content_tokens(match[1])


def _best(weights: Iterable[SentenceWeight]) -> SentenceWeight:
    found = list(weights)
    return SentenceWeight(*(max((getattr(w, name) for w in found), default=0.0) for name in SentenceWeight.__slots__))


class _Meaning:
    """Which share of the question's terms, weighted by rarity, some terms hold."""

    def __init__(self, rarity: Mapping[str, float], alternatives: Mapping[str, tuple[frozenset[str], ...]]) -> None:
        self._rarity = rarity
        self._alternatives = alternatives
        self._total = sum(rarity.values())

    def of(self, terms: frozenset[str]) -> float:
        """The share, 0 to 1; a term counts for OTHER_WORDS when `terms` holds an alternative of it."""
        if not self._total:
            return 0.0
        held = 0.0
        for term, weight in self._rarity.items():
            if term in terms:
                held += weight
            elif term in self._alternatives and any(other <= terms for other in self._alternatives[term]):
                held += weight * OTHER_WORDS
        return held / self._total

    def elsewhere(self, term: str, document_frequency: Callable[[str], int]) -> bool:
        """Whether the letters hold all terms of some alternative of `term`."""
        return any(all(map(document_frequency, other)) for other in self._alternatives.get(term, ()))


def _alternatives(expansion: Expansion) -> dict[str, tuple[frozenset[str], ...]]:
    """For every term of a phrase that the lexicon knows, the terms of each other way to say that phrase."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for match in expansion.matches:
        others = (_terms(a.text) for a in match.alternatives if a.relation in SAME)
        sets = tuple(terms for terms in others if terms)
        for term in analyze.words(match.phrase):
            found[term] = found.get(term, ()) + sets
    return found


def _misspelt(
    question: Question, tokens: Sequence[Sequence[str]], document_frequency: Callable[[str], int]
) -> dict[str, str]:
    """For words of the question that no letter holds, the word of `tokens` that they resemble most."""
    unknown = [
        token for token in content_tokens(question.text) if len(token) >= MIN_LIKE and not document_frequency(stem(token))
    ]
    if not unknown:
        return {}
    words = {token for text in tokens for token in text if len(token) >= MIN_LIKE}
    found = {}
    for token in unknown:
        near = [word for word in words if word[:2] == token[:2] and abs(len(word) - len(token)) <= 2]
        like = difflib.get_close_matches(token, sorted(near), n=1, cutoff=LIKE)
        if like:
            found[token] = like[0]
    return found


def _split(table: "NDArray[np.float32]", texts: int, headers: int) -> "tuple[NDArray[np.float32], ...]":
    return table[:texts], table[texts : texts + headers], table[texts + headers :]


def _shares(rarity: Sequence[float]) -> "NDArray[np.float32]":
    import numpy as np

    values = np.array(rarity, dtype=np.float32)
    total = values.sum()
    return values / total if total else values


def _leans_on(hit: Hit) -> list[int]:
    """For every sentence of a passage the one that it speaks of: what introduces its list, else the sentence before it."""
    texts = [sentence.text for sentence in hit.passage.sentences]
    leans = [max(position - 1, 0) for position in range(len(texts))]
    for found in enumeration.lists(texts):
        leans[found.start + 1 : found.stop] = [found.start] * (len(found) - 1)
    return leans


def _joined(here: "NDArray[np.float32]", leans: Sequence[Sequence[int]]) -> "NDArray[np.float32]":
    """The matches of every sentence together with those of the one that it leans on; `leans` are positions per passage."""
    import numpy as np

    rows, first = [], 0
    for passage in leans:
        rows += [first + position for position in passage]
        first += len(passage)
    return np.maximum(here, here[rows])


def _passages(
    hits: Sequence[Hit],
    here: "NDArray[np.float32]",
    over: "NDArray[np.float32]",
    share: "NDArray[np.float32]",
    meaning: _Meaning,
) -> tuple[dict[int, PassageWeight], float]:
    """Every passage measured with its header, and the weakest word in the best aligned one."""
    import numpy as np

    found: dict[int, PassageWeight] = {}
    best, weakest, row = -1.0, 0.0, 0
    for hit, header in zip(hits, over, strict=True):
        sentences = hit.passage.sentences
        nearest = np.maximum(here[row : row + len(sentences)].max(axis=0, initial=0.0), header)
        row += len(sentences)
        alignment = float(nearest @ share)
        if alignment > best:
            best, weakest = alignment, float(nearest.min(initial=1.0))
        found[hit.passage.id] = PassageWeight(
            meaning=meaning.of(_terms(hit.passage.header).union(*(s.terms for s in sentences))),
            alignment=alignment,
        )
    return found, weakest


@lru_cache(maxsize=32768)
def _counted(text: str) -> tuple[str, ...]:
    return content_tokens(" ".join(entities.nouns(text)))


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return frozenset(analyze.words(text))
