"""Citations: numbered, exact, and never silently dropped."""

from index.letter import Span
from rag.assistant import Assistant
from rag.cite import Citations

LETTER = "08_uitstel_zeegras.txt"


def test_the_same_span_gets_the_same_number(assistant: Assistant) -> None:
    citations = Citations(assistant.index)
    numbers = [citations.cite_span(LETTER, Span(*span)) for span in ((0, 10), (20, 30), (0, 10))]
    assert numbers == [1, 2, 1]
    assert [c.n for c in citations.all()] == [1, 2]


def test_the_quote_is_the_text_at_the_offsets(assistant: Assistant) -> None:
    citations = Citations(assistant.index)
    citations.cite_span(LETTER, Span(100, 180), "Kop")
    (made,) = citations.all()
    assert made.quote == assistant.index.letter(LETTER).text[100:180]
    assert (made.letter, made.date, made.heading, made.status) == (LETTER, "2024-12-17", "Kop", "ok")


def test_a_made_up_key_stays_as_unknown(assistant: Assistant) -> None:
    citations = Citations(assistant.index)
    assert [citations.unknown("qzx"), citations.unknown("qzx"), citations.unknown("wvb")] == [1, 1, 2]
    assert [(c.status, c.key, c.letter, c.quote) for c in citations.all()] == [
        ("unknown", "qzx", None, None),
        ("unknown", "wvb", None, None),
    ]
