"""Which reader answers now, and why, in words for the screen."""

from dataclasses import dataclass

from index.settings import Settings
from rag.llm import split_model
from rag.ollama_server import probe, unavailable


@dataclass(frozen=True, slots=True)
class ReaderState:
    """The reader that a question gets now. `problem` says why the wanted one cannot answer, "" when it can."""

    wanted: str
    now: str
    model: str
    problem: str

    @property
    def short(self) -> str:
        """For beside the question box."""
        return f"Lezer: taalmodel {self.model}" if self.now == "ollama" else "Lezer: letterlijk citeren"

    @property
    def long(self) -> str:
        """Two sentences for the settings page."""
        if self.now == "ollama":
            written = "Het schrijft in eigen woorden; elke zin wordt daarna gecontroleerd."
            return f"Nu antwoordt het taalmodel {self.model}. {written}"
        quoting = "Nu antwoordt de app met letterlijke zinnen uit de brieven, zonder taalmodel."
        return f"{quoting} {self.problem}".rstrip()


def reader_state(settings: Settings, chosen: str | None) -> ReaderState:
    """The state for these settings and the reader that this person chose (None: as in the settings)."""
    wanted = chosen or settings.reader
    model = split_model(settings.model)[1]
    if wanted == "extractive":
        return ReaderState(wanted, "extractive", model, "")
    problem = unavailable(settings.model, settings.ollama_host)
    return ReaderState(wanted, "extractive" if problem else "ollama", model, problem)


def models(settings: Settings) -> tuple[str, ...]:
    """The models that the Ollama server has; none when it is not up."""
    return probe(settings.ollama_host).models


def look_again() -> None:
    """Forget what the last look at the server told."""
    probe.cache_clear()
