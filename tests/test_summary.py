"""Figures over all questions and per group, and latency."""

import pytest
from fake_asker import LETTERS, answer_object, gold_line, gold_set, perfect, place, span, unanswerable

from eval.measures import BY_NAME, Score, score_all
from eval.summary import MEDIAN_WORDS, latency, summarise

SWANS = place("meer.txt", "Het Roze Meer telt 145 zwanen.")
GOLD = gold_set(
    gold_line(),
    gold_line(id="q3", question="Hoeveel zwanen?", kind="getal", facts=[["145"]], traps=[], evidence=[[span(SWANS)]]),
    gold_line(id="q4", question="Hoeveel eenden?", kind="getal", facts=[["7"]], traps=[], evidence=[[span(SWANS)]]),
    unanswerable(),
)


def scores() -> list[Score]:
    answers = [perfect(GOLD.questions[0]), answer_object("145", citations=[SWANS], passages=[SWANS])]
    answers += [answer_object("Zes stuks of zo", passages=[]), perfect(GOLD.questions[3])]
    return score_all(GOLD.questions, answers, LETTERS.get, lambda q: "getal" if q.startswith("Hoeveel") else None)


def test_every_measure_has_its_figure_over_its_own_questions() -> None:
    summary = summarise(scores())
    assert summary.questions == 4
    assert set(summary.measures) == {*BY_NAME, MEDIAN_WORDS}
    right = summary.measures["right"]
    assert (right.value, right.count) == (pytest.approx(2 / 3), 3)
    assert summary.measures["refusal_f1"].value == 1.0
    assert summary.measures[MEDIAN_WORDS].value == 4.0
    for figure in summary.measures.values():
        if figure.value is not None and figure.low is not None and figure.high is not None:
            assert figure.low <= figure.value <= figure.high


def test_groups_hold_their_own_questions() -> None:
    groups = summarise(scores()).groups
    assert {kind: figures["right"].value for kind, figures in groups["kind"].items()} == {
        "bedrag": 1.0,
        "getal": 0.5,
        "onbeantwoordbaar": None,
    }
    assert {letter: figures["right"].value for letter, figures in groups["letter"].items()} == {
        "brug.txt": 1.0,
        "meer.txt": 0.5,
    }
    assert groups["letter"]["meer.txt"]["evidence_recall_1"].value == 0.5
    assert set(groups["answer_type"]) <= {"getal"}


def test_a_question_with_two_letters_counts_in_both() -> None:
    both = gold_set(gold_line(evidence=[[span(SWANS)], [span(place("brug.txt", "De Brug van Zandwijk is gerepareerd."))]]))
    groups = summarise(score_all(both.questions, [answer_object("x")], LETTERS.get)).groups["letter"]
    assert {letter: figures["right"].count for letter, figures in groups.items()} == {"brug.txt": 1, "meer.txt": 1}


def test_nothing_asked_gives_no_figures() -> None:
    assert {figure.value for figure in summarise([]).measures.values()} == {None}


def test_latency_percentiles_and_steps() -> None:
    timings = [{"retrieve": float(i), "total": float(2 * i)} for i in range(101)]
    found = latency(timings)
    assert {p: figure.value for p, figure in found.percentiles.items()} == {50: 100.0, 90: 180.0, 95: 190.0, 99: 198.0}
    assert found.steps == {"retrieve": 50.0}
    assert latency([{}]).percentiles[50].value is None
