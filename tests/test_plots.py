"""The plots: what they show, said in their labels, and when there is nothing to draw."""

import re

import pytest
from fake_asker import LETTERS, answer_object, gold_line, gold_set, perfect, refusal, unanswerable

from eval.bootstrap import Interval
from eval.measures import Score, score_all
from eval.plots import bars, latency_curve, recall_curve, refusal_curve


def label(picture: str | None) -> str:
    assert picture is not None
    found = re.search(r'aria-label="([^"]*)"', picture)
    assert found is not None
    return found[1]


def scores(*refused: str) -> list[Score]:
    gold = gold_set(*(gold_line(id=f"q{i}", question=f"Vraag {i}?") for i in range(4)), unanswerable(id="geen"))
    answers = [refusal() if q.id in refused else {**perfect(q), "answered": True} for q in gold.questions]
    return score_all(gold.questions, answers, LETTERS.get)


def test_recall_at_every_rank() -> None:
    assert label(recall_curve(scores("q0"))).endswith("eerste 1: 75 %, eerste 3: 75 %, eerste 5: 75 %, eerste 10: 75 %.")


def test_refusals_as_they_are_now() -> None:
    found = label(refusal_curve(scores("q0", "geen"), [0.1, 0.8, 0.9, 0.7, 0.2]))
    assert found == "Terecht geweigerd: 100 %. Onterecht geweigerd: 25 %."


def test_the_curve_of_refusals_has_a_corner_for_every_threshold() -> None:
    picture = refusal_curve(scores("geen"), [0.9, 0.5, 0.5, 0.3, 0.4])
    assert picture is not None
    # (0, 0); 0.3: one wrong; 0.4: the right one; 0.5: two wrong at once; 0.9: the last. Four steps of the curve.
    paths = re.findall(r'<path d="([^"]*)"[^>]*style="fill: none; stroke: var\(--main\)', picture)
    assert len(paths) == 1
    assert len(set(re.findall(r"[ML] ([\d.]+) ", paths[0]))) == 4


def test_latency_in_words() -> None:
    assert label(latency_curve([{"total": float(i)} for i in range(1, 101)])) == "50 % binnen 51,0 ms, 95 % binnen 96,0 ms."


def test_bars_from_best_to_worst_without_groups_that_have_no_figure() -> None:
    figures = {"a": Interval(0.2, 0.1, 0.3, 5), "b": Interval(None, None, None, 0), "c & d": Interval(0.9, 0.8, 1.0, 5)}
    assert label(bars(figures, "naam", "Goed")) == "Goed: c &amp; d 90 %, a 20 %."


def test_nothing_to_draw() -> None:
    alone = score_all(gold_set(unanswerable()).questions, [answer_object("x")], LETTERS.get)
    assert recall_curve(alone) is None
    assert refusal_curve(alone, [0.5]) is None
    assert latency_curve([{}]) is None
    assert bars({}, "naam", "Goed") is None


@pytest.mark.parametrize("name", ["een", "twee"])
def test_two_plots_on_one_page_share_no_ids(name: str) -> None:
    figures = {"a": Interval(0.2, 0.1, 0.3, 5)}
    one, other = bars(figures, name, "x"), bars(figures, f"{name} anders", "x")
    assert one is not None
    assert other is not None
    assert bars(figures, name, "x") == one
    ids = [set(re.findall(r'clipPath id="(\w+)"', picture)) for picture in (one, other)]
    assert not ids[0] & ids[1]
