"""The blocks of a letter."""

import re
from dataclasses import dataclass

from index.extract import Extract
from index.letter import Block, BlockKind, Quality, Span


@dataclass(frozen=True, slots=True)
class Structure:
    """What the text of a letter is made of."""

    blocks: tuple[Block, ...]
    pages: tuple[int, ...]
    quality: Quality


def find_blocks(extract: Extract) -> Structure:
    """The blocks, page starts and text quality of `extract`."""
    blocks = extract.blocks
    if blocks is None:
        paragraphs = re.finditer(r"\S(?:.|\n(?![ \t]*\n))*", extract.text)
        blocks = tuple(
            Block(BlockKind.PARAGRAPH, (Span(match.start(), match.start() + len(match[0].rstrip())),))
            for match in paragraphs
        )
    return Structure(blocks, extract.pages, extract.quality)
