"""The cross-encoder that comes with the program: small, Dutch, int8, run by onnxruntime (docs/reranker.md).

Its lower layers (`read.onnx`) read question and passage apart, so that a passage is read once for all its questions; the
upper ones (`join.onnx`) read them together and score all sentences of the passage at once, each with its neighbours in
sight. Passages go through one by one: int8 takes one scale for all that is read together, and a sentence's score must not
depend on the other passages that were found.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embed import EMBEDDED_FOLDER
from index.errors import KamerbriefError
from rag.linear import LinearModel
from rag.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "data" / "reranker"
THREADS = 2
KEPT = 128
"""Passages whose lower states are kept in memory, about 0.2 MB each."""


class EmbeddedReranker:
    """Reads a question with a passage; safe to share between threads. Raises KamerbriefError where its files do not load."""

    def __init__(self, selector: LinearModel, refusal: LinearModel, folder: Path = FOLDER) -> None:
        self.selector = selector
        self.refusal: LinearModel | None = refusal
        self._folder = folder
        self._passage: Callable[[tuple[str, ...]], tuple[Any, Any]] = lru_cache(maxsize=KEPT)(self._read_passage)

    def scores(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[float]]:
        """For every sentence its log-odds as an answer plus those of its passage."""
        asked = self._lower(self._pieces.question(question))
        return [self._joined(asked, tuple(passage)) for passage in passages]

    def _joined(self, asked: "NDArray[Any]", passage: tuple[str, ...]) -> list[float]:
        import numpy as np

        if not passage:
            return []
        states, sentence = self._passage(passage)
        inputs = {
            "question": asked.astype(np.float32),
            "passages": states.astype(np.float32),
            "sentence": sentence,
            "numbers": np.arange(1, len(passage) + 1, dtype=np.int64),
        }
        by_sentence, whole = self._join.run(None, inputs)
        read = set(sentence[0].tolist())
        found = [float(score) for score in by_sentence[0]]
        lowest = min((score for number, score in enumerate(found, start=1) if number in read), default=0.0)
        return [float(whole[0]) + (s if n in read else lowest) for n, s in enumerate(found, start=1)]

    def _read_passage(self, passage: tuple[str, ...]) -> "tuple[NDArray[Any], NDArray[Any]]":
        """The lower states of a passage, and of every piece the number of its sentence, from 1 (0: of none)."""
        import numpy as np

        pieces, numbers = self._pieces.passage(passage)
        return self._lower(pieces), np.array([numbers], dtype=np.int64)

    def _lower(self, pieces: list[int]) -> "NDArray[Any]":
        import numpy as np

        states: NDArray[Any] = self._read.run(None, {"ids": np.array([pieces], dtype=np.int64)})[0]
        return states.astype(np.float16)

    @cached_property
    def _pieces(self) -> Pieces:
        from tokenizers import Tokenizer

        return Pieces(Tokenizer.from_file(str(EMBEDDED_FOLDER / "tokenizer.json")))

    @cached_property
    def _read(self) -> Any:
        return _session(self._folder / "read.onnx")

    @cached_property
    def _join(self) -> Any:
        return _session(self._folder / "join.onnx")


def _session(model: Path) -> Any:
    try:
        return _opened(model)
    except Exception as error:
        reason = str(error).splitlines()[0][:200]
        raise KamerbriefError(
            f"De meegeleverde cross-encoder {model} is niet te laden ({reason}). Installeer het programma opnieuw, of zet "
            'reranker = "none" in kamerbrief.toml.'
        ) from error


def _opened(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
