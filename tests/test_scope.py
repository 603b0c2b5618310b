"""Scope: which letters may be used."""

from datetime import date

import pytest

from rag.assistant import Assistant
from rag.filters import Filters
from rag.question import Mention, understand
from rag.scope import normal_dossier, scope


def test_without_filters_every_letter_may_be_used(assistant: Assistant) -> None:
    assert scope(assistant.index, Filters(), ()).letters is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(chamber="ek"), {"02", "03"}),
        (Filters(dossier="99 131"), {"06", "07"}),
        (Filters(kind="agenda"), {"03", "04"}),
        (Filters(since=date(2025, 9, 1)), {"10"}),
        (Filters(letter="kst-99145-68"), {"05"}),
        (Filters(chamber="ek", kind="agenda"), {"03"}),
    ],
)
def test_an_option_leaves_only_its_letters(assistant: Assistant, filters: Filters, expected: set[str]) -> None:
    found = scope(assistant.index, filters, ()).letters
    assert found is not None
    assert {name[:2] for name in found} == expected


def test_two_letters_named_are_two_sides(assistant: Assistant) -> None:
    asked = understand("Wat staat er in de brief van 7 oktober 2024 en in de brief van 3 juni 2025 over boeien?")
    found = scope(assistant.index, Filters(), asked.mentions, comparison=True)
    assert [sorted(side) for side in found.sides] == [["05_verslag_kustraad.txt"], ["06_verslag_kustraad_scan.txt"]]
    assert [f.source for f in found.applied] == ["question", "question"]


def test_a_comparison_that_names_one_side_is_not_restricted(assistant: Assistant) -> None:
    found = scope(assistant.index, Filters(), [Mention("agenda", "agenda")], comparison=True)
    assert (found.letters, found.applied) == (None, ())


def test_a_letter_that_is_not_there_is_told_and_does_not_restrict(assistant: Assistant) -> None:
    found = scope(assistant.index, Filters(), [Mention("brief van 1 mei 2001", None, date(2001, 5, 1), date(2001, 5, 1))])
    assert found.letters is None
    assert found.warnings == ("Geen brief gevonden die past bij 'brief van 1 mei 2001'; in alle brieven gezocht.",)


def test_dossier_numbers_are_normalised() -> None:
    assert [normal_dossier(text) for text in ("28 676", "21 501-28", "36.410-x")] == ["28676", "21501-28", "36410-X"]
