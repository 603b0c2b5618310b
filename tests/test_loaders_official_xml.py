"""Official XML: made-up publications in its forms, and the real files where they are present."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableFileError
from index.extract import Extract
from index.letter import Block, BlockKind, Sender
from index.loaders.official_xml import accepts, load
from index.loaders.xmltree import parse
from index.read import read_letter

HEAD = """
<kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel>
<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="kamernummer">2</tekstregel></kamerstukkop>
<dossier><dossiernummer><dossiernr>98 765</dossiernr></dossiernummer><titel>Zandhazen</titel></dossier>
"""


def publication(text: str, head: str = HEAD, title: str = "BRIEF VAN DE MINISTER VAN ZANDHAZEN") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><metadata/><kamerstuk>'
        f'{head}<stuk><stuknr>Nr. <ondernummer kamer="2">12</ondernummer></stuknr><titel>{title}</titel>'
        f"<algemeen><vrije-tekst><tekst>{text}</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    ).encode()


def told(extract: Extract, *kinds: BlockKind) -> list[str]:
    blocks: tuple[Block, ...] = extract.blocks if extract.blocks is not None else extract.known
    return [
        " | ".join(extract.text[s.start : s.end] for s in block.spans)
        for block in blocks
        if not kinds or block.kind in kinds
    ]


def test_the_letterhead_is_written_as_it_is_printed() -> None:
    extract = load(publication("<al>De haas is terug.</al>"), "x.xml")
    assert extract.text == (
        "Tweede Kamer der Staten-Generaal 2\nVergaderjaar 2030-2031\n\n98 765\tZandhazen\n\n"
        "Nr. 12\tBRIEF VAN DE MINISTER VAN ZANDHAZEN\n\nDe haas is terug."
    )
    assert len(told(extract, BlockKind.LETTERHEAD)) == 3


def test_what_the_publication_states_is_metadata() -> None:
    extract = load(publication("<al>De haas is terug.</al>"), "x.xml")
    assert extract.metadata is not None
    assert extract.metadata.key == "kst-98765-12"
    assert [fact.value for fact in extract.metadata.dossier_titles] == ["Zandhazen"]
    assert extract.metadata.chamber is not None
    assert extract.metadata.chamber.value == "tk"
    assert extract.metadata.session_year is not None
    assert extract.metadata.session_year.value == "2030-2031"
    assert extract.metadata.session_year.origin == "metadata"


@pytest.mark.parametrize(
    ("element", "printed", "key"),
    [
        ("<dossiernr>98 765</dossiernr><begrotingshoofdstuk>XVI</begrotingshoofdstuk>", "98 765 XVI", "98765-XVI"),
        ("<dossiernr>21 501</dossiernr>-<raadnr>20</raadnr>", "21 501-20", "21501-20"),
        ("<dossiernr>98\u00a0765</dossiernr>(<rijkswetnr>R2160</rijkswetnr>)", "98 765 (R2160)", "98765"),
        ("\n   <dossiernr>\n    98 765\n   </dossiernr>\n  ", "98 765", "98765"),
    ],
)
def test_every_form_of_a_dossier_number_is_read(element: str, printed: str, key: str) -> None:
    head = f"<dossier><dossiernummer>{element}</dossiernummer><titel>Zandhazen</titel></dossier>"
    extract = load(publication("<al>De haas is terug.</al>", head), "x.xml")
    assert extract.text.startswith(printed)
    assert extract.metadata is not None
    assert [fact.value for fact in extract.metadata.dossiers] == [key]


def test_a_letter_may_belong_to_several_dossiers() -> None:
    second = "<dossier><dossiernummer><dossiernr>98 766</dossiernr></dossiernummer><titel>Duinvossen</titel></dossier>"
    extract = load(publication("<al>De haas is terug.</al>", HEAD + second), "x.xml")
    assert extract.metadata is not None
    assert [fact.value for fact in extract.metadata.dossiers] == ["98765", "98766"]
    assert extract.metadata.key == "kst-98765-12"


def test_a_note_stands_at_its_marker_and_its_text_after_the_paragraph() -> None:
    text = (
        '<al>De haas<noot id="n1" type="voet"><noot.nr>1</noot.nr><noot.al>Zie '
        '<extref doc="kst-98765-2">98 765, nr. 2</extref>'
        "</noot.al><noot.al>En de kaart.</noot.al></noot> is terug.</al><al>De vos niet.</al>"
    )
    extract = load(publication(text), "x.xml")
    assert extract.text.endswith("De haas1 is terug.\n\n1 Zie 98 765, nr. 2 En de kaart.\n\nDe vos niet.")
    (note,) = [block for block in extract.known if block.kind is BlockKind.FOOTNOTE]
    assert note.label == "1"
    assert note.anchor is not None
    assert extract.text[note.anchor.start - 7 : note.anchor.end] == "De haas1"


def test_headings_have_levels() -> None:
    text = (
        '<divisie><kop><nr>1.</nr><titel>Hazen</titel></kop><al>Een.</al><tussenkop kopopmaak="vet">Op het wad</tussenkop>'
        '<al>Twee.</al><tussenkop kopopmaak="cur">In de duinen</tussenkop><al>Drie.</al></divisie>'
        "<tussenkop>Slot</tussenkop>"
    )
    blocks = [block for block in load(publication(text), "x.xml").known if block.kind is BlockKind.HEADING]
    assert [block.level for block in blocks] == [1, 2, 3, 1]
    assert told(load(publication(text), "x.xml"), BlockKind.HEADING) == ["1. Hazen", "Op het wad", "In de duinen", "Slot"]


def test_list_items_keep_their_printed_number() -> None:
    text = (
        "<lijst><li><li.nr>1.</li.nr><al>Tellen</al><lijst><li><li.nr>a.</li.nr><al>elke dag</al></li></lijst></li>"
        "<li><li.nr>2.</li.nr><al>Meten</al><al>en wegen</al></li></lijst>"
    )
    assert load(publication(text), "x.xml").text.endswith("1. Tellen\n\na. elke dag\n\n2. Meten\n\nen wegen")


def test_a_table_is_a_line_for_every_row() -> None:
    text = (
        '<table><title>Tellingen</title><tgroup cols="2"><colspec/><thead>'
        "<row><entry>Soort</entry><entry>Aantal</entry></row></thead><tbody><row><entry><al>Zandhaas</al></entry><entry><al>31</al></entry></row></tbody></tgroup></table>"
    )
    assert load(publication(text), "x.xml").text.endswith("Tellingen\n\nSoort\tAantal\nZandhaas\t31")


def test_who_signed_is_the_signature() -> None:
    text = (
        "<al>De haas is terug.</al><tekst-sluiting><ondertekening><functie>De Minister van Zandhazen,</functie><naam>"
        "<voornaam>A.B.</voornaam><achternaam>Duinhaas</achternaam></naam></ondertekening></tekst-sluiting>"
    )
    letter = read_letter(publication(text), "x.xml").letter
    assert told(load(publication(text), "x"), BlockKind.SIGNATURE) == ["De Minister van Zandhazen,\nA.B. Duinhaas"]
    assert Sender("A.B. Duinhaas", "Minister van Zandhazen") in [fact.value for fact in letter.metadata.senders]


QUESTIONS = """<?xml version="1.0"?><officiele-publicatie><kamervragen>
<kamervraagkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel></kamervraagkop>
<kamervraagnummer>100</kamervraagnummer>
<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Haas</achternaam></naam> over
 <kamervraagonderwerp>de zandhaas</kamervraagonderwerp>.</kamervraagomschrijving>
