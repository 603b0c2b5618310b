"""References to Kamerstukken, in letters and in what a user types.

One paper is called by many names: "Kamerstuk 28 676, nr. 471", "36410-X, C", "31 409, nr 423", "kst-28676-471". All become
one key, `kst-{dossier}[-{suffix}]-{number or letter}`.
"""

import re
from dataclasses import dataclass

DOSSIER = r"(?<![\d.,€])\d{2}[\s\u00a0.]?\d{3}(?!\d)"
SUFFIX = (
    r"(?:\s*[-–]\s*(?:[IVXLC]+[A-Z]?|[A-Z]|\d{2})(?![\w])|\s+(?:[IVXLC]+)(?=\s*,?\s*(?:nrs?\b|[A-Z]{1,2}\b))|[A-Z](?=\s*,))"
)
MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
NUMBERS = rf"\d{{1,4}}(?:\s*(?:/|,|en|t/m|tot en met)\s*\d{{1,4}}(?!\d|\s*(?:{MONTH}|\d{{3}})))*"
FORM = re.compile(
    rf"(?P<pre>\b[Kk]amerstuk(?:ken)?\s+(?:I{{1,2}}\s+)?(?:\d{{4}}[/-]\d{{2,4}}\s*,\s*)?)?"
    rf"(?P<more>(?:{DOSSIER}(?:{SUFFIX})?\s*(?:/|,?\s+en\s+|,\s*)\s*){{0,5}})(?P<dossier>{DOSSIER})(?P<suffix>{SUFFIX})?"
    rf"(?:\s*,\s*|\s+)(?:(?:[Nn]rs?\.?|[Nn]ummers?)\s*(?P<number>{NUMBERS})|(?P<letter>[A-Z]{{1,2}})(?=[\s,).;:]|$))"
)
REVERSED = re.compile(rf"\b(?P<number>\d{{1,4}})\s*\((?P<dossier>{DOSSIER})(?P<suffix>{SUFFIX})?\)")
TYPED = re.compile(
    r"(?:kst-?)?(?P<dossier>\d{2}[\s\u00a0.]?\d{3})(?:[\s-]*(?P<suffix>[IVXLC]+[A-Z]?|\d{2})(?=\s*[-,\s]\s*(?:nr|\d|[A-Z]{1,2}\b)))?"
    r"[\s,-]*(?:nr\.?\s*|nummer\s*)?(?P<number>\d{1,4}|[A-Z]{1,2})\s*[.?]?",
    re.IGNORECASE,
)
PREFIX = re.compile(
    r"(?:(?:het|de|van|uit|in)\s+)*(?:kamerstuk(?:ken)?|kamerbrief|brief|dossier)\b[\s:]*(?:ii?\b\s*)?(?:\d{4}[/-]\d{2,4}\s*,\s*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in characters `start` to `end` of a text: a normalised dossier ("28676", "36410-X") and number."""

    start: int
    end: int
    dossier: str
    number: str

    @property
    def key(self) -> str:
        """The canonical key (`kst-28676-471`)."""
        return f"kst-{self.dossier}-{self.number}"


def find(text: str) -> list[Reference]:
    """The references in `text`, in order; one that names several papers gives as many, with the same place."""
    found: list[Reference] = []
    for match in FORM.finditer(text):
        if (
            match["letter"]
            and not match["pre"]
            and not (match["suffix"] or text[match.end("dossier") :].lstrip().startswith(","))
        ):
            continue
        dossiers = [normal_dossier(whole) for whole in re.findall(rf"{DOSSIER}(?:{SUFFIX})?", match["more"] or "")]
        dossiers.append(normal_dossier(match["dossier"] + (match["suffix"] or "")))
        for dossier in dossiers:
            for number in _numbers(match["number"]) if match["number"] else [match["letter"]]:
                found.append(Reference(match.start(), match.end(), dossier, number))
    for match in REVERSED.finditer(text):
        if not any(other.start < match.end() and match.start() < other.end for other in found):
            found.append(
                Reference(
                    match.start(), match.end(), normal_dossier(match["dossier"] + (match["suffix"] or "")), match["number"]
                )
            )
    return sorted(found, key=lambda reference: reference.start)


def parse_key(user_text: str) -> str | None:
    """The canonical key that a user means by `user_text` ("28676-471", "Kamerstuk 28 676, nr. 471"), or None."""
    text = " ".join(user_text.split())
    prefix = PREFIX.match(text)
    match = TYPED.fullmatch(text, prefix.end() if prefix else 0)
    if match is None:
        return None
    dossier, suffix = re.sub(r"\D", "", match["dossier"]), match["suffix"]
    return f"kst-{dossier}-{suffix.upper() + '-' if suffix else ''}{match['number'].upper()}"


def normal_dossier(printed: str) -> str:
    """A dossier number as keys have it: "21 501–28" is "21501-28", "36 410 X" is "36410-X"."""
    match = re.match(r"(\d{2})[\s.]?(\d{3})\W*(\w*)", printed)
    if match is None:
        raise ValueError(f"not a dossier number: {printed!r}")
    return match[1] + match[2] + (f"-{match[3]}" if match[3] else "")


def printed_dossier(dossier: str) -> str:
    """A normalised dossier as papers print it: "28676" is "28 676", "36410-X" is "36 410 X"."""
    number, _, suffix = dossier.partition("-")
    spaced = f"{number[:2]} {number[2:]}"
    return spaced if not suffix else f"{spaced}-{suffix}" if suffix.isdigit() else f"{spaced} {suffix}"


def _numbers(printed: str) -> list[str]:
    spread = re.fullmatch(r"(\d+)\s*(?:t/m|tot en met)\s*(\d+)", printed)
    if spread and 0 < int(spread[2]) - int(spread[1]) <= 50:
        return [str(number) for number in range(int(spread[1]), int(spread[2]) + 1)]
    return re.findall(r"\d+", printed)
