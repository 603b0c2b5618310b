"""Made-up letters for tests of the index: short, quick to read, and clearly fictional."""

from pathlib import Path

SUBJECTS = {
    "strand": "Het strandfonds krijgt {n} miljoen schelpen. De duinwachters tellen ze in de haven van Zandoord.",
    "molen": "De molens van Windhoek malen {n} zakken meel. De molenaars vragen om nieuwe zeilen.",
    "brug": "De brug bij Waterdam is {n} meter lang. De bruggen in het gebied worden geverfd door de veerlieden.",
    "vuur": "De vuurtoren van Kaap Stil brandt {n} nachten. Schippers zien het licht van de toren.",
}
SAME = "Dit antwoord staat in veel brieven. De minister van Getijden dankt de leden voor hun vragen."


def made_up(subject: str, n: int = 1, day: int = 5) -> str:
    """A letter about one of SUBJECTS; the same arguments give the same text."""
    return (
        f"90 123\t\tGetijden\nNr. {n}\t\tBrief van de minister van Getijden\n\n"
        "Aan de Voorzitter van de Tweede Kamer\n\n"
        f"Den Haag, {day} maart 2031\n\nToelichting\n\n{SUBJECTS[subject].format(n=n)}\n\nVervolg\n\n{SAME}\n\n"
        "De minister van Getijden,\n\nA.B. Duinker\n"
    )


def write(folder: Path, name: str, text: str) -> Path:
    """A file in `folder`, which is made when needed."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file
