"""What is quoted in one go is one quote, and each part of a question gets its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.embed import open_embedder
from index.settings import Settings
from index.store import Index
from index.update import add
from index.view import reading_text
from rag.cite import Citations
from rag.extractive import MAX_QUOTE, quotes, read_parts
from rag.question import understand
from rag.retrieve import Hit
from rag.select import Candidate

SHUT = "De sluis bij Noordwaard gaat in de winter dicht."
WEEKS = "Dat duurt naar verwachting ongeveer vier weken."
SHIPS = "Schepen varen in die tijd om langs de kust."
BRIDGE = "De brug over de vaart blijft al die tijd open."
LONG = "De sluis wordt " + "zeer zorgvuldig en in overleg " * 10 + "vernieuwd."
LETTER = f"""90 124\t\tSluizen
Nr. 8\t\tBrief van de minister van Getijden

Den Haag, 6 maart 2031

{SHUT} {WEEKS} {SHIPS}

{BRIDGE}

{LONG} {LONG}

De minister van Getijden,

A.B. Duinker
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("sluizen")
    (folder / "sluis.txt").write_text(LETTER, encoding="utf-8")
    settings = Settings(index=str(folder / "index"))
    embedder = open_embedder(settings)
    add(folder / "index", [folder / "sluis.txt"], embedder)
    return Index.open(folder / "index", embedder)


def found(index: Index, *openings: str) -> list[Candidate]:
    """The sentences of the letter that open so, in that order."""
    passages = index.passages(range(index.passage_count))
    sentences = [(p, i, s.text) for p in passages for i, s in enumerate(p.sentences)]
    return [
        next(Candidate(Hit(p, 1.0, 1, ()), i, 0.5, ()) for p, i, text in sentences if text.startswith(opening))
        for opening in openings
    ]


@pytest.mark.parametrize(
    ("openings", "texts"),
    [
        ((SHUT, WEEKS), [f"{SHUT} {WEEKS}"]),
        ((SHUT, WEEKS, SHIPS), [f"{SHUT} {WEEKS} {SHIPS}"]),
        ((WEEKS, SHUT), [WEEKS, SHUT]),
        ((SHUT, SHIPS), [SHUT, SHIPS]),
        ((SHIPS, BRIDGE), [SHIPS, BRIDGE]),
    ],
)
def test_sentences_that_read_on_are_one_quote(index: Index, openings: tuple[str, ...], texts: list[str]) -> None:
    citations = Citations(index)
    made = quotes(found(index, *openings), citations)
    assert [quote.text for quote in made] == texts
    assert [reading_text(index.letter("sluis.txt"), quote.spans) for quote in made] == texts


def test_a_quote_is_never_longer_than_proves_something(index: Index) -> None:
    (first,) = found(index, LONG)
    second = Candidate(first.hit, first.position + 1, 0.5, ())
    assert second.sentence.text == LONG
    made = quotes([first, second], Citations(index))
    assert [quote.text for quote in made] == [LONG, LONG]
    assert all(span.end - span.start <= MAX_QUOTE for quote in made for span in quote.spans)


def test_a_further_part_is_answered_by_another_sentence_where_one_is_nearly_as_likely(index: Index) -> None:
    asked = understand("Wat gaat er dicht?"), understand("Wat nog meer?")
    first, other = found(index, SHUT, SHIPS)
    near = [first, replace(other, probability=0.3)]
    texts = [s.text for s in read_parts([(asked[0], [first]), (asked[1], near)], Citations(index))]
    assert texts == [SHUT, SHIPS]
    far = [first, replace(other, probability=0.1)]
    texts = [s.text for s in read_parts([(asked[0], [first]), (asked[1], far)], Citations(index))]
    assert texts == [SHUT]
