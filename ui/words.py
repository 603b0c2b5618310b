"""The Dutch words for the program's own values, said one way on the command line, in the app and in exports."""

from collections.abc import Sequence
from datetime import date

from index import metadata
from index.letter import Sender
from rag.answer import AppliedFilter, Citation, Refusal, Support

CHAMBERS = {"tk": "Tweede Kamer", "ek": "Eerste Kamer"}

SUPPORT = {
    Support.VERBATIM: "letterlijk uit de brief",
    Support.SUPPORTED: "in eigen woorden, gesteund door de bron",
    Support.UNVERIFIED: "niet bevestigd, controleer zelf",
}
SUPPORT_SHORT = {
    Support.VERBATIM: "Letterlijk",
    Support.SUPPORTED: "Gesteund",
    Support.UNVERIFIED: "Niet bevestigd",
}
SUPPORT_REST = {
    Support.VERBATIM: "overgenomen uit de brief",
    Support.SUPPORTED: "in eigen woorden, de bron bevestigt het",
    Support.UNVERIFIED: "de bron bevestigt dit niet, controleer zelf",
}
"""What follows SUPPORT_SHORT on screen."""
REFUSAL = {
    Refusal.NOT_IN_LETTERS: "het antwoord staat niet in deze brieven",
    Refusal.FALSE_PREMISE: "de vraag gaat uit van iets dat volgens de brieven niet klopt",
    Refusal.OUTSIDE_FILTER: "geen brief past bij de gekozen beperking",
    Refusal.EMPTY_INDEX: "er zijn nog geen brieven toegevoegd",
    Refusal.READER_NOT_FOUND: "de lezer vond in de gevonden passages geen antwoord",
}
FILTERS = {
    "since": "vanaf",
    "until": "tot en met",
    "dossier": "dossier",
    "chamber": "kamer",
    "sender": "afzender",
    "kind": "soort",
    "letter": "brief",
}
ORIGINS = {
    "heading": "gelezen uit het briefhoofd",
    "signature": "gelezen uit de ondertekening",
    "text": "gelezen uit de tekst",
    "metadata": "uit de gegevens van het bestand",
    "inferred": "afgeleid",
}
READERS = {"extractive": "letterlijk citeren", "ollama": "taalmodel"}


def dutch_date(value: date | str | None) -> str | None:
    """A date, or its ISO form, as "6 februari 2024"; text that is no ISO date comes back as it is."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return metadata.dutch_date(value)


def sender_names(senders: Sequence[Sender]) -> list[str]:
    """The names of those who sent a letter, each once; their roles where no one is named."""
    names = [sender.name for sender in senders if sender.name]
    return list(dict.fromkeys(names or [sender.role for sender in senders if sender.role]))


def filter_words(applied: AppliedFilter) -> str:
    """One applied filter for a chip: "vanaf 1 maart 2024", "Eerste Kamer", "dossier 28676"."""
    if applied.field == "chamber":
        return CHAMBERS.get(applied.value, applied.value)
    if applied.field in ("since", "until"):
        return f"{FILTERS[applied.field]} {dutch_date(applied.value)}"
    if applied.field == "letter" and applied.value.startswith("brief "):
        return applied.value
    return f"{FILTERS.get(applied.field, applied.field)} {applied.value}"


def source_line(citation: Citation) -> str:
    """Where a citation stands, in words: title, date, section, page; for an unknown one that it is unknown."""
    if citation.status == "unknown":
        return f"onbekende bron ({citation.key or 'zonder sleutel'}): het taalmodel noemde een bron die niet bestaat"
    parts = [citation.title or citation.letter or "brief zonder titel"]
    if (day := dutch_date(citation.date)) and day not in parts[0]:
        parts.append(day)
    if citation.heading:
        parts.append(f"onder “{citation.heading}”")
    if citation.page is not None:
        parts.append(f"pagina {citation.page}")
    return ", ".join(parts)
