"""The reranker's training: what a step is made of, and that it learns."""

import random

import numpy as np
import pytest

from rag.train.reranker.lessons import Asked, Lesson, groups

torch = pytest.importorskip("torch")


def made_up(number: int) -> Lesson:
    """A passage of two sentences of three pieces; its questions are answered by the first, the second, neither."""
    first = 10 + 6 * number
    pieces = (2, first, first + 1, first + 2, first + 3, first + 4, first + 5, 3)
    asked = (
        Asked((2, first, first + 1, 3), (1, 0)),
        Asked((2, first + 3, first + 4, 3), (0, 1)),
        Asked((2, first, first + 3, 3), (0, 0)),
    )
    return Lesson(f"passage {number}", pieces, (-1, 0, 0, 0, 1, 1, 1, -1), asked)


LESSONS = [made_up(number) for number in range(6)]
VECTORS = np.eye(6, dtype=np.float32)


def test_every_lesson_is_in_one_group_and_groups_are_of_look_alikes() -> None:
    alike = np.array([[1, 0], [0, 1], [1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.float32)
    made = groups(LESSONS, alike, random.Random(1))
    assert sorted(one.text for group in made for one in group) == [one.text for one in LESSONS]
    assert [len(group) for group in made] in ([4, 2], [2, 4])


def test_a_batch_puts_every_question_to_its_own_passage_and_marks_its_answers() -> None:
    from rag.train.reranker.teach import Teaching, batch

    made = batch(LESSONS[:2], Teaching(other=1.0, mask=0.0), random.Random(0))
    own = [row for row, (question, passage) in enumerate(made.pairs) if question // 3 == passage]
    assert len(made.pairs) == 12
    assert len(own) == 6
    assert made.answers.sum() == 4
    assert all(made.answers[row].sum() == 0 for row in range(12) if row not in own)
    assert made.real.all()
    assert made.of.sum(-1).tolist() == [[3, 3], [3, 3]]


@pytest.mark.load
def test_teaching_finds_the_sentence_that_answers() -> None:
    from rag.train.reranker.__main__ import first_right
    from rag.train.reranker.network import Body, CrossEncoder
    from rag.train.reranker.teach import Teaching, teach

    torch.manual_seed(0)
    network = CrossEncoder(Body(4, 60))
    teach(network, LESSONS, VECTORS, Teaching(steps=15, mask=0.0, threads=1))
    assert first_right(network, LESSONS) >= 0.9


def test_a_passage_scores_the_same_alone_and_beside_a_longer_one() -> None:
    from rag.train.reranker.network import Body, CrossEncoder

    torch.manual_seed(0)
    network = CrossEncoder(Body(4, 60)).eval()
    asked, short = torch.tensor([[2, 11, 12, 3]]), torch.tensor([[2, 11, 14, 3]])
    of = torch.tensor([[[False, True, True, False]]])
    here = torch.ones_like(asked) > 0
    padded = torch.cat([short, torch.zeros(1, 5, dtype=torch.long)], 1)
    padded_of = torch.cat([of, torch.zeros(1, 1, 5, dtype=torch.bool)], -1)
    there = padded != 0
    with torch.no_grad():
        alone = network.join(network.lower(asked, here), here, network.lower(short, here), here, of)
        beside = network.join(network.lower(asked, here), here, network.lower(padded, there), there, padded_of)
    assert torch.allclose(alone[0], beside[0], atol=1e-5)
    assert torch.allclose(alone[1], beside[1], atol=1e-5)
