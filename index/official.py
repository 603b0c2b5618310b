"""What the official publications state about themselves: metadata records, in the file or in a metadata.xml beside it.

Names follow the records of officielebekendmakingen.nl (OVERHEIDop.dossiernummer, .ondernummer, DC.creator, ...). The day of
publication (DCTERMS.issued) is not the day of the letter, so it only dates a document that gives no other day.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from index.letter import Chamber, Fact, Metadata, Sender, T

Records = Mapping[str, Sequence[str]]
"""Values of every metadata name, in order."""

KINDS = {"motie": "motie", "amendement": "amendement", "handelingen": "debat", "kamervragen": "antwoord op Kamervragen"}
IDENTIFIER = re.compile(
    r"\b(?:kst-(?P<dossier>\d{5}(?:-[IVXLC]+[A-Z]?|-\d{2}|-[A-Z])?)-(?P<number>\d+|[A-Z]{1,2})"
    r"|(?:h|ah|kv)-(?P<chamber>tk|ek)-(?P<years>\d{8})-[\dA-Z-]+)\b"
)
DOSSIER = re.compile(r"(\d{2})[\s.\u00a0]?(\d{3})(?:[\s\u00a0]*[-–]?[\s\u00a0]*([IVXLC]+[A-Z]?|[A-Z]|\d{2}))?")
DATED = re.compile(r"(?:Den Haag|[’']s-Gravenhage|ontvangen|voorgesteld|datum)[,:]?\s+\d{1,2}\s*\w+\s+\d{4}", re.IGNORECASE)
CHAMBERS: dict[str, Chamber] = {"tweede kamer": "tk", "eerste kamer": "ek"}


def metadata_of(records: Records) -> Metadata:
    """The facts in `records`, all with origin "metadata"."""
    identifier = next((match for value in _identifiers(records) if (match := IDENTIFIER.search(value))), None)
    dossiers = [d for value in records.get("OVERHEIDop.dossiernummer", ()) for d in map(dossier_key, value.split(";")) if d]
    number = _first(records, "OVERHEIDop.ondernummer")
    if identifier and identifier["number"]:
        dossiers = dossiers or [identifier["dossier"]]
        number = number or identifier["number"]
    chamber = chamber_of(_first(records, "DC.creator") or "")
    years = _first(records, "OVERHEIDop.vergaderjaar")
    if identifier and identifier["years"]:
        chamber = chamber or ("ek" if identifier["chamber"] == "ek" else "tk")
        years = years or f"{identifier['years'][:4]}-{identifier['years'][4:]}"
    kinds = [value.casefold() for value in records.get("DC.type", ())]
    kind = next((KINDS[value] for value in kinds if value in KINDS), None)
    return Metadata(
        dossiers=tuple(_fact(dossier) for dossier in dict.fromkeys(dossiers)),
        dossier_titles=tuple(_fact(title) for title in _values(records, "OVERHEIDop.dossiertitel")),
        number=_fact(number) if number else None,
        chamber=_fact(chamber) if chamber else None,
        date=_day(records, "OVERHEIDop.datumBrief"),
        senders=_senders(records) if kind == "motie" else (),
        kind=_fact(kind) if kind else None,
        subject=_fact(subject) if (subject := _first(records, "OVERHEIDop.documenttitel")) else None,
        session_year=_fact(years.replace("–", "-")) if years else None,
    )


def dated(facts: Metadata, records: Records, text: str) -> Metadata:
    """`facts` with the day of publication where neither they nor the `text` of the document give a day."""
    if facts.date is not None or DATED.search(text[:3000]):
        return facts
    return replace(facts, date=issued(records))


def issued(records: Records) -> Fact[date] | None:
    """The day of publication."""
    return _day(records, "DCTERMS.issued") or _day(records, "DCTERMS.available")


def dossier_key(text: str) -> str | None:
    """The normalised dossier number in `text` ("36 410 XVI" becomes "36410-XVI"), or None."""
    match = DOSSIER.search(text)
    if match is None:
        return None
    return f"{match[1]}{match[2]}" + (f"-{match[3]}" if match[3] else "")


def chamber_of(text: str) -> Chamber | None:
    """The chamber that `text` names."""
    return next((chamber for name, chamber in CHAMBERS.items() if name in text.casefold()), None)


def merged(stated: Metadata, other: Metadata) -> Metadata:
    """`stated`, with what it leaves open taken from `other`."""
    return replace(
        stated,
        dossiers=stated.dossiers or other.dossiers,
        dossier_titles=stated.dossier_titles or other.dossier_titles,
        number=stated.number or other.number,
        chamber=stated.chamber or other.chamber,
        date=stated.date or other.date,
        senders=stated.senders or other.senders,
        kind=stated.kind or other.kind,
        subject=stated.subject or other.subject,
        session_year=stated.session_year or other.session_year,
    )


def _identifiers(records: Records) -> list[str]:
    names = ("DC.identifier", "OVERHEIDop.externMetadataRecord")
    return [value for name in names for value in records.get(name, ())]


def _values(records: Records, name: str) -> list[str]:
    return [part.strip() for value in records.get(name, ()) for part in value.split(";") if part.strip()]


def _first(records: Records, name: str) -> str | None:
    return next((value.strip() for value in records.get(name, ()) if value.strip()), None)


def _senders(records: Records) -> tuple[Fact[Sender], ...]:
    return tuple(_fact(Sender(name, None)) for name in _values(records, "OVERHEIDop.indiener"))


def _day(records: Records, name: str) -> Fact[date] | None:
    value = _first(records, name)
    try:
        return Fact(date.fromisoformat(value[:10]), "metadata") if value else None
    except ValueError:
        return None


def _fact(value: T) -> Fact[T]:
    return Fact(value, "metadata")
