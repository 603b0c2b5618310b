"""The standing dossiers of Council meetings."""

from index.councils import dossier_of


def test_a_report_of_a_council_meeting_tells_its_dossier_and_place() -> None:
    text = "het verslag van de informele Raad Buitenlandse Zaken (RBZ) Defensie van mei"
    assert dossier_of(text) == ("21501-28", text.index("Raad"), text.index(" van mei"))
    assert (dossier_of("de geannoteerde agenda van de Europese Raad") or ("",))[0] == "21501-20"


def test_a_letter_that_only_names_a_council_tells_nothing() -> None:
    assert dossier_of("Zoals in de Europese Raad besproken, groeit het bos.") is None
    assert dossier_of("het verslag van de Boswachtersraad") is None
