"""What a letter says about itself: dossier, number, chamber, date, senders, addressee, kind, subject.

Every fact says where it was read. The letterhead comes first, then the signature, then the opening paragraphs; a little is
inferred by a rule and marked so. Where letterhead and signature name different functions both are kept, and the
contradiction too: which is right cannot be known from the letter. What the file itself states overrules all of it.
"""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from index import dates
from index.councils import dossier_of
from index.letter import Block, BlockKind, Chamber, Contradiction, Fact, Metadata, Origin, Sender, Span
from index.letterhead import ADDRESSEE, CLOSING, DATE, DOSSIER, NUMBER, PLACE_DATE, ROLE, SALUTATION, SUBJECT
from index.reference import normal_dossier, printed_dossier

CHAMBER_NAMES: tuple[tuple[re.Pattern[str], Chamber], ...] = (
    (
        re.compile(
            r"\bTweede Kamer\b|Bezuidenhoutseweg 67|Prinses Irenestraat 6|2594 AC|2595 BD|Postbus 20018", re.IGNORECASE
        ),
        "tk",
    ),
    (re.compile(r"\bEerste Kamer\b|Kazernestraat 52|2514 CV|Binnenhof 22|Postbus 20017", re.IGNORECASE), "ek"),
)
SESSION = re.compile(r"Vergaderjaar\s+(?P<value>\d{4}\s*[-–]\s*\d{2,4})", re.IGNORECASE)
FROM = re.compile(
    r"\bBRIEF VAN (?:DE |HET )?(?P<role>(?:DEMISSIONAIR\w* )?(?:MINISTER|STAATSSECRETARIS|VICE|PRESIDENT)\b.{0,160}?)\s*$",
    re.IGNORECASE,
)
KINDS = (
    ("nota naar aanleiding van het verslag", r"nota naar aanleiding van het (?:nader |tweede nader )?verslag"),
    ("lijst van vragen en antwoorden", r"lijst van vragen en antwoorden"),
    ("verslag van een schriftelijk overleg", r"verslag van een (?:nader )?schriftelijk overleg"),
    (
        "antwoord op Kamervragen",
        r"vragen gesteld door de leden der kamer"
        r"|(?:antwoord\w*|beantwoording)(?: van| op)?(?: de)?(?: schriftelijke)? (?:kamer)?vragen",
    ),
    ("geannoteerde agenda", r"geannoteerde agenda"),
    ("memorie van toelichting", r"^memorie van toelichting"),
    ("kabinetsreactie", r"\bkabinetsreactie\b|\bbeleidsreactie\b|\breactie van het kabinet\b"),
    ("voortgangsrapportage", r"\bvoortgangsrapportage\b|\bvoortgangsbrief\b"),
    (
        "verslag",
        r"\bverslag\b(?! (?:van de vaste commissie|schriftelijk))|\bverloop en de uitkomst|\bde uitkomst(?:en)? van deze?\b",
    ),
)
KIND_FORMS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in KINDS)
NO_LETTER = re.compile(
    r"(?:motie|gewijzigde motie|amendement|nota|memorie|voorstel|lijst|advies|verslag van een)\b", re.IGNORECASE
)
OPENING_BLOCKS = 5
"""Answers to Kamervragen have a heading, a number and two paragraphs (who asks, who answers) before question 1."""
RECEIVED = re.compile(r"\(ontvangen\b")
ASKED = re.compile(r"(?:nadere |aanvullende )?vragen van (?:het lid|de leden)\b", re.IGNORECASE)
ANSWERED = re.compile(
    r"\b(?:antwoord|mededeling) van (?:de )?(?P<role>minister|staatssecretaris) "
    r"(?P<name>[A-ZÀ-Þ][^()]{1,60}?)\s*\((?P<office>[^()]+)\)",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset("van de het en voor der ten in op aan".split())


def read_metadata(text: str, blocks: Sequence[Block], stated: Metadata | None = None) -> Metadata:
    """The metadata that `text` with its `blocks` gives; every field that the file itself has `stated` overrules it."""
    head = [block for block in blocks if block.kind is BlockKind.LETTERHEAD]
    opening = [block for block in blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)][:OPENING_BLOCKS]
    signature = [block for block in blocks if block.kind is BlockKind.SIGNATURE]
    dossiers, titles = _dossiers(text, head)
    number = _number(text, head)
    heading_senders = _heading_senders(text, head)
    signers = [signer for block in signature for signer in _signers(text, block)]
    subject = _subject(text, head) or _asked(text, opening)
    if number is not None and not dossiers:
        dossiers = _inferred_dossier(text, [*head, *[block for block in opening if block.kind is BlockKind.PARAGRAPH][:1]])
    read = Metadata(
        dossiers=dossiers,
        dossier_titles=titles,
        number=number,
        chamber=_chamber(text, head),
        date=_date(text, head) or _date(text, signature) or _received(text, opening),
        senders=(*heading_senders, *signers, *_answering(text, opening)),
        addressee=_addressee(text, head),
        kind=_kind(text, head, opening),
        subject=subject,
        session_year=_session_year(text, head),
        contradictions=_contradictions(heading_senders, signers),
    )
    return _overruled(read, stated) if stated is not None else read


