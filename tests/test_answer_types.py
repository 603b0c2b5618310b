"""Every kind of answer has a Dutch name."""

from eval.answer_types import ANSWER_TYPES, dutch_answer_type
from rag.answer_type import AnswerType


def test_every_answer_type_has_its_own_dutch_name() -> None:
    assert set(ANSWER_TYPES) == {str(kind) for kind in AnswerType}
    assert len(set(ANSWER_TYPES.values())) == len(AnswerType)


def test_a_question_is_named_in_dutch() -> None:
    assert dutch_answer_type("Hoeveel euro kostte de brug?") == "bedrag"
    assert dutch_answer_type("Wanneer gaat de tunnel open?") == "datum"
