import json
from datetime import date

from index.codec import from_plain, to_plain
from index.letter import Block, BlockKind, Contradiction, Fact, Metadata, Sender, Span

METADATA = Metadata(
    dossiers=(Fact("90123", "heading", Span(0, 6)), Fact("90124-X", "inferred")),
    number=Fact("12", "heading", Span(8, 10)),
    chamber=Fact("tk", "inferred"),
    date=Fact(date(2031, 3, 5), "text", Span(20, 31)),
    senders=(Fact(Sender("A.B. Duinker", None), "signature", Span(40, 52)),),
    contradictions=(Contradiction("sender", Fact("a", "heading", Span(1, 2)), Fact("b", "signature", Span(3, 4))),),
)
BLOCKS = (
    Block(BlockKind.QUESTION, (Span(0, 5), Span(9, 12)), fractie="Duinpartij", pair=1, label="1"),
    Block(BlockKind.FOOTNOTE, (Span(12, 20),), label="2", anchor=Span(4, 5)),
)


def test_metadata_comes_back_from_json_as_it_was() -> None:
    assert from_plain(Metadata, json.loads(json.dumps(to_plain(METADATA)))) == METADATA


def test_blocks_come_back_from_json_as_they_were() -> None:
    found = from_plain(tuple[Block, ...], json.loads(json.dumps(to_plain(BLOCKS))))
    assert found == BLOCKS
    assert isinstance(found[0].kind, BlockKind)


def test_empty_metadata_comes_back() -> None:
    assert from_plain(Metadata, json.loads(json.dumps(to_plain(Metadata())))) == Metadata()
