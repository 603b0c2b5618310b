"""Our own training passages: every part can be read, and a slip is named."""

import json
from pathlib import Path

import pytest

from index.train.written import APART, apart, elsewhere, parts, taught

GOLD = Path(__file__).parent.parent / "eval" / "gold" / "elders.jsonl"


def write(folder: Path, name: str, *rows: dict[str, object]) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


ROW = {
    "id": "x1",
    "text": "De dijk is 3 km lang. Dat kost 5 mln. euro per jaar. Daarna stopt het.",
    "questions": [{"question": "Wat is de prijs?", "answers": ["Dat kost 5 mln. euro per jaar."]}],
    "unanswerable": [{"question": "Wie betaalt het?", "kind": "bijna"}],
}


def test_an_answer_is_one_sentence_of_its_passage(tmp_path: Path) -> None:
    write(tmp_path, "dijken", ROW)
    [part] = parts(tmp_path)
    [passage] = part.passages
    [[number]] = passage.answers
    start, end = passage.sentences[number]
    assert passage.text[start:end].strip() == "Dat kost 5 mln. euro per jaar."
    assert part.unanswerable == (("x1", "Wie betaalt het?", "bijna"),)
    assert passage.source == part.name == "dijken"


def test_sentences_leave_nothing_out(tmp_path: Path) -> None:
    write(tmp_path, "dijken", ROW)
    [passage] = parts(tmp_path)[0].passages
    assert "".join(passage.text[a:b] for a, b in passage.sentences) == passage.text


def test_an_answer_that_is_not_in_the_text_is_named(tmp_path: Path) -> None:
    write(tmp_path, "dijken", ROW, ROW | {"questions": [{"question": "Hoe lang?", "answers": ["Drie km."]}]})
    with pytest.raises(ValueError, match=r"dijken\.jsonl, line 2"):
        parts(tmp_path)


def test_a_part_is_learnt_from_or_kept_apart() -> None:
    found = parts()
    assert {part.name for part in apart(found)} == APART
    assert sorted(part.name for part in [*apart(found), *taught(found)]) == [part.name for part in found]


def test_the_parts_of_the_program_are_whole() -> None:
    found = parts()
    passages = [passage for part in found for passage in part.passages]
    assert len(passages) > 1000
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(answers for passage in passages for answers in passage.answers)
    assert {kind for part in found for _, _, kind in part.unanswerable} == {"bijna", "naam", "jaar", "premisse"}


def test_questions_about_other_things_are_measured_with_others_than_are_learnt_from() -> None:
    learnt = elsewhere()
    gold = GOLD.read_text(encoding="utf-8").splitlines()
    measured = [json.loads(line)["question"] for line in gold]
    assert len(learnt) == len(set(learnt)) == 249
    assert len(measured) == len(set(measured)) == 290
    assert not set(learnt) & set(measured)
