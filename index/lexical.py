"""The lexical leg: BM25 over terms that were analysed beforehand (index/analyze.py), exact after any change.

Why not a search library: tantivy is quick, but keeps counting removed documents in its statistics until it merges their
segment, and Python cannot ask it to. Tried: after five of forty documents are deleted, the scores of all others differ from
those of a fresh index, so every remove or update would have to index everything again. Here a posting list is three numpy
arrays; the statistics are counted over what is there now, every passage's score is the sum over the terms in one fixed
order, and removing letters is a mask. Nothing is imported that the dense leg does not need already. What a question costs
at 100,000 passages: benchmarks/scale.py.

A term is known by the first 64 bits of its hash: two terms share one with a chance of about 1 in 10 million for a
million terms, and the key needs no string table.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.2
B = 0.75
MAX_COUNT = 255
MANY = 5000
"""From so many passages on, a term in more than half of all is not looked at: its idf is below 0.7 and goes to 0, and the
few 5-grams that stand in every header are two thirds of the work of a question."""


@lru_cache(maxsize=2**18)
def key(term: str) -> int:
    """The 64-bit key of a term."""
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Postings:
    """Which passages hold which terms, for one field of one segment; passages are counted from 0.

    `keys` (uint64, ascending) are the terms; the passages of term i are `passages[starts[i]:starts[i + 1]]`, ascending,
    and `counts` how often the term stands in each (at most 255). `lengths` is the number of terms of every passage.
    """

    keys: "NDArray[Any]"
    starts: "NDArray[Any]"
    passages: "NDArray[Any]"
    counts: "NDArray[Any]"
    lengths: "NDArray[Any]"

    def arrays(self, field: str) -> "dict[str, NDArray[Any]]":
        """The arrays under the names that `from_arrays` reads."""
        return {f"{field}.{name}": getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_arrays(cls, field: str, arrays: "Mapping[str, NDArray[Any]]") -> "Postings":
        return cls(**{name: arrays[f"{field}.{name}"] for name in cls.__slots__})


def build(passages: Iterable[Sequence[str]]) -> Postings:
    """The postings of `passages`, each given as its terms."""
    import numpy as np

    keys: list[Any] = []
    counts: list[Any] = []
    sizes: list[int] = []
    lengths: list[int] = []
    for terms in passages:
        occurrences = Counter(terms)
        keys.append(np.fromiter(map(key, occurrences), dtype=np.uint64, count=len(occurrences)))
        counts.append(np.fromiter((min(n, MAX_COUNT) for n in occurrences.values()), dtype=np.uint8, count=len(occurrences)))
        sizes.append(len(occurrences))
        lengths.append(len(terms))
    numbers = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    return _sorted(
        np.concatenate(keys) if keys else np.zeros(0, np.uint64),
        numbers,
        np.concatenate(counts) if counts else np.zeros(0, np.uint8),
        np.array(lengths, dtype=np.uint32),
    )


def combine(parts: "Sequence[tuple[Postings, NDArray[Any]]]") -> Postings:
    """The postings of several parts one after another; of each only the passages where its mask (bool) is true."""
    import numpy as np

    keys, numbers, counts, lengths = [], [], [], []
    base = 0
    for postings, kept in parts:
        renumbered = np.cumsum(kept, dtype=np.int64) - 1 + base
        chosen = kept[postings.passages]
        keys.append(np.repeat(postings.keys, np.diff(postings.starts))[chosen])
        numbers.append(renumbered[postings.passages[chosen]].astype(np.uint32))
        counts.append(postings.counts[chosen])
        lengths.append(postings.lengths[kept])
        base += int(kept.sum())
    return _sorted(np.concatenate(keys), np.concatenate(numbers), np.concatenate(counts), np.concatenate(lengths))


def _sorted(keys: "NDArray[Any]", numbers: "NDArray[Any]", counts: "NDArray[Any]", lengths: "NDArray[Any]") -> Postings:
    """Postings from one (key, passage, count) each, the passages ascending."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    unique, first = np.unique(keys[order], return_index=True)
    return Postings(
        keys=unique,
        starts=np.append(first, len(keys)).astype(np.int64),
        passages=numbers[order],
        counts=counts[order],
        lengths=lengths,
    )


