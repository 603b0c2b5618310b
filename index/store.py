"""The read side of the index: the letters, and both search legs, as they were when it was opened.

Everything is opened at once and kept, so that a reader sees one generation for as long as it lives, whatever is written
meanwhile. `Letters` needs no numpy and no model: it serves `list` and `show`. `Index` adds search.

A passage has a number that counts through the segments; it means something only within one open index. Results come by
score, then letter name, then start, and do not depend on the order in which letters were added.
"""

import bisect
import difflib
import itertools
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self, TypeVar

from index import dense
from index.analyze import VERSION
from index.database import (
    Entry,
    LetterInfo,
    open_database,
    read_catalogue,
    read_letter,
    read_passage,
)
from index.embed import EMBEDDED, Embedder
from index.errors import DamagedIndexError, EmbedderMismatchError, UnknownLetterError
from index.generation import MEND, Generation, current_name, read_current
from index.letter import Letter, Role, Span
from index.lexical import Field
from index.manifest import FORMAT, Manifest
from index.reference import parse_key
from index.segment import Segment, open_segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

CATALOGUE = "letters.db"
CACHED_PASSAGES = 4096
CACHED_TERMS = 20_000
CACHED_LETTERS = 64
BLOCK = 64

Opened = TypeVar("Opened", bound="Letters")


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage found by a leg. For the lexical leg `score` is `words` + `grams`; for the dense leg it is the cosine."""

    id: int
    score: float
    words: float = 0.0
    grams: float = 0.0


@dataclass(frozen=True, slots=True)
class IndexedSentence:
    """A sentence of an indexed passage: reading view, canonical spans, and its analysed words."""

    id: int
    text: str
    spans: tuple[Span, ...]
    terms: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as it stands in the index: the fields of Passage, its number, and what is known of its letter."""

    id: int
    info: LetterInfo
    start: int
    end: int
    role: Role
    heading: tuple[str, ...]
    fractie: str | None
    pair: int | None
    page: int | None
    header: str
    search_text: str
    sentences: tuple[IndexedSentence, ...]

    @property
    def letter(self) -> str:
        return self.info.name

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Letters:
    """The letters of one generation: what is known of each, and its canonical text."""

    def __init__(self, index: Path, generation: Generation) -> None:
        self.folder = index
        self.manifest: Manifest = generation.manifest
        self.generation: str = generation.manifest.generation
        with _damage(index):
            self._catalogue = open_database(generation.folder / CATALOGUE)
            self._databases = {
                name: open_database(generation.folder / f"{name}.db") for name in generation.manifest.segments
            }
        self._letter = lru_cache(maxsize=CACHED_LETTERS)(self._read_letter)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The letters of the index in `folder`; raises NoIndexError or DamagedIndexError."""
        return _opened(folder, lambda generation: cls(folder, generation))

    @property
    def letter_count(self) -> int:
        return self.manifest.letters

    @property
    def passage_count(self) -> int:
        return self.manifest.passages

    def letters(self) -> tuple[LetterInfo, ...]:
        """All letters, by name."""
        return self._infos

    def entries(self) -> list[Entry]:
        """All letters, by name, with where their content stands."""
        return list(self._entries)

    def letter(self, ref: str) -> Letter:
        """The letter that `ref` means: its name, the end of one of its paths, or a Kamerstuk number in any form.

        Raises UnknownLetterError, with the nearest names, when there is none or more than one.
        """
        return self._letter(self.find(ref).name)

    def find(self, ref: str) -> LetterInfo:
        """What is known of the letter that `ref` means; raises UnknownLetterError."""
        entry = self._by_name.get(ref)
        return entry.info if entry is not None else find_letter(self.letters(), ref)

    @cached_property
    def _infos(self) -> tuple[LetterInfo, ...]:
        return tuple(entry.info for entry in self._entries)

    @cached_property
    def _entries(self) -> list[Entry]:
        with _damage(self.folder):
            return read_catalogue(self._catalogue)

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        return {entry.info.name: entry for entry in self._entries}

    def _read_letter(self, name: str) -> Letter:
        place = self._by_name[name].place
        with _damage(self.folder):
            return read_letter(self._databases[place.segment], place.number, name)


class Index(Letters):
    """One generation, open for search."""

    def __init__(self, index: Path, generation: Generation, embedder: Embedder | None = None) -> None:
        super().__init__(index, generation)
        check_version(index, generation.manifest)
        check_embedder(index, generation.manifest, embedder)
        with _damage(index):
            self._segments: list[Segment] = [open_segment(generation.folder, name) for name in generation.manifest.segments]
        self._bases = [0]
        for segment in self._segments:
            self._bases.append(self._bases[-1] + segment.size)
        self._passage = lru_cache(maxsize=CACHED_PASSAGES)(self._read_passage)
        self._frequency = lru_cache(maxsize=CACHED_TERMS)(self._words.document_frequency)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder | None = None) -> Self:
        """The index in `folder`, whose questions will be embedded by `embedder`.

        Without an embedder the index must be made with the one that comes with the program. Raises NoIndexError,
        DamagedIndexError or EmbedderMismatchError.
        """
        return _opened(folder, lambda generation: cls(folder, generation, embedder))

    # -- reading

    def passages(self, ids: Sequence[int]) -> list[IndexedPassage]:
        """The passages with these numbers, in this order."""
        return [self._passage(int(number)) for number in ids]

    def passage_vectors(self, ids: Sequence[int]) -> "NDArray[Any]":
        """The vectors (float32, a row each) of these passages."""
        import numpy as np

        numbers = np.array([self._checked(number) for number in ids], dtype=np.int64)
        indexes = [segment.faiss for segment in self._segments]
        return dense.gather(indexes, np.array(self._bases), numbers, self.manifest.embedder.dimension)

    def neighbours(self, passage_id: int) -> list[int]:
        """The other passages of the same letter and pair (a question and its answer), in order; none without a pair."""
        import numpy as np

        number, local = self._locate(passage_id)
        segment = self._segments[number]
        pair = segment.pairs[local]
        if pair < 0:
            return []
        same = np.nonzero((segment.pairs == pair) & (segment.letter_of == segment.letter_of[local]))[0]
        return [self._bases[number] + int(row) for row in same if row != local]

    def place(self, passage_id: int) -> tuple[str, int]:
        """The letter's name and the start of a passage, without reading it: what equal scores are ordered by."""
        number, local = self._locate(passage_id)
        segment = self._segments[number]
        return self._names[number][segment.letter_of[local]], int(segment.starts[local])

    def passages_of(self, letter: str) -> range:
        """The numbers of the passages of the letter with this name, in the order of the text."""
        import numpy as np

        place = self._by_name[letter].place
        number = self.manifest.segments.index(place.segment)
        first, last = np.searchsorted(self._segments[number].letter_of, [place.number, place.number + 1])
        return range(self._bases[number] + int(first), self._bases[number] + int(last))

    # -- searching

    def lexical(
        self,
        words: Mapping[str, float],
        grams: Mapping[str, float],
        limit: int,
        letters: Collection[str] | None = None,
    ) -> list[Scored]:
        """The `limit` best passages by BM25 over weighted terms, only of these letters (names) where given.

        `score` is the sum of weight * BM25 over the word terms and over the 5-grams; both are given as well. Passages
        without any of the terms are not found.
        """
        import numpy as np

        if not self.passage_count or limit < 1:
            return []
        by_words, by_grams = self._words.scores(words), self._grams.scores(grams)
        total = by_words + by_grams
        if letters is not None:
            total = np.where(self._of(letters), total, 0)
        found = _highest(total, limit)
        best = self._best(found, total[found], limit)
        columns = (scores[best].tolist() for scores in (total, by_words, by_grams))
        return [Scored(*row) for row in zip(best, *columns, strict=True)]

    def dense(self, vector: "NDArray[Any]", limit: int, letters: Collection[str] | None = None) -> list[Scored]:
        """The `limit` passages nearest to the unit `vector` by cosine, only of these letters (names) where given.

        Nothing is near to a vector of zeros.
        """
        import numpy as np

        if not self.passage_count or limit < 1 or not np.any(vector):
            return []
        allowed = None if letters is None else self._of(letters)
        numbers, scores = dense.nearest([segment.faiss for segment in self._segments], vector, limit, allowed)
        by_number = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
        return [Scored(number, by_number[number]) for number in self._best(numbers, scores, limit)]

    def sentence_scores(self, vector: "NDArray[Any]", passage_ids: Sequence[int]) -> "dict[int, NDArray[Any]]":
        """For each passage the cosines (float64) of its sentences with the unit `vector`; 0 for an unknown sentence."""
        import numpy as np

        rows = []
        for number, local in map(self._locate, passage_ids):
            segment = self._segments[number]
            rows.append(segment.sentence_vectors[segment.sentence_starts[local] : segment.sentence_starts[local + 1]])
        if not rows:
            return {}
        scores = dense.cosines(np.concatenate(rows), vector)
        bounds = itertools.pairwise(itertools.accumulate(map(len, rows), initial=0))
        return {number: scores[start:end] for number, (start, end) in zip(passage_ids, bounds, strict=True)}

    def document_frequency(self, term: str) -> int:
        """In how many passages the word term stands, headers included."""
        return self._frequency(term)

    # -- inside

    @cached_property
    def _words(self) -> Field:
        return Field([segment.words for segment in self._segments])

    @cached_property
    def _grams(self) -> Field:
        return Field([segment.grams for segment in self._segments])

    @cached_property
    def _names(self) -> list[list[str]]:
        """The names of the letters of each segment, by number."""
        by_segment: dict[str, dict[int, str]] = {name: {} for name in self.manifest.segments}
        with _damage(self.folder):
            for name, segment, number in self._catalogue.execute("SELECT name, segment, number FROM letter"):
                by_segment[segment][number] = name
        return [[found[number] for number in range(len(found))] for found in by_segment.values()]

    def _locate(self, passage_id: int) -> tuple[int, int]:
        """The segment (by position) of a passage and its number in there."""
        number = bisect.bisect_right(self._bases, self._checked(passage_id)) - 1
        return number, passage_id - self._bases[number]

    def _checked(self, passage_id: int) -> int:
        if not 0 <= passage_id < self._bases[-1]:
            raise IndexError(f"no passage {passage_id}")
        return passage_id

    def _best(self, numbers: "NDArray[Any]", scores: "NDArray[Any]", limit: int) -> list[int]:
        """The passages by score, then letter name, then start."""
        by_score = sorted(zip((-scores).tolist(), numbers.tolist(), strict=True))
        best: list[int] = []
        for _, pairs in itertools.groupby(by_score, key=lambda pair: pair[0]):
            equal = [number for _, number in pairs]
            best += sorted(equal, key=self.place) if len(equal) > 1 else equal
            if len(best) >= limit:
                break
        return best[:limit]

    def _of(self, letters: Collection[str]) -> "NDArray[Any]":
        """A mask (bool) of the passages of these letters."""
        import numpy as np

        chosen = frozenset(letters)
        parts = [
            np.array([name in chosen for name in names], dtype=bool)[segment.letter_of]
            for names, segment in zip(self._names, self._segments, strict=True)
        ]
        return np.concatenate(parts)

    def _read_passage(self, passage_id: int) -> IndexedPassage:
        number, local = self._locate(passage_id)
        segment = self._segments[number]
        first = int(self._sentence_bases[number] + segment.sentence_starts[local])
        with _damage(self.folder):
            stored = read_passage(segment.database, local)
        return IndexedPassage(
            id=passage_id,
            info=self._by_name[self._names[number][segment.letter_of[local]]].info,
            start=stored.start,
            end=stored.end,
            role=stored.role,
            heading=stored.heading,
            fractie=stored.fractie,
            pair=stored.pair,
            page=stored.page,
            header=stored.header,
            search_text=stored.search_text,
            sentences=tuple(
                IndexedSentence(first + at, sentence.text, sentence.spans, sentence.terms)
                for at, sentence in enumerate(stored.sentences)
            ),
        )

    @cached_property
    def _sentence_bases(self) -> list[int]:
        bases = [0]
        for segment in self._segments:
            bases.append(bases[-1] + len(segment.sentence_vectors))
        return bases


