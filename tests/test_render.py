from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer, AppliedFilter, Citation, RankedPassage, Refusal, Statement, Support
from ui.render import answer_markdown, answer_text, escape_markdown, nearest_letters, one_line, printable

CITED = Citation(
    1,
    letter="dijk.txt",
    title="Brief over de dijk",
    date="2024-05-03",
    heading="Planning",
    page=2,
    quality="ocr",
    start=10,
    end=40,
    quote="De dijk is\nin 2027 klaar.",
)
UNKNOWN = Citation(2, status="unknown", key="q7x")


def make(statements=(), citations=(), **other) -> Answer:
    fields = {
        "question": "Wanneer is de dijk klaar?",
        "standalone_question": "Wanneer is de dijk klaar?",
        "statements": statements,
        "citations": citations,
        "passages": (),
        "answerable_probability": 0.9,
        "generation": "0001",
        "reader": "extractive",
        "reader_reason": "Ollama draait niet",
    }
    return Answer(**fields | other)


ANSWER = make(
    (
        Statement("De dijk is in 2027 klaar.", (1,), Support.VERBATIM, "De Duin-fractie vroeg:"),
        Statement("Misschien later.", (2,), Support.UNVERIFIED),
    ),
    (CITED, UNKNOWN),
)


def test_an_answer_on_the_terminal_names_support_sources_and_reader():
    assert answer_text(ANSWER, 80).splitlines() == [
        "De Duin-fractie vroeg: De dijk is in 2027 klaar. [1]",
        "  (letterlijk uit de brief)",
        "",
        "Misschien later. [2]",
        "  (niet bevestigd, controleer zelf)",
        "",
        "Bronnen",
        "[1] Brief over de dijk, 3 mei 2024, onder “Planning”, pagina 2",
        "    dijk.txt, tekens 10-40; gescande tekst, kan leesfouten hebben",
        "    “De dijk is in 2027 klaar.”",
        "[2] onbekende bron (q7x): het taalmodel noemde een bron die niet bestaat",
        "",
        "Lezer: letterlijk citeren (Ollama draait niet)",
    ]


def test_a_refusal_on_the_terminal_gives_the_reason_and_the_nearest_letters_once():
    passages = tuple(RankedPassage(name, 0, 9, 1.0) for name in ("a.txt", "b.txt", "a.txt", "c.txt", "d.txt"))
    refused = make(refusal=Refusal.NOT_IN_LETTERS, refusal_text="Dit staat er niet in.", passages=passages)
    assert nearest_letters(refused) == ["a.txt", "b.txt", "c.txt"]
    assert answer_text(refused, 80, {"a.txt": "Brief A"}).splitlines() == [
        "Dit staat er niet in.",
        "Reden: het antwoord staat niet in deze brieven.",
        "",
        "Deze brieven komen het dichtst in de buurt:",
        "- Brief A (a.txt)",
        "- b.txt",
        "- c.txt",
        "",
        "Lezer: letterlijk citeren (Ollama draait niet)",
    ]


def test_what_was_searched_and_the_filters_stand_above_the_answer():
    filters = (AppliedFilter("chamber", "ek", "question"), AppliedFilter("since", "2024-03-01", "option"))
    shown = answer_text(make(ANSWER.statements, ANSWER.citations, standalone_question="Iets anders?", filters=filters), 80)
    assert shown.splitlines()[:3] == ["Gezocht op: Iets anders?", "Beperkt tot: Eerste Kamer, vanaf 1 maart 2024", ""]


def test_warnings_are_shown_before_the_reader():
    assert answer_text(make(warnings=("De tekst is kort.",)), 80).splitlines()[-2] == "Let op: De tekst is kort."


def test_a_very_long_quote_is_folded_with_the_command_that_shows_the_rest():
    quote = "lang woord " * 100
    cited = Citation(1, letter="dijk.txt", title="Brief", start=0, end=len(quote), quote=quote)
    shown = answer_text(make((Statement("Ja.", (1,), Support.VERBATIM),), (cited,)), 200)
    assert 'Hele citaat: kamerbrief show "dijk.txt" --start 0 --end 1100' in shown
    assert len(shown) < 900


@given(st.integers(30, 200))
def test_no_line_is_wider_than_the_terminal(width):
    assert max(len(line) for line in answer_text(ANSWER, width).splitlines()) <= width


def test_control_characters_of_a_letter_cannot_steer_the_terminal():
    assert printable("rood \x1b[31m en \u202eomgekeerd\r\n") == "rood \ufffd[31m en \ufffdomgekeerd\n"
    assert one_line(" a\n\tb  c ") == "a b c"


def test_markdown_signs_html_and_dollars_are_escaped():
    assert escape_markdown("<b>*x*</b> $1$ [2](y) `z` a_b") == r"\<b\>\*x\*\</b\> \$1\$ \[2\](y) \`z\` a\_b"
    assert escape_markdown("# kop") == r"\# kop"
    assert escape_markdown("1. eerste") == "1\\. eerste"
    assert escape_markdown("- punt") == r"\- punt"
    assert escape_markdown("zie :red[dit] en http://localhost:11434.") == r"zie \:red\[dit\] en http://localhost:11434."
    assert escape_markdown("2024-05-03: de XYZ-fractie") == "2024-05-03: de XYZ-fractie"


def test_markdown_has_numbered_sources_with_the_verbatim_quote():
    lines = answer_markdown(ANSWER).splitlines()
    assert lines[0] == "## Wanneer is de dijk klaar?"
    assert r"De Duin-fractie vroeg: De dijk is in 2027 klaar. \[1\] *(letterlijk uit de brief)*" in lines
    assert "1. Brief over de dijk, 3 mei 2024, onder “Planning”, pagina 2" in lines
    assert "   > De dijk is in 2027 klaar." in lines


def test_markdown_of_a_refusal_names_the_reason():
    refused = make(
        refusal=Refusal.FALSE_PREMISE, refusal_text="Dat klopt niet.", passages=(RankedPassage("a.txt", 0, 1, 1.0),)
    )
    text = answer_markdown(refused, {"a.txt": "Brief *A*"})
    assert "**Dat klopt niet.**" in text
    assert "Reden: de vraag gaat uit van iets dat volgens de brieven niet klopt." in text
    assert r"- Brief \*A\*" in text
