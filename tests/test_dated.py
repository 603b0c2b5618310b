"""Dates in statements: resolved against the letter, coarser but never finer than the source."""

from datetime import date

from rag.answer import Support
from rag.verify import Source, check

DAY = date(2030, 3, 14)
MOTION = Source("De motie-Verzinsel (Kamerstuk 99 100, nr. 12) is op 20 februari jl. aangenomen.", DAY)


def test_relative_dates_resolve_against_the_letter() -> None:
    assert check("De motie-Verzinsel is op 20 februari 2030 aangenomen.", [MOTION]).support is Support.SUPPORTED
    assert check("De motie-Verzinsel is op 20 februari 2029 aangenomen.", [MOTION]).support is Support.UNVERIFIED


def test_a_date_may_be_coarser_but_not_finer_than_the_source() -> None:
    month = Source("De sluis gaat in mei 2031 open.", DAY)
    day = Source("De sluis gaat op 3 mei 2031 open.", DAY)
    assert check("De sluis gaat in mei 2031 open voor schepen.", [day]).support is Support.SUPPORTED
    assert check("De sluis gaat op 3 mei 2031 open voor schepen.", [month]).support is Support.UNVERIFIED


def test_the_date_of_the_letter_may_open_a_statement() -> None:
    source = Source("Er zijn nog zeven sluizen dicht.", DAY)
    assert check("In maart 2030 zijn nog zeven sluizen dicht.", [source]).support is Support.SUPPORTED
    assert check("Er zijn nog zeven sluizen dicht in mei 2030.", [source]).support is Support.UNVERIFIED


def test_a_span_of_years_must_have_both_its_ends() -> None:
    source = Source("Er is geld voor de sluis in de jaren 2031 tot en met 2034.", DAY)
    assert check("Er is geld voor de sluis van 2031 tot en met 2034.", [source]).support is Support.SUPPORTED
    assert check("Er is geld voor de sluis van 2031 tot en met 2036.", [source]).support is Support.UNVERIFIED
