"""A segment: some letters with everything that search needs of them, in three files that never change.

An index is a list of segments. Adding a letter writes a small new one; a segment that a letter is removed from is written
anew without it; many small ones are joined. So a change costs what it touches, and no removed text stays behind. The
files of a segment called 00012: 00012.db (texts, index/database.py), 00012.safetensors (postings, sentence vectors and
numbers, memory-mapped) and 00012.faiss (passage vectors).
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import dense, lexical
from index.analyze import ngrams, words
from index.arrays import map_arrays, write_arrays
from index.database import StoredPassage, StoredSentence, copy_segments, open_database, write_segment
from index.embed import Embedder
from index.letter import Letter, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUFFIXES = (".db", ".safetensors", ".faiss")
WORDS = "words"
GRAMS = "grams"


def indexed_text(passage: Passage) -> str:
    """What both legs know a passage by: its header and the search view of its span."""
    return f"{passage.header}\n{passage.search_text}"


@dataclass(frozen=True, slots=True)
class Segment:
    """An open segment; letters and passages are numbered from 0, passages in the order of their letters.

    `letter_of`, `starts` and `pairs` (-1 for none) have a value for every passage; the sentences of passage i are rows
    `sentence_starts[i]` to `sentence_starts[i + 1]` of `sentence_vectors` (float16, length 1 or 0).
    """

    name: str
    database: sqlite3.Connection
    letter_of: "NDArray[Any]"
    starts: "NDArray[Any]"
    pairs: "NDArray[Any]"
    sentence_starts: "NDArray[Any]"
    sentence_vectors: "NDArray[Any]"
    words: lexical.Postings
    grams: lexical.Postings
    faiss: Any

    @property
    def size(self) -> int:
        """The number of passages."""
        return len(self.letter_of)


def files_of(name: str) -> list[str]:
    """The names of a segment's files."""
    return [name + suffix for suffix in SUFFIXES]


def open_segment(folder: Path, name: str) -> Segment:
    """The segment called `name`; raises OSError, ValueError, KeyError, RuntimeError or sqlite3.Error where it is damaged."""
    arrays = map_arrays(folder / f"{name}.safetensors")
    return Segment(
        name=name,
        database=open_database(folder / f"{name}.db"),
        letter_of=arrays["letter_of"],
        starts=arrays["starts"],
        pairs=arrays["pairs"],
        sentence_starts=arrays["sentence_starts"],
        sentence_vectors=arrays["sentence_vectors"],
        words=lexical.Postings.from_arrays(WORDS, arrays),
        grams=lexical.Postings.from_arrays(GRAMS, arrays),
        faiss=dense.open_faiss(folder / f"{name}.faiss"),
    )


def build_segment(
    folder: Path, name: str, letters: Sequence[tuple[Letter, Sequence[Passage]]], embedder: Embedder
) -> list[list[int]]:
    """Write a new segment; gives for every letter which of its passages the embedder does not read to the end."""
    import numpy as np

    passages = [passage for _, found in letters for passage in found]
    texts = [indexed_text(passage) for passage in passages]
    sentences = [sentence.text for passage in passages for sentence in passage.sentences]
    _write(
        folder,
        name,
        letter_of=np.repeat(np.arange(len(letters)), [len(found) for _, found in letters]),
        starts=np.array([passage.start for passage in passages]),
        pairs=np.array([-1 if passage.pair is None else passage.pair for passage in passages]),
        sentence_counts=np.array([len(passage.sentences) for passage in passages]),
        sentence_vectors=embedder.encode(sentences, "passage"),
        vectors=embedder.encode(texts, "passage"),
        word_postings=lexical.build(words(text) for text in texts),
        gram_postings=lexical.build(ngrams(text) for text in texts),
    )
    write_segment(folder / f"{name}.db", ((letter, [_stored(passage) for passage in found]) for letter, found in letters))
    cut = set(embedder.too_long(texts))
    positions = iter(range(len(passages)))
    return [[at for at, _ in enumerate(found) if next(positions) in cut] for _, found in letters]


def join_segments(folder: Path, name: str, parts: "Sequence[tuple[Path, str, NDArray[Any]]]") -> None:
    """Write a new segment from others (folder and name): of each the letters where the mask (bool) is true."""
    import numpy as np

    opened = [(open_segment(source, part), letters) for source, part, letters in parts]
    kept = [(segment, letters, letters[segment.letter_of]) for segment, letters in opened]
    letter_of, base = [], 0
    for segment, letters, passages in kept:
        letter_of.append((np.cumsum(letters) - 1 + base)[segment.letter_of[passages]])
        base += int(letters.sum())
    counts = [np.diff(segment.sentence_starts) for segment, _, _ in kept]
    _write(
        folder,
        name,
        letter_of=np.concatenate(letter_of),
        starts=np.concatenate([segment.starts[passages] for segment, _, passages in kept]),
        pairs=np.concatenate([segment.pairs[passages] for segment, _, passages in kept]),
        sentence_counts=np.concatenate([count[passages] for count, (_, _, passages) in zip(counts, kept, strict=True)]),
        sentence_vectors=np.concatenate(
            [
                segment.sentence_vectors[np.repeat(passages, count)]
                for count, (segment, _, passages) in zip(counts, kept, strict=True)
            ]
        ),
        vectors=np.concatenate([dense.vectors_of(segment.faiss, np.nonzero(passages)[0]) for segment, _, passages in kept]),
        word_postings=lexical.combine([(segment.words, passages) for segment, _, passages in kept]),
        gram_postings=lexical.combine([(segment.grams, passages) for segment, _, passages in kept]),
    )
    copy_segments(
        folder / f"{name}.db",
        [
            (source / f"{part}.db", np.nonzero(letters)[0].tolist(), np.nonzero(passages)[0].tolist())
            for (source, part, _), (_, letters, passages) in zip(parts, kept, strict=True)
        ],
    )
    for segment, _ in opened:
        segment.database.close()


def _write(
    folder: Path,
    name: str,
    *,
    letter_of: "NDArray[Any]",
    starts: "NDArray[Any]",
    pairs: "NDArray[Any]",
    sentence_counts: "NDArray[Any]",
    sentence_vectors: "NDArray[Any]",
    vectors: "NDArray[Any]",
    word_postings: lexical.Postings,
    gram_postings: lexical.Postings,
) -> None:
    import numpy as np

    arrays: dict[str, NDArray[Any]] = {
        "letter_of": letter_of.astype(np.int32),
        "starts": starts.astype(np.int64),
        "pairs": pairs.astype(np.int32),
        "sentence_starts": np.concatenate([[0], np.cumsum(sentence_counts)]).astype(np.int64),
        "sentence_vectors": sentence_vectors.astype(np.float16),
    }
    write_arrays(folder / f"{name}.safetensors", arrays | word_postings.arrays(WORDS) | gram_postings.arrays(GRAMS))
    dense.write_faiss(folder / f"{name}.faiss", vectors)


def _stored(passage: Passage) -> StoredPassage:
    return StoredPassage(
        passage.start,
        passage.end,
        passage.role,
        passage.heading,
        passage.fractie,
        passage.pair,
        passage.page,
        passage.header,
        passage.search_text,
        tuple(StoredSentence(s.text, s.spans, tuple(words(s.text))) for s in passage.sentences),
    )
