"""The letterhead and the signature block: where the letter proper begins and ends.

Both are told by what their lines are: an address, a dossier, a number, an addressee, a date, a subject before the first line
that reads as running text; a closing, functions and names after the last.
"""

import re
from collections.abc import Sequence

from index.layout import Layout, Line, Paragraph, ends

MONTH = r"(?:jan|feb|maart|mrt|apr|mei|juni|juli|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
DOSSIER = re.compile(
    r"(?P<number>\d{2}[ \u00a0.]?\d{3})(?:\s?[-–]\s?(?P<dash>\d{2}|[IVXLC]+|[A-Z])|[ \u00a0]?(?P<chapter>[IVXLC]+|[A-Z]))?"
    r"(?=[\s(:]|$)"
    r"(?:[\s:]*(?P<title>\S.*))?$"
)
NUMBER = re.compile(
    r"(?:Nr\.?|nr\.?|NR\.?)\s*(?P<number>\d{1,4})\b(?:[\s:]+(?P<title>\S.*))?$"
    r"|(?P<letter>[A-Z]{1,2})\d?\s+(?P<name>[A-Z][A-Z ]{6,}.*)$"
)
PLACE_DATE = re.compile(rf"[’']?[A-Za-z][\w’' -]{{2,30}},\s+\d{{1,2}}\s+{MONTH}\s+\d{{4}}$", re.IGNORECASE)
DATE = re.compile(
    r"(?:Datum|Ontvangen|Vastgesteld|Ontvangen ter Griffie op|Datum document)\b[\s:]*(?:op\s+)?(?=\d)", re.IGNORECASE
)
ADDRESSEE = re.compile(
    r"(?:Aan\s*:?\s*)?(?:de\s+)?(?:heer |mevrouw )?voorzitter van (?:de )?(?:Tweede|Eerste)\b", re.IGNORECASE
)
SUBJECT = re.compile(r"(?:Betreft|Onderwerp)\b[\s:]*", re.IGNORECASE)
SALUTATION = re.compile(r"Geachte\s+(?:heer |mevrouw )?\w*voorzitter|Geachte\b.{0,60},$", re.IGNORECASE)
OTHER = re.compile(
    r">?\s*Retouradres\b|Vergaderjaar\s+\d{4}|(?:Tweede|Eerste) Kamer\b.{0,40}$|der Staten-Generaal|\d{4}\s?[A-Z]{2}\s+\S"
    r"|Postbus\b"
    r"|(?:Onze|Uw|Ons)\s+(?:referentie|kenmerk)\b|Bijlagen?\b|Kamerbrief$|Ministerie van\b|(?:BRIEF|NOTA|VERSLAG|LIJST)\b",
    re.IGNORECASE,
)
STRONG = (DOSSIER, NUMBER, PLACE_DATE, DATE, ADDRESSEE, SUBJECT, SALUTATION, OTHER)
HEAD_LINES = 60
LONGEST_HEAD_LINE = 110

ROLE = re.compile(
    r"(?:mede namens |namens )?(?:de |het )?(?:minister(?:-president)?s?|staatssecretaris(?:sen)?|vice-?minister-president"
    r"|plaatsvervangend\w*|demissionair\w* \w+)\b(?!\s+(?:wijst|heeft|is|was|zal|kan|wil|gaf|geeft))",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:hoogachtend|met (?:vriendelijke|de meeste) (?:groet|hoogachting)\w*|met hoogachting|met vriendelijke groeten)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:(?:mr|drs|dr|ir|ing|prof|jhr|bc)\.\s*)*(?:[A-ZÀ-Þ]\.\s?){0,6}[A-Za-zÀ-ÿ][\w’' -]{1,50}")
TAIL_LINES = 14
LONGEST_TAIL_LINE = 120


def head_end(lines: Sequence[Line], layout: Layout) -> int:
    """How many of the first `lines` are the letterhead; the salutation ("Geachte voorzitter,") is its last line."""
    head = 0
    for i, line in enumerate(lines[:HEAD_LINES]):
        if any(pattern.match(line.text) for pattern in STRONG) and not _sentence(line.text):
            head = i + 1
            if SALUTATION.match(line.text):
                break
            if SUBJECT.match(line.text):
                head = subject_end(lines, i)
        elif _runs(lines, i, layout) and i >= head:
            break
    return head


def subject_end(lines: Sequence[Line], i: int) -> int:
    """The index after the last line of the subject that starts at line `i`: it goes on while it is unfinished."""
    until = i + 1
    while until < len(lines) and until < i + 4 and (lines[until].gap == 0 or _unfinished(lines[until - 1].text)):
        if any(pattern.match(lines[until].text) for pattern in STRONG) or len(lines[until].text) > LONGEST_HEAD_LINE:
            break
        if lines[until].gap > 1:
            break
        until += 1
    return until


def signature_start(lines: Sequence[Line]) -> int:
    """The index of the first line of the signature block; the number of lines when there is none."""
    tail = len(lines)
    while tail and tail > len(lines) - TAIL_LINES and _closing_line(lines[tail - 1].text):
        tail -= 1
    for i in range(tail, len(lines)):
        if CLOSING.match(lines[i].text) or ROLE.match(lines[i].text):
            return i
    return len(lines)


def signatures(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The indexes of paragraphs that are a signature in mid-letter: what follows it is an annex, or answers to questions."""
    found: set[int] = set()
    for i, paragraph in enumerate(paragraphs):
        lines = paragraph.lines
        if not ROLE.match(lines[0].text) or not lines[0].text.endswith(",") or len(lines[0].text) > LONGEST_TAIL_LINE:
            continue
        if len(lines) == 1 and i + 1 < len(paragraphs) and len(paragraphs[i + 1].lines) == 1:
            name = paragraphs[i + 1].lines[0].text
            if NAME.fullmatch(name):
                found |= {i, i + 1}
        elif len(lines) == 2 and NAME.fullmatch(lines[1].text):
            found.add(i)
    return frozenset(found)


def _closing_line(text: str) -> bool:
    """Whether `text` can stand in a signature block: short and no sentence."""
    if CLOSING.match(text):
        return True
    return len(text) <= LONGEST_TAIL_LINE and not text.endswith((".", "?", "!", ":", ";"))


def _unfinished(text: str) -> bool:
    last = text.split()[-1].casefold()
    return last in {
        "van",
        "de",
        "het",
        "een",
        "op",
        "in",
        "voor",
        "en",
        "met",
        "aan",
        "inzake",
        "over",
        "tot",
        "te",
        "bij",
        "der",
        "naar",
        "of",
        "ten",
    }


def _sentence(text: str) -> bool:
    """Whether a line is the start of running text that happens to look like a line of a letterhead."""
    if DOSSIER.match(text) or SUBJECT.match(text) or OTHER.match(text):
        return len(text) > LONGEST_HEAD_LINE * 2 or (ends(text) and len(text) > LONGEST_HEAD_LINE)
    return len(text) > LONGEST_HEAD_LINE


def _runs(lines: Sequence[Line], i: int, layout: Layout) -> bool:
    """Whether running text starts at line `i`: a long line, or one that goes on in the next."""
    text = lines[i].text
    if len(text) > LONGEST_HEAD_LINE or (ends(text) and len(text) >= 40):
        return True
    if i + 1 >= len(lines) or layout.wrap is None:
        return False
    follows = lines[i + 1]
    return (
        follows.gap <= layout.wrap
        and len(text) >= 0.6 * layout.width
        and not any(pattern.match(follows.text) for pattern in STRONG)
    )
