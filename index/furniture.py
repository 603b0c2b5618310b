"""Page furniture: lines that belong to the page and not to the letter.

Page numbers, running heads and colophon lines of official papers, the reference in a letter's side column; and any short
line that stands at the top or bottom of most pages.
"""

import re
from collections import Counter
from collections.abc import Sequence

from index.layout import Line

PAGE_NUMBER = re.compile(
    r"(?:pagina|blad|page)\s+\d+(?:\s*(?:van|/)\s*\d+)?|[-–—]?\s*\d{1,3}\s*[-–—]|\d{1,3}\s*(?:van|/)\s*\d{1,3}",
    re.IGNORECASE,
)
RUNNING_HEAD = re.compile(
    r"(?:tweede|eerste) kamer(?: der staten-generaal)?, vergaderjaar \d{4}\s*[-–]\s*\d{2,4}.{0,60}"
    r"|kst-?\d[\w-]*|issn\s*[\d\s–-]+|[’']s-gravenhage \d{4}"
    r"|bij beantwoording,? (?:datum|onze referentie)\b.{0,80}|(?:mindef|bs)\d{6,}",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"\d{1,3}")
LONGEST = 100
MIN_PAGES = 3
MAX_SHARE = 0.5
"""Where more of the lines stand at page edges and are alike, they are the text itself."""


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines that are page furniture."""
    edges = [
        i for i, line in enumerate(lines) if i and (line.page_start or (i + 1 < len(lines) and lines[i + 1].page_start))
    ]
    edges += [0, len(lines) - 1] if lines else []
    found = {i for i, line in enumerate(lines) if PAGE_NUMBER.fullmatch(line.text) or RUNNING_HEAD.fullmatch(line.text)}
    found |= {i for i in edges if BARE_NUMBER.fullmatch(lines[i].text)}
    repeated = Counter(_shape(lines[i].text) for i in edges if len(lines[i].text) <= LONGEST)
    running = {i for i in edges if repeated[_shape(lines[i].text)] >= MIN_PAGES}
    if len(running) <= MAX_SHARE * len(lines):
        found |= running
    return frozenset(found)


def _shape(text: str) -> str:
    """`text` with every number alike, so that running heads with a page number are one."""
    return re.sub(r"\d+", "0", text.casefold())
