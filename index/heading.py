"""Which short lines of running text are headings, and how deep.

Converted text shows no type, so a heading is a short line of its own that starts with a capital or a number and does not
end as a sentence, with text below it. Lists of short lines are no headings: several such lines in a row are told apart
from a heading with a sub-heading by their number, and are items of a list where their numbers count on. Depth is only what
the text shows: the printed number ("2.1"), or a heading straight below another; everything else is level 1.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.layout import Paragraph, is_bullet

LONGEST = 100
MAX_LINES = 2
NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÀ-Þ‘“])")
LETTERED = re.compile(r"(?P<letter>[A-Z]|[IVX]{1,4})\.\s+(?=[A-ZÀ-Þ])")
LABEL_END = tuple(".,;?!-–—")
MAX_IN_A_ROW = 2
FUNCTION_WORDS = frozenset(
    "de het een van in op te ten ter en of voor met aan bij door tot om dat die is zijn wordt worden".split()
)


def heading_levels(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The indexes of the paragraphs that are headings, each with its level (1 is the top)."""
    kept: dict[int, int] = {}
    for row in _rows([i for i in range(len(paragraphs)) if _may_be_heading(paragraphs, i)]):
        if row[-1] + 1 >= len(paragraphs):
            row.pop()
        items = _items(paragraphs, row)
        for depth, i in enumerate(row):
            if i in items:
                continue
            numbered = NUMBERED.match(paragraphs[i].text)
            if numbered:
                kept[i] = numbered["number"].count(".") + 1
            elif len(row) <= MAX_IN_A_ROW:
                kept[i] = 1 + depth
    return kept


def _items(paragraphs: Sequence[Paragraph], row: Sequence[int]) -> set[int]:
    """Those of `row` that are items of a list: their numbers, without a point inside, count on with nothing between."""
    found = [NUMBERED.match(paragraphs[i].text) for i in row]
    numbers = [int(match["number"]) if match and match["number"].isdigit() else None for match in found]
    follow = [n for n, (a, b) in enumerate(pairwise(numbers)) if a is not None and b == a + 1]
    return {row[n] for first in follow for n in (first, first + 1)}


def _rows(indexes: Sequence[int]) -> list[list[int]]:
    """`indexes` in runs of neighbours."""
    rows: list[list[int]] = []
    for i in indexes:
        if rows and rows[-1][-1] == i - 1:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows


def _may_be_heading(paragraphs: Sequence[Paragraph], i: int) -> bool:
    paragraph = paragraphs[i]
    text = paragraph.text
    if len(text) > LONGEST or len(paragraph.lines) > MAX_LINES or text.endswith(LABEL_END) or len(text) < 2:
        return False
    if text.endswith(":") or not any(char.isalpha() for char in text):
        return False
    if text.split()[-1].casefold() in FUNCTION_WORDS or "   " in text or "\t" in text:
        return False
    if NUMBERED.match(text) or LETTERED.match(text):
        return True
    if is_bullet(text) or not (text[0].isupper() or text[0] in "‘“\"'("):
        return False
    return i == 0 or not paragraphs[i - 1].text.rstrip().endswith((",", ";", "-"))
