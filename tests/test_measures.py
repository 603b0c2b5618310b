"""What one answer is worth, the measures over all, and attempts to score without answering."""

from collections.abc import Callable
from typing import Any

import pytest
from fake_asker import BRIDGE, LAKE, LETTERS, answer_object, gold_line, gold_set, perfect, place, refusal, span, unanswerable

from eval.gold import GoldSet
from eval.measures import BY_NAME, MEASURES, ONLY_WHERE_TAKEN, Bucket, Score, Step, score_all

COST = place("brug.txt", "De reparatie kostte 1,5 miljoen euro en duurde negen weken.")
OPENING = place("brug.txt", "De fietstunnel bij Molendrecht gaat in 2031 open.")
SWANS = place("meer.txt", "Het Roze Meer telt 145 zwanen.")

GOLD = gold_set(
    gold_line(),
    unanswerable(),
    gold_line(
        id="q3",
        question="Hoeveel zwanen telt het Roze Meer?",
        kind="getal",
        answer="Er zijn 145 zwanen.",
        facts=[["145"]],
        traps=["120"],
        evidence=[[span(SWANS)]],
    ),
    gold_line(
        id="q4",
        question="Wat kostte de brug en wanneer gaat de tunnel open?",
        kind="lijst",
        answer="1,5 miljoen, en in 2031.",
        facts=[["1,5 miljoen"], ["2031"]],
        evidence=[[span(COST)], [span(OPENING)]],
    ),
)


def scores_of(gold: GoldSet, answers: list[dict[str, Any]]) -> list[Score]:
    return score_all(gold.questions, answers, LETTERS.get)


def value(name: str, scores: list[Score]) -> float | None:
    above, below = BY_NAME[name].terms(scores)
    return sum(above) / sum(below) if sum(below) else None


def values(scores: list[Score], *names: str) -> list[float | None]:
    return [value(name, scores) for name in names]


def test_a_careful_person_scores_full_marks() -> None:
    scores = scores_of(GOLD, [perfect(question) for question in GOLD.questions])
    for measure in BY_NAME.values():
        expected = 0.0 if measure.goal == "lager" else 1.0
        if measure.name == "evidence_recall_1":
            expected = (1 + 1 + 0.5) / 3  # the two pieces of q4 cannot both be first
        if measure.name in ONLY_WHERE_TAKEN:
            assert value(measure.name, scores) is None
            continue
        assert value(measure.name, scores) == pytest.approx(expected), measure.name
    assert {score.bucket for score in scores} == {Bucket.RIGHT}
    assert {score.step for score in scores} == {Step.NONE}


def test_every_measure_has_its_own_name_and_a_dutch_definition() -> None:
    assert len(BY_NAME) == len(MEASURES)
    assert all(measure.label and measure.definition.endswith(".") for measure in BY_NAME.values())


def test_reciting_whole_letters_is_no_answer() -> None:
    long = " ".join([BRIDGE, LAKE] * 4)
    whole = [("brug.txt", 0, len(BRIDGE)), ("meer.txt", 0, len(LAKE))]
    scores = scores_of(GOLD, [answer_object(long, citations=whole, passages=whole) for _ in GOLD.questions])
    assert values(scores, "right", "refusal_recall", "false_answers") == [0.0, 0.0, 1.0]


def test_one_long_citation_of_the_whole_letter_is_wrong() -> None:
    padded = {"lang.txt": "x" * 2000 + "Er staat 145." + "x" * 2000}
    gold = gold_set(gold_line(evidence=[[span(("lang.txt", 2000, 2013))]], facts=[["145"]], traps=[]))
    answer = answer_object("145", citations=[("lang.txt", 0, 4013)], passages=[("lang.txt", 0, 4013)])
    scores = score_all(gold.questions, [answer], padded.get)
    assert values(scores, "citation_precision", "citation_recall", "evidence_recall_10", "right") == [0.0, 0.0, 0.0, 1.0]
    assert scores[0].bucket is Bucket.UNFOUNDED


def test_answering_everything_costs_refusals_and_refusing_everything_costs_answers() -> None:
    answered = scores_of(GOLD, [{**perfect(q), "answered": True} for q in GOLD.questions])
    assert values(answered, "refusal_precision", "refusal_recall", "refusal_f1") == [None, 0.0, 0.0]
    refused = scores_of(GOLD, [refusal() for _ in GOLD.questions])
    assert values(refused, "right", "refusal_precision", "refusal_recall", "refusal_f1") == [0.0, 0.25, 1.0, 0.4]


def test_a_refusal_that_gives_the_answer_all_the_same_is_wrong() -> None:
    sly = refusal(
        answer="Geweigerd. De reparatie kostte 1,5 miljoen euro.", citations=perfect(GOLD.questions[0])["citations"]
    )
    score = scores_of(gold_set(gold_line()), [sly])[0]
    assert (score.right, score.citations, score.cited, score.bucket) == (False, 0, (False,), Bucket.REFUSED)


def test_an_answer_that_says_it_is_not_in_the_letters_is_not_a_refusal() -> None:
    score = scores_of(gold_set(unanswerable()), [answer_object("Dat staat niet in de brieven.")])[0]
    assert (score.refused, score.right, score.step) == (False, False, Step.ANSWERED)


def test_naming_the_number_and_the_trap_is_wrong() -> None:
    both = "Het zijn er 145 of 120."
    score = scores_of(gold_set(gold_line(facts=[["145"]], traps=["120"])), [answer_object(both)])[0]
    assert (score.right, score.traps) == (False, ("120",))


