"""Who moved a motion: a motion says it only in its heading and in the names below its last line.

Both stand outside its sentences, so they are read here when a question asks for a member of parliament and the best passage
is of a motion.
"""

import re

from index import analyze
from index.letter import Span

ASKED = re.compile(
    r"\bwelke? (?:twee |drie |andere )?(?:kamer)?(?:lid|leden)\b|"
    r"\b(?:wie|wiens|wier|van wie|door wie)\b.*\b(?:motie|amendement)\b"
)
TOGETHER = re.compile(r"\b(?:onderteken\w*|mede\w*|handtekening\w*|samen met|steunden)\b")
HEADING = re.compile(r"\b(?:(?:NADER )?GEWIJZIGDE? )?(?:MOTIE|AMENDEMENT) VAN (?:HET LID|DE LEDEN) [^\n]*\S")
"""Capitals, as motions print it: a letter that speaks of a motion does not."""
HEAD = 1500
"""Characters in which a motion has its heading."""
NAMES = re.compile(r"(?<=over tot de orde van de dag)[.,]?\s+(?P<names>\S[^\n]*(?:\n{1,2}[^\n]{2,40})*)")


def asked(question: str) -> bool:
    """Whether `question` asks for members of parliament who moved or signed something."""
    return ASKED.search(analyze.fold(question)) is not None


def movers(text: str, question: str) -> tuple[str, Span] | None:
    """Where the motion `text` names who moved it, with a lead in Dutch: its heading or, where `question` asks for all, the
    names below it. None when `text` is no motion."""
    heading = HEADING.search(text, 0, HEAD)
    if heading is None:
        return None
    names = NAMES.search(text, heading.end()) if TOGETHER.search(analyze.fold(question)) else None
    if names is None:
        return "Ingediend:", Span(*heading.span())
    return "Ondertekend door:", Span(names.start("names"), names.start("names") + len(names["names"].rstrip()))
