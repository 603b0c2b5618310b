"""What a letter says about itself."""

from index.letter import Block, Metadata


def read_metadata(text: str, blocks: tuple[Block, ...], stated: Metadata | None) -> Metadata:
    """The metadata read from a letter's text, overruled by what its file states."""
    return stated or Metadata()


def title_of(metadata: Metadata, name: str) -> str:
    """A title for people."""
    return name
