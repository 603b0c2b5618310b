"""The default way runs where torch, LangChain and sentence-transformers cannot be imported at all."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCKED = ("torch", "transformers", "sentence_transformers", "langchain", "langchain_core", "streamlit", "pandas")
QUESTION = "Hoeveel lidstaten namen deel aan de Noordelijke Kustraad in Zuiderhaven?"


def kamerbrief(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process where BLOCKED cannot be imported."""
    block = f"import sys\nfor name in {BLOCKED!r}: sys.modules[name] = None\n"
    code = f"{block}from ui.cli import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)


def test_ask_runs(example_index: Path) -> None:
    done = kamerbrief("ask", QUESTION, "--json", "--index", str(example_index))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["reader"] == "extractive"


def test_search_runs(example_index: Path) -> None:
    done = kamerbrief("search", QUESTION, "--json", "--index", str(example_index))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["letter"] == "05_verslag_kustraad.txt"


def test_eval_run_runs(example_index: Path, tmp_path: Path) -> None:
    lines = (ROOT / "examples" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "gold.jsonl").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    done = kamerbrief(
        "--index", str(example_index), "eval", "run", str(tmp_path / "gold.jsonl"), "--out", str(tmp_path / "run"), "--json"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "manifest.json").is_file()
