"""Who moved a motion, read from its heading and from the names below it."""

from pathlib import Path

import pytest

from index.embed import open_embedder
from index.settings import Settings
from index.update import add
from rag.assistant import Assistant
from rag.motion import asked, movers
from tests.index_letters import made_up, write

MOTION = """Tweede Kamer der Staten-Generaal

99 145\tNoordelijke Kustraad

Nr. 104\tGEWIJZIGDE MOTIE VAN HET LID TJAARDA C.S.

Voorgesteld 14 november 2024

De Kamer,

gehoord de beraadslaging,

verzoekt de regering de brug bij Oosterend te openen,

en gaat over tot de orde van de dag.

Tjaarda
Van der Zwaluw
Kostelijk
"""
LETTER = "Nr. 12\tBRIEF VAN DE MINISTER\n\nIn de motie van het lid Tjaarda wordt de regering verzocht om een brug."


@pytest.mark.parametrize(
    ("question", "lead", "words"),
    [
        ("Welk Kamerlid wil de brug bij Oosterend open?", "Ingediend:", "GEWIJZIGDE MOTIE VAN HET LID TJAARDA C.S."),
        ("Wie ondertekenden de motie?", "Ondertekend door:", "Tjaarda\nVan der Zwaluw\nKostelijk"),
    ],
)
def test_the_heading_or_all_names_tell_who_moved_it(question: str, lead: str, words: str) -> None:
    assert asked(question)
    told = movers(MOTION, question)
    assert told is not None
    assert (told[0], MOTION[told[1].start : told[1].end]) == (lead, words)


def test_without_names_the_heading_answers() -> None:
    told = movers(MOTION.partition("Tjaarda\n")[0], "Wie ondertekenden de motie?")
    assert told is not None
    assert told[0] == "Ingediend:"


def test_the_assistant_quotes_the_heading_of_the_motion_that_is_asked_about(tmp_path: Path) -> None:
    letters = [write(tmp_path / "in", "motie.txt", MOTION), write(tmp_path / "in", "brief.txt", made_up("molen"))]
    add(tmp_path / "index", letters, open_embedder(Settings()))
    assistant = Assistant.open(Settings(index=str(tmp_path / "index"), reader="extractive"))
    answer = assistant.ask("Welk Kamerlid verzoekt de regering de brug bij Oosterend te openen?")
    assert [(s.lead, s.text) for s in answer.statements] == [("Ingediend:", "GEWIJZIGDE MOTIE VAN HET LID TJAARDA C.S.")]
    assert answer.citations[0].quote == "GEWIJZIGDE MOTIE VAN HET LID TJAARDA C.S."
    assert "TJAARDA" not in "".join(s.text for s in assistant.ask("Hoeveel zakken meel malen de molens?").statements)


def test_a_letter_that_speaks_of_a_motion_is_none() -> None:
    assert movers(LETTER, "Welk Kamerlid wil een brug?") is None


@pytest.mark.parametrize(
    "question", ["Wie nam deel aan de vergadering?", "Wat vraagt de motie?", "Hoeveel leden telt de raad?"]
)
def test_other_questions_do_not_ask_for_movers(question: str) -> None:
    assert not asked(question)
