"""Follow-ups without an LLM: a stand-alone form of a question that leans on an earlier one.

"En hoeveel was dat in 2022?" after "Hoeveel gaf Defensie in 2015 uit aan veteranen?" becomes the question itself followed by
the subject of the earlier one, without what the new question replaces (a period replaces a period) and without the earlier
question word. No word is added that stands in neither. A question that names its own subject is left as it is.
"""

import re
from collections.abc import Sequence

from index import analyze, dates
from rag.question import SUBJECT, names
from rag.turn import Turn

LEANS = re.compile(
    r"^(en|maar|of|dus)\b|\b(dat|dit|die|deze|daar|daarvan|daarvoor|daarmee|daarin|daarbij|daaraan|daarover|hij|zij|ze|hem|haar|"
    r"hun|er|ervan|ervoor|toen|het)\b"
)
MAX_OWN_TERMS = 6
"""A question with more content words than this names its subject itself, whatever its pronouns."""
ASKING = frozenset(
    "hoeveel wanneer waarom welke welk wie wat waar hoe kwijt aantal gaf geeft geven ging gaat gaan groot lang veel ver "
    "en met voor van aan bij door over naar uit tegen sinds tot".split()
)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """`question` in a form that can be searched on its own; unchanged where there is no history or no need of it."""
    if not history or not leans_on_history(question):
        return question
    subject = _subject(question, history)
    own = re.sub(r"^(en|maar)\s+", "", question.strip(), flags=re.IGNORECASE)
    own = own[:1].upper() + own[1:]
    return f"{own}{SUBJECT}{subject})" if subject else own


def leans_on_history(question: str) -> bool:
    """Whether the question points back ("En", "dat", "daar") and is too short to stand by itself."""
    own_terms = [token for token in analyze.tokens(question) if token not in ASKING]
    folded = analyze.fold(question).strip()
    opens = re.match(r"^(en|maar)\b", folded) is not None
    return bool(LEANS.search(folded)) and (opens or len(own_terms) <= MAX_OWN_TERMS) and not (names(question) and not opens)


def _subject(question: str, history: Sequence[Turn]) -> str:
    """The content words of the nearest earlier question that stands on its own, and of the ones between."""
    own = set(analyze.tokens(question))
    replaces_period = bool(dates.find(question))
    words: list[str] = []
    for turn in reversed(history):
        words = _content(_without_periods(turn.question) if replaces_period else turn.question, own) + words
        if not leans_on_history(turn.question):
            break
    unique = list(dict.fromkeys(words))
    return " ".join(unique)


def _without_periods(text: str) -> str:
    for period in reversed(dates.find(text)):
        text = f"{text[: period.start]} {text[period.end :]}"
    return text


def _content(text: str, own: set[str]) -> list[str]:
    kept = []
    for word in re.findall(r"[\w'’./-]*\w", text):
        folded = analyze.fold(word)
        if folded in analyze.STOP_WORDS or folded in ASKING or folded in own:
            continue
        kept.append(word)
    return kept
