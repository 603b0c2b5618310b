"""Generations: each change makes a new folder, and one rename of CURRENT puts it in use.

    .kamerbrief/CURRENT            "0007 <sha256 of its manifest>"
    .kamerbrief/generations/0007/  manifest.json, letters.db and the files of the segments
    .kamerbrief/write.lock

A file that did not change is the same file on disk in both generations (a hard link; a copy where the disk has none). A
writer that is killed leaves a folder that CURRENT does not name: the next one clears it away. Readers take no lock: they
open all files at once and keep them, even when the folder is removed later.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import DamagedIndexError, IndexBusyError, KamerbriefError, NoIndexError
from index.manifest import FILE_NAME, Manifest

CURRENT = "CURRENT"
LOCK = "write.lock"
GENERATIONS = "generations"
UNFINISHED = ".new"
KEPT = 2
MEND = "Bouw hem opnieuw: kamerbrief index add MAP --rebuild"


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation on disk."""

    folder: Path
    manifest: Manifest


def read_current(index: Path) -> Generation:
    """The generation in use in the folder `index`.

    Raises NoIndexError when there is none, DamagedIndexError when CURRENT or the manifest is not as it was written or a
    file is missing or has another size.
    """
    file = index / CURRENT
    try:
        name, sha256 = file.read_text(encoding="ascii").split()
    except FileNotFoundError as error:
        # The first generation without CURRENT was never in use: its writer was killed just before.
        if any(is_complete(folder) and int(folder.name) > 1 for folder in (index / GENERATIONS).glob("*")):
            raise DamagedIndexError(f"De index in {index} is beschadigd: {CURRENT} ontbreekt. {MEND}") from error
        raise NoIndexError(f"Er is nog geen index in {index}. Voeg eerst brieven toe: kamerbrief index add MAP") from error
    except (OSError, ValueError) as error:
        raise DamagedIndexError(f"De index in {index} is beschadigd: {CURRENT} is onleesbaar. {MEND}") from error
    folder = index / GENERATIONS / name
    try:
        content = (folder / FILE_NAME).read_bytes()
    except OSError as error:
        raise DamagedIndexError(f"De index in {index} is beschadigd: {FILE_NAME} van {name} ontbreekt. {MEND}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedIndexError(f"De index in {index} is beschadigd: {FILE_NAME} van {name} is veranderd. {MEND}")
    try:
        manifest = Manifest.from_json(content.decode("utf-8"))
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedIndexError(f"De index in {index} is met een andere versie gemaakt. {MEND}") from error
    for file_name, record in manifest.files.items():
        path = folder / file_name
        if not path.is_file() or path.stat().st_size != record.size:
            what = "heeft een andere grootte" if path.is_file() else "ontbreekt"
            raise DamagedIndexError(f"De index in {index} is beschadigd: {file_name} {what}. {MEND}")
    return Generation(folder, manifest)


def is_complete(folder: Path) -> bool:
    """Whether a folder among the generations was finished."""
    return folder.name.isdigit() and (folder / FILE_NAME).is_file()


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold the writer's lock of the folder `index`, made when needed; raises IndexBusyError when another has it."""
    from filelock import FileLock, Timeout

    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise IndexBusyError(
            f"Een ander programma schrijft nu in de index {index}. Probeer het opnieuw als dat klaar is."
        ) from error
    except (OSError, NotImplementedError) as error:
        raise unwritable(index, error) from error
    try:
        yield
    except OSError as error:
        raise unwritable(index, error) from error
    finally:
        lock.release()


def unwritable(index: Path, error: Exception) -> KamerbriefError:
    """The error for a folder that cannot be written to."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return KamerbriefError(f"De schijf met de index {index} is vol. Maak ruimte en probeer het opnieuw.")
    return KamerbriefError(
        f"In de map {index} kan niet worden geschreven. Kies een andere map: kamerbrief --index MAP index add ..."
    )


def prepare(index: Path) -> Path:
    """An empty folder for the next generation; what an interrupted writer left behind is cleared away.

    Its name ends in ".new" until `publish`. Only call this while `writing`.
    """
    generations = index / GENERATIONS
    generations.mkdir(exist_ok=True)
    current = current_name(index)
    for folder in generations.iterdir():
        if folder.name.endswith(UNFINISHED) or _unused(folder, current, known=(index / CURRENT).exists()):
            shutil.rmtree(folder)
    numbers = [int(folder.name) for folder in generations.iterdir() if folder.name.isdigit()]
    fresh = generations / f"{max(numbers, default=0) + 1:04d}{UNFINISHED}"
    fresh.mkdir()
    return fresh


def _unused(folder: Path, current: str | None, *, known: bool) -> bool:
    """Whether a finished generation was never put in use: its writer was killed just before."""
    if current is None:
        return not known
    return folder.name.isdigit() and current.isdigit() and int(folder.name) > int(current)


def take_over(file: Path, folder: Path) -> None:
    """Put `file` in `folder` as well, unchanged: a hard link, or a copy where the disk knows none."""
    try:
        os.link(file, folder / file.name)
    except OSError:
        shutil.copyfile(file, folder / file.name)


def current_name(index: Path) -> str | None:
    """The name of the generation in use, None where there is none or CURRENT cannot be read."""
    try:
        return (index / CURRENT).read_text(encoding="ascii").split()[0]
    except (OSError, IndexError, ValueError):
        return None


def publish(index: Path, fresh: Path, manifest: Manifest, new_files: list[str]) -> list[str]:
    """Write the manifest of `fresh`, put it in use and remove the generations that are not kept any more.

    `new_files` are made durable first. Gives the names of the removed generations.
    """
    content = manifest.to_json().encode("utf-8")
    (fresh / FILE_NAME).write_bytes(content)
    for name in [*new_files, FILE_NAME]:
        _sync(fresh / name)
    _sync(fresh)
    folder = fresh.with_name(manifest.generation)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)
    _sync(folder.parent)
    replacement = index / f"{CURRENT}{UNFINISHED}"
    replacement.write_text(f"{manifest.generation} {hashlib.sha256(content).hexdigest()}\n", encoding="ascii")
    _sync(replacement)
    replacement.replace(index / CURRENT)
    _sync(index)
    return remove_older(index, manifest)


def remove_older(index: Path, current: Manifest) -> list[str]:
    """Remove the generations that are not kept beside the current one; gives their names.

    Of those before it the last stays, unless letters were taken out of the current one.
    """
    names = [folder.name for folder in (index / GENERATIONS).iterdir() if folder.name.isdigit()]
    older = sorted((name for name in names if name != current.generation), key=int)
    removed = older if current.erased else older[: 1 - KEPT]
    for name in removed:
        shutil.rmtree(index / GENERATIONS / name)
    return removed


def _sync(path: Path) -> None:
    """Make a file or folder durable."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:  # a folder cannot be synced everywhere
        if path.is_file() or error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise
    finally:
        os.close(number)
