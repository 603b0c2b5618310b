import threading
from pathlib import Path

import pytest
from fake_assistant import BRIDGE, DIKE

from index.errors import KamerbriefError, NoIndexError
from index.settings import Settings
from index.store import Index
from index.update import Outcome, Report, ReportLine
from ui.indexing import (
    Change,
    Changes,
    Upload,
    add_uploads,
    check,
    line_words,
    remove_letter,
    safe_name,
    store,
    uploads_folder,
)


def quiet(done: int, total: int) -> None:
    """Nobody looks."""


@pytest.fixture
def settings(tmp_path):
    return Settings(index=str(tmp_path / "index"), max_file_mib=1)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("brief.txt", "brief.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\map\brief.pdf", "brief.pdf"),
        (".verborgen.txt", "verborgen.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("...", "brief"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_a_name_from_a_browser_stays_inside_the_folder(name, safe):
    assert safe_name(name) == safe


def test_uploads_are_checked_before_anything_is_written(settings):
    uploads = [Upload("a.exe", b"MZ"), Upload("b.txt", b""), Upload("c.txt", b"x" * (2**20 + 1)), Upload("d.txt", b"goed")]
    assert check(uploads, settings) == [
        "a.exe: dit soort bestand kan niet (.exe). Kies txt, pdf, docx of odt.",
        "b.txt: dit bestand is leeg.",
        "c.txt: groter dan 1 MB. Kies een kleiner bestand.",
    ]
    assert check([Upload("d.txt", b"goed")] * 201, settings) == ["U koos 201 bestanden. Voeg er hoogstens 200 tegelijk toe."]


def test_two_files_of_one_name_are_both_kept_and_the_same_file_once(tmp_path):
    paths = store([Upload("a.txt", b"een"), Upload("a.txt", b"twee"), Upload("a.txt", b"een")], tmp_path / "u")
    assert paths[0] == paths[2] != paths[1]
    assert [path.read_bytes() for path in paths[:2]] == [b"een", b"twee"]


def test_uploaded_letters_are_in_the_index_and_the_refused_file_is_gone(settings):
    uploads = [
        Upload("dijk.txt", DIKE.encode()),
        Upload("stuk.pdf", b"\x00\x01\x02" * 50),
        Upload("brug.txt", BRIDGE.encode()),
    ]
    seen: list[tuple[int, int]] = []
    report = add_uploads(settings, uploads, lambda done, total: seen.append((done, total)))
    assert [line.outcome for line in report.lines] == [Outcome.ADDED, Outcome.REFUSED, Outcome.ADDED]
    assert sorted(path.name for path in uploads_folder(settings).iterdir()) == ["brug.txt", "dijk.txt"]
    assert sorted(info.name for info in Index.open(Path(settings.index)).letters()) == ["brug.txt", "dijk.txt"]
    assert seen[-1] == (3, 3)


def test_a_removed_letter_leaves_neither_text_nor_file(settings):
    add_uploads(settings, [Upload("dijk.txt", DIKE.encode()), Upload("brug.txt", BRIDGE.encode())], quiet)
    (dike,) = (info for info in Index.open(Path(settings.index)).letters() if info.name == "dijk.txt")
    remove_letter(settings, dike.name, dike.paths)
    assert [info.name for info in Index.open(Path(settings.index)).letters()] == ["brug.txt"]
    assert [path.name for path in uploads_folder(settings).iterdir()] == ["brug.txt"]


def test_a_letter_from_elsewhere_keeps_its_file_when_removed(settings, tmp_path):
    from index.embed import open_embedder
    from index.update import add

    file = tmp_path / "eigen" / "dijk.txt"
    file.parent.mkdir()
    file.write_text(DIKE, encoding="utf-8")
    add(Path(settings.index), [file], open_embedder(settings))
    remove_letter(settings, "dijk.txt", [str(file)])
    assert file.exists()


def test_when_adding_fails_no_uploaded_file_stays(settings, monkeypatch):
    def fail(*_, **__):
        raise NoIndexError("kapot")

    monkeypatch.setattr("index.update.add", fail)
    with pytest.raises(NoIndexError):
        add_uploads(settings, [Upload("dijk.txt", DIKE.encode())], quiet)
    assert list(uploads_folder(settings).iterdir()) == []


def test_report_lines_are_dutch():
    assert line_words(ReportLine(Outcome.ADDED, "/x/brief.txt", "brief.txt")) == "brief.txt: toegevoegd"
    refused = ReportLine(Outcome.REFUSED, "/x/a.pdf", reason="geen tekst", warnings=("scan",))
    assert line_words(refused) == "a.pdf: niet toegevoegd (geen tekst). Let op: scan"


def test_one_change_runs_at_a_time_and_an_error_is_one_line():
    changes, go = Changes(), threading.Event()

    def slow(progress):
        progress(1, 2)
        go.wait(5)
        return Report((), "0001", 1, 2)

    first = changes.begin(slow, "ik")
    with pytest.raises(KamerbriefError, match="Wacht tot dat klaar is"):
        changes.begin(slow, "ander")
    go.set()
    assert first.wait(5)
    assert first.progress == (1, 2)
    assert first.report is not None
    assert first.report.letters == 1

    def fail(progress):
        raise OSError("/geheim/pad")

    broken = changes.begin(fail, "ander")
    assert broken.wait(5)
    assert broken.error == "Dit ging mis door een fout in het programma (OSError). De index is niet veranderd."
    assert changes.now is broken


def test_a_known_error_of_a_change_is_shown_as_it_is():
    def fail(progress):
        raise KamerbriefError("De schijf is vol. Maak ruimte.")

    change = Change(fail, "ik")
    assert change.wait(5)
    assert change.error == "De schijf is vol. Maak ruimte."
