from dataclasses import replace

from fake_assistant import BRIDGE, DIKE, cite, dike_and_bridge, letter
from hypothesis import given, settings
from hypothesis import strategies as st

from index.extract import Extract
from index.letter import Contradiction, Fact, Sender, Span
from index.read import letter_from_extract
from rag.answer import Citation
from ui.letter_view import Mark, Run, answer_view, cited_view, letter_view, line_ends, marks_of, pieces, runs, senders

TEXTS = st.lists(
    st.sampled_from(
        [
            "De dijk is klaar.",
            "munitie-\n",
            "\n",
            "\n\n",
            "- punt een\n",
            "\t",
            "1 Zie bijlage.\n",
            "\f",
            "3 mei 2024 ",
            "Antwoord\n",
        ]
    )
    | st.text(max_size=12),
    max_size=30,
).map("".join)


def test_a_contradiction_is_told_in_dutch_words_alone():
    read = letter_from_extract(Extract("De dijk is klaar.", "txt"), "brief.txt", "0" * 64)
    clash = Contradiction("senders", Fact("minister van Dijken", "heading"), Fact("minister van <Bruggen>", "signature"))
    view = letter_view(replace(read, metadata=replace(read.metadata, contradictions=(clash,))))
    assert view["contradictions"] == ["“minister van Dijken” en “minister van <Bruggen>”"]


def shown(view) -> str:
    return "".join(text for block in view["blocks"] for text, _, _ in block["runs"])


@settings(max_examples=40)
@given(TEXTS)
def test_every_character_of_the_letter_is_shown_once_and_in_order(text):
    read = letter_from_extract(Extract(text, "txt"), "brief.txt", "0" * 64)
    assert read.text == text
    assert shown(letter_view(read)) == text
    assert "".join(text[piece.start : piece.end] for piece in pieces(read)) == text


@settings(max_examples=40)
@given(st.data())
def test_the_marked_runs_together_are_the_quote(data):
    read = letter(DIKE, "dijk.txt")
    start = data.draw(st.integers(0, len(read.text) - 1))
    end = data.draw(st.integers(start + 1, len(read.text)))
    view = letter_view(read, [Mark(4, start, end)])
    marked = "".join(text for block in view["blocks"] for text, numbers, _ in block["runs"] if 4 in numbers)
    assert marked == read.text[start:end]


def test_runs_are_cut_where_sources_begin_and_end():
    assert runs("abcdefgh", 1, 7, [Mark(1, 0, 4), Mark(2, 3, 5)]) == [
        Run("bc", (1,)),
        Run("d", (1, 2)),
        Run("e", (2,)),
        Run("fg"),
    ]
    assert runs("ver-\ndwenen", 0, 11, [], [Span(3, 5)]) == [Run("ver"), Run("-\n", (), True), Run("dwenen")]


def test_a_broken_word_is_read_whole_and_a_hyphen_of_its_own_stays():
    text = DIKE.replace(
        "De kosten zijn geraamd", "De kosten van het waterschaps-\nhuis en de zand-\nen kleihandel zijn ge-\nraamd"
    )
    read = letter(text, "dijk.txt")
    hidden = [read.text[span.start : span.end] for span in line_ends(read)]
    assert hidden == ["-\n", "-\n"]
    seen = "".join(text for block in letter_view(read)["blocks"] for text, _, unseen in block["runs"] if not unseen)
    assert "waterschapshuis en de zand-\nen kleihandel zijn geraamd" in seen


def test_the_facts_of_a_letter_head_it():
    view = letter_view(letter(DIKE, "dijk.txt"))
    facts = dict(view["facts"])
    assert facts["Nummer"] == "36999, nr. 12"
    assert facts["Datum"] == view["date"] == "3 mei 2024"
    assert facts["Kamer"] == "Tweede Kamer"
    assert facts["Bestand"] == "dijk.txt"
    assert view["official"] == "https://zoek.officielebekendmakingen.nl/kst-36999-12.html"
    assert view["ocr"] is False


def test_a_role_is_left_out_where_a_named_sender_has_it():
    found = [Sender(None, "MINISTER VAN WATER"), Sender("A. Zandstra", "minister van Water"), Sender(None, "griffier")]
    assert senders(found) == ["A. Zandstra, minister van Water", "griffier"]


def test_marks_are_those_of_the_letter_itself():
    dike, bridge = letter(DIKE, "dijk.txt"), letter(BRIDGE, "brug.txt")
    citations = [
        cite(1, dike, "18 miljoen euro"),
        cite(2, bridge, "drie rijstroken"),
        Citation(3, status="unknown", key="x"),
    ]
    start = bridge.text.index("drie rijstroken")
    assert marks_of(citations, bridge) == [Mark(2, start, start + 15)]


def test_words_that_a_newer_version_of_the_letter_does_not_hold_are_not_marked():
    newer = letter(BRIDGE.replace("drie rijstroken", "vier rijstroken"), "brug.txt")
    citations = [cite(1, letter(BRIDGE, "brug.txt"), "drie rijstroken"), cite(2, newer, "250.000 euro")]
    view = cited_view(newer, citations)
    assert view["changed"] is True
    assert {n for block in view["blocks"] for _, numbers, _ in block["runs"] for n in numbers} == {2}
    assert cited_view(newer, citations[1:])["changed"] is False


def test_an_answer_as_data_has_links_for_known_sources_only():
    fake = dike_and_bridge()
    answer = fake.ask("Hoe lang wordt de dijk?")
    view = answer_view(answer, {})
    assert [one["citations"] for one in view["statements"]] == [[1], [2]]
    assert [one["word"] for one in view["statements"]] == ["Letterlijk", "Gesteund"]
    first = answer.citations[0]
    assert view["sources"][0]["link"] == f"?brief=dijk.txt&van={first.start}&tot={first.end}"
    assert view["share"] == "?vraag=Hoe%20lang%20wordt%20de%20dijk%3F"
    assert view["refusal"] is None


def test_a_refusal_as_data_names_the_nearest_letters_by_title():
    view = answer_view(dike_and_bridge().ask("Hoe hoog is de maan?"), {"dijk.txt": "De dijk"})
    assert view["refusal"]["nearest"] == [
        {"name": "dijk.txt", "title": "De dijk"},
        {"name": "brug.txt", "title": "brug.txt"},
    ]
