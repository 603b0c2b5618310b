"""A fake embedder that can be read: it knows a text by its words, each in one of 32 places, and nothing else."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from index.embed import EmbedderInfo, Kind

PLACES = 32


class WordEmbedder:
    """Counts words; a text without letters has no known word. It reads `max_words` words, all when None."""

    def __init__(self, revision: str = "1", max_words: int | None = None) -> None:
        self.info = EmbedderInfo("words", revision, PLACES, max_tokens=max_words)
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], kind: Kind) -> Any:
        self.encoded += texts
        vectors = np.zeros((len(texts), PLACES), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                if word.strip(".,?").isalpha():
                    vectors[row, zlib.crc32(word.strip(".,?").encode()) % PLACES] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=vectors, where=lengths > 0)

    def too_long(self, texts: Sequence[str]) -> list[int]:
        limit = self.info.max_tokens
        return [] if limit is None else [row for row, text in enumerate(texts) if len(text.split()) > limit]
