"""Verify: what a statement may say of its source, and why it may not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Support
from rag.verify import Source, Verdict, check, overlap

DAY = date(2030, 3, 14)
FUND = Source(
    "Het kabinet stelt circa 5 mld. euro beschikbaar voor drie havens in Fictieland, te weten 60% van de kosten.",
    DAY,
    "Kamerstuk 99 100, nr. 7: Brief van de minister van Havens (14 maart 2030)",
)
MOTION = Source("De motie-Verzinsel (Kamerstuk 99 100, nr. 12) is op 20 februari jl. aangenomen.", DAY)


@pytest.mark.parametrize(
    "statement",
    [
        "Het kabinet stelt €5 miljard beschikbaar voor 3 havens in Fictieland.",
        "Het kabinet stelt 5 miljard euro beschikbaar; dat is 60 procent van de kosten.",
        "Voor Fictielandse havens stelt het kabinet ongeveer vijf miljard euro beschikbaar.",
        "In de brief van 14 maart 2030 stelt het kabinet 5 mld. euro beschikbaar voor havens.",
    ],
)
def test_the_same_in_other_spelling_is_supported(statement: str) -> None:
    assert check(statement, [FUND]) == Verdict(Support.SUPPORTED)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("Het kabinet stelt 6 miljard euro beschikbaar voor drie havens.", "het getal 6 miljard euro staat niet in de bron"),
        ("Het kabinet stelt 5 miljoen euro beschikbaar voor drie havens.", "het getal 5 miljoen euro staat niet in de bron"),
        ("Het kabinet stelt 5 miljard euro beschikbaar, 70% van de kosten.", "het getal 70% staat niet in de bron"),
        (
            "Het kabinet stelt 5 miljard euro beschikbaar voor havens in Nergensland.",
            "de naam Nergensland staat niet in de bron",
        ),
        ("Het kabinet stelt in 2033 geld beschikbaar voor drie havens.", "de datum 2033 staat niet in de bron"),
        ("Het kabinet stelt geen 5 miljard euro beschikbaar voor havens.", "de bron zegt het tegenovergestelde"),
        (
            "Volgens Kamerstuk 99 100, nr. 8 stelt het kabinet geld beschikbaar voor havens.",
            "Kamerstuk 99 100, nr. 8 staat niet in de bron",
        ),
        ("Vissers varen elke week uit voor haring en kabeljauw.", "de bron gaat over iets anders"),
    ],
)
def test_what_the_source_does_not_say_is_unverified_with_its_reason(statement: str, reason: str) -> None:
    verdict = check(statement, [FUND])
    assert verdict.support is Support.UNVERIFIED
    assert reason in verdict.reasons


def test_a_quote_is_verbatim_whatever_its_white_space() -> None:
    assert check("De sluis  is\nopen.", [Source("De sluis is open.")]) == Verdict(Support.VERBATIM)
    assert (
        check("De sluis is open. De brug ook.", [Source("De sluis is open."), Source("De brug ook.")]).support
        is Support.VERBATIM
    )
    assert check("De sluis is open", [Source("De sluis is open.")]).support is Support.SUPPORTED


def test_without_a_source_nothing_is_supported() -> None:
    assert check("De sluis is open.", []) == Verdict(Support.UNVERIFIED, ("er is geen bron genoemd",))


@pytest.mark.parametrize(
    ("statement", "supported"),
    [
        ("De landen hebben besloten zestig boeien te plaatsen.", False),
        ("De landen overwegen zestig boeien te plaatsen.", True),
        ("Er is een voorstel om zestig boeien te plaatsen; de landen hebben nog niet besloten.", True),
    ],
)
def test_a_proposal_told_as_a_decision_is_noticed(statement: str, supported: bool) -> None:
    source = Source("De landen bespreken het voorstel om zestig boeien te plaatsen, waarover zij nog niet beslissen.")
    assert ("de bron noemt een verwachting of voorstel, geen besluit" not in check(statement, [source]).reasons) == supported


def test_opposite_bounds_are_noticed() -> None:
    source = Source("De bouw kost meer dan 5 miljoen euro.")
    assert check("De bouw kost minder dan 5 miljoen euro.", [source]).support is Support.UNVERIFIED


def test_overlap_counts_word_forms_and_parts_of_compounds() -> None:
    assert overlap("bruggen gebouwd", "de brug wordt gebouwd") == 1.0
    assert overlap("bruggen", "de sluis is dicht") == 0.0
    assert overlap("12 procent", "iets") == 1.0


def test_a_check_model_is_only_asked_about_what_passed() -> None:
    asked: list[str] = []

    def contradiction(source: str, statement: str) -> float:
        asked.append(statement)
        return 0.95

    good = "Het kabinet stelt 5 miljard euro beschikbaar voor drie havens."
    assert check(good, [FUND], contradiction).reasons == ("volgens het controlemodel zegt de bron iets anders",)
    check("Het kabinet stelt 6 miljard euro beschikbaar voor drie havens.", [FUND], contradiction)
    assert asked == [good]


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_gets_a_verdict_and_only_a_quote_is_verbatim(statement: str, source: str) -> None:
    verdict = check(statement, [Source(source)])
    assert (verdict.support is Support.VERBATIM) == (" ".join(statement.split()) == " ".join(source.split()))
    assert bool(verdict.reasons) == (verdict.support is Support.UNVERIFIED)
