import json

import pytest
from fake_assistant import dike_and_bridge

from eval.gold import read_gold
from index.errors import KamerbriefError
from rag.answer import Citation
from ui.gold_form import facts_of, gold_question, keep
from ui.review import Item, items_of

ITEM = items_of([("1", dike_and_bridge().ask("Hoe lang wordt de dijk?"))])[0]


def test_facts_are_parted_by_semicolons_and_ways_of_writing_by_bars():
    assert facts_of("18 miljoen | 18 mln;  2027 ; ") == (("18 miljoen", "18 mln"), ("2027",))
    assert facts_of(" ; | ") == ()


def test_a_kept_question_is_a_valid_gold_file(tmp_path):
    file = tmp_path / "gold.jsonl"
    keep(file, gold_question(ITEM, "4,2 kilometer", "4,2 kilometer | 4200 meter", "getal"))
    (question,) = read_gold(file).questions
    assert question.question == "Hoe lang wordt de dijk?"
    assert question.facts == (("4,2 kilometer", "4200 meter"),)
    span = question.evidence[0][0]
    assert (span.letter, span.start, span.end) == ("dijk.txt", ITEM.citation.start, ITEM.citation.end)
    assert "history" not in json.loads(file.read_text(encoding="utf-8"))


def test_the_same_question_is_kept_once(tmp_path):
    file = tmp_path / "gold.jsonl"
    keep(file, gold_question(ITEM, "4,2 kilometer", "", "getal"))
    with pytest.raises(KamerbriefError, match="staat al in"):
        keep(file, gold_question(ITEM, "4,2 kilometer", "", "getal"))
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_what_is_missing_is_told_before_anything_is_written(tmp_path):
    with pytest.raises(KamerbriefError, match="Vul het goede antwoord in"):
        gold_question(ITEM, "  ", "", "getal")
    unknown = Item("1", ITEM.answer, Citation(1, status="unknown", key="x"))
    with pytest.raises(KamerbriefError, match="onbekend"):
        gold_question(unknown, "iets", "", "getal")
