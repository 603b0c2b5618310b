"""References: every printed form becomes the same key."""

import pytest
from real_letters import needs_letters, real_letter

from index.reference import find, normal_dossier, parse_key, printed_dossier
from index.view import reading_view


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Kamerstuk 28 676, nr. 438", ["kst-28676-438"]),
        ("Kamerstuk 36410-X, B", ["kst-36410-X-B"]),
        ("(36\n124, nr. 41)", ["kst-36124-41"]),
        ("21 501-20, nr. 2019 van 23 februari 2024", ["kst-21501-20-2019"]),
        ("28 676, nr. 449/450", ["kst-28676-449", "kst-28676-450"]),
        ("31 409, nr 423", ["kst-31409-423"]),
        ("31125 nr. 130", ["kst-31125-130"]),
        ("28\u00a0676, nr. 5", ["kst-28676-5"]),
        ("21501–32, nr. 1668", ["kst-21501-32-1668"]),
        ("36 410A, nr. 33", ["kst-36410-A-33"]),
        ("36 600-XXII, nr. 50", ["kst-36600-XXII-50"]),
        ("206 (28 844)", ["kst-28844-206"]),
        ("31 293 en 31 289, nr. 653", ["kst-31293-653", "kst-31289-653"]),
        ("29 984/22 589, nr. 809", ["kst-29984-809", "kst-22589-809"]),
        ("Kamerstuk 30 000, nrs. 1 t/m 3", ["kst-30000-1", "kst-30000-2", "kst-30000-3"]),
        ("30 000, nummer 9", ["kst-30000-9"]),
        ("Kamerstukken II 2009/10, 27858, nr. 88, p. 3", ["kst-27858-88"]),
        ("Kamerstukken I 2008/09, 31700 VI, D, p. 4", ["kst-31700-VI-D"]),
        ("Kamerstuk 35 570, AI.", ["kst-35570-AI"]),
        ("36 410 X  Vaststelling van de begroting", []),
        ("12 500 militairen en 40.000 granaten", []),
        ("voor 20 000 Euro", []),
        ("op 3 mei 2031", []),
    ],
)
def test_references_in_text(text: str, keys: list[str]) -> None:
    assert [reference.key for reference in find(text)] == keys


def test_a_reference_knows_its_place() -> None:
    text = "zoals gemeld (Kamerstuk 28 676, nr. 438) over"
    (reference,) = find(text)
    assert text[reference.start : reference.end] == "Kamerstuk 28 676, nr. 438"
    assert (reference.dossier, reference.number) == ("28676", "438")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("kst-28676-471", "kst-28676-471"),
        ("KST-28676-471", "kst-28676-471"),
        ("28676-471", "kst-28676-471"),
        ("28 676 - 471", "kst-28676-471"),
        ("Kamerstuk 28 676, nr. 471", "kst-28676-471"),
        ("kamerstuk 28676 nr 471?", "kst-28676-471"),
        ("het Kamerstuk 28 676, nr. 471", "kst-28676-471"),
        ("36410-X-C", "kst-36410-X-C"),
        ("36 410 X, C", "kst-36410-X-C"),
        ("kst-21501-28-264", "kst-21501-28-264"),
        ("21 501-28, nr. 264", "kst-21501-28-264"),
        ("kst-36410-xvi-12", "kst-36410-XVI-12"),
        ("Kamerstukken II 2009/10, 27858, nr. 88", "kst-27858-88"),
        ("28 676", None),
        ("hallo", None),
        ("", None),
        ("000_13d841ed.txt", None),
        ("brief van 3 mei 2031", None),
    ],
)
def test_what_a_user_types_becomes_a_key(typed: str, key: str | None) -> None:
    assert parse_key(typed) == key


def test_dossiers_are_normalised_and_printed() -> None:
    assert [normal_dossier(printed) for printed in ("28 676", "21 501–28", "36 410 X", "36410-X")] == [
        "28676",
        "21501-28",
        "36410-X",
        "36410-X",
    ]
    assert [printed_dossier(dossier) for dossier in ("28676", "21501-28", "36410-X")] == ["28 676", "21 501-28", "36 410 X"]
    with pytest.raises(ValueError, match="not a dossier"):
        normal_dossier("otters")


@needs_letters
def test_all_references_of_the_real_letters() -> None:
    found = {
        number: [reference.key for reference in find(reading_view(real_letter(number)).text)]
        for number in ("000", "001", "002", "003", "004")
    }
    assert found["000"] == ["kst-28676-438"]
    assert found["001"] == [
        "kst-36410-X-B",
        "kst-36124-41",
        "kst-21501-20-2027",
        "kst-21501-20-2045",
        "kst-21501-20-2019",
        "kst-28676-449",
        "kst-28676-450",
        "kst-31125-123",
        "kst-31409-423",
        "kst-27830-424",
    ]
    assert found["002"] == ["kst-21501-20-2100"]
    assert found["003"] == ["kst-28676-464", "kst-31125-130"]
    assert found["004"] == ["kst-21501-20-2307"]
