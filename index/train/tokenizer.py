"""The Dutch tokenizer: WordPiece, lower case, accents off.

Tried and dropped: a vocabulary that splits compounds at their seams before it is learnt. Plain WordPiece finds the same
seams by itself ("regerings ##commissaris", "jeugd ##gezondheids ##zorg") and needs as many pieces for a text.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def train_tokenizer(texts: Iterable[str], size: int) -> "Tokenizer":
    """A tokenizer of `size` pieces learnt from `texts`; it adds no special pieces of its own to a text."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=list(SPECIAL), min_frequency=3, show_progress=False)
    tokenizer.train_from_iterator((clean(text) for text in texts), trainer)
    return tokenizer


def piece_ids(tokenizer: "Tokenizer", texts: Sequence[str], longest: int = 256) -> list[list[int]]:
    """The piece numbers of each text without special pieces, at most `longest` of them."""
    special = {tokenizer.token_to_id(piece) for piece in SPECIAL}
    encoded = tokenizer.encode_batch([clean(text) for text in texts], add_special_tokens=False)
    return [[i for i in found.ids if i not in special][:longest] for found in encoded]


def clean(text: str) -> str:
    """`text` with line-end hyphens closed and white space collapsed."""
    return re.sub(r"\s+", " ", re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text))
