"""Embedding: from text to unit vectors, by the model that comes with the program or by any sentence-transformers model.

The default is a static model: a text's vector is the mean of its word pieces' rows, so tokenizers and numpy are enough and
a question costs no torch. It is shipped as a sentence-transformers model; `SentenceTransformer(folder)` gives the same
vectors. The model's revision is stored in the index, so that vectors of two models are never compared.
"""

import hashlib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from index.arrays import map_arrays, to_float32
from index.errors import SettingsError
from index.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

EMBEDDED = "embedded"
EMBEDDED_FOLDER = Path(__file__).parent / "data" / "embedder"
BATCH = 1024
SAMPLES = 64
"""A revision is made of this many blocks of each large file: hashing all of it would cost every cold question 10 ms."""
BLOCK = 4096
PLAIN = re.compile("[a-z0-9]+")
"""A word that a BERT tokenizer neither changes nor splits before it looks for pieces."""

Kind = Literal["query", "passage"]


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """What tells one embedding model from another: vectors may be compared only where this is equal.

    `revision` changes when the weights change. `max_tokens` is how much of a text the model reads, None for all of it.
    """

    name: str
    revision: str
    dimension: int
    query_prefix: str = ""
    passage_prefix: str = ""
    max_tokens: int | None = None

    def same_vectors(self, other: "EmbedderInfo") -> bool:
        """Whether both make the same vectors, wherever the model is stored."""
        return (self.revision, self.dimension, self.query_prefix, self.passage_prefix, self.max_tokens) == (
            other.revision,
            other.dimension,
            other.query_prefix,
            other.passage_prefix,
            other.max_tokens,
        )


