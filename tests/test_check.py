import shlex
from pathlib import Path

import pytest
from index_letters import made_up, write
from word_embedder import WordEmbedder

from index.check import status, verify
from index.errors import NoIndexError
from index.generation import CURRENT, GENERATIONS
from index.update import add


@pytest.fixture
def index(tmp_path: Path) -> Path:
    for subject in ("strand", "molen"):
        write(tmp_path / "mijn brieven", f"{subject}.txt", made_up(subject))
    write(tmp_path / "mijn brieven", "zonder.txt", "Een briefje zonder datum over een zeehond.\n")
    add(tmp_path / "index", [tmp_path / "mijn brieven"], WordEmbedder())
    return tmp_path / "index"


def test_status_counts_what_is_there(index: Path, tmp_path: Path) -> None:
    (tmp_path / "mijn brieven" / "molen.txt").unlink()
    found = status(index)
    assert (found.generation, found.generations, found.letters, found.segments) == ("0001", ("0001",), 3, 1)
    assert (found.undated, found.scanned) == (1, 0)
    assert found.missing == (str(tmp_path / "mijn brieven" / "molen.txt"),)
    assert found.bytes == sum(file.stat().st_size for file in index.rglob("*") if file.is_file())


def test_hard_linked_files_are_counted_once(index: Path, tmp_path: Path) -> None:
    before = status(index).bytes
    write(tmp_path / "mijn brieven", "nieuw.txt", made_up("brug"))
    add(index, [tmp_path / "mijn brieven"], WordEmbedder())
    found = status(index)
    assert found.generations == ("0001", "0002")
    total = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    assert before < found.bytes < total


def test_whole_index_has_no_damage(index: Path) -> None:
    found = verify(index)
    assert (found.generation, found.files, found.damage, found.mend) == ("0001", 4, (), None)


@pytest.mark.parametrize("name", ["00001.db", "00001.faiss", "00001.safetensors"])
def test_one_changed_byte_is_found_with_the_letters_that_it_touches(index: Path, name: str, tmp_path: Path) -> None:
    file = index / GENERATIONS / "0001" / name
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    found = verify(index)
    assert [(damage.file, damage.what) for damage in found.damage] == [(name, "is veranderd na het schrijven")]
    assert found.damage[0].letters == ("molen.txt", "strand.txt", "zonder.txt")
    assert found.mend == shlex.join(
        ["kamerbrief", "--index", str(index), "index", "add", str(tmp_path / "mijn brieven"), "--rebuild"]
    )


def test_the_command_that_is_named_mends_it(index: Path, tmp_path: Path) -> None:
    (index / GENERATIONS / "0001" / "00001.faiss").write_bytes(b"kapot")
    mend = verify(index).mend
    assert mend is not None
    words = shlex.split(mend)
    assert words[:5] == ["kamerbrief", "--index", str(index), "index", "add"]
    add(index, [Path(words[5])], WordEmbedder(), rebuild=words[6] == "--rebuild")
    assert verify(index).damage == ()


def test_damage_of_current_and_manifest_is_reported(index: Path) -> None:
    current = (index / CURRENT).read_text()
    (index / CURRENT).write_text("9999 " + "0" * 64)
    assert verify(index).damage[0].file == CURRENT
    (index / CURRENT).write_text(current)
    (index / GENERATIONS / "0001" / "manifest.json").write_text("{}")
    found = verify(index)
    assert "manifest.json van 0001 is veranderd" in found.damage[0].what
    assert found.mend is not None
    assert found.mend.endswith("index add MAP --rebuild")


def test_no_index_is_no_damage(tmp_path: Path) -> None:
    for look in (status, verify):
        with pytest.raises(NoIndexError):
            look(tmp_path / "niets")