def title_of(metadata: Metadata, name: str) -> str:
    """A title for people: number, what it is or is about, and date; `name` (the file's) where too little is known.

    "Kamerbrief 28 676, nr. 471: Brief van de minister van Defensie (28 oktober 2024)".
    """
    what = _what(metadata)
    number = _numbered(metadata)
    if what is None and number is None:
        return f"{name} ({dutch_date(metadata.date.value)})" if metadata.date else name
    title = ": ".join(part for part in (number, what) if part)
    if number is None and metadata.subject is None and metadata.date is None:
        return f"{title} ({name})"
    return f"{title} ({dutch_date(metadata.date.value)})" if metadata.date else title


def dutch_date(day: date) -> str:
    """`day` as a letter writes it ("6 februari 2024")."""
    return f"{day.day} {dates.MONTHS[day.month - 1]} {day.year}"


def _numbered(metadata: Metadata) -> str | None:
    if metadata.number is None:
        return None
    value = metadata.number.value
    printed = f"nr. {value}" if value.isdigit() else value
    paper = "Kamerstuk" if NO_LETTER.match(_what(metadata) or "") else "Kamerbrief"
    if not metadata.dossiers or metadata.dossiers[0].origin == "inferred":
        return f"{paper} {printed}"
    return f"{paper} {printed_dossier(metadata.dossiers[0].value)}, {printed}"


def _what(metadata: Metadata) -> str | None:
    if metadata.subject is not None:
        return metadata.subject.value
    if metadata.kind is not None and metadata.kind.origin == "heading" and metadata.kind.value != "brief":
        return _capital(metadata.kind.value)
    sender = next((fact.value.role for fact in metadata.senders if fact.value.role), None)
    if sender is not None:
        return f"Brief van de {_lowered(sender)}"
    return _capital(metadata.kind.value) if metadata.kind is not None else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(role: str) -> str:
    """A function in mixed case: letterheads print it in capitals."""
    words = role.split()
    if role.isupper():
        words = [word.lower() if word.lower() in SMALL_WORDS else word.capitalize() for word in words]
    return " ".join([words[0].lower(), *words[1:]])


def _texts(text: str, blocks: Sequence[Block]) -> list[tuple[str, int]]:
    return [(text[block.start : block.end], block.start) for block in blocks]


def _fact(value: Any, origin: Origin, start: int, end: int) -> Fact[Any]:
    return Fact(value, origin, Span(start, end))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _dossiers(text: str, head: Sequence[Block]) -> tuple[tuple[Fact[str], ...], tuple[Fact[str], ...]]:
    dossiers: list[Fact[str]] = []
    titles: list[Fact[str]] = []
    for raw, start in _texts(text, head):
        match = DOSSIER.match(_one_line(raw))
        if match is None or re.match(r"\d{4}\s?[A-Z]{2}\b", raw):
            continue
        suffix = match["dash"] or match["chapter"]
        dossiers.append(
            _fact(
                normal_dossier(match["number"]) + (f"-{suffix}" if suffix else ""),
                "heading",
                start,
                start + max(match.end(i) for i in range(1, 4)),
            )
        )
        if match["title"]:
            titles.append(_fact(_joined(match["title"]), "heading", start + match.start("title"), start + len(raw)))
    return tuple(dossiers), tuple(titles)


