"""The first vector of every piece: the teacher's vector of its gloss, common pieces made short.

The length of a row is its weight in the mean of a text: a / (a + p) of a piece with probability p, after Arora et al.,
"A simple but tough-to-beat baseline for sentence embeddings" (2017).
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.train.gloss import Gloss

if TYPE_CHECKING:
    from tokenizers import Tokenizer

RARE = 1e-3
COMMON_PART = 0.9
SCALE = 2.0


def piece_glosses(tokenizer: "Tokenizer", gloss: Gloss) -> list[str]:
    """The gloss of every piece, by its number."""
    vocabulary = tokenizer.get_vocab()
    return [_gloss(piece.removeprefix("##"), gloss) for piece in sorted(vocabulary, key=vocabulary.__getitem__)]


def first_table(vectors: NDArray[np.float32], texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """The table (pieces, dimensions) from the teacher's `vectors` of the pieces' glosses and those of `texts`."""
    counts = np.bincount(np.concatenate([np.asarray(ids, np.int64) for ids in texts]), minlength=len(vectors)) + 1
    weights = RARE / (RARE + counts / counts.sum())
    short = (vectors - COMMON_PART * vectors.mean(axis=0)) * weights[:, None]
    return np.asarray(SCALE * short, np.float32)


def _gloss(piece: str, gloss: Gloss) -> str:
    if not piece.isalpha() or len(piece) <= 2:
        return piece
    found = gloss.word(piece)
    if found == piece and re.search(r"(s|en|e)$", piece):
        # The head of a compound with its linking letters ("regerings").
        for link in ("s", "en", "e"):
            base = piece.removesuffix(link)
            if base != piece and gloss.known(base):
                return gloss.word(base)
    return found
