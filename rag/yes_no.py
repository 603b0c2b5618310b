"""Yes or no: the one word before a quote, only where a rule is certain.

A question that can be answered by yes or no gets that word when the quoted sentence holds nearly all that is asked and
either denies it ("geen tol") or affirms it without any reserve. In all other cases the quote speaks for itself.
"""

import re

from index import analyze
from rag import entities, polarity
from rag.answer_type import AnswerType
from rag.question import Question

DENIED = 0.6
"""Share of what is asked, weighted by rarity, that a sentence must hold to deny it ..."""
AFFIRMED = 0.9
"""... and to affirm it: what is left out may be what matters."""
RESERVE = re.compile(
    r"\b(mogelijk|wellicht|misschien|zou|zouden|kan|kunnen|wil|willen|streef\w*|onderzo\w+|verken\w*|overwe\w+|voornemens|"
    r"indien|mits|tenzij|als|naar verwachting|beoogd\w*|vraagt|vragen|vroeg\w*|stelt|stellen|volgens|gedeeltelijk|deels)\b"
)
TWO_QUESTIONS = re.compile(r"\b(of|waarom|hoe|welke?|wie|wanneer|hoeveel)\b")


def decide(question: Question, sentence: str, held: float) -> str | None:
    """ "Ja" or "Nee" as the answer that `sentence` gives to `question`, or None where that is not certain.

    `held` is the share of the question's terms that the sentence holds (rag/weigh.py: meaning).
    """
    folded = analyze.fold(sentence)
    asked = analyze.fold(question.text)
    if question.answer_type is not AnswerType.YES_NO or question.comparison or TWO_QUESTIONS.search(asked):
        return None
    if polarity.NEGATION.search(asked) or not entities.values(question.text) <= entities.values(sentence):
        return None
    if held >= DENIED and polarity.contradicts(question.text, sentence):
        return "Nee"
    if held >= AFFIRMED and not polarity.NEGATION.search(sentence) and not RESERVE.search(folded):
        return "Ja"
    return None
