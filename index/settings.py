"""Settings: one frozen dataclass, read once.

Sources, each overruling the former: the defaults below, `kamerbrief.toml` in the current folder, environment variables
KAMERBRIEF_<NAME>, and the options of the command line. An unknown key is an error that names the nearest known one, so
that a typo never passes in silence.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from index.errors import SettingsError

FILE_NAME = "kamerbrief.toml"
PREFIX = "KAMERBRIEF_"
NOT_SETTINGS = frozenset({"KAMERBRIEF_REQUIRE_BROWSER"})
"""Environment variables with our prefix that steer the test suite, not the program."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set; paths are relative to the current folder.

    `embedder` is "embedded" or the name or folder of any sentence-transformers model, `reranker` "embedded", "none" or the
    name or folder of a sentence-transformers cross-encoder. `reader` is "auto", "ollama" or
    "extractive". `model` is "provider:name" for LangChain's `init_chat_model`, or just an Ollama model name.
    `check_model` names an NLI model for a second check of its statements (rag/nli.py), "" for none. Times are in
    seconds, sizes in MiB. `repository_url` and `publication_url` are where `fetch` searches and downloads.
    """

    index: str = ".kamerbrief"
    embedder: str = "embedded"
    reranker: str = "embedded"
    reader: str = "auto"
    model: str = "qwen3:4b"
    ollama_host: str = "http://localhost:11434"
    timeout: float = 120.0
    num_ctx: int = 8192
    check_model: str = ""
    k: int = 10
    max_file_mib: int = 40
    repository_url: str = "https://repository.overheid.nl"
    publication_url: str = "https://zoek.officielebekendmakingen.nl"

    def __post_init__(self) -> None:
        if self.reader not in ("auto", "ollama", "extractive"):
            raise SettingsError(f"Onbekende lezer '{self.reader}'. Kies uit: auto, ollama, extractive.")
        if not 1 <= self.k <= 100:
            raise SettingsError(f"k moet tussen 1 en 100 liggen, niet {self.k}.")
        if self.num_ctx < 1024:
            raise SettingsError(f"num_ctx moet ten minste 1024 zijn, niet {self.num_ctx}.")
        if self.timeout <= 0:
            raise SettingsError(f"timeout moet meer dan 0 seconden zijn, niet {self.timeout}.")


def read_settings(
    options: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings from file, environment and options; a None among the options means "not given".

    Raises SettingsError when a key is unknown, a value has the wrong type, or the file is not TOML.
    """
    values: dict[str, Any] = {}
    file = (folder or Path()) / FILE_NAME
    if file.is_file():
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{file} is geen geldig TOML-bestand ({error}). Verbeter die regel.") from error
        values |= {_known(key, str(file)): value for key, value in content.items()}
    for name, value in (os.environ if environ is None else environ).items():
        if name.startswith(PREFIX) and name not in NOT_SETTINGS:
            values[_known(name.removeprefix(PREFIX).lower(), f"de omgevingsvariabele {name}")] = value
    values |= {key: value for key, value in (options or {}).items() if value is not None}
    return Settings(**{key: _typed(key, value) for key, value in values.items()})


def _known(key: str, where: str) -> str:
    names = [field.name for field in fields(Settings)]
    if key in names:
        return key
    near = difflib.get_close_matches(key, names, n=1, cutoff=0.0)
    raise SettingsError(f"Onbekende instelling '{key}' in {where}. Bedoelde u '{near[0]}'?")


def _typed(key: str, value: Any) -> Any:
    defaults: dict[str, object] = {field.name: field.default for field in fields(Settings)}
    kind: Any = type(defaults[key])
    if kind is bool and isinstance(value, str):
        return value.lower() in ("1", "true", "ja")
    if isinstance(value, bool) != (kind is bool) or (kind is int and isinstance(value, float)):
        raise SettingsError(f"De waarde {value!r} past niet bij de instelling '{key}'.")
    try:
        return kind(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"De waarde {value!r} past niet bij de instelling '{key}'.") from error
