"""Web pages: made-up pages as officielebekendmakingen.nl and ministries make them."""

from datetime import date

import pytest

from index.errors import UnreadableFileError
from index.letter import BlockKind
from index.loaders.html import accepts, load


def page(body: str, head: str = "<title>Kamerstuk</title>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_only_the_publication_is_read() -> None:
    body = (
        "<header><nav><ul><li>Home</li></ul></nav></header><aside>Zie ook</aside><main><article><p>Delen</p>"
        '<div id="broodtekst"><h1>Zandhazen</h1><p>De haas is terug.</p><script>x()</script><form>Zoek</form></div>'
        "</article></main><footer>Contact</footer>"
    )
    extract = load(page(body), "x.html")
    assert extract.text == "Zandhazen\n\nDe haas is terug."
    assert [(block.kind, block.level) for block in extract.known] == [(BlockKind.HEADING, 1)]


@pytest.mark.parametrize("around", ["<article>{}</article>", "<main>{}</main>", '<div role="main">{}</div>', "{}"])
def test_without_the_official_element_the_article_or_main_part_is_read(around: str) -> None:
    body = "<nav>Menu</nav>" + around.format("<p>De haas is terug.</p>") + "<footer>Contact</footer>"
    assert load(page(body), "x").text == "De haas is terug."


def test_a_note_in_a_box_at_the_end_stands_at_its_marker() -> None:
    body = (
        '<div id="broodtekst"><p>De haas<sup><a class="nootnum" href="#ID-7">1</a></sup> is terug.</p><p>De vos niet.</p>'
        '<div class="voet noot" id="supernote-7"><h5 class="note-close"><a href="#close-7">X</a> Noot </h5>'
        '<sup><span class="nootnum" id="ID-7">1</span></sup><p>Zie de kaart.</p></div></div>'
    )
    extract = load(page(body), "x")
    assert extract.text == "De haas1 is terug.\n\n1 Zie de kaart.\n\nDe vos niet."
    (note,) = extract.known
    assert (note.kind, note.label) == (BlockKind.FOOTNOTE, "1")


def test_a_note_in_a_list_at_the_end_stands_at_its_marker() -> None:
    body = (
        '<article><p>De haas<a href="#fn1">[1]</a> is terug.</p>'
        '<ol class="footnotes"><li id="fn1">Zie de kaart. <a href="#ref1">↩</a></li></ol></article>'
    )
    assert load(page(body), "x").text == "De haas1 is terug.\n\n1 Zie de kaart."


def test_lists_tables_and_line_breaks() -> None:
    body = (
        "<article><ul><li>elke dag</li></ul><ol start='3'><li>tellen</li><li>meten</li></ol>"
        "<table><tr><th>Soort</th><th>Aantal</th></tr><tr><td>Zandhaas</td><td>31</td></tr></table>"
        "<p>Duinweg 4<br>Oosterwad</p>tekst zonder alinea</article>"
    )
    assert load(page(body), "x").text.split("\n\n") == [
        "• elke dag",
        "3. tellen",
        "4. meten",
        "Soort\tAantal\nZandhaas\t31",
        "Duinweg 4\nOosterwad",
        "tekst zonder alinea",
    ]


def test_lists_that_print_their_own_label_get_no_other() -> None:
    item = '<li class="li"><p class="labeled"><span class="ol">a. </span>tellen</p></li>'
    assert load(page(f'<article><ul class="expliciet">{item}</ul></article>'), "x").text == "a. tellen"


def test_the_metadata_of_the_page_are_used() -> None:
    head = (
        '<title>x</title><meta name="OVERHEIDop.dossiernummer" content="98765">'
        '<meta name="OVERHEIDop.ondernummer" content="3"><meta name="DCTERMS.issued" content="2031-05-06">'
        '<meta name="DC.creator" content="Tweede Kamer der Staten-Generaal">'
    )
    undated = load(page("<article><p>De haas is terug.</p></article>", head), "x").metadata
    assert undated is not None
    assert undated.key == "kst-98765-3"
    assert undated.date is not None
    assert undated.date.value == date(2031, 5, 6)
    dated = load(page("<article><p>Den Haag, 4 mei 2031</p><p>De haas is terug.</p></article>", head), "x").metadata
    assert dated is not None
    assert dated.date is None


@pytest.mark.parametrize("title", ["Pagina niet gevonden", "404 - fout", "Er is een fout opgetreden", "Page not found"])
def test_an_error_page_is_refused(title: str) -> None:
    with pytest.raises(UnreadableFileError, match="foutpagina"):
        load(page("<main><p>Deze pagina bestaat niet.</p></main>", f"<title>{title}</title>"), "x.html")


def test_a_publication_about_an_error_is_none() -> None:
    body = '<div id="broodtekst"><h1>Document niet gevonden: een onderzoek</h1><p>De haas is terug.</p></div>'
    assert "De haas is terug." in load(page(body), "x").text


def test_the_stated_encoding_is_used_when_it_is_not_utf_8() -> None:
    data = page("<p>Efficiënt</p>", '<meta charset="windows-1252">').decode().encode("cp1252")
    assert load(data, "x").text == "Efficiënt"


def test_what_is_hidden_is_not_read() -> None:
    body = '<article><p hidden>weg</p><p style="display: none">weg</p><p>De haas is terug.</p></article>'
    assert load(page(body), "x").text == "De haas is terug."


def test_html_is_told_from_other_text() -> None:
    assert accepts(b"\xef\xbb\xbf  <!doctype HTML><html>", "x.txt")
    assert accepts(b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "x")
    assert not accepts(b"Geachte voorzitter, < html >", "x.html")
    assert not accepts(b"<officiele-publicatie/>", "x.html")


def test_nesting_that_the_parser_would_cut_off_is_refused() -> None:
    assert load(page("<div>" * 200 + "haas" + "</div>" * 200), "x").text == "haas"
    with pytest.raises(UnreadableFileError, match="te diep genest"):
        load(page("<div>" * 3000 + "haas" + "</div>" * 3000), "x")