<vraag><nr>Vraag 1</nr><al>Kent u de zandhaas?</al></vraag><antwoord><nr>Antwoord 1</nr><al>Ja.</al></antwoord>
<vraag><nr>Vraag 2</nr><al>Hoeveel zijn er?</al></vraag><vraag><nr>Vraag 3</nr><al>Waar wonen zij?</al></vraag>
<antwoord><nr>Antwoord 2 en 3</nr><al>Op het wad wonen er 31.</al><al>Elders geen.</al></antwoord>
</kamervragen></officiele-publicatie>"""


def test_questions_and_answers_come_in_pairs() -> None:
    letter = read_letter(QUESTIONS.encode(), "x.xml").letter
    found = [
        (block.kind.value, block.pair, block.label, letter.quote(block.spans[0]))
        for block in letter.blocks
        if block.kind in (BlockKind.QUESTION, BlockKind.ANSWER)
    ]
    assert found == [
        ("question", 1, "1", "Kent u de zandhaas?"),
        ("answer", 1, "1", "Ja."),
        ("question", 2, "2", "Hoeveel zijn er?"),
        ("question", 2, "3", "Waar wonen zij?"),
        ("answer", 2, "2 en 3", "Op het wad wonen er 31."),
        ("answer", 2, "2 en 3", "Elders geen."),
    ]
    assert "Vragen van het lid Haas over de zandhaas." in letter.text


def test_a_motion_has_its_kind_day_and_movers() -> None:
    text = (
        "<al>De Kamer,</al><al>gehoord de beraadslaging,</al><al>verzoekt de regering de haas te tellen,</al>"
        "<al>en gaat over tot de orde van de dag.</al><al-groep><al>Haas</al><al>Vos</al></al-groep>"
    )
    data = publication(text, title="MOTIE VAN DE LEDEN HAAS EN VOS").replace(
        b"<algemeen>", b'<datumtekst>Voorgesteld <datum isodatum="2031-04-24">24april 2031</datum></datumtekst><algemeen>'
    )
    extract = load(data, "x.xml")
    assert told(extract, BlockKind.SIGNATURE) == ["Haas\nVos"]
    assert extract.metadata is not None
    assert extract.metadata.kind is not None
    assert extract.metadata.kind.value == "motie"
    assert extract.metadata.date is not None
    assert extract.metadata.date.value == date(2031, 4, 24)


DEBATE = """\ufeff<?xml version="1.0"?><officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord"
 content="https://zoek.officielebekendmakingen.nl/h-tk-20302031-70-3/metadata.xml"/></metadata><handelingen><agendapunt>
