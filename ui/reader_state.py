"""Which reader answers now, in words for the screen."""

from index.settings import Settings
from ui.words import READERS


def reader_words(settings: Settings, chosen: str | None) -> str:
    """One line: the reader that a question would get now, and why."""
    return f"Lezer: {READERS[chosen or settings.reader]}"
