"""Numbers in statements: there, and with the thing they belong to."""

from rag.answer import Support
from rag.verify import Source, check


def test_a_number_that_belongs_to_something_else_is_noticed() -> None:
    source = Source("Van de aanvragen zijn er 171 toegekend en 62 afgewezen.")
    assert check("Van de aanvragen zijn er 62 afgewezen.", [source]).support is Support.SUPPORTED
    assert "een getal hoort in de bron bij iets anders" in check("Van de aanvragen zijn er 171 afgewezen.", [source]).reasons


def test_another_part_of_the_same_whole_is_noticed() -> None:
    source = Source("Twee boten zijn weg. In drie van de vijf havens is ruimte.")
    assert check("In twee van de vijf havens is ruimte.", [source]).reasons == ("de bron zegt drie van vijf, niet twee",)


def test_digits_that_are_no_quantity_must_stand_there_too() -> None:
    source = Source("Volgens artikel 5 van de Sluiswet is de sluis open.")
    assert check("Volgens artikel 5 van de Sluiswet is de sluis open voor allen.", [source]).support is Support.SUPPORTED
    assert check("Volgens artikel 7 van de Sluiswet is de sluis open.", [source]).reasons == (
        "het getal 7 staat niet in de bron",
    )
