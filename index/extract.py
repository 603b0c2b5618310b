"""What a loader makes of a file's bytes: the canonical text and whatever structure the format itself states.

A loader for plain text knows the text alone, and the layout is worked out from it (index/layout.py). A loader for Word or
official XML knows headings and footnotes for certain and gives `blocks`; then nothing is guessed.
"""

from dataclasses import dataclass

from index.letter import Block, Metadata, Quality


@dataclass(frozen=True, slots=True)
class Extract:
    """The canonical text of one file.

    `pages` are the offsets at which pages start. `blocks` is None where the format does not state the whole structure;
    `known` are then the blocks that it does state (footnotes, running heads, headings), see index/known.py. `metadata`
    holds facts stated by the file itself (origin "metadata"), which overrule what is read from the text. `warnings` are
    Dutch lines for the report.
    """

    text: str
    format: str
    quality: Quality = "text"
    pages: tuple[int, ...] = ()
    blocks: tuple[Block, ...] | None = None
    known: tuple[Block, ...] = ()
    metadata: Metadata | None = None
    warnings: tuple[str, ...] = ()
