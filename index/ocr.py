"""Slips of text recognition: how to tell that a text is a scan, and how to mend words for the search view.

Only shapes that Dutch does not have are signs of a scan: é where a word wants ë (Belgié, financiéle, creéren), a slash for a
letter (Counci/, /ntegrated), an apostrophe doubled. The search view mends a word only when the word is unknown and one
exchange of signs that scanners mix up makes it known. Quotes are never mended.
"""

import re
from functools import lru_cache

from index.analyze import fold, is_known

E_ACUTE = re.compile(
    r"\b[A-Z]?[a-z]*(?:[lgtvn]i[é](?=\b|n\b|r\b|le\b|ren\b)|[ao]tié\b|(?:c|re)eé[nr]|(?:cre|ge[ïi]|cr)é[ëe]?|eé(?:r|n|er))\w*"
)
SLASH = re.compile(r"(?<![\w/.:])/[a-z]{3,}\b|\b[A-Z][a-z]{3,}/(?=[\s).,;])|(?<![\w/])[b-df-hj-np-tv-z]/[a-z]{4,}")
QUOTES = re.compile(r"\w['’][’']s\b")
MIN_SIGNS = 3


def is_ocr(text: str) -> bool:
    """Whether `text` looks as if it was read from a scan."""
    signs = len(E_ACUTE.findall(text)) + len(SLASH.findall(text)) + len(QUOTES.findall(text))
    return signs >= MIN_SIGNS


WORD = re.compile(r"[^\W\d_]{6,}")
"""Shorter words have too many neighbours."""
DOUBLED_QUOTE = re.compile(r"(?<=\w)['’]['’](?=s\b)")
O_DIAERESIS = re.compile(r"o?odrd")
"""What becomes of oörd (coördinatie); Dutch has no drd of its own."""
CONFUSED = (
    ("o", "b"),
    ("d", "o"),
    ("rn", "m"),
    ("cl", "d"),
    ("c", "e"),
    ("e", "c"),
    ("h", "b"),
    ("li", "h"),
    ("ii", "u"),
    ("vv", "w"),
)
"""What was read, and what stood there."""
PREFIXES = ("bij", "be", "ge", "ver", "on", "her", "mede", "op", "aan")


def mends(text: str) -> list[tuple[int, int, str]]:
    """Edits (start, end, new text), in order and apart, that mend words of the scanned `text` for searching."""
    edits = [(*match.span(), "’") for match in DOUBLED_QUOTE.finditer(text)]
    for match in SLASH.finditer(text):
        slash = match.start() + match[0].index("/")
        edits.append((slash, slash + 1, "I" if slash == match.start() else "l"))
    for match in WORD.finditer(text):
        mended = _mended(fold(match[0]))
        if mended is not None:
            edits.append((*match.span(), mended))
    edits.sort()
    return [edit for i, edit in enumerate(edits) if not i or edits[i - 1][1] <= edit[0]]


@lru_cache(maxsize=65536)
def _mended(word: str) -> str | None:
    """What the folded `word` should be, or None when it is known or no single exchange of signs makes it known."""
    if _is_word(word):
        return None
    if O_DIAERESIS.search(word):
        return O_DIAERESIS.sub("oord", word)
    found = {
        word[:at] + meant + word[at + len(read) :]
        for read, meant in CONFUSED
        for at in range(len(word))
        if word.startswith(read, at)
    }
    known = [candidate for candidate in found if _is_word(candidate)]
    return known[0] if len(known) == 1 else None


def _is_word(word: str) -> bool:
    return is_known(word) or any(word.startswith(prefix) and is_known(word.removeprefix(prefix)) for prefix in PREFIXES)
