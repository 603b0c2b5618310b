"""The manifest: what a generation holds and was made with; its own hash stands in CURRENT.

An index is only used with the analysis, the format and the embedding model that made it: a term or a vector of another
version would be compared with what it is not.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.embed import EmbedderInfo

FORMAT = 1
"""The layout of the files; another number is not read."""
FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a generation: its size in bytes and the hex sha256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of. `segments` are in order; a passage's number counts through them.

    `erased` says that letters were taken out of this generation, so that no older one may stay.
    """

    generation: str
    format: int
    analyzer: str
    embedder: EmbedderInfo
    letters: int
    passages: int
    sentences: int
    segments: tuple[str, ...]
    next_segment: int
    erased: bool
    files: Mapping[str, FileRecord]

    def to_json(self) -> str:
        """The manifest as stored."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote; raises ValueError, TypeError or KeyError where it is something else."""
        values: dict[str, Any] = json.loads(text)
        return cls(
            **values
            | {
                "embedder": EmbedderInfo(**values["embedder"]),
                "segments": tuple(values["segments"]),
                "files": {name: FileRecord(**record) for name, record in values["files"].items()},
            }
        )


def record(file: Path) -> FileRecord:
    """Size and hash of a file on disk."""
    with file.open("rb") as source:
        return FileRecord(file.stat().st_size, hashlib.file_digest(source, "sha256").hexdigest())
