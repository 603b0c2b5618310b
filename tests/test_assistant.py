"""The assistant over the example letters: every answer exact, every refusal with its reason."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from index.errors import EmbedderMismatchError, KamerbriefError, UnknownLetterError
from index.letter import Role, Span
from index.settings import Settings
from index.view import reading_text
from rag import about
from rag.answer import Answer, Refusal, Support
from rag.assistant import Assistant
from rag.filters import Filters
from rag.question import understand
from rag.topic import of_one_letter
from rag.turn import Turn

ROOT = Path(__file__).parent.parent
GOLD = [json.loads(line) for line in (ROOT / "examples" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
SCHEMA = json.loads((ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Answer]:
    return [
        assistant.ask(gold["question"], history=[Turn(q) for q in gold.get("history", [])], id=gold["id"]) for gold in GOLD
    ]


def test_every_quote_is_the_text_at_its_offsets(assistant: Assistant, answers: list[Answer]) -> None:
    citations = [c for answer in answers for c in answer.citations]
    assert len(citations) > 60
    for c in citations:
        assert c.letter is not None
        assert c.start is not None
        assert c.end is not None
        assert c.quote == assistant.index.letter(c.letter).text[c.start : c.end]


def test_every_statement_is_the_reading_view_of_its_spans(assistant: Assistant, answers: list[Answer]) -> None:
    for answer in answers:
        by_number = {c.n: c for c in answer.citations}
        for statement in answer.statements:
            cited = [by_number[n] for n in statement.citations]
            letter = assistant.index.letter(str(cited[0].letter))
            spans = [Span(c.start, c.end) for c in cited if c.start is not None and c.end is not None]
            assert statement.support is Support.VERBATIM
            assert statement.text == reading_text(letter, spans)


def test_every_answer_keeps_to_the_schema(answers: list[Answer]) -> None:
    for answer in answers:
        jsonschema.validate(answer.to_dict(), SCHEMA)


def test_k_is_how_many_passages_are_read_not_how_many_are_listed(assistant: Assistant) -> None:
    for gold in GOLD[:12]:
        answer = assistant.ask(gold["question"], k=1)
        first = answer.passages[0]
        assert len(answer.passages) == 10
        if answer.answered and not answer.filters:
            spans = [(c.letter, c.start, c.end) for c in answer.citations]
            assert all(c[0] == first.letter and first.start <= (c[1] or 0) <= (c[2] or 0) <= first.end for c in spans)


def test_an_abbreviation_that_a_letter_explains_is_searched_for(assistant: Assistant) -> None:
    pairs = [pair for info in assistant.index.letters() for pair in info.abbreviations]
    assert pairs
    short, long = pairs[0]
    answer = assistant.ask(f"Wat doet {short}?", explain=True)
    assert answer.explain is not None
    assert long in {text for texts in answer.explain["expansion"].values() for text in texts}


def test_at_least_ten_passages_are_given_also_with_a_refusal(answers: list[Answer]) -> None:
    assert {len(answer.passages) for answer in answers} == {10}
    assert any(not answer.answered for answer in answers)


def test_an_answer_names_letter_date_and_section(assistant: Assistant) -> None:
    answer = assistant.ask("Hoeveel lidstaten namen deel aan de bijeenkomst van de Noordelijke Kustraad in Zuiderhaven?")
    first = next(c for c in answer.citations if "van de acht" in str(c.quote))
    assert (first.letter, first.date, first.status) == ("05_verslag_kustraad.txt", "2024-10-07", "ok")
    assert str(first.quote).startswith("Zeven van de acht")


@pytest.mark.parametrize("question", ["Wat is de hoofdstad van Australië?", "Hoe bak ik een appeltaart?"])
def test_what_is_not_in_the_letters_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refusal is Refusal.NOT_IN_LETTERS
    assert answer.text == "Dit staat niet in de beschikbare brieven."
    assert answer.statements == ()


def test_an_option_filter_is_never_dropped(assistant: Assistant) -> None:
    answer = assistant.ask("Hoeveel geld gaat er naar het Kustfonds?", filters=Filters(until=date(2024, 4, 1)))
    assert {p.letter for p in answer.passages} == {"01_kustfonds_voorstel.txt"}
    assert [f.to_dict() for f in answer.filters] == [{"field": "until", "value": "2024-04-01", "source": "option"}]


def test_an_answer_outside_the_filter_is_refused_as_such(assistant: Assistant) -> None:
    question = "Hoeveel lidstaten namen deel aan de bijeenkomst van de Noordelijke Kustraad in Zuiderhaven?"
    assert assistant.ask(question).answered
    assert assistant.ask(question, filters=Filters(letter="08_uitstel_zeegras.txt")).refusal is Refusal.OUTSIDE_FILTER
    assert assistant.ask(question, filters=Filters(dossier="12345")).refusal is Refusal.OUTSIDE_FILTER


def test_a_letter_may_be_named_by_its_kamerstuk_number(assistant: Assistant) -> None:
    answer = assistant.ask("Hoeveel lidstaten namen deel?", filters=Filters(letter="Kamerstuk 99 145, nr. 68"))
    assert {p.letter for p in answer.passages} == {"05_verslag_kustraad.txt"}


def test_an_unknown_letter_is_an_error_that_names_it(assistant: Assistant) -> None:
    with pytest.raises(UnknownLetterError, match=r"onbekend\.txt"):
        assistant.ask("Wie?", filters=Filters(letter="onbekend.txt"))


def test_since_after_until_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(KamerbriefError, match="2025-01-01 ligt na --until 2024-01-01"):
        assistant.ask("Wie?", filters=Filters(since=date(2025, 1, 1), until=date(2024, 1, 1)))


def test_who_signed_is_answered_from_the_signature_and_the_contradiction_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Wie ondertekende de brief van 7 oktober 2024?")
    assert answer.filters[0].value == "brief van 7 oktober 2024"
    assert {c.letter for c in answer.citations} == {"05_verslag_kustraad.txt"}
    assert answer.statements[0].lead == "Ondertekend door:"
    assert any("spreekt zichzelf tegen" in warning for warning in answer.warnings)
    first, cited = answer.passages[0], [c for c in answer.citations if c.letter == answer.passages[0].letter]
    assert any(c.start in range(first.start, first.end) for c in cited)


def test_who_signed_is_answered_where_the_letter_is_told_by_its_subject(assistant: Assistant) -> None:
    answer = assistant.ask("Wie ondertekende de brief over het uitstel van het zeegras?")
    assert [(s.lead, s.text) for s in answer.statements] == [
        ("Ondertekend door:", "Staatssecretaris van Waterwegen en Kustzorg, S. Verlinde-Kool")
    ]
    assert {c.letter for c in answer.citations} == {"08_uitstel_zeegras.txt"}


@pytest.mark.parametrize(
    "question",
    [
        "Wie heeft volgens de brief over zeegras recht op subsidie?",
        "Wie hebben er volgens de brief over bruggen een vergunning nodig?",
        "Wie heeft de brief over zeegras ontvangen?",
        "Op welke datum krijgt de Kamer volgens de brief over bruggen meer informatie?",
        "Welke landen ondertekenden het plan uit de brief over de Kustraad?",
    ],
)
def test_where_something_stands_is_no_question_about_the_letter(question: str) -> None:
    assert not of_one_letter(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wie ondertekende de brief over het zeegras?",
        "Welke minister zette in maart 2024 een handtekening onder de antwoorden over het fonds?",
        "Wie heeft de nota over het fonds geschreven?",
        "Wie stuurde de brief over de Kustraad?",
        "Wanneer is de brief over de vergadering van de Kustraad in Zuiderhaven naar de Kamer gestuurd?",
    ],
)
def test_a_letter_may_be_told_by_its_subject(question: str) -> None:
    assert of_one_letter(question)


def test_a_letter_on_what_no_letter_is_about_has_no_signer(assistant: Assistant) -> None:
    assert assistant.ask("Wie ondertekende de brief over de pinguïns van Spitsbergen?").statements == ()


def test_the_letter_told_by_its_subject_is_of_the_time_that_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Welke minister stuurde in juni 2025 de brief over de Noordelijke Kustraad?")
    assert [(c.letter, c.date) for c in answer.citations] == [("06_verslag_kustraad_scan.txt", "2025-06-03")]
    assert [s.lead for s in answer.statements] == ["Ondertekend door:"]


def test_a_dossier_is_quoted_with_its_title(assistant: Assistant) -> None:
    answer = assistant.ask("Over welke dossiers gaat de brief van 3 juni 2025?")
    assert [statement.text for statement in answer.statements] == [
        "99 145 Noordelijke Kustraad",
        "99 120 Kustfonds",
        "99 131 Vaarwegen en bruggen",
    ]


def test_what_overlaps_in_a_signature_is_one_fact() -> None:
    """Two functions over two names, as PDF text gives two columns: each fact runs through the other."""
    spans = [Span(0, 60), Span(20, 80), Span(100, 120), Span(90, 101)]
    assert about.merged(spans) == [Span(0, 80), Span(90, 120)]
    assert about.merged(spans[::2]) == spans[::2]


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Wie zette zijn handtekening onder de brief?", Role.SIGNATURE),
        ("Van welke datum is de brief?", Role.LETTERHEAD),
        ("Hoeveel brieven gaan over zeegras?", None),
        ("Wie nam deel aan de vergadering?", None),
    ],
)
def test_what_is_asked_about_a_letter_stands_in_one_part_of_it(question: str, part: Role | None) -> None:
    topic = understand(question).topic
    assert (topic and topic.part) is part


def test_letters_on_a_subject_are_counted_with_a_span_each(assistant: Assistant) -> None:
    answer = assistant.ask("Hoeveel brieven gaan over zeegras?")
    assert answer.statements[0].lead.startswith(f"{len(answer.statements)} brie")
    assert "08_uitstel_zeegras.txt" in {c.letter for c in answer.citations}
    assert len({c.letter for c in answer.citations}) == len(answer.statements)


def test_a_named_letter_without_the_answer_is_let_go_with_a_warning(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Hoeveel lidstaten namen volgens de brief van 17 december 2024 deel aan de Noordelijke Kustraad in Zuiderhaven?"
    )
    assert answer.answered
    assert any("stond het niet; in alle brieven gezocht" in warning for warning in answer.warnings)


@pytest.mark.parametrize(("question", "part"), [("  ", "leeg"), ("waarom " * 20_000, "tekens lang")])
def test_a_question_that_is_none_is_an_error_in_one_line(assistant: Assistant, question: str, part: str) -> None:
    with pytest.raises(KamerbriefError, match=part) as error:
        assistant.ask(question)
    assert "\n" not in str(error.value)


def test_explain_shows_the_legs_and_the_sentences(assistant: Assistant) -> None:
    answer = assistant.ask("Hoeveel lidstaten namen deel aan de Noordelijke Kustraad?", explain=True)
    assert set(answer.passages[0].legs) == {"words", "grams", "dense", "sentence"}
    assert answer.explain is not None
    assert len(answer.explain["sentences"]) == 10
    assert answer.explain["parts"] == []


COMPOSITE = (
    "Hoeveel lidstaten namen deel aan de vergadering in Zuiderhaven, en in welke stad vergaderde de raad in mei 2025?"
)


def test_a_composite_question_is_answered_part_by_part(assistant: Assistant) -> None:
    answer = assistant.ask(COMPOSITE, explain=True)
    quoted = [(statement.lead, statement.text) for statement in answer.statements]
    assert (
        "Stand 7 oktober 2024:",
        "Zeven van de acht lidstaten namen deel; Estland was afwezig vanwege de storm in het Oostzeegebied.",
    ) in quoted
    assert any(lead == "Stand 3 juni 2025:" and "Oostende" in text for lead, text in quoted)
    assert {citation.letter for citation in answer.citations} >= {"05_verslag_kustraad.txt", "06_verslag_kustraad_scan.txt"}
    assert answer.explain is not None
    assert len(answer.explain["parts"]) == 2
    assert {passage.letter for passage in answer.passages[:4]} >= {"05_verslag_kustraad.txt", "06_verslag_kustraad_scan.txt"}


def test_the_part_of_a_question_that_is_not_answered_is_named(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Hoeveel lidstaten namen deel aan de vergadering in Zuiderhaven, en hoeveel pinguïns telt Spitsbergen?"
    )
    assert [statement.text for statement in answer.statements] == [
        "Zeven van de acht lidstaten namen deel; Estland was afwezig vanwege de storm in het Oostzeegebied."
    ]
    assert answer.warnings == (
        "Op dit deel van de vraag staat geen antwoord in de brieven: Hoeveel pinguïns telt Spitsbergen?",
    )


def test_a_composite_question_of_which_no_part_is_answered_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("Wie wonnen de Elfstedentocht van 1997, en hoeveel pinguïns telt Spitsbergen?")
    assert (answer.statements, answer.refusal) == ((), Refusal.NOT_IN_LETTERS)
    assert answer.warnings == ()


def test_a_question_gets_the_same_answer_in_every_thread(assistant: Assistant) -> None:
    question = "Hoeveel lidstaten namen deel aan de Noordelijke Kustraad in Zuiderhaven?"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: assistant.ask(question).text, range(16)))
    assert set(found) == {assistant.ask(question).text}


def test_without_a_model_auto_quotes_and_says_why(example_index: Path) -> None:
    settings = Settings(index=str(example_index), reader="auto", ollama_host="http://127.0.0.1:9")
    answer = Assistant.open(settings).ask("Hoeveel lidstaten namen deel aan de Noordelijke Kustraad in Zuiderhaven?")
    assert (answer.reader, answer.answered) == ("extractive", True)
    assert "http://127.0.0.1:9" in answer.reader_reason


def test_asking_for_the_model_without_one_is_an_error(example_index: Path) -> None:
    settings = Settings(index=str(example_index), ollama_host="http://127.0.0.1:9")
    with pytest.raises(KamerbriefError, match=r"http://127\.0\.0\.1:9"):
        Assistant.open(settings).ask("Wie?", reader="ollama")


def test_an_index_of_another_embedder_is_told_before_a_model_is_loaded(example_index: Path) -> None:
    with pytest.raises(EmbedderMismatchError, match=r"niet met 'een/ander-model'.*--rebuild"):
        Assistant.open(Settings(index=str(example_index), embedder="een/ander-model"))


def test_what_a_fractie_asked_may_be_answered_with_its_question(assistant: Assistant) -> None:
    answer = assistant.ask("Wat vroeg de Waterpartij-Groen-fractie over de drijvende boeien?")
    assert answer.answered
    assert answer.statements[0].lead == "De Waterpartij-Groen-fractie vroeg:"
