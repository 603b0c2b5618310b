"""Retrieve: from a question to ranked passages.

Three legs look for passages: words and character 5-grams (BM25) and passage vectors (cosine); a fourth score, the best
sentence vector, is computed for every passage that a leg brought. The scores are normalised and added with weights:
reciprocal rank fusion throws away how much better the first hit is, and measured worse here. Cues of the question (years,
names, a fractie) raise a score, they never exclude. Near-duplicates (the twin of a letter in the other chamber, a sentence
that stands twice) are collapsed to the best-ranked one.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import analyze
from index.letter import Role
from rag.question import Question

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.store import Index, IndexedPassage

FUSION = Path(__file__).parent / "data" / "fusion.json"
CANDIDATES = 100
"""Passages taken from each leg; on smaller indexes fusion is exact."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts, and what cues add; `fitted` gives the program's own."""

    words: float
    grams: float
    dense: float
    sentence: float
    expansion: float = 1.0
    name: float = 0.15
    year: float = 0.10
    fractie: float = 0.15
    furniture: float = 0.25
    """Taken off for letterheads, signatures and footnotes, which rarely answer; added for the one that is asked about."""


@cache
def fitted() -> Weights:
    """The weights that `python -m eval.fusion` found best, for this version of the analyzer."""
    stored = json.loads(FUSION.read_text(encoding="utf-8"))
    if stored.pop("analyzer") != analyze.VERSION:
        raise ValueError(f"{FUSION} was fitted with another analyzer; run: python -m eval.fusion")
    return Weights(**stored)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; a higher score is a better match.

    `rank` counts from 1. `legs` gives per leg its raw score (and rank from 1 where the leg found it). `similarities` are the
    cosines of the passage's sentences with the question, in order.
    """

    passage: "IndexedPassage"
    score: float
    rank: int
    similarities: tuple[float, ...]
    legs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def retrieve(
    index: "Index",
    embedder: "Embedder",
    question: Question,
    k: int,
    *,
    letters: Collection[str] | None = None,
    expansion: Mapping[str, float] | None = None,
    weights: Weights | None = None,
) -> list[Hit]:
    """The `k` best passages for `question`, best first; `letters` restricts to these letters, `expansion` are weighted
    extra word terms. Equal scores are ordered by letter name and offset, so that results never depend on build order."""
    weights = weights or fitted()
    vector = embedder.encode([question.text], "query")[0]
    words, grams = _lexical(index, question, expansion or {}, weights, letters)
    dense = {s.id: s.score for s in index.dense(vector, CANDIDATES, letters)}
    ids = sorted(set(words) | set(grams) | set(dense))
    if not ids:
        return []
    similarities = index.sentence_scores(vector, ids)
    missing = [i for i in ids if i not in dense]
    if missing:
        vectors = index.passage_vectors(missing)
        dense |= {i: float(v @ vector) for i, v in zip(missing, vectors, strict=True)}
    best = {i: max(similarities[i].tolist(), default=0.0) for i in ids}
    legs = {"words": words, "grams": grams, "dense": dense, "sentence": best}
    fused = _fuse(legs, weights)
    passages = index.passages(_best(fused, 2 * k, index))
    scored = [(fused[p.id] + _cues(p, question, weights), p) for p in passages]
    scored.sort(key=lambda pair: (-round(pair[0], 6), pair[1].letter, pair[1].start))
    ranks = {leg: _ranks(scores) for leg, scores in legs.items()}
    return [
        Hit(
            passage=passage,
            score=score,
            rank=rank,
            similarities=tuple(similarities[passage.id].tolist()),
            legs={
                leg: {"rank": ranks[leg][passage.id], "score": round(scores[passage.id], 4)}
                for leg, scores in legs.items()
                if passage.id in scores
            },
        )
        for rank, (score, passage) in enumerate(_distinct(scored, k), start=1)
    ]


def _best(fused: Mapping[int, float], count: int, index: "Index") -> list[int]:
    """The ids of the `count` best scores, best first; equal ones by letter and offset, never by when they were indexed."""
    rounded = {i: round(score, 6) for i, score in fused.items()}
    least = sorted(rounded.values(), reverse=True)[min(count, len(rounded)) - 1]
    kept = [i for i, score in rounded.items() if score >= least]
    return sorted(kept, key=lambda i: (-rounded[i], index.place(i)))[:count]


def _lexical(
    index: "Index",
    question: Question,
    expansion: Mapping[str, float],
    weights: Weights,
    letters: Collection[str] | None,
) -> tuple[dict[int, float], dict[int, float]]:
    terms = dict(question.words)
    for term, weight in expansion.items():
        terms.setdefault(term, weights.expansion * weight)
    words = {s.id: s.score for s in index.lexical(terms, {}, CANDIDATES, letters)}
    grams = {s.id: s.score for s in index.lexical({}, question.grams, CANDIDATES, letters)}
    return words, grams


def _fuse(legs: Mapping[str, Mapping[int, float]], weights: Weights) -> dict[int, float]:
    """Weighted sum of the legs, each divided by its best score (cosines: clipped at 0 first)."""
    fused: dict[int, float] = {}
    for leg, scores in legs.items():
        top = max(scores.values(), default=0.0)
        if top <= 0:
            continue
        weight = getattr(weights, leg)
        for i, score in scores.items():
            if score > 0:
                fused[i] = fused.get(i, 0.0) + weight * score / top
            else:
                fused.setdefault(i, 0.0)
    return fused


def _cues(passage: "IndexedPassage", question: Question, weights: Weights) -> float:
    """What names, years and a fractie of the question add, and what a passage's role takes off, or adds when that part is
    asked about."""
    text = _folded(f"{passage.header} {passage.search_text}")
    bonus = 0.0
    if question.names:
        bonus += weights.name * sum(name in text for name in question.names) / len(question.names)
    if question.years:
        bonus += weights.year * sum(str(year) in text for year in question.years) / len(question.years)
    if question.fractie and passage.fractie and analyze.fold(question.fractie) == analyze.fold(passage.fractie):
        bonus += weights.fractie
    if passage.role in (Role.LETTERHEAD, Role.SIGNATURE, Role.FOOTNOTE):
        asked = question.topic is not None and passage.role is question.topic.part
        bonus += weights.furniture if asked else -weights.furniture
    return bonus


def _ranks(scores: Mapping[int, float]) -> dict[int, int]:
    return {i: rank for rank, i in enumerate(sorted(scores, key=lambda i: (-scores[i], i)), start=1)}


def _distinct(scored: "Sequence[tuple[float, IndexedPassage]]", k: int) -> "list[tuple[float, IndexedPassage]]":
    """The first `k` pairs without passages whose text stands (but for case, quotes and white space) in a better one."""
    seen: set[Any] = set()
    kept: list[tuple[float, IndexedPassage]] = []
    for score, passage in scored:
        if len(kept) == k:
            break
        key = (_bare(passage.search_text), passage.role)
        if key not in seen:
            seen.add(key)
            kept.append((score, passage))
    return kept


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    return analyze.fold(text)


@lru_cache(maxsize=2048)
def _bare(text: str) -> str:
    """The words of a text without case, accents, quotes and white space."""
    return " ".join(analyze.every_token(text))
