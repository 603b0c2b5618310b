from datetime import date

from index.letter import Sender
from rag.answer import AppliedFilter, Citation, Refusal, Support
from ui.words import REFUSAL, SUPPORT, SUPPORT_REST, SUPPORT_SHORT, dutch_date, filter_words, sender_names, source_line


def test_every_state_has_words():
    assert set(SUPPORT) == set(SUPPORT_SHORT) == set(SUPPORT_REST) == set(Support)
    assert set(REFUSAL) == set(Refusal)


def test_dates_are_dutch():
    assert dutch_date(date(2024, 2, 6)) == dutch_date("2024-02-06") == "6 februari 2024"
    assert dutch_date("begin 2024") == "begin 2024"
    assert dutch_date(None) is None


def test_filters_in_words():
    assert filter_words(AppliedFilter("until", "2024-12-31", "option")) == "tot en met 31 december 2024"
    assert filter_words(AppliedFilter("chamber", "tk", "question")) == "Tweede Kamer"
    assert filter_words(AppliedFilter("dossier", "28676", "question")) == "dossier 28676"
    assert filter_words(AppliedFilter("letter", "dijk.txt", "option")) == "brief dijk.txt"
    assert filter_words(AppliedFilter("letter", "brief van 3 mei 2024", "question")) == "brief van 3 mei 2024"


def test_a_date_that_the_title_holds_is_not_repeated():
    assert (
        source_line(Citation(1, letter="a", title="Brief (6 februari 2024)", date="2024-02-06")) == "Brief (6 februari 2024)"
    )


def test_senders_go_by_name_and_by_role_only_without_names():
    both = [Sender("A. Zandstra", "minister"), Sender(None, "staatssecretaris"), Sender("A. Zandstra", None)]
    assert sender_names(both) == ["A. Zandstra"]
    assert sender_names([Sender(None, "minister")]) == ["minister"]
