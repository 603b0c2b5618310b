"""Abbreviations that a text explains itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import find, spells


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("In de Raad voor Waterige Zaken (RWZ) sprak men.", [("RWZ", "Raad voor Waterige Zaken")]),
        ("Het RWZ (Raad voor Waterige Zaken) sprak.", [("RWZ", "Raad voor Waterige Zaken")]),
        ("volgens de Hoge Tuinvertegenwoordiger (HTV) is dat", [("HTV", "Hoge Tuinvertegenwoordiger")]),
        ("de Tulp- en Bollenraad (“TBR”) kwam", [("TBR", "Tulp- en Bollenraad")]),
        ("het Nationaal\nTulpeninstituut (NTI)", [("NTI", "Nationaal Tulpeninstituut")]),
        ("de Europese Tuin Dienst (ETD) en de Groene Kas (GK)", [("ETD", "Europese Tuin Dienst"), ("GK", "Groene Kas")]),
        ("zei mevrouw Plas (BBC) over het plan", []),
        ("de minister (Kamerstuk 12 345)", []),
        ("de Groene Milieu Categorie (GMC-) zone", []),
        ("Raad (RAAD)", []),
        ("", []),
    ],
)
def test_only_a_long_form_that_spells_the_short_one_is_taken(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(found.short, found.long) for found in find(text)] == pairs


def test_one_short_form_may_have_two_long_forms_each_with_its_place() -> None:
    text = "De Natte Raad (NR) en de Nieuwe Raad (NR)."
    assert [(a.short, text[a.start : a.end]) for a in find(text)] == [("NR", "Natte Raad (NR)"), ("NR", "Nieuwe Raad (NR)")]


def test_every_word_but_the_linking_ones_must_be_spelled() -> None:
    assert spells("RBZ", "Raad voor Bolle Zaken")
    assert not spells("RBZ", "Raad Bolle Grote Zaken")
    assert not spells("RB", "Raad")


@given(st.text(alphabet="ABCabc ()\n.-", max_size=80))
def test_offsets_hold_the_short_form(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.short in text[found.start : found.end]