class Field:
    """BM25 over one field of all segments; a passage's number counts on through the segments."""

    def __init__(self, segments: Sequence[Postings]) -> None:
        import numpy as np

        self._segments = segments
        lengths = np.concatenate([postings.lengths for postings in segments] or [np.zeros(0, np.uint32)])
        self.size = len(lengths)
        self._bases = np.cumsum([0] + [len(postings.lengths) for postings in segments])
        total = int(lengths.sum(dtype=np.int64))
        average = total / self.size if total else 1.0
        self._norms = (K1 * (1 - B + B * lengths / average)).astype(np.float32)

    def document_frequency(self, term: str) -> int:
        """In how many passages `term` stands."""
        import numpy as np

        wanted, frequency = np.uint64(key(term)), 0
        for postings in self._segments:
            at = int(postings.keys.searchsorted(wanted))
            if at < len(postings.keys) and postings.keys[at] == wanted:
                frequency += int(postings.starts[at + 1] - postings.starts[at])
        return frequency

    def scores(self, weights: Mapping[str, float]) -> "NDArray[Any]":
        """For every passage the sum over the terms of weight * BM25 (float64); 0 where no term stands.

        In a large index a term that stands in more than half of the passages counts for nothing.

        BM25 with idf = ln(1 + (N - df + 0.5) / (df + 0.5)), k1 = 1.2, b = 0.75 (Robertson and Zaragoza, The Probabilistic
        Relevance Framework, 2009; the idf that is never negative is Lucene's).
        """
        import numpy as np

        weighted = sorted((key(term), weight) for term, weight in weights.items() if weight)
        scores = np.zeros(self.size)
        if not weighted:
            return scores
        found, frequencies = self._find([number for number, _ in weighted])
        factors = np.array(
            [weight * self._factor(df) for (_, weight), df in zip(weighted, frequencies.tolist(), strict=True)],
            dtype=np.float32,
        )
        for postings, base, places in zip(self._segments, self._bases, found, strict=False):
            end = base + len(postings.lengths)
            scores[base:end] = _segment_scores(postings, self._norms[base:end], factors, places)
        return scores

    def _factor(self, frequency: int) -> float:
        """(k1 + 1) * idf of a term that stands in `frequency` passages; 0 for one that is not looked at."""
        if frequency > max(MANY, self.size / 2):
            return 0.0
        return (K1 + 1) * math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _find(self, keys: Sequence[int]) -> "tuple[list[_Places], NDArray[Any]]":
        """Where the postings of the keys stand in every segment, and in how many passages each key stands."""
        import numpy as np

        wanted = np.array(keys, dtype=np.uint64)
        frequencies = np.zeros(len(keys), dtype=np.int64)
        found = []
        for postings in self._segments:
            at = np.searchsorted(postings.keys, wanted)
            at[at == len(postings.keys)] = 0
            rows = np.nonzero(postings.keys[at] == wanted)[0] if len(postings.keys) else at[:0]
            starts, ends = postings.starts[at[rows]], postings.starts[at[rows] + 1]
            frequencies[rows] += ends - starts
            found.append(_Places(rows, starts, ends))
        return found, frequencies


@dataclass(frozen=True, slots=True)
class _Places:
    """The terms of a question that one segment holds: their rows (from 0) in the question and their postings' bounds."""

    rows: "NDArray[Any]"
    starts: "NDArray[Any]"
    ends: "NDArray[Any]"


def _segment_scores(
    postings: Postings, norms: "NDArray[Any]", factors: "NDArray[Any]", places: _Places
) -> "NDArray[Any] | float":
    """The score of every passage of one segment, whose arrays fit the processor's cache; 0.0 where no term stands.

    `factors` (float32) is what a term of the question counts for, `norms` the lengths of the segment's passages in BM25.
    """
    import numpy as np

    used = np.nonzero(factors[places.rows])[0]
    if not len(used):
        return 0.0
    starts, ends = places.starts[used], places.ends[used]
    parts = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    # One long array for all terms: a call of numpy for each of them would cost more than the arithmetic.
    passages = np.concatenate([postings.passages[part] for part in parts], dtype=np.intp, casting="unsafe")
    counts = np.concatenate([postings.counts[part] for part in parts], dtype=np.float32)
    scores = np.repeat(factors[places.rows[used]], ends - starts)
    scores *= counts
    counts += norms.take(passages)
    scores /= counts
    return np.bincount(passages, scores, minlength=len(norms))
