"""Rank measures over evidence spans, computed by ir_measures (trec_eval's own code behind it).

Evidence is spans, trec_eval knows documents. The bridge: the document at rank r is the passage at rank r, and its relevance
is the number of pieces of evidence that it adds to what the passages above it had found already (eval/spans.py). A passage
that repeats or overlaps an earlier one adds nothing and has relevance 0; a piece that was never found is a relevant
document that was not retrieved. The ideal ranking then puts everything that can be found at the top.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Found = Sequence[int | None]
"""For every piece of evidence the rank (from 1) of the passage that completed it, or None."""

CUTOFFS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class RankScores:
    """MRR@10: 1 / rank of the first passage that finds evidence. nDCG@10 (Jaervelin & Kekaelaeinen, 2002). Both 0 to 1."""

    mrr: float
    ndcg: float


def recall_at(found: Found, k: int) -> float:
    """The share of pieces of evidence that the first `k` passages find."""
    return sum(rank is not None and rank <= k for rank in found) / len(found)


def rank_scores(found: Mapping[str, Found], passages: Mapping[str, int]) -> dict[str, RankScores]:
    """MRR@10 and nDCG@10 for every question that has evidence.

    `found` holds the ranks of each question's pieces, `passages` how many passages were ranked for it.
    """
    import ir_measures
    from ir_measures import RR, nDCG

    qrels, run = [], []
    for query, ranks in found.items():
        gains = Counter(rank for rank in ranks if rank is not None)
        qrels += [ir_measures.Qrel(query, str(rank), gain) for rank, gain in gains.items()]
        qrels += [ir_measures.Qrel(query, f"missed {at}", 1) for at, rank in enumerate(ranks) if rank is None]
        run += [ir_measures.ScoredDoc(query, str(rank), float(-rank)) for rank in range(1, passages[query] + 1)]
    values: dict[str, dict[str, float]] = {query: {} for query in found}
    if qrels and run:
        for metric in ir_measures.iter_calc([RR @ 10, nDCG @ 10], qrels, run):
            values[metric.query_id][str(metric.measure)] = float(metric.value)
    return {query: RankScores(scores.get("RR@10", 0.0), scores.get("nDCG@10", 0.0)) for query, scores in values.items()}