def test_a_piece_of_a_number_is_wrong() -> None:
    assert (
        scores_of(gold_set(gold_line(facts=[["5 miljoen"]])), [answer_object("Het kostte 1,5 miljoen.")])[0].right is False
    )


@pytest.mark.parametrize(("words", "right"), [(120, True), (121, False)])
def test_an_answer_has_at_most_120_words(words: int, right: bool) -> None:
    text = " ".join(["1,5 miljoen", *["euro"] * (words - 2)]) + " [1][2]"
    score = scores_of(gold_set(gold_line()), [answer_object(text)])[0]
    assert (score.words, score.right) == (words, right)


def test_naming_a_good_source_twenty_times_makes_it_no_better() -> None:
    wrong = place("meer.txt", "Vorig jaar waren dat er 120.")
    once = scores_of(gold_set(gold_line()), [answer_object("x", citations=[COST, wrong])])
    often = scores_of(gold_set(gold_line()), [answer_object("x", citations=[COST] * 20 + [wrong])])
    assert values(once, "citation_precision") == values(often, "citation_precision") == [0.5]


def test_shifting_a_good_source_does_not_help_the_mean_over_questions() -> None:
    shifted = [(COST[0], COST[1] + i, COST[2]) for i in range(10)]
    gold = gold_set(gold_line(), unanswerable())
    answers = [answer_object("x", citations=shifted), answer_object("x", citations=[SWANS])]
    assert value("citation_precision_mean", scores_of(gold, answers)) == 0.5


def test_the_same_passage_ten_times_is_found_once() -> None:
    answers = [answer_object("x", passages=[SWANS] * 10)]
    gold = gold_set(gold_line(evidence=[[span(SWANS)], [span(COST)]]))
    scores = scores_of(gold, answers)
    assert values(scores, "evidence_recall_1", "evidence_recall_10", "mrr") == [0.5, 0.5, 1.0]
    assert scores[0].found == (1, None)


def test_a_made_up_or_altered_quote_is_not_verbatim() -> None:
    answer = answer_object("1,5 miljoen", citations=[COST, SWANS], passages=[COST])
    answer["citations"][0]["quote"] += "."
    answer["citations"].append(
        {"n": 3, "status": "unknown", "key": "zz", "letter": None, "start": None, "end": None, "quote": None}
    )
    score = scores_of(gold_set(gold_line()), [answer])[0]
    assert (score.citations, score.citations_right, score.citations_verbatim) == (3, 1, 1)
    assert (score.right, score.bucket) == (True, Bucket.UNFOUNDED)


def test_a_citation_past_the_end_of_the_letter_is_not_verbatim() -> None:
    answer = answer_object("x", citations=[("meer.txt", 50, 5000)])
    assert answer["citations"][0]["quote"] == LAKE[50:]
    assert scores_of(gold_set(gold_line()), [answer])[0].citations_verbatim == 0


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        (refusal(), Step.REFUSED),
        (answer_object("geen idee", passages=[SWANS]), Step.NOT_RETRIEVED),
        (answer_object("geen idee", passages=[COST], citations=[SWANS]), Step.NOT_READ),
        (answer_object("geen idee", passages=[COST], citations=[COST]), Step.READ_WRONG),
        (answer_object("1,5 miljoen"), Step.NONE),
    ],
)
def test_the_failing_step_is_named(answer: dict[str, Any], step: Step) -> None:
    assert scores_of(gold_set(gold_line()), [answer])[0].step is step


def test_gold_without_facts_is_judged_by_f1_alone() -> None:
    score = scores_of(gold_set(gold_line(facts=[], traps=[])), [answer_object("De reparatie kostte 1,5 miljoen euro")])[0]
    assert (score.right, score.f1) == (None, 1.0)
    assert value("right", [score]) is None


def test_numbers_of_the_question_are_not_asked_of_the_answer() -> None:
    line = gold_line(question="Gaat de tunnel in 2031 open voor 3 euro?", answer="Ja, in 2031, voor 4 euro.")
    answers: list[tuple[str, bool]] = [("Voor 4 euro", True), ("In 2031", False), ("Voor 14 euro", False)]
    for text, exact in answers:
        assert scores_of(gold_set(line), [answer_object(text)])[0].numbers_exact is exact


def test_the_right_letter_is_told_apart_from_the_right_passage() -> None:
    score = scores_of(gold_set(gold_line()), [answer_object("x", passages=[OPENING, SWANS])])[0]
    assert (score.found, score.letter_first, score.letter_5) == ((None,), True, 1.0)


def test_a_score_survives_json() -> None:
    import json

    for score in scores_of(GOLD, [perfect(question) for question in GOLD.questions]):
        assert Score.from_dict(json.loads(json.dumps(score.to_dict()))) == score


def test_a_letter_is_read_once_for_all_questions() -> None:
    read: list[str] = []

    def text_of(letter: str) -> str | None:
        read.append(letter)
        return LETTERS.get(letter)

    typed: Callable[[str], str | None] = text_of
    lines = [gold_line(id=f"q{i}", question=f"Vraag {i}?") for i in range(50)]
    gold = gold_set(*lines)
    score_all(gold.questions, [answer_object("x", citations=[COST]) for _ in lines], typed)
    assert read == ["brug.txt"]
