"""The lexicon: which phrases of a question it knows, and what they add."""

import pytest

from index.stem import stem
from rag.lexicon import PREPARED, SOURCE, Alternative, Lexicon, phrase_key, prepare

SMALL = "\n".join(
    (
        "# a comment",
        "militair\tsyn\tsoldaat|krijger",
        "minister van Waterzaken\tname\tPuk Plas",
        "Raad voor Tuinen\tabbr\tRvT",
        "gaan over\tphrase\tverantwoordelijk zijn voor",
        "tulp\thyper\tbloem",
    )
)


def small() -> Lexicon:
    _, keys, rows = prepare(SMALL).splitlines()
    return Lexicon(dict(zip(keys.split("\t"), rows.split("\t"), strict=True)), {})


def test_a_term_leads_to_its_alternatives_and_back() -> None:
    assert [a.text for a in small().alternatives(phrase_key("militairen"))] == ["soldaat", "krijger"]
    assert [a.text for a in small().alternatives(phrase_key("soldaten"))] == ["militair"]


def test_an_expansion_gives_analysed_terms_that_the_question_does_not_hold() -> None:
    found = small().expand("Hoeveel soldaten zijn krijger?")
    assert found.terms == {stem("militair"): 1.0}


def test_the_weight_is_shared_among_words_and_falls_with_the_number_of_alternatives() -> None:
    assert small().expand("militairen").terms == pytest.approx({stem("soldaat"): 0.5**0.5, stem("krijger"): 0.5**0.5})
    assert small().expand("tulp").terms == {stem("bloem"): 0.5}
    assert small().expand("Puk Plas").terms == {stem("minister"): 0.5, stem("waterzaken"): 0.5}


def test_the_longest_phrase_takes_its_words() -> None:
    found = small().expand("Wat doet de minister van Waterzaken?")
    assert [(match.phrase, [a.text for a in match.alternatives]) for match in found.matches] == [
        ("minister waterzaken", ["Puk Plas"])
    ]


def test_a_phrase_of_one_content_word_needs_its_small_words_too() -> None:
    assert small().expand("Waar gaan we heen?").matches == ()
    assert [match.phrase for match in small().expand("Wie gaan over de dijken?").matches] == ["gaan over"]


def test_an_abbreviation_of_a_letter_joins_what_is_listed() -> None:
    own = small().with_abbreviations([("RvT", "Raad van Toezicht"), ("RvT", "Raad van Toezicht")])
    assert own.alternatives(phrase_key("RvT")) == (
        Alternative("Raad van Toezicht", "abbr", own=True),
        Alternative("Raad voor Tuinen", "abbr"),
    )
    assert own.alternatives(phrase_key("raad van toezicht")) == (Alternative("RvT", "abbr", own=True),)
    assert small().alternatives(phrase_key("raad van toezicht")) == ()


def test_a_question_of_stop_words_expands_to_nothing() -> None:
    assert small().expand("Waar is dat?") == small().expand("")
    assert small().expand("").terms == {}


def test_the_prepared_file_fits_the_lexicon_and_the_analyzer() -> None:
    assert PREPARED.read_text(encoding="utf-8") == prepare(SOURCE.read_text(encoding="utf-8"))


def test_the_shipped_lexicon_links_soldiers_to_the_military() -> None:
    found = Lexicon.load().expand("Hoeveel soldaten zijn er?")
    assert stem("militairen") in found.terms
    assert all(0 < weight <= 1 for weight in found.terms.values())
