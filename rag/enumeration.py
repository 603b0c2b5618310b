"""Enumeration: which sentences of a passage form one list.

An item of a list says little by itself ("- zij duurt hooguit twee jaar;"): it speaks of the sentence that introduces the
list, and a list that is quoted in part is a wrong answer.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from index.layout import is_bullet

ORDINAL = re.compile(
    r"(?:Ten (?:eerste|tweede|derde|vierde|vijfde|zesde)|In de (?:eerste|tweede|derde) plaats|Allereerst|Tot slot|"
    r"Ten ?slotte)\b"
)
"""How an item of a list in running text opens."""
FIRST = re.compile(r"(?:Ten eerste|In de eerste plaats|Allereerst)\b")
GAP = 2
"""Sentences that an item may have beside its first."""


def around(texts: Sequence[str], position: int) -> range:
    """The positions of the list in `texts` (the sentences of a passage) that the one at `position` belongs to, with its
    introduction; just `position` when it belongs to none."""
    return next((found for found in lists(texts) if position in found), range(position, position + 1))


def lists(texts: Sequence[str]) -> list[range]:
    """The lists among `texts`, in order, each with the sentence that introduces it where there is one.

    A list inside an item of another is one by itself, with that item as its introduction.
    """
    bullets = [i for i, text in enumerate(texts) if is_bullet(text)]
    found = _nested(texts, bullets)
    inside = {i for one in found for i in one}
    found += [_introduced(texts, group) for group in _groups([i for i in bullets if i not in inside])]
    ordinals = [i for i, text in enumerate(texts) if ORDINAL.match(text)]
    opens = [i for i in ordinals if FIRST.match(texts[i])]
    for start, end in pairwise([*opens, len(texts)]):
        group = next(iter(_groups([i for i in ordinals if start <= i < end])), None)
        if group is not None:
            found.append(range(max(group.start - 1, 0), group.stop))
    return sorted(_apart(found), key=lambda one: one.start)


def _nested(texts: Sequence[str], bullets: Sequence[int]) -> list[range]:
    """The items that announce items with another sign ("- wij doen het volgende:" before "1."), each with those."""
    found = []
    for item in (i for i in bullets if texts[i].rstrip().endswith(":")):
        inner = _below(texts, item, bullets)
        if len(inner) > 1 and inner[0] == item + 1:
            found.append(range(item, inner[-1] + 1))
    return found


def _below(texts: Sequence[str], item: int, bullets: Sequence[int]) -> list[int]:
    """The bullets after `item` up to the next with its sign."""
    return list(takewhile(lambda i: _sign(texts[i]) != _sign(texts[item]), (i for i in bullets if i > item)))


def _sign(text: str) -> str:
    """What kind of sign an item opens with: a digit, a letter or the sign itself."""
    sign = text.lstrip("(")[0]
    return "1" if sign.isdigit() else "a" if sign.isalpha() else sign


def _groups(items: Sequence[int]) -> list[range]:
    """Two or more `items` (positions, rising) that follow each other with at most GAP others between them."""
    groups: list[range] = []
    for item in items:
        if groups and item - groups[-1][-1] <= GAP + 1:
            groups[-1] = range(groups[-1].start, item + 1)
        else:
            groups.append(range(item, item + 1))
    return [group for group in groups if len(group) > 1]


def _introduced(texts: Sequence[str], group: range) -> range:
    introduced = group.start > 0 and texts[group.start - 1].rstrip().endswith(":")
    return range(group.start - introduced, group.stop)


def _apart(found: Sequence[range]) -> list[range]:
    """`found` without those that overlap an earlier one."""
    kept: list[range] = []
    for one in found:
        if all(one.stop <= other.start or other.stop <= one.start for other in kept):
            kept.append(one)
    return kept
