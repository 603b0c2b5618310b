"""Adding and removing letters from the app, in a thread of its own.

The index is shared, so there is one change at a time for the whole server; everybody may see that it runs, and only who
started it gets its report. Uploaded files are kept in a folder beside the index (the index remembers where a letter came
from); what is refused is deleted again, and removing a letter that was uploaded deletes its file as well. All letters of an
upload come into use together, or none: that is index.update's doing.
"""

import hashlib
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import KamerbriefError
from index.settings import Settings
from index.update import SUFFIXES, Outcome, Report, ReportLine

UPLOADS = "brieven-uit-de-app"
MOST_FILES = 200
LONGEST_NAME = 120
OUTCOMES = {
    Outcome.ADDED: "toegevoegd",
    Outcome.UPDATED: "bijgewerkt",
    Outcome.UNCHANGED: "stond er al",
    Outcome.DUPLICATE: "stond er al onder een andere naam",
    Outcome.REFUSED: "niet toegevoegd",
    Outcome.SKIPPED: "overgeslagen",
    Outcome.GONE: "bestand is weg",
    Outcome.REMOVED: "verwijderd",
}


Work = Callable[[Callable[[int, int], None]], Report]
"""Changes the index, telling now and then how many files are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it: nothing of its name can be trusted."""

    name: str
    content: bytes


def uploads_folder(settings: Settings) -> Path:
    """Where uploaded letters are kept."""
    return Path(settings.index).resolve().parent / UPLOADS


def safe_name(name: str) -> str:
    """A file name made of the last part of `name`: no folders, control characters or leading dots, and not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(
        char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C" and char != ":"
    )
    stem, dot, suffix = clean.strip(" .").rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (suffix, "")
    return f"{stem.strip(' .')[: LONGEST_NAME - len(suffix)] or 'brief'}{suffix}"


def check(uploads: Sequence[Upload], settings: Settings) -> list[str]:
    """What is wrong with `uploads` as one Dutch line each; none when they may be read."""
    if len(uploads) > MOST_FILES:
        return [f"U koos {len(uploads)} bestanden. Voeg er hoogstens {MOST_FILES} tegelijk toe."]
    limit = settings.max_file_mib * 2**20
    problems = []
    for upload in uploads:
        suffix = Path(safe_name(upload.name)).suffix.lower()
        if suffix not in SUFFIXES:
            problems.append(
                f"{upload.name}: dit soort bestand kan niet ({suffix or 'geen extensie'}). Kies txt, pdf, docx of odt."
            )
        elif len(upload.content) > limit:
            problems.append(f"{upload.name}: groter dan {settings.max_file_mib} MB. Kies een kleiner bestand.")
        elif not upload.content:
            problems.append(f"{upload.name}: dit bestand is leeg.")
    return problems


def store(uploads: Sequence[Upload], folder: Path) -> list[Path]:
    """Write `uploads` into `folder` under safe names; the same content is not written twice, another gets its own name."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_store(upload, folder) for upload in uploads]


def _store(upload: Upload, folder: Path) -> Path:
    path = folder / safe_name(upload.name)
    if path.exists() and path.read_bytes() != upload.content:
        path = path.with_stem(f"{path.stem}-{hashlib.sha256(upload.content).hexdigest()[:8]}")
    if not path.exists():
        path.write_bytes(upload.content)
    return path


def add_uploads(settings: Settings, uploads: Sequence[Upload], progress: Callable[[int, int], None]) -> Report:
    """Add the uploaded letters to the index; files that did not become a letter are deleted again."""
    from index.embed import open_embedder
    from index.update import add

    index = Path(settings.index)
    folder = uploads_folder(settings)
    there = set(folder.iterdir()) if folder.is_dir() else set()
    paths = store(uploads, folder)
    new = [path for path in dict.fromkeys(paths) if path not in there]
    try:
        report = add(
            index,
            list(dict.fromkeys(paths)),
            open_embedder(settings),
            max_bytes=settings.max_file_mib * 2**20,
            progress=progress,
        )
    except BaseException:
        _delete(new)
        raise
    refused = {line.path for line in report.lines if line.outcome is Outcome.REFUSED}
    _delete([path for path in new if str(path) in refused])
    return report


def remove_letter(settings: Settings, name: str, paths: Sequence[str]) -> Report:
    """Remove the letter `name`, which came from `paths`; those that were uploaded are deleted as well."""
    from index.update import remove

    report = remove(Path(settings.index), [name])
    folder = uploads_folder(settings)
    _delete([Path(path) for path in paths if Path(path).parent == folder])
    return report


def _delete(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def line_words(line: ReportLine) -> str:
    """A report line for the screen: "brief.txt: toegevoegd. Let op: ..."."""
    parts = [f"{Path(line.path).name}: {OUTCOMES[line.outcome]}"]
    if line.reason:
        parts[0] += f" ({line.reason})"
    parts += [f"Let op: {warning}" for warning in line.warnings]
    return ". ".join(parts)


class Change:
    """A change of the index that runs in a thread; `report` or `error` (a Dutch line) is set once `done`."""

    def __init__(self, work: Work, owner: str) -> None:
        self.owner = owner
        self.report: Report | None = None
        self.error: str | None = None
        self._share = (0, 0)
        self._work = work
        self._thread = threading.Thread(target=self._run, name="index", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.report = self._work(self._hear)
        except KamerbriefError as error:
            self.error = str(error)
        except Exception as error:
            self.error = f"Dit ging mis door een fout in het programma ({type(error).__name__}). De index is niet veranderd."

    def _hear(self, done: int, total: int) -> None:
        self._share = (done, total)

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    @property
    def progress(self) -> tuple[int, int]:
        """Files done and files in all."""
        return self._share

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds`; True when it is done."""
        self._thread.join(seconds)
        return self.done


class Changes:
    """The one change that may run on this server at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: Change | None = None

    def begin(self, work: Work, owner: str) -> Change:
        """Start `work` for `owner` (a session's token); raises KamerbriefError while another change runs."""
        with self._lock:
            if self._now is not None and not self._now.done:
                raise KamerbriefError("Er worden al brieven toegevoegd of verwijderd. Wacht tot dat klaar is.")
            self._now = Change(work, owner)
            return self._now

    @property
    def now(self) -> Change | None:
        """The running or last change."""
        return self._now