<nr>3</nr><item-titel>Zandhazen</item-titel><spreekbeurt nieuw="nee"><spreker><voorvoegsels>De</voorvoegsels><naam>
<achternaam>voorzitter</achternaam></naam>:</spreker><tekst><al-groep><al>Ik open het debat.</al></al-groep></tekst>
</spreekbeurt><spreekbeurt><spreker>
  <voorvoegsels>
   Mevrouw
  </voorvoegsels>
  <naam><achternaam>
   Haas
  </achternaam></naam>
  (
  <politiek>
   Duinpartij
  </politiek>
  ):
 </spreker><tekst><al-groep><al>Dank u wel.</al></al-groep></tekst></spreekbeurt></agendapunt></handelingen>
</officiele-publicatie>"""


def test_a_debate_has_its_speakers_with_their_fractie() -> None:
    letter = read_letter(DEBATE.encode(), "x.xml").letter
    assert [(block.kind.value, block.level, block.fractie, letter.quote(block.spans[0])) for block in letter.blocks] == [
        ("heading", 1, None, "3 Zandhazen"),
        ("heading", 2, None, "De voorzitter:"),
        ("paragraph", 0, None, "Ik open het debat."),
        ("heading", 2, None, "Mevrouw Haas (Duinpartij):"),
        ("paragraph", 0, "Duinpartij", "Dank u wel."),
    ]
    assert letter.metadata.kind is not None
    assert letter.metadata.kind.value == "debat"
    assert letter.metadata.session_year is not None
    assert letter.metadata.session_year.value == "2030-2031"


LEGACY = """<?xml version="1.0"?><kamerwrk><frontm><al>Tweede Kamer der Staten-Generaal</al></frontm>
<ordernr>98 765</ordernr>
<vergjaar>Vergaderjaar 2000-2001</vergjaar><onderw>Zandhazen</onderw><stuk><nummer>Nr. 7</nummer><titel>BRIEF</titel>
<tuskop letat="vet">Telling</tuskop><al>De haas is terug<voetref refid="v1">1</voetref>.</al><witreg/>
<ondtek>De Minister van Zandhazen,</ondtek></stuk><voetnoot id="v1">Zie de kaart.</voetnoot><voetnoot id="v2">Los.</voetnoot>
</kamerwrk>"""


def test_the_older_form_is_read_with_its_notes() -> None:
    extract = load(LEGACY.encode(), "x.xml")
    assert told(extract, BlockKind.HEADING) == ["Telling"]
    assert told(extract, BlockKind.FOOTNOTE) == ["Zie de kaart.", "Los."]
    assert told(extract, BlockKind.SIGNATURE) == ["De Minister van Zandhazen,"]
    assert "De haas is terug1." in extract.text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_text_is_ever_dropped(data: st.DataObject) -> None:
    """Any tree of known and unknown elements: all its characters are in the text, once (labels of notes twice)."""
    tags = (
        "al al-groep lijst li li.nr tussenkop nadruk extref onbekend noot divisie kop titel vraag antwoord nr table row "
        "entry dossier dossiernummer stuk spreekbeurt spreker politiek motie ondertekening functie kamerstukkop"
    ).split()
    words = iter(range(100, 10_000))

    def tree(depth: int) -> str:
        tag = data.draw(st.sampled_from(tags))
        text = f"w{next(words)} " if data.draw(st.booleans()) else ""
        children = [tree(depth - 1) for _ in range(data.draw(st.integers(0, 3)))] if depth else []
        tail = f" w{next(words)}" if data.draw(st.booleans()) else ""
        return f"<{tag}>{text}{''.join(children)}</{tag}>{tail}"

    xml = publication(tree(3) + tree(3), head="", title="T")
    root = parse(xml, "x").root
    wanted = Counter(re.findall(r"w\d+", " ".join(root.itertext())))
    assert Counter(re.findall(r"w\d+", load(xml, "x").text)) == wanted


def test_an_instruction_may_stand_inside_a_word() -> None:
    assert load(publication("<al>zand<?xpp afbreken?>haas</al>"), "x").text.endswith("zandhaas")


def test_pretty_printed_white_space_does_not_enter_a_sentence() -> None:
    text = "<al>\n  De haas (\n  <extref>nr. 2</extref>\n  ) is terug\n  <nadruk>hier</nadruk>\n  .\n</al>"
    assert load(publication(text), "x").text.endswith("De haas (nr. 2) is terug hier.")


def test_a_wrong_encoding_header_does_no_harm() -> None:
    data = publication("<al>Efficiënte zandhazen</al>").replace(b'encoding="UTF-8"', b'encoding="US-ASCII"')
    assert load(data, "x").text.endswith("Efficiënte zandhazen")


def test_text_that_was_converted_twice_is_mended_and_told() -> None:
    twice = ("\ufeff" + publication("<al>Efficiënte zandhazen</al>").decode()).encode().decode("latin-1").encode()
    assert accepts(twice, "x.xml")
    extract = load(twice, "x.xml")
    assert extract.text.endswith("Efficiënte zandhazen")
    assert extract.warnings == ("x.xml: een verdwaalde byte order mark en dubbel omgezette letters zijn hersteld.",)


def test_an_entity_is_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    data = publication("<al>De haas &buiten; is terug.</al>").replace(
        b"<officiele-publicatie>",
        f'<!DOCTYPE x [<!ENTITY buiten SYSTEM "file://{secret}">]><officiele-publicatie>'.encode(),
        1,
    )
    extract = load(data, "x.xml")
    assert "geheim" not in extract.text
    assert extract.warnings == ("x.xml: verwijzingen naar entiteiten in de XML zijn niet gevolgd.",)


def test_entities_that_multiply_are_refused() -> None:
    levels = "".join(f'<!ENTITY e{i} "&e{i - 1};&e{i - 1};&e{i - 1};&e{i - 1};">' for i in range(1, 30))
    data = publication("<al>De haas &e29; is terug.</al>").replace(
        b"<officiele-publicatie>", f'<!DOCTYPE x [<!ENTITY e0 "haas">{levels}]><officiele-publicatie>'.encode(), 1
    )
    with pytest.raises(UnreadableFileError, match="geen geldige XML"):
        load(data, "x.xml")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<?xml version='1.0'?><officiele-publicatie><al>half", "geen geldige XML"),
        (b"<?xml version='1.0'?><svg/>", "geen offici.le publicatie"),
        (b"<?xml version='1.0'?><metadata_gegevens/>", "metadatabestand"),
        (b"<officiele-publicatie><metadata/></officiele-publicatie>", "alleen metadata"),
        (b"<officiele-publicatie>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</officiele-publicatie>", "geen geldige XML"),
    ],
    ids=["cut", "other", "sidecar", "empty", "deep"],
)
def test_what_is_no_publication_is_one_line(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFileError, match=why) as error:
        load(data, "brief.xml")
    assert str(error.value).startswith("brief.xml")


DOCUMENTS = Path(__file__).resolve().parents[2] / "shared" / "documents"


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not in ../shared/documents")
def test_the_real_files_are_read_whole() -> None:
    counts = Counter[str]()
    for path in sorted(DOCUMENTS.rglob("*.xml")):
        data = path.read_bytes()
        extract = load(data, path.name)
        root = parse(data, path.name).root
        for metadata in root.findall("metadata"):
            root.remove(metadata)
        printed = re.sub(r"\s", "", "".join(root.itertext()))
        assert Counter(re.sub(r"\s", "", extract.text)) == Counter(printed)
        assert extract.metadata is not None
        assert extract.metadata.kind is not None
        counts[extract.metadata.kind.value] += 1
        counts["mended"] += len(extract.warnings)
    assert counts == {"motie": 39, "debat": 14, "mended": 14}