class Embedder(Protocol):
    """An embedding model."""

    @property
    def info(self) -> EmbedderInfo: ...

    def encode(self, texts: Sequence[str], kind: Kind) -> "NDArray[Any]":
        """One float32 row of length 1 for each text; all zero for a text of which the model knows no piece."""
        ...

    def too_long(self, texts: Sequence[str]) -> list[int]:
        """The positions of the texts of which the model does not read the end."""
        ...


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name; raises SettingsError when there is no such model."""
    if settings.embedder == EMBEDDED:
        return StaticEmbedder(EMBEDDED_FOLDER, name=EMBEDDED)
    return SentenceTransformerEmbedder(settings.embedder)


class StaticEmbedder:
    """A sentence-transformers StaticEmbedding with Normalize in `folder`, run with tokenizers and numpy."""

    def __init__(self, folder: Path = EMBEDDED_FOLDER, name: str | None = None) -> None:
        self._folder = folder
        weights = folder / "model.safetensors"
        self._rows = map_arrays(weights)["embedding.weight"]
        self.info = EmbedderInfo(name or str(folder), revision((weights, folder / "tokenizer.json")), self._rows.shape[1])

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    @cached_property
    def _unknown(self) -> int:
        """The piece that stands for what the model does not know, -1 where there is none."""
        piece = self._tokenizer.token_to_id("[UNK]")
        return -1 if piece is None else piece

    @cached_property
    def _takes_plain_words(self) -> bool:
        """Whether the tokenizer prepares a text as BERT does, which leaves a plain word as it is."""
        from tokenizers.normalizers import BertNormalizer
        from tokenizers.pre_tokenizers import BertPreTokenizer

        tokenizer = self._tokenizer
        return isinstance(tokenizer.normalizer, BertNormalizer) and isinstance(tokenizer.pre_tokenizer, BertPreTokenizer)

    def encode(self, texts: Sequence[str], kind: Kind) -> "NDArray[Any]":  # noqa: ARG002 - it has no prefixes
        import numpy as np

        result = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            pieces = self._pieces(list(texts[first : first + BATCH]))
            result[first : first + len(pieces)] = self._means(pieces)
        return _unit(result)

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        """The word pieces of every text; none where the model knows none of them."""
        found: dict[int, list[int]] = {}
        if self._takes_plain_words:
            # A question meets some 150 new words; all that a tokenizer does for a text takes five times as long as this.
            model = self._tokenizer.model
            found = {
                row: [piece.id for piece in model.tokenize(text)] for row, text in enumerate(texts) if PLAIN.fullmatch(text)
            }
        others = [row for row in range(len(texts)) if row not in found]
        encodings = self._tokenizer.encode_batch([texts[row] for row in others], add_special_tokens=False) if others else []
        found |= {row: encoding.ids for row, encoding in zip(others, encodings, strict=True)}
        unknown = self._unknown
        return [[] if found[row].count(unknown) == len(found[row]) else found[row] for row in range(len(texts))]

    def _means(self, pieces: Sequence[Sequence[int]]) -> "NDArray[Any]":
        """For every text the mean of its pieces' rows, added in their order, so that it does not depend on other texts."""
        import numpy as np

        lengths = np.array([len(ids) for ids in pieces])
        rows = to_float32(self._rows[list(itertools.chain.from_iterable(pieces))])
        starts = np.cumsum(lengths) - lengths
        sums = np.zeros((len(pieces), self.info.dimension), dtype=np.float32)
        for at in range(lengths.max(initial=0)):
            longer = np.nonzero(lengths > at)[0]
            sums[longer] += rows[starts[longer] + at]
        means: NDArray[Any] = sums / np.maximum(lengths, 1, dtype=np.float32)[:, None]
        return means

    def too_long(self, texts: Sequence[str]) -> list[int]:  # noqa: ARG002 - it reads every piece
        return []


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or folder, with its own prompts; e5 models get the prefixes they need."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        folder = Path(name).expanduser()
        try:
            model: Any = SentenceTransformer(str(folder) if folder.is_dir() else name, device="cpu")
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"Het embeddingmodel '{name}' is niet te laden. Geef de naam of de map van een "
                "sentence-transformers-model, of kies --embedder embedded."
            ) from error
        self._model = model
        # E5 models want these prefixes; their own configuration does not say so.
        e5 = "e5" in name.lower() and "instruct" not in name.lower()
        prompts = {key: text for key, text in model.prompts.items() if text}
        self.info = EmbedderInfo(
            name=name,
            revision=_model_revision(model, folder),
            dimension=_dimension(model),
            query_prefix=prompts.get("query", "query: " if e5 else ""),
            passage_prefix=prompts.get("passage") or prompts.get("document") or ("passage: " if e5 else ""),
            max_tokens=self._max_tokens(),
        )

    def _max_tokens(self) -> int | None:
        limit = self._model.max_seq_length
        return int(limit) if limit is not None and limit < 10**6 else None

    def encode(self, texts: Sequence[str], kind: Kind) -> "NDArray[Any]":
        import numpy as np

        vectors = self._model.encode(
            [self._prefixed(text, kind) for text in texts], prompt="", show_progress_bar=False, convert_to_numpy=True
        )
        result = np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.info.dimension)
        result[~np.isfinite(result).all(axis=1)] = 0
        for row, text in enumerate(texts):
            if not text.strip():
                result[row] = 0
        return _unit(result)

    def too_long(self, texts: Sequence[str]) -> list[int]:
        if self.info.max_tokens is None:
            return []
        prefixed = [self._prefixed(text, "passage") for text in texts]
        lengths = [len(ids) for ids in self._model.tokenizer(prefixed, truncation=False, verbose=False)["input_ids"]]
        return [row for row, length in enumerate(lengths) if length > self.info.max_tokens]

    def _prefixed(self, text: str, kind: Kind) -> str:
        return (self.info.query_prefix if kind == "query" else self.info.passage_prefix) + text


def _unit(vectors: "NDArray[Any]") -> "NDArray[Any]":
    """The rows at length 1; a zero row stays zero."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0))


def revision(files: Sequence[Path]) -> str:
    """Twelve hex digits that change when a file's size changes or any of its sampled blocks does."""
    digest = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        digest.update(f"{file.name}:{size};".encode())
        with file.open("rb") as source:
            for position in sorted({size * sample // SAMPLES for sample in range(SAMPLES)}):
                source.seek(position)
                digest.update(source.read(BLOCK))
    return digest.hexdigest()[:12]


def _dimension(model: Any) -> int:
    # The method got a shorter name in sentence-transformers 6; both majors are allowed.
    return int(getattr(model, "get_embedding_dimension", model.get_sentence_embedding_dimension)())


def _model_revision(model: Any, folder: Path) -> str:
    if folder.is_dir():
        return revision(sorted(file for file in folder.rglob("*") if file.suffix in (".safetensors", ".bin", ".json")))
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return str(getattr(config, "_commit_hash", None) or model.model_card_data.base_model_revision or "onbekend")
