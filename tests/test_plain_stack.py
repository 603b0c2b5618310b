"""The plain stack of the benchmark: where chunks and sentences stand, and what the naive reader quotes."""

from types import SimpleNamespace

from benchmarks.plain_stack import PlainStack, places, sentences
from eval.gold import GoldQuestion
from tests.word_embedder import WordEmbedder

LETTER = "Het potje is 5 miljoen euro. De minister tekent in mei.\n\nNa de zomer volgt een brief."


def test_a_chunk_inside_the_one_before_it_is_sought_behind_that() -> None:
    text = "aap noot mies aap noot"
    assert places(text, ["aap noot mies", "aap noot"]) == [(0, 13), (14, 22)]
    assert places(text, ["aap noot mies", "mies aap noot"]) == [(0, 13), (9, 22)]
    assert places("nee nee nee", ["nee", "nee", "nee"]) == [(0, 3), (4, 7), (8, 11)]


def test_sentences_keep_their_places_without_white_space() -> None:
    found = sentences(LETTER, 0, len(LETTER))
    assert [LETTER[a:b] for a, b in found] == [
        "Het potje is 5 miljoen euro.",
        "De minister tekent in mei.",
        "Na de zomer volgt een brief.",
    ]
    assert [LETTER[a:b] for a, b in sentences(LETTER, 13, 40)] == ["5 miljoen euro.", "De minister"]


class Words:
    """LangChain's two methods over the fake embedder."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(v) for v in row] for row in WordEmbedder().encode(texts, "passage")]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def test_the_naive_reader_quotes_the_nearest_sentences_of_the_first_chunk_in_their_order() -> None:
    chunks = [{"letter": "a.txt", "start": 0, "end": 55}, {"letter": "a.txt", "start": 57, "end": 85}]
    retriever = SimpleNamespace(invoke=lambda _: [SimpleNamespace(metadata=chunk) for chunk in chunks])
    question = GoldQuestion(
        id="1",
        question="Wanneer tekent de minister?",
        kind="datum",
        answerable=True,
        answer="In mei.",
        facts=(("mei",),),
        traps=(),
        evidence=(),
    )
    one = PlainStack(retriever, Words(), {"a.txt": LETTER}, chunks=1, count=1).ask(question)  # type: ignore[arg-type]
    assert one["answer"] == "De minister tekent in mei."
    assert one["citations"] == [{"n": 1, "letter": "a.txt", "start": 29, "end": 55, "quote": "De minister tekent in mei."}]
    assert one["passages"] == chunks
    two = PlainStack(retriever, Words(), {"a.txt": LETTER}, chunks=1, count=2).ask(question)  # type: ignore[arg-type]
    assert two["answer"] == "Het potje is 5 miljoen euro. De minister tekent in mei."
