"""How fast every format is read: python -m benchmarks.formats [FOLDER ...] [--repeat N]

The example letters in every format and the files of the given folders, through the sandbox as `index add` reads them: from
bytes to passages, without embedding. A page of a format without pages counts as 2,500 characters. Prints a line for every
format: files, pages, pages per second (loading alone, and in all), and what was refused or warned about.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.chunk import chunk
from index.errors import UnreadableFileError
from index.extract import Extract
from index.read import read_letter
from index.sandbox import Sandbox
from index.sidecar import is_sidecar

EXAMPLES = Path(__file__).parent.parent / "examples"
CHARACTERS_A_PAGE = 2500


@dataclass(slots=True)
class Speed:
    """What reading the files of one format took, in seconds."""

    files: int = 0
    pages: float = 0.0
    loading: float = 0.0
    whole: float = 0.0
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """The figures for people."""
        return (
            f"{name:6}{self.files:6} files{self.pages:8.0f} pages{self.pages / (self.loading or 1):9.0f} loaded/s"
            f"{self.pages / (self.whole or 1):9.0f} read/s{len(self.refused):5} refused{len(self.warnings):5} warnings"
        )


def measure(paths: Sequence[Path], repeat: int = 1) -> dict[str, Speed]:
    """Read every file `repeat` times; the worker's start is not counted."""
    speeds: dict[str, Speed] = {}
    with Sandbox() as sandbox:
        sandbox.load(b"<html><p>Begin.</p></html>", "begin.html")
        for path in [*paths] * repeat:
            speed = speeds.setdefault(path.suffix.lower().lstrip("."), Speed())
            _read(path, sandbox, speed)
    return speeds


def _read(path: Path, sandbox: Sandbox, speed: Speed) -> None:
    data = path.read_bytes()

    def load(content: bytes, name: str) -> Extract:
        started = time.perf_counter()
        extract = sandbox.load(content, name)
        speed.loading += time.perf_counter() - started
        return extract

    started = time.perf_counter()
    try:
        read = read_letter(data, path.name, loader=load)
        chunk(read.letter)
    except UnreadableFileError as error:
        speed.refused.append(str(error))
        return
    finally:
        speed.whole += time.perf_counter() - started
        speed.files += 1
    speed.pages += len(read.letter.pages) or len(read.letter.text) / CHARACTERS_A_PAGE
    speed.warnings += read.warnings


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a file was refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=3, help="times to read the example letters")
    args = parser.parse_args(argv)
    examples = sorted([*(EXAMPLES / "letters").glob("*.txt"), *(EXAMPLES / "formats").iterdir()])
    sets = [("example letters", examples, args.repeat)]
    for folder in args.folders:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not is_sidecar(path)]
        sets.append((str(folder.name), files, 1))
    refused = 0
    for name, paths, repeat in sets:
        print(name)
        speeds = measure(paths, repeat)
        for ending, speed in sorted(speeds.items()):
            print("  " + speed.line(ending))
            refused += len(speed.refused)
        for speed in speeds.values():
            for line in [*speed.refused, *sorted(set(speed.warnings))]:
                print(f"    {line}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
