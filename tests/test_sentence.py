"""Dutch sentences: what ends one and what does not."""

import pytest
from real_letters import needs_letters, real_letter

from index.sentence import split
from index.view import reading_view


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dat kost 3 mln. euro per jaar.",
        "De kosten zijn 5 mld. Euro in totaal.",
        "Zie Kamerstuk 99 001, nr. 4 van 3 mei.",
        "Op 13 maart jl. is dat besloten.",
        "In maart a.s. Op tijd dus niet."[:14] + " komt de brief.",
        "Dat is ca. 300 meter, o.a. Bosbeheer betaalt.",
        "De heer plv. SG Wilg sprak.",
        "De motie Wilg c.s. Beuk is aangenomen.",
        "Minister R.P. Eik en drs. C. van der Linde waren er.",
        "In Washington D.C. hebben zij gesproken.",
        "De brief d.d. 3 februari, m.b.t. Water, is verstuurd.",
        "1. Inleiding op het bos",
        "Hij vroeg: “Is het bos groot?” en ging.",
        "Het bos (zie art. 3 van de wet) is groot.",
        "Wacht... en kijk.",
        "Het is 3.500 meter en 2,5 uur.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een zin. Nog een zin.", ["Een zin.", "Nog een zin."]),
        ("Is dat zo? Ja! Mooi.", ["Is dat zo?", "Ja!", "Mooi."]),
        ("Dat kost 300 mln. Daarnaast komt er geld bij.", ["Dat kost 300 mln.", "Daarnaast komt er geld bij."]),
        ("Dat was op 16 oktober jl. De HV sprak.", ["Dat was op 16 oktober jl.", "De HV sprak."]),
        ("De motie Wilg c.s. De dam is klaar.", ["De motie Wilg c.s.", "De dam is klaar."]),
        ("Hij zei: “Het is klaar.” Daarna ging hij.", ["Hij zei: “Het is klaar.”", "Daarna ging hij."]),
        ("Het is klaar (dat hopen wij.) Nu verder.", ["Het is klaar (dat hopen wij.)", "Nu verder."]),
        ("Dat was in 2024. In 2025 ook.", ["Dat was in 2024.", "In 2025 ook."]),
        ("Kop\nTekst onder de kop.", ["Kop", "Tekst onder de kop."]),
        ("Zij kregen 41. 12 gingen weg.", ["Zij kregen 41.", "12 gingen weg."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_several_sentences_are_parted(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@needs_letters
def test_no_sentence_of_the_real_letters_ends_in_an_abbreviation_that_stands_before_something() -> None:
    for number in ("000", "001", "002", "003", "004"):
        for sentence in sentences(reading_view(real_letter(number)).text):
            assert not sentence.lower().endswith(
                (" nr.", " ca.", " mln.", " plv.", " o.a.", " drs.", " d.d.", " a.s.", " r.p.", " d.c.")
            ), sentence