def _highest(scores: "NDArray[Any]", limit: int) -> "NDArray[Any]":
    """The rows of the `limit` highest scores above 0, and of all that equal the last of them."""
    import numpy as np

    # The best of every block of 64: `limit` scores are at least as high as the `limit`-th of these, and looking for the
    # exact bound among those few is much quicker than among all.
    blocks = scores[: len(scores) // BLOCK * BLOCK].reshape(-1, BLOCK).max(axis=1)
    least = np.partition(blocks, -limit)[-limit] if len(blocks) >= limit else 0
    found = np.nonzero(scores >= least if least > 0 else scores > 0)[0]
    if len(found) > limit:
        found = found[scores[found] >= np.partition(scores[found], -limit)[-limit]]
    return found


def find_letter(letters: Sequence[LetterInfo], ref: str) -> LetterInfo:
    """The one letter that `ref` means: a name, the end of a path, or a Kamerstuk number in any form.

    Raises UnknownLetterError with the names of the candidates or the nearest names.
    """
    for info in letters:
        if info.name == ref:
            return info
    parts = PurePosixPath(ref.replace("\\", "/")).parts
    found = [info for info in letters if any(PurePosixPath(path).parts[-len(parts) :] == parts for path in info.paths)]
    key = parse_key(ref)
    if not found and key is not None:
        found = [info for info in letters if info.key is not None and info.key.casefold() == key.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(info.name for info in found[:5])
        raise UnknownLetterError(f"'{ref}' past op {len(found)} brieven: {names}. Noem er een bij zijn naam.")
    if not letters:
        raise UnknownLetterError(f"Onbekende brief '{ref}': de index is leeg. Voeg brieven toe: kamerbrief index add MAP")
    names_and_keys = [info.name for info in letters] + [info.key for info in letters if info.key]
    near = difflib.get_close_matches(ref, names_and_keys, n=3, cutoff=0.4) or names_and_keys[:3]
    raise UnknownLetterError(
        f"Onbekende brief '{ref}'. Bedoelde u {' of '.join(near)}? Zie alle brieven met: kamerbrief index list"
    )


def check_version(index: Path, manifest: Manifest) -> None:
    """Raise DamagedIndexError when another version of the program made the index."""
    if (manifest.format, manifest.analyzer) != (FORMAT, VERSION):
        raise DamagedIndexError(f"De index in {index} is met een andere versie van kamerbrief gemaakt. {MEND}")


def check_embedder(index: Path, manifest: Manifest, embedder: Embedder | None) -> None:
    """Raise EmbedderMismatchError when the index was made with another model; None is the one that comes along."""
    made_with = manifest.embedder
    if embedder is None:
        if made_with.name != EMBEDDED:
            raise EmbedderMismatchError(_other_embedder(index, made_with.name, EMBEDDED))
    elif not embedder.info.same_vectors(made_with):
        raise EmbedderMismatchError(_other_embedder(index, made_with.name, embedder.info.name))


def check_embedder_name(index: Path, wanted: str) -> None:
    """Raise EmbedderMismatchError when one of index and settings names the model that comes along and the other does not.

    It needs no model; whether two other models make the same vectors is seen when the index is opened with one.
    """
    made_with = Letters.open(index).manifest.embedder.name
    if (made_with == EMBEDDED) != (wanted == EMBEDDED):
        raise EmbedderMismatchError(_other_embedder(index, made_with, wanted))


def _other_embedder(index: Path, made_with: str, wanted: str) -> str:
    if made_with == wanted:
        return f"De index in {index} is met een andere versie van het embeddingmodel '{wanted}' gemaakt. {MEND}"
    return (
        f"De index in {index} is gemaakt met het embeddingmodel '{made_with}', niet met '{wanted}'. "
        f"Kies dat model (KAMERBRIEF_EMBEDDER={made_with}) of bouw de index opnieuw: kamerbrief index add MAP --rebuild"
    )


def _opened(folder: Path, make: Callable[[Generation], Opened]) -> Opened:
    """What `make` opens of the generation in use; once more where a writer removed that generation in the meantime."""
    while True:
        name = current_name(folder)
        try:
            return make(read_current(folder))
        except DamagedIndexError:
            if current_name(folder) == name:
                raise


@contextmanager
def _damage(index: Path) -> Iterator[None]:
    """Translate what SQLite, FAISS and our arrays say about a broken file."""
    try:
        yield
    except (OSError, sqlite3.Error, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"De index in {index} is beschadigd ({error}). {MEND}") from error
