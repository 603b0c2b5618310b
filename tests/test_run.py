"""Runs: what is kept, going on after a kill, and the same bytes twice."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fake_asker import FakeAsker, gold_line, perfect, refusal, saved_gold, unanswerable

from eval.gold import GoldQuestion, GoldSet
from eval.run import JOURNAL, Run, RunError, letter_warnings, run_gold
from index.errors import KamerbriefError

FILES = ("answers.jsonl", "scores.jsonl", "summary.json", "gold.jsonl")


def many(folder: Path, count: int = 12) -> GoldSet:
    lines = [gold_line(id=f"q{i}", question=f"Wat kostte reparatie {i}?") for i in range(count)]
    return saved_gold(folder, *lines, unanswerable(id="geen"))


def contents(out: Path) -> dict[str, Any]:
    files: dict[str, Any] = {name: (out / name).read_bytes() for name in FILES}
    manifest = json.loads((out / "manifest.json").read_text())
    manifest.pop("time")
    return files | {"manifest": manifest}


def test_a_run_keeps_every_answer_in_the_order_of_the_gold(tmp_path: Path) -> None:
    def slow_first(question: GoldQuestion) -> dict[str, Any]:
        time.sleep(0.05 if question.id == "q0" else 0)
        return perfect(question)

    gold = many(tmp_path)
    run = run_gold(gold, FakeAsker(slow_first), tmp_path / "out", jobs=4)
    ids = [question.id for question in gold.questions]
    assert [answer["id"] for answer in run.answers] == ids
    lines = (tmp_path / "out" / "answers.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert json.loads(lines[0])["passages"] == run.answers[0]["passages"]
    assert not (tmp_path / "out" / JOURNAL).exists()


def test_timings_stand_apart(tmp_path: Path) -> None:
    run = run_gold(many(tmp_path), FakeAsker(perfect), tmp_path / "out")
    assert run.answers[0]["timings_ms"] == {}
    assert run.timings[0] == {"retrieve": 1.0, "read": 0.5, "total": 1.5}
    assert run.latency.percentiles[95].value == 1.5


def test_two_runs_give_the_same_bytes_whatever_the_timings(tmp_path: Path) -> None:
    def jittery(question: GoldQuestion) -> dict[str, Any]:
        time.sleep(random.random() / 500)
        return perfect(question) | {"timings_ms": {"total": random.random()}}

    for name, jobs in (("a", 1), ("b", 5)):
        run_gold(many(tmp_path), FakeAsker(jittery), tmp_path / name, jobs=jobs)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_loaded_run_is_the_run_that_was_made(tmp_path: Path) -> None:
    run = run_gold(many(tmp_path), FakeAsker(perfect), tmp_path / "out")
    loaded = Run.load(tmp_path / "out")
    assert (loaded.answers, loaded.scores, loaded.timings) == (run.answers, run.scores, run.timings)
    assert loaded.gold.questions == run.gold.questions
    assert loaded.summary.to_dict() == run.summary.to_dict()


def test_a_journal_cut_anywhere_is_taken_up_without_loss_or_double(tmp_path: Path) -> None:
    gold = saved_gold(tmp_path, *reversed_lines(many(tmp_path)))
    whole = tmp_path / "whole"

    def stop_late(question: GoldQuestion) -> dict[str, Any]:
        if question.id == "q2":
            raise KamerbriefError("De stekker ging eruit.")
        return perfect(question)

    with pytest.raises(KamerbriefError, match="stekker"):
        run_gold(gold, FakeAsker(stop_late), tmp_path / "cut", jobs=1)
    kept = (tmp_path / "cut" / JOURNAL).read_bytes()
    manifest = (tmp_path / "cut" / "manifest.json").read_bytes()
    assert kept.count(b"\n") in (10, 11)  # q2 failed; q1 may have been asked beside it
    run_gold(gold, FakeAsker(perfect), whole)
    dice = random.Random(7)
    for trial, cut in enumerate([0, len(kept), *(dice.randrange(len(kept)) for _ in range(12))]):
        out = tmp_path / f"cut {trial}"
        out.mkdir()
        (out / "manifest.json").write_bytes(manifest)
        (out / JOURNAL).write_bytes(kept[:cut])
        asker = FakeAsker(perfect)
        run_gold(gold, asker, out)
        done = {json.loads(line)["id"] for line in kept[:cut].split(b"\n")[:-1]}
        assert sorted(asker.asked) == sorted({q.id for q in gold.questions} - done)
        assert contents(out) == contents(whole)


def reversed_lines(gold: GoldSet) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gold.path.read_text().splitlines()][::-1]


def test_what_was_asked_beside_a_question_that_failed_is_kept(tmp_path: Path) -> None:
    def fail_first(question: GoldQuestion) -> dict[str, Any]:
        if question.id == "q0":
            raise KamerbriefError("De stekker ging eruit.")
        time.sleep(0.05)
        return perfect(question)

    asker = FakeAsker(fail_first)
    with pytest.raises(RunError, match=r"Bij vraag q0: De stekker ging eruit\. Wat al beantwoord is, blijft bewaard\."):
        run_gold(many(tmp_path), asker, tmp_path / "out", jobs=3)
    kept = [json.loads(line)["id"] for line in (tmp_path / "out" / JOURNAL).read_text().splitlines()]
    assert sorted(kept) == sorted(set(asker.asked) - {"q0"})
    assert 2 <= len(kept) <= 6


def test_rubbish_at_the_end_of_the_journal_is_cut_off(tmp_path: Path) -> None:
    gold = many(tmp_path)
    out = tmp_path / "out"
    run_gold(gold, FakeAsker(perfect), out)
    expected = contents(out)
    (out / JOURNAL).write_bytes((out / "answers.jsonl").read_bytes()[:-300] + b"\x00\x00\xff\n{}\n")
    (out / "answers.jsonl").unlink()
    run_gold(gold, FakeAsker(perfect), out)
    assert contents(out) == expected


def test_a_finished_run_is_not_asked_again(tmp_path: Path) -> None:
    gold = many(tmp_path)
    first = run_gold(gold, FakeAsker(perfect), tmp_path / "out")
    asker = FakeAsker(perfect)
    again = run_gold(gold, asker, tmp_path / "out")
    assert asker.asked == []
    assert (again.scores, again.timings) == (first.scores, first.timings)


def test_restart_asks_everything_again(tmp_path: Path) -> None:
    gold = many(tmp_path)
    run_gold(gold, FakeAsker(perfect), tmp_path / "out")
    asker = FakeAsker(lambda _: refusal())
    run = run_gold(gold, asker, tmp_path / "out", restart=True)
    assert len(asker.asked) == 13
    assert all(score.refused for score in run.scores)


def test_nothing_of_the_former_run_is_left_when_a_restart_fails(tmp_path: Path) -> None:
    def fails(_: GoldQuestion) -> dict[str, Any]:
        raise KamerbriefError("De stekker ging eruit.")

    gold = many(tmp_path)
    run_gold(gold, FakeAsker(perfect), tmp_path / "out")
    with pytest.raises(RunError, match="stekker"):
        run_gold(gold, FakeAsker(fails), tmp_path / "out", restart=True)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"manifest.json", JOURNAL, ".lock"}
    with pytest.raises(RunError, match="nog niet af"):
        Run.load(tmp_path / "out")


def test_a_folder_with_another_run_is_refused_with_what_differs(tmp_path: Path) -> None:
    run_gold(many(tmp_path), FakeAsker(perfect), tmp_path / "out")
    other = FakeAsker(perfect)
    other.facts = other.facts | {"reader": "ollama"}
    with pytest.raises(RunError, match=r"verschil in: reader.*--restart"):
        run_gold(many(tmp_path), other, tmp_path / "out")
    with pytest.raises(RunError, match="verschil in: gold"):
        run_gold(many(tmp_path, 3), FakeAsker(perfect), tmp_path / "out")


def test_two_runs_at_once_in_one_folder_are_refused(tmp_path: Path) -> None:
    gold = many(tmp_path)
    asked, go_on = threading.Event(), threading.Event()

    def wait(question: GoldQuestion) -> dict[str, Any]:
        asked.set()
        go_on.wait(10)
        return perfect(question)

    first = threading.Thread(target=run_gold, args=(gold, FakeAsker(wait), tmp_path / "out"))
    first.start()
    asked.wait(10)
    with pytest.raises(RunError, match="loopt al een meting"):
        run_gold(gold, FakeAsker(perfect), tmp_path / "out")
    go_on.set()
    first.join()
    assert len(Run.load(tmp_path / "out").answers) == 13


def test_missing_and_changed_letters_are_named_in_one_line(tmp_path: Path) -> None:
    lines = [gold_line(), gold_line(id="q9", question="Nog iets?", evidence=[[{"letter": "weg.txt", "start": 0, "end": 9}]])]
    gold = saved_gold(tmp_path, *lines)
    known = FakeAsker(perfect).letters()
    assert letter_warnings(gold, known, {}) == (
        "Let op, de cijfers zijn niet te vergelijken met die van anderen. Niet in de index: weg.txt.",
    )
    assert letter_warnings(gold, {**known, "weg.txt": "0"}, {"brug.txt": "1", "weg.txt": "0"}) == (
        "Let op, de cijfers zijn niet te vergelijken met die van anderen. "
        "Andere tekst dan bij het maken van de vragen: brug.txt.",
    )
    assert letter_warnings(gold, {**known, "weg.txt": "0"}, known) == ()
    run = run_gold(gold, FakeAsker(perfect), tmp_path / "out")
    assert Run.load(tmp_path / "out").warnings == run.warnings != ()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("manifest.json", None, "hier staat geen meting"),
        ("answers.jsonl", b"{", "beschadigd"),
        ("answers.jsonl", b"", "beschadigd"),
        ("scores.jsonl", b'{"id": "q0"}\n', "beschadigd"),
        ("timings.json", b"[]", "beschadigd"),
    ],
)
def test_a_damaged_run_is_one_line(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    run_gold(many(tmp_path), FakeAsker(perfect), tmp_path / "out")
    if content is None:
        (tmp_path / "out" / name).unlink()
    else:
        (tmp_path / "out" / name).write_bytes(content)
    with pytest.raises(RunError, match=message) as caught:
        Run.load(tmp_path / "out")
    assert "\n" not in str(caught.value)


def test_no_progress_bar_where_nobody_looks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_gold(many(tmp_path), FakeAsker(perfect), tmp_path / "out")
    assert capsys.readouterr().err == ""


SCRIPT = """
    import sys, time
    from pathlib import Path
    from fake_asker import FakeAsker, perfect
    from eval.gold import read_gold
    from eval.run import run_gold

    def slow(question):
        time.sleep(0.01)
        return perfect(question)

    run_gold(read_gold(Path(sys.argv[1])), FakeAsker(slow), Path(sys.argv[2]), jobs=3)
"""


@pytest.mark.kill
def test_a_run_killed_at_ten_random_moments_equals_an_unbroken_one(tmp_path: Path) -> None:
    gold = many(tmp_path, 150)
    dice = random.Random(11)
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(gold.path), str(tmp_path / "killed")]
    paths = f"{Path(__file__).parent}{os.pathsep}{Path(__file__).parent.parent}"
    journal = tmp_path / "killed" / JOURNAL
    kills = 0
    while kills < 10:
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths})
        size = journal.stat().st_size if journal.is_file() else 0
        while process.poll() is None and (not journal.is_file() or journal.stat().st_size <= size):
            time.sleep(0.005)
        time.sleep(dice.random() * 0.08)
        assert process.poll() is None, "the run ended before it could be killed ten times"
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
    subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, check=True)
    run_gold(gold, FakeAsker(perfect), tmp_path / "whole")
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")
