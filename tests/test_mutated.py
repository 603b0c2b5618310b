"""Damaged and hostile files of every format: each is read or refused in one line, and nothing is left behind."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from index.chunk import chunk
from index.errors import UnreadableFileError
from index.read import read_letter
from index.sandbox import Sandbox
from tests.mutate import bombs, mutated
from ui.cli import main

pytestmark = pytest.mark.mutated

FORMATS = Path("examples/formats")
COUNT = 500
SEEDS = {"pdf": 1, "docx": 2, "odt": 3, "html": 4, "xml": 5, "txt": 6}


def originals(ending: str) -> list[bytes]:
    folder = Path("examples/letters") if ending == "txt" else FORMATS
    return [path.read_bytes() for path in sorted(folder.glob(f"*.{ending}"))]


def outcome(box: Sandbox, data: bytes, name: str) -> str | None:
    """None when the file is read, else the line that says why not."""
    try:
        letter = read_letter(data, name, loader=box.load).letter
    except UnreadableFileError as error:
        return str(error)
    for passage in chunk(letter):
        assert 0 <= passage.start < passage.end <= len(letter.text)
        for sentence in passage.sentences:
            assert all(letter.quote(span).strip() for span in sentence.spans)
    return None


@pytest.fixture
def nothing_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Fails the test when it leaves processes or temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert workers() == []
    assert list(tmp_path.iterdir()) == []


def workers() -> list[list[str]]:
    lines = [child.cmdline() for child in psutil.Process().children(recursive=True)]
    return [line for line in lines if "index.sandbox" in line]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("ending", sorted(SEEDS))
def test_damaged_files_are_read_or_refused_in_one_line(ending: str, nothing_left: None) -> None:
    lines = []
    with Sandbox(silent_seconds=30) as box:
        for i, data in enumerate(mutated(originals(ending), COUNT, SEEDS[ending])):
            lines.append(outcome(box, data, f"brief{i}.{ending}"))
    assert len(lines) == COUNT
    for i, line in enumerate(lines):
        assert line is None or (f"brief{i}.{ending}" in line and "\n" not in line and line.endswith("."))
        assert line is None or "langer dan" not in line


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(bombs()))
def test_bombs_are_stopped_or_read(name: str, nothing_left: None) -> None:
    with Sandbox(silent_seconds=60) as box:
        line = outcome(box, bombs()[name], name)
    assert line is None or (line.startswith(name) and "\n" not in line)


@pytest.mark.timeout(600)
def test_a_folder_of_damaged_files_gives_a_line_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "brieven"
    folder.mkdir()
    for ending, seed in SEEDS.items():
        for i, data in enumerate(mutated(originals(ending), 20, seed + 100)):
            (folder / f"brief{i:02}.{ending}").write_bytes(data)
    code = main(["--index", str(tmp_path / "index"), "index", "add", str(folder)])
    out, err = capsys.readouterr()
    for path in folder.iterdir():
        assert sum(line.split(":")[0].endswith(path.name) for line in out.splitlines() if not line.startswith(" ")) == 1
    assert code == (1 if "geweigerd" in out else 0)
    assert "Traceback" not in out + err
    assert workers() == []