def _one_line(raw: str) -> str:
    """`raw` with line ends as spaces, so that every offset stays."""
    return re.sub(r"[\n\r\f\v\x85\u2028\u2029]", " ", raw)


def _number(text: str, head: Sequence[Block]) -> Fact[str] | None:
    for raw, start in _texts(text, head):
        match = NUMBER.match(_one_line(raw))
        if match is not None:
            group = "number" if match["number"] else "letter"
            return _fact(match[group], "heading", start + match.start(group), start + match.end(group))
    return None


def _inferred_dossier(text: str, blocks: Sequence[Block]) -> tuple[Fact[str], ...]:
    for raw, start in _texts(text, blocks):
        found = dossier_of(_joined(raw))
        if found is not None:
            left, right = _unsqueezed(raw, found[1], found[2])
            return (_fact(found[0], "inferred", start + left, start + right),)
    return ()


def _chamber(text: str, head: Sequence[Block]) -> Fact[Chamber] | None:
    for raw, start in _texts(text, head):
        found = [(match, chamber) for form, chamber in CHAMBER_NAMES if (match := form.search(raw))]
        if found:
            match, chamber = min(found, key=lambda item: item[0].start())
            return _fact(chamber, "heading", start + match.start(), start + match.end())
    return None


def _date(text: str, blocks: Sequence[Block]) -> Fact[date] | None:
    origin: Origin = "heading"
    for first in (True, False):
        for block in blocks:
            origin = "signature" if block.kind is BlockKind.SIGNATURE else "heading"
            raw = text[block.start : block.end]
            line = _one_line(raw)
            stated = PLACE_DATE.match(line) or DATE.match(line)
            if (first and not stated) or (not first and (SUBJECT.match(line) or DOSSIER.match(line))):
                continue
            for mention in dates.find(line):
                if mention.precision == "day":
                    return _fact(mention.first, origin, block.start + mention.start, block.start + mention.end)
    return None


def _received(text: str, opening: Sequence[Block]) -> Fact[date] | None:
    """The day on which answers to Kamervragen were received: those papers have no other date."""
    for raw, start in _texts(text, opening):
        match = RECEIVED.search(raw)
        for mention in dates.find(_one_line(raw)[match.start() :]) if match else ():
            if match and mention.precision == "day":
                at = start + match.start()
                return _fact(mention.first, "text", at + mention.start, at + mention.end)
    return None


def _asked(text: str, opening: Sequence[Block]) -> Fact[str] | None:
    """Who asked what about which matter, as papers with Kamervragen begin."""
    for raw, start in _texts(text, opening):
        if ASKED.match(raw):
            value = re.split(r"\s\((?:ingezonden|ontvangen)\b", _joined(raw))[0].rstrip(".")
            return _fact(value, "text", start, start + len(raw))
    return None


def _answering(text: str, opening: Sequence[Block]) -> tuple[Fact[Sender], ...]:
    """The ministers named as answering Kamervragen."""
    found = []
    for raw, start in _texts(text, opening):
        for match in ANSWERED.finditer(_one_line(raw)):
            role = f"{match['role']} ({_joined(match['office'])})"
            found.append(
                _fact(Sender(_joined(match["name"]), role), "text", start + match.start("role"), start + match.end())
            )
    return tuple(found)


def _addressee(text: str, head: Sequence[Block]) -> Fact[str] | None:
    for raw, start in _texts(text, head):
        if ADDRESSEE.match(raw) and not SALUTATION.match(raw):
            lead = re.match(r"Aan\s*:?\s*", raw)
            skip = lead.end() if lead else 0
            return _fact(_joined(raw[skip:]), "heading", start + skip, start + len(raw))
    return None


def _subject(text: str, head: Sequence[Block]) -> Fact[str] | None:
    for raw, start in _texts(text, head):
        match = SUBJECT.match(raw)
        if match is not None and raw[match.end() :].strip():
            return _fact(_joined(raw[match.end() :]), "heading", start + match.end(), start + len(raw))
    return None


def _session_year(text: str, head: Sequence[Block]) -> Fact[str] | None:
    for raw, start in _texts(text, head):
        match = SESSION.search(raw)
        if match is not None:
            value = re.sub(r"\s*[-–]\s*", "-", match["value"])
            return _fact(value, "heading", start + match.start("value"), start + match.end("value"))
    return None


