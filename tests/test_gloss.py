"""A question is read with the words that the letters use for its own."""

from rag.gloss import with_glosses
from rag.lexicon import Alternative, Match

CHIEF = Match("buitenlandchef", (Alternative("hoge vertegenwoordiger", "name"), Alternative("HV", "abbr")))
SAYS_HV = frozenset({"hv", "raad"})
SAYS_IN_FULL = frozenset({"hog", "vertegenwoordiger"})


def test_the_alternative_that_most_sentences_hold_follows_in_brackets() -> None:
    asked = "Wat zei de Buitenlandchef van de raad?"
    assert with_glosses(asked, [CHIEF], [SAYS_HV]) == "Wat zei de Buitenlandchef (HV) van de raad?"
    assert with_glosses(asked, [CHIEF], [SAYS_HV, SAYS_HV, SAYS_IN_FULL]) == "Wat zei de Buitenlandchef (HV) van de raad?"


def test_nothing_is_added_that_no_sentence_holds() -> None:
    asked = "Wat zei de buitenlandchef?"
    assert with_glosses(asked, [CHIEF], [frozenset({"raad"})]) == asked
    assert with_glosses(asked, [CHIEF], []) == asked


def test_a_wider_word_is_no_gloss() -> None:
    wider = Match("brug", (Alternative("bouwwerk", "hyper"),))
    assert with_glosses("Welke brug?", [wider], [frozenset({"bouwwerk"})]) == "Welke brug?"


def test_a_phrase_that_folding_moves_is_left_alone() -> None:
    assert with_glosses("Wat zei de ﬁnancier?", [Match("financier", (Alternative("HV", "syn"),))], [SAYS_HV]).startswith(
        "Wat zei de ﬁnancier?"
    )
