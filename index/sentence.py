"""Dutch sentences.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number. Three kinds of abbreviation: those
that stand before something (nr. 4, ca. 300, drs. K.H.) never end one; those that may stand last (mln., jl., c.s., Washington
D.C.) end one only when the next word is one that sentences begin with; a figure with a full stop at the very beginning is
the number of an item. Closing quotes and brackets belong to the sentence that they close. A newline always ends one.
"""

import re
from collections.abc import Iterator

STOP = re.compile(r"(?P<stop>[.?!…]+)(?P<close>[”’\"'»)\]]*)(?=\s|$)|\n+")
NEVER_LAST = frozenset(
    (
        "nr nrs no ca circa plv o.a m.b.t d.d t.a.v i.v.m i.c m.u.v t.b.v t.g.v t.o.v n.a.v o.b.v o.g.v o.l.v "
        "i.h.k.v d.w.z m.n m.i.v t/m drs mr dr ir ing prof jhr bc gen lt kol maj kap vgl zgn bijv bv incl excl "
        "resp art artt blz p pag par hfst bijl st vs max min tel jan feb mrt apr jun jul aug sep sept okt nov dec "
        "hr mevr dhr fa div evt ongev ong kamerst stb stcrt trb red"
    ).split()
)
MAYBE_LAST = frozenset("mln mld jl a.s c.s e.d e.a enz etc e.v v.h ff jr sr n.v b.v i.o m.m p.m".split())
STARTERS = frozenset(
    (
        "De Het Een In Op Dit Deze Dat Die Er Ook Tijdens Daarnaast Daarbij Daarom Tevens Hierbij Hiermee Hiervoor "
        "Daarmee Met Voor Van Om Als Bij Door Naar Na Uit Over Zo Tot Ten Ter Nederland Defensie Ik Wij We Zij Hij "
        "Ze Uw Hun Mijn Onze Indien Wanneer Verder Verschillende Bovendien Echter Tegelijkertijd Vervolgens "
        "Momenteel Inmiddels Sinds Volgens Gezien Mede Namens Omdat Hoewel Ondanks Wel Zowel Alle Aan Hoe Wat "
        "Welke Wie Waar Waarom Kan Kunt Is Zijn Heeft Hebben Wordt Worden Deelt Klopt Binnen Vanuit Zoals Conform "
        "Eveneens Ministers Bondgenoten"
    ).split()
)
INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?)?(?:[A-ZÀ-Þ]\.)*[A-ZÀ-Þ]")
ORDINAL = re.compile(r"[\s(]*(?:\d{1,3}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4}|[IVX]{1,4})")
OPENING = "“‘\"'«([-–—•"


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of the reading-view `text` as half-open spans, in order, without outer white space."""
    spans = []
    start = 0
    for end in _ends(text):
        while start < end and text[start].isspace():
            start += 1
        last = end
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            spans.append((start, last))
        start = end
    return spans


def _ends(text: str) -> Iterator[int]:
    start = 0
    for match in STOP.finditer(text):
        if match["stop"] is None or _is_end(text, start, match):
            yield match.end()
            start = match.end()
    yield len(text)


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    following = re.compile(r"\s*(\S{0,40})").match(text, match.end())
    token = following[1] if following else ""
    if not token:
        return True
    word = token.lstrip(OPENING)
    if word[:1].islower():
        return False
    if match["stop"] != ".":
        return True
    if ORDINAL.fullmatch(text, start, match.start()):
        return False
    before = re.search(r"[^\s(\[“‘\"'/]*$", text[max(start, match.start() - 30) : match.start()])
    last = before[0] if before else ""
    bare = last.lower()
    begins = re.split(r"[^\w-]", word, maxsplit=1)[0] in STARTERS
    if bare in NEVER_LAST and not match["close"]:
        return False
    if bare in MAYBE_LAST:
        return begins or bool(match["close"] and token[0] in OPENING)
    if last and INITIALS.fullmatch(last) and not match["close"]:
        return begins and (len(last) > 1 and "." in last)
    return True
