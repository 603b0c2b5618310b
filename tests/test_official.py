"""Metadata records of official publications."""

from datetime import date

import pytest

from index.official import chamber_of, dated, dossier_key, metadata_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("98 765", "98765"),
        ("98765", "98765"),
        ("98.765", "98765"),
        ("98\u00a0765 XVI", "98765-XVI"),
        ("21 501-20", "21501-20"),
        ("21501–20", "21501-20"),
        ("36410A", "36410-A"),
        ("geen", None),
    ],
)
def test_a_dossier_number_is_normalised(text: str, key: str | None) -> None:
    assert dossier_key(text) == key


def test_the_first_dossier_is_the_one_of_the_number() -> None:
    facts = metadata_of({"OVERHEIDop.dossiernummer": ["98765;98766"], "OVERHEIDop.ondernummer": ["3"]})
    assert [fact.value for fact in facts.dossiers] == ["98765", "98766"]
    assert facts.key == "kst-98765-3"


@pytest.mark.parametrize(
    ("identifier", "key"),
    [("kst-98765-3", "kst-98765-3"), ("kst-36410-X-C", "kst-36410-X-C"), ("kst-21501-28-264", "kst-21501-28-264")],
)
def test_the_identifier_gives_dossier_and_number(identifier: str, key: str) -> None:
    assert metadata_of({"DC.identifier": [identifier]}).key == key


def test_an_identifier_of_a_sitting_gives_chamber_and_year() -> None:
    facts = metadata_of({"OVERHEIDop.externMetadataRecord": ["https://zoek.example/h-ek-20302031-70-3/metadata.xml"]})
    assert facts.chamber is not None
    assert facts.session_year is not None
    assert (facts.chamber.value, facts.session_year.value, facts.key) == ("ek", "2030-2031", None)


def test_chambers_are_told_apart() -> None:
    assert chamber_of("Eerste Kamer der Staten-Generaal") == "ek"
    assert chamber_of("Tweede Kamer der Staten-Generaal") == "tk"
    assert chamber_of("Raad van State") is None


def test_the_day_of_publication_counts_only_where_there_is_no_other() -> None:
    records = {"DCTERMS.issued": ["2031-05-06"]}
    undated = dated(metadata_of(records), records, "De haas is terug.")
    assert undated.date is not None
    assert undated.date.value == date(2031, 5, 6)
    assert dated(metadata_of(records), records, "Den Haag, 4 mei 2031").date is None
    letter = metadata_of({**records, "OVERHEIDop.datumBrief": ["2031-05-04"]})
    assert letter.date is not None
    assert letter.date.value == date(2031, 5, 4)


def test_a_date_that_is_none_is_left_out() -> None:
    assert metadata_of({"OVERHEIDop.datumBrief": ["3december"]}).date is None
