"""The gate: what it lets through and what it stops."""

import json
from pathlib import Path
from typing import Any

import pytest
from fake_asker import LETTERS, FakeAsker, gold_line, perfect, place, refusal, saved_gold, span, unanswerable

from eval.gate import DEFAULT, Rules, Scores, failures, read_rules
from eval.gold import GoldQuestion, GoldSet
from eval.run import RunError, run_gold

SENTENCES = [
    place("brug.txt", "De Brug van Zandwijk is gerepareerd."),
    place("brug.txt", "De reparatie kostte 1,5 miljoen euro en duurde negen weken."),
    place("brug.txt", "De fietstunnel bij Molendrecht gaat in 2031 open."),
    place("brug.txt", "Minister Vlinderkamp opent hem met een fanfare."),
    place("meer.txt", "Het Roze Meer telt 145 zwanen."),
    place("meer.txt", "Vorig jaar waren dat er 120."),
]


def gold(folder: Path) -> GoldSet:
    lines = [
        gold_line(id=f"q{i}", question=f"Wat kostte reparatie {i}?", evidence=[[span(SENTENCES[i % 6])]]) for i in range(60)
    ]
    return saved_gold(folder, *lines, unanswerable(id="geen"))


def ranked(question: GoldQuestion) -> dict[str, Any]:
    """A perfect answer, with the evidence at a rank between 1 and 10 that depends on the question."""
    number = int(question.id[1:]) if question.answerable else 0
    others = [
        at
        for at in SENTENCES
        if not question.evidence or at[1] != question.evidence[0][0].start or at[0] not in question.letters
    ]
    answer = perfect(question)
    filler = [{"letter": n, "start": s, "end": e, "score": 0.0} for n, s, e in (others * 3)[: number % 10]]
    return answer | {"passages": filler + answer["passages"]}


def halved(question: GoldQuestion) -> dict[str, Any]:
    answer = ranked(question)
    return answer | {"passages": answer["passages"][:5]}


def scores(folder: Path, name: str, answer: Any, letters: dict[str, str] | None = None) -> Scores:
    run_gold(gold(folder), FakeAsker(answer, letters or LETTERS), folder / name)
    return Scores.load(folder / name)


RULES = Rules(("evidence_recall_10", "right", "verbatim", "false_refusals"), {"*": {"verbatim": 1.0}})


def test_the_same_again_passes(tmp_path: Path) -> None:
    assert failures(scores(tmp_path, "a", ranked), scores(tmp_path, "b", ranked), RULES) == []


def test_a_halved_number_of_passages_is_caught(tmp_path: Path) -> None:
    lines = failures(scores(tmp_path, "new", halved), scores(tmp_path, "old", ranked), RULES)
    assert len(lines) == 1
    assert lines[0].startswith("bewijs gevonden in de eerste 10: -50,0 punten tegen de vorige meting")


def test_an_index_that_lost_a_letter_is_caught(tmp_path: Path) -> None:
    def without_lake(question: GoldQuestion) -> dict[str, Any]:
        return refusal() if "meer.txt" in question.letters else ranked(question)

    left = {"brug.txt": LETTERS["brug.txt"]}
    lines = failures(scores(tmp_path, "new", without_lake, left), scores(tmp_path, "old", ranked), RULES)
    assert [line.split(":")[0] for line in lines] == [
        "bewijs gevonden in de eerste 10",
        "goede antwoorden",
        "onterecht geweigerd",
    ]


def test_shifted_offsets_are_caught_by_the_floor(tmp_path: Path) -> None:
    def shifted(question: GoldQuestion) -> dict[str, Any]:
        answer = ranked(question)
        return answer | {"citations": [c | {"start": c["start"] + 1, "end": c["end"] + 1} for c in answer["citations"]]}

    lines = failures(scores(tmp_path, "new", shifted), scores(tmp_path, "old", ranked), RULES)
    assert "citaten letterlijk: 0,0 %, de ondergrens is 100,0 %." in lines


def test_refusing_everything_is_caught_though_nothing_can_be_cited(tmp_path: Path) -> None:
    lines = failures(scores(tmp_path, "new", lambda _: refusal()), scores(tmp_path, "old", ranked), RULES)
    assert "citaten letterlijk: is niet meer te meten, en was 100,0 %." in lines
    assert "citaten letterlijk: –, de ondergrens is 100,0 %." in lines


def test_a_floor_holds_for_its_own_gold_file_and_a_ceiling_for_what_should_be_low(tmp_path: Path) -> None:
    run = scores(tmp_path, "a", halved)
    rules = Rules((), {"gold.jsonl": {"evidence_recall_10": 0.9, "false_refusals": 0.0}, "andere.jsonl": {"right": 1.0}})
    assert failures(run, run, rules) == ["bewijs gevonden in de eerste 10: 50,0 %, de ondergrens is 90,0 %."]


def test_the_gate_needs_only_manifest_and_scores(tmp_path: Path) -> None:
    scores(tmp_path, "a", ranked)
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("manifest.json", "scores.jsonl"):
        (kept / name).write_bytes((tmp_path / "a" / name).read_bytes())
    assert Scores.load(kept).scores == Scores.load(tmp_path / "a").scores


def test_a_baseline_over_other_questions_is_an_error(tmp_path: Path) -> None:
    run = scores(tmp_path, "a", ranked)
    run_gold(saved_gold(tmp_path, gold_line()), FakeAsker(perfect), tmp_path / "b")
    with pytest.raises(RunError, match="verschillende vragen"):
        failures(run, Scores.load(tmp_path / "b"), RULES)


def test_a_missing_or_cut_off_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="geen \\(afgeronde\\) meting"):
        Scores.load(tmp_path)
    scores(tmp_path, "a", ranked)
    path = tmp_path / "a" / "scores.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(RunError, match="beschadigd"):
        Scores.load(tmp_path / "a")


def test_scores_beside_the_manifest_of_an_unfinished_run_are_not_taken(tmp_path: Path) -> None:
    scores(tmp_path, "a", ranked)
    path = tmp_path / "a" / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["time"]["finished"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(RunError, match="beschadigd"):
        Scores.load(tmp_path / "a")


def test_the_rules_that_come_with_the_program_are_valid() -> None:
    rules = read_rules(DEFAULT)
    assert rules.floors_for("gold.jsonl")["verbatim"] == 1.0
    assert "right" in rules.watch


def test_an_unknown_measure_in_the_rules_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('watch = ["rihgt"]\n[floors."*"]\nverbatm = 1.0\n')
    with pytest.raises(RunError, match="onbekend: rihgt, verbatm"):
        read_rules(path)
    path.write_text("watch = [")
    with pytest.raises(RunError, match="geen leesbaar TOML"):
        read_rules(path)