def _kind(text: str, head: Sequence[Block], opening: Sequence[Block]) -> Fact[str] | None:
    """The kind named in the letterhead, else in the opening paragraphs, else "brief" where the letterhead calls it that."""
    places: tuple[tuple[Sequence[Block], Origin], ...] = ((head, "heading"), (opening[:2], "text"))
    for blocks, origin in places:
        for raw, start in _texts(text, blocks):
            found = [(match, kind) for kind, form in KIND_FORMS if (match := form.search(_joined(raw)))]
            if found:
                match, kind = found[0]
                left, right = _unsqueezed(raw, match.start(), match.end())
                return _fact(kind, origin, start + left, start + right)
    for raw, start in _texts(text, head):
        match = re.search(r"\bbrief\b|\bgeachte\b", raw, re.IGNORECASE)
        if match is not None:
            return _fact("brief", "heading", start + match.start(), start + match.end())
    return None


def _unsqueezed(raw: str, left: int, right: int) -> tuple[int, int]:
    """Where characters `left` to `right` of `raw` with single spaces stand in `raw` itself."""
    places = [match.start() + i for match in re.finditer(r"\S+", raw) for i in range(len(match[0]) + 1)]
    return places[left], places[right - 1] + 1


def _heading_senders(text: str, head: Sequence[Block]) -> tuple[Fact[Sender], ...]:
    for raw, start in _texts(text, head):
        match = FROM.search(_one_line(raw))
        if match is not None:
            return (
                _fact(
                    Sender(None, _joined(match["role"])), "heading", start + match.start("role"), start + match.end("role")
                ),
            )
    return ()


def _signers(text: str, block: Block) -> list[Fact[Sender]]:
    """The people who signed: functions and names, in columns or below each other, paired in their order."""
    roles: list[tuple[str, int, int]] = []
    names: list[tuple[str, int, int]] = []
    for match in re.finditer(r"\S(?:[^\n\r\t]*?\S)?(?=\s{3,}|\t|\s*[\n\r]|\s*$)", text[block.start : block.end]):
        start = block.start + match.start()
        cell = match[0].rstrip(",;")
        if CLOSING.match(cell):
            continue
        if ROLE.match(cell):
            lead = re.match(r"(?:mede namens |namens )?(?:de |het )", cell, re.IGNORECASE)
            skip = lead.end() if lead else 0
            roles.append((cell[skip:], start + skip, start + len(cell)))
        elif re.search(r"[A-Za-z]{2}", cell) and not re.search(r"\d", cell) and len(cell) <= 60:
            names.append((cell, start, start + len(cell)))
    signers: list[Fact[Sender]] = []
    for i in range(max(len(roles), len(names) if roles else min(1, len(names)))):
        role = roles[i] if i < len(roles) else None
        name = names[i] if i < len(names) else None
        if role is None and i:
            break
        places = [place for place in (role, name) if place is not None]
        start, end = min(place[1] for place in places), max(place[2] for place in places)
        signers.append(
            _fact(Sender(_joined(name[0]) if name else None, _joined(role[0]) if role else None), "signature", start, end)
        )
    return signers


def _contradictions(heading: Sequence[Fact[Sender]], signers: Sequence[Fact[Sender]]) -> tuple[Contradiction, ...]:
    """The letterhead's sender against the functions that signed: none of them holds the field of office that it names."""
    found = []
    for first in heading:
        signed = [fact for fact in signers if fact.value.role]
        if signed and first.value.role and not any(_same_office(first.value.role, fact.value.role or "") for fact in signed):
            second = signed[0]
            found.append(Contradiction("senders", _role_fact(first), _role_fact(second)))
    return tuple(found)


def _role_fact(fact: Fact[Sender]) -> Fact[str]:
    return Fact(fact.value.role or "", fact.origin, fact.span)


def _same_office(one: str, other: str) -> bool:
    first, second = _office(one), _office(other)
    return first in second or second in first


def _office(role: str) -> str:
    """The field of office in "minister van Defensie", in lower case."""
    return re.sub(r"^.*?\b(?:van|voor)\b\s*", "", _joined(role).casefold()).rstrip(" ,.")


def _overruled(read: Metadata, stated: Metadata) -> Metadata:
    values = {field.name: getattr(stated, field.name) for field in fields(Metadata)}
    return replace(read, **{name: value for name, value in values.items() if value})
