"""Killing a writer at any moment: the former index stays whole, and the next `index add` works.

The child is killed just before its n-th call that changes the disk, for every n until it gets through, and then at moments
by the clock. What the clock hits is random, what it must leave behind is not.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from index_letters import SUBJECTS, made_up, write
from word_embedder import WordEmbedder

from index.analyze import words
from index.check import verify
from index.generation import GENERATIONS
from index.store import Index
from index.update import add, remove

pytestmark = pytest.mark.kill

CHILD = """
import os, pathlib, shutil, signal, sys
sys.path.insert(0, {tests!r})
from word_embedder import WordEmbedder
from index import update
left = int(sys.argv[3])
def deadly(function):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call
for name in "fsync link mkdir rename replace rmdir unlink".split():
    setattr(os, name, deadly(getattr(os, name)))
index, letters = map(pathlib.Path, sys.argv[1:3])
print("start", flush=True)
if sys.argv[4] == "add":
    update.add(index, [letters], WordEmbedder())
else:
    update.remove(index, ["strand.txt"])
"""
NEVER = 10**6


def child(index: Path, letters: Path, kill_at: int, action: str) -> "subprocess.Popen[str]":
    code = CHILD.format(tests=str(Path(__file__).parent))
    command = [sys.executable, "-c", code, str(index), str(letters), str(kill_at), action]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder of which two letters are in the index, one of those changed since, and two are new."""
    folder = tmp_path / "brieven"
    for subject in ("strand", "molen"):
        write(folder, f"{subject}.txt", made_up(subject))
    add(tmp_path / "index", [folder], WordEmbedder())
    for subject in ("brug", "vuur"):
        write(folder, f"{subject}.txt", made_up(subject))
    write(folder, "molen.txt", made_up("molen", 77))
    return folder


def names_and_texts(index: Path) -> list[tuple[str, str]]:
    opened = Index.open(index, WordEmbedder())
    hits = opened.lexical(dict.fromkeys(words("minister van Getijden"), 1.0), {}, 100)
    assert {passage.letter for passage in opened.passages([hit.id for hit in hits])} == {i.name for i in opened.letters()}
    return [(info.name, opened.letter(info.name).text) for info in opened.letters()]


def check_whole(index: Path, former: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    """The index is undamaged and is either the former one or the new one, never anything between."""
    assert verify(index).damage == ()
    assert names_and_texts(index) in (former, after)


def check_clean(index: Path) -> None:
    """At most two generations, nothing unfinished."""
    folders = sorted(folder.name for folder in (index / GENERATIONS).iterdir())
    assert all(name.isdigit() for name in folders)
    assert len(folders) <= 2
    assert sorted(file.name for file in index.iterdir() if file.is_file()) in (["CURRENT"], ["CURRENT", "write.lock"])


@pytest.mark.parametrize("action", ["add", "remove"])
def test_killed_before_any_change_of_the_disk(letters: Path, tmp_path: Path, action: str) -> None:
    index = tmp_path / "index"
    former = names_and_texts(index)
    if action == "add":
        after = [(f"{s}.txt", made_up(s, 77 if s == "molen" else 1)) for s in sorted(SUBJECTS)]
    else:
        after = [pair for pair in former if pair[0] != "strand.txt"]
    killed = 0
    for kill_at in range(1, 100):
        process = child(index, letters, kill_at, action)
        process.communicate(timeout=60)
        check_whole(index, former, after)
        if process.returncode == 0 or names_and_texts(index) == after:
            break
        assert process.returncode == -signal.SIGKILL
        killed += 1
    assert killed >= 10
    finish(index, letters, action)
    assert names_and_texts(index) == after
    check_clean(index)


def finish(index: Path, letters: Path, action: str) -> None:
    """What a user does after a failure: the same once more; another add finishes a remove that was killed at its end."""
    if action == "add" or "strand.txt" not in dict(names_and_texts(index)):
        if action == "remove":
            (letters / "strand.txt").unlink()
            for subject in ("brug", "vuur"):
                (letters / f"{subject}.txt").unlink()
            write(letters, "molen.txt", made_up("molen"))
        add(index, [letters], WordEmbedder())
    else:
        remove(index, ["strand.txt"])


def test_remove_that_is_killed_at_its_end_is_finished_by_the_next_writer(letters: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    for kill_at in range(1, 100):
        child(index, letters, kill_at, "remove").communicate(timeout=60)
        if "strand.txt" not in dict(names_and_texts(index)):
            break
    assert len(list((index / GENERATIONS).iterdir())) == 2
    write(letters, "strand.txt", made_up("strand"))
    add(index, [letters / "molen.txt"], WordEmbedder())
    held = [file for file in index.rglob("*.db") if file.parent.name == "0001"]
    assert held == []


def test_killed_at_random_moments(letters: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    former = names_and_texts(index)
    after = [(f"{s}.txt", made_up(s, 77 if s == "molen" else 1)) for s in sorted(SUBJECTS)]
    for attempt in range(12):
        process = child(index, letters, NEVER, "add")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.012 * attempt)
        process.kill()
        process.communicate(timeout=60)
        check_whole(index, former, after)
    add(index, [letters], WordEmbedder())
    assert names_and_texts(index) == after
    check_clean(index)


def test_first_add_that_is_killed_leaves_no_index_and_the_next_works(tmp_path: Path) -> None:
    letters, index = tmp_path / "brieven", tmp_path / "index"
    write(letters, "strand.txt", made_up("strand"))
    for kill_at in range(1, 40):
        if child(index, letters, kill_at, "add").wait(timeout=60) == 0 or (index / "CURRENT").exists():
            break
    else:
        pytest.fail("the child never got through")
    add(index, [letters], WordEmbedder())
    assert names_and_texts(index) == [("strand.txt", made_up("strand"))]
    check_clean(index)
