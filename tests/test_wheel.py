"""The built wheel works by itself: model and data are in it, and nothing leans on the source tree."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the unpacked wheel and nothing else."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = out.glob("kamerbrief-*.whl")
    folder = out / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(site: Path, empty: Path, code: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=empty, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_packages_come_from_the_wheel(site: Path, tmp_path: Path) -> None:
    code = "import index, rag, eval, ui; print('\\n'.join(p.__path__[0] for p in (index, rag, eval, ui)))"
    assert run(site, tmp_path, code).split() == [str(site / name) for name in ("index", "rag", "eval", "ui")]


def test_indexing_and_asking_work_from_an_empty_folder(site: Path, tmp_path: Path) -> None:
    letters = ROOT / "examples" / "letters"
    code = (
        "from ui.cli import main\n"
        f"assert main(['index', 'add', {str(letters)!r}]) == 0\n"
        "assert main(['ask', 'Hoeveel lidstaten namen deel aan de Noordelijke Kustraad in Zuiderhaven?']) == 0\n"
    )
    assert "05_verslag_kustraad.txt" in run(site, tmp_path, code)


def test_licence_and_notice_are_in_the_wheel(site: Path) -> None:
    names = {file.name for file in site.glob("kamerbrief-*.dist-info/**/*")}
    assert {"LICENSE", "NOTICE"} <= names
