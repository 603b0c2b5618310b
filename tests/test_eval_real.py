"""The gate and the runs with the real assistant over the example letters, in one small index."""

import json
import shutil
from pathlib import Path

import pytest

from eval.asker import AssistantAsker
from eval.gate import DEFAULT, Rules, Scores, failures, read_rules
from eval.gold import read_gold
from eval.run import Run, run_gold
from index.embed import open_embedder
from index.errors import DamagedIndexError
from index.settings import Settings
from index.update import add, remove

EXAMPLES = Path(__file__).parent.parent / "examples"
RULES = Rules(("evidence_recall_10", "right"), {"*": {"verbatim": 1.0}})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gate")
    add(made / "index", [EXAMPLES / "letters"], open_embedder(Settings()))
    measured(made / "index", made / "whole")
    return made


def measured(index: Path, out: Path, jobs: int = 2) -> Run:
    asker = AssistantAsker(Settings(index=str(index), reader="extractive"))
    return run_gold(read_gold(EXAMPLES / "gold.jsonl"), asker, out, jobs=jobs)


@pytest.mark.load
def test_the_same_index_gives_the_same_bytes_and_passes(folder: Path) -> None:
    measured(folder / "index", folder / "again", jobs=1)
    for name in ("answers.jsonl", "scores.jsonl", "summary.json", "gold.jsonl"):
        assert (folder / "again" / name).read_bytes() == (folder / "whole" / name).read_bytes()
    assert failures(Scores.load(folder / "again"), Scores.load(folder / "whole"), RULES) == []


@pytest.mark.load
def test_an_index_that_lost_letters_is_stopped_by_the_gate_and_said_in_the_run(folder: Path) -> None:
    shutil.copytree(folder / "index", folder / "poorer")
    names = sorted(path.name for path in (EXAMPLES / "letters").glob("*.txt"))[:3]
    remove(folder / "poorer", names)
    run = measured(folder / "poorer", folder / "lost")
    assert all(name in run.warnings[0] for name in names)
    lines = failures(Scores.load(folder / "lost"), Scores.load(folder / "whole"), RULES)
    assert any(line.startswith("bewijs gevonden in de eerste 10: -") for line in lines)


def test_a_damaged_index_is_an_error_before_any_question(folder: Path) -> None:
    shutil.copytree(folder / "index", folder / "broken")
    for path in (folder / "broken").rglob("*.db"):
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DamagedIndexError):
        measured(folder / "broken", folder / "never")
    assert not (folder / "never" / "answers.jsonl").exists()


def test_the_manifest_names_what_the_answers_depend_on(folder: Path) -> None:
    manifest = json.loads((folder / "whole" / "manifest.json").read_text())
    assert set(manifest) == {
        "gold", "letters", "warnings", "index", "embedder", "embedder_revision", "reader", "model", "prompt_sha256",
        "program_sha256", "weights", "settings", "versions", "time",
    }  # fmt: skip
    assert manifest["gold"]["questions"] == len((EXAMPLES / "gold.jsonl").read_text().splitlines())
    assert manifest["reader"] == "extractive"
    assert "index" not in manifest["settings"]


@pytest.mark.load
def test_a_halved_k_is_caught(folder: Path) -> None:
    """Five passages instead of ten: small losses, all below the floors that lie right under the figures of ten."""
    asker = AssistantAsker(Settings(index=str(folder / "index"), reader="extractive", k=5))
    run_gold(read_gold(EXAMPLES / "gold.jsonl"), asker, folder / "halved")
    lines = failures(Scores.load(folder / "halved"), Scores.load(folder / "whole"), read_rules(DEFAULT))
    assert [line.split(":")[0] for line in lines] == ["bronnen die kloppen", "weigeren (F1)"]
