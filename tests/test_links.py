from urllib.parse import parse_qs

from ui.links import LONGEST_QUESTION, Place, asked_in, official_link, place_in, place_link, question_link


def query(link: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(link.removeprefix("?")).items()}


def test_links_lead_back_to_what_they_were_made_of():
    assert asked_in(query(question_link("Hoeveel & waarom + 5%?"))) == "Hoeveel & waarom + 5%?"
    assert place_in(query(place_link(Place("map/brief é.txt", 3, 9)))) == Place("map/brief é.txt", 3, 9)
    assert place_in(query(place_link(Place("brief.txt")))) == Place("brief.txt")


def test_a_link_never_holds_a_token():
    assert set(query(question_link("x"))) == {"vraag"}
    assert set(query(place_link(Place("x", 1, 2)))) == {"brief", "van", "tot"}


def test_numbers_that_make_no_span_are_left_out():
    for start, end in (("9", "3"), ("-1", "3"), ("a", "b"), ("", ""), ("1", None), ("٣", "9"), ("1", "9" * 30)):
        values = {"brief": "x", "van": start} | ({} if end is None else {"tot": end})
        assert place_in(values) == Place("x")


def test_an_empty_address_asks_nothing():
    assert asked_in({}) is None
    assert asked_in({"vraag": "  "}) is None
    assert place_in({"van": "1", "tot": "2"}) is None
    assert len(asked_in({"vraag": "x" * 9999}) or "") == LONGEST_QUESTION


def test_only_a_real_number_gets_an_official_page():
    assert official_link("kst-28676-471") == "https://zoek.officielebekendmakingen.nl/kst-28676-471.html"
    assert official_link("kst-36410-X-12") == "https://zoek.officielebekendmakingen.nl/kst-36410-X-12.html"
    assert official_link(None) is None
    assert official_link("kst-1/../x") is None
    assert official_link('kst-28676-471"><script>') is None
