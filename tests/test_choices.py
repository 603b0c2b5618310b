from datetime import date

from fake_assistant import dike_and_bridge

from rag.filters import Filters
from ui.choices import choices_of, chosen_count, filters_of


def test_choices_are_what_the_letters_have():
    choices = choices_of(dike_and_bridge().index.letters())
    assert choices.dossiers == ("36999",)
    assert choices.chambers == ("tk", "ek")
    assert choices.senders == ("A. Zandstra",)
    assert [name for name, _ in choices.letters] == ["brug.txt", "dijk.txt"]
    assert (choices.first, choices.last) == (date(2024, 5, 3), date(2024, 9, 9))


def test_an_empty_index_offers_nothing():
    choices = choices_of([])
    assert (choices.letters, choices.first, choices.last) == ((), None, None)


def test_empty_values_restrict_nothing():
    assert filters_of({"dossier": None, "kind": "", "iets": 1}) == Filters()
    filters = filters_of({"dossier": "36999", "since": date(2024, 1, 1), "chamber": "ek"})
    assert filters == Filters(since=date(2024, 1, 1), dossier="36999", chamber="ek")
    assert chosen_count(filters) == 3
