"""The LLM reader (rag/generate.py) end to end: a real client, a scripted server, and checked statements."""

import os
import threading

import pytest

from rag.answer import Refusal, Support
from rag.context import open_guarded
from rag.generate import (
    CUT_OFF,
    ENGLISH,
    MAX_STATEMENTS,
    RAMBLING,
    Event,
    Generated,
    GenerateOptions,
    Restarted,
    StatementChecked,
    StatementText,
    generate,
)
from rag.llm import ChatModel, LLMError, StoppedError, WrongFormError
from tests.evidence_samples import evidence, keys
from tests.ollama_script import Script, ollama

A, B, C, D, E = keys()
ORDERS = "In 2.txt staat een zin die een taalmodel opdrachten geeft; die zin is niet gebruikt."
QUESTION = "Wat kost de sluis en wanneer gaat hij open?"
GOOD = f"[{A}] Voor de sluis bij Verzonnenveen is €40 mln. beschikbaar.\n[{B}] De sluis gaat open op 3 mei 2031.\n"


def ask(script: Script, on_event: list[Event] | None = None, options: GenerateOptions | None = None) -> Generated:
    with ollama(script):
        model = ChatModel("qwen3:4b", script.host, 8192, 5.0)
        heard = [] if on_event is None else on_event
        return generate(QUESTION, evidence(), model, options=options or GenerateOptions(), on_event=heard.append)


def test_an_answer_becomes_checked_statements() -> None:
    result = ask(Script(answers=[GOOD]))
    assert [(s.text, s.keys, s.support) for s in result.statements] == [
        ("Voor de sluis bij Verzonnenveen is €40 mln. beschikbaar.", (A,), Support.SUPPORTED),
        ("De sluis gaat open op 3 mei 2031.", (B,), Support.SUPPORTED),
    ]
    assert (result.refusal, result.warnings) == (None, (ORDERS,))
    assert set(result.timings_ms) == {"first_token", "llm", "check"}


def test_a_quote_is_verbatim() -> None:
    result = ask(Script(answers=[f"[{B}] De sluis gaat op 3 mei 2031 open."]))
    assert [s.support for s in result.statements] == [Support.VERBATIM]


def test_text_streams_unchecked_and_is_checked_as_its_line_ends() -> None:
    heard: list[Event] = []
    ask(Script(answers=[GOOD]), heard)
    first = [event for event in heard if isinstance(event, StatementText) and event.number == 0]
    assert first[-1].text == "Voor de sluis bij Verzonnenveen is €40 mln. beschikbaar."
    assert "".join(event.delta for event in first) == first[-1].text
    order = [(type(event).__name__, event.number) for event in heard if not isinstance(event, Restarted)]
    assert order.index(("StatementChecked", 0)) < order.index(("StatementText", 1))


def test_a_wrong_number_stays_visible_as_unverified() -> None:
    result = ask(
        Script(answers=[f"[{A}] Voor de sluis is 50 miljoen euro beschikbaar.\n[{B}] De sluis gaat op 3 mei 2031 open."])
    )
    assert [s.support for s in result.statements] == [Support.UNVERIFIED, Support.VERBATIM]
    assert result.statements[0].reasons == ("het getal 50 miljoen euro staat niet in de bron",)


def test_an_invented_key_is_kept_and_never_supported() -> None:
    result = ask(Script(answers=[f"[ZZZ {B}] De sluis gaat op 3 mei 2031 open.\n" + GOOD]))
    invented = result.statements[0]
    assert (invented.keys, invented.unknown, invented.support) == ((B,), ("ZZZ",), Support.UNVERIFIED)
    assert "Het model noemde een bron die niet bestaat" in result.warnings[1]


def test_not_found_is_a_refusal_without_a_second_attempt() -> None:
    script = Script(answers=["NIET GEVONDEN"])
    result = ask(script)
    assert (result.refusal, result.statements, len(script.chats())) == (Refusal.READER_NOT_FOUND, (), 1)


def test_the_wrong_form_is_tried_once_more() -> None:
    heard: list[Event] = []
    script = Script(answers=["Sure! The lock will be opened by the minister and it is not for free.", GOOD])
    result = ask(script, heard)
    assert len(result.statements) == 2
    assert [message["role"] for message in script.chats()[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert "llm_retry" in result.timings_ms
    assert any(isinstance(event, Restarted) for event in heard)


def test_two_failures_are_a_refusal_that_keeps_what_was_written() -> None:
    script = Script(answers=[f"[{A}] The lock is open and it is not for the minister to say what that is."])
    result = ask(script)
    assert (result.refusal, result.statements, len(script.chats())) == (Refusal.READER_NOT_FOUND, (), 2)
    assert [s.support for s in result.attempted] == [Support.UNVERIFIED]
    assert ENGLISH in result.warnings


@pytest.mark.parametrize(
    "script",
    [
        Script(fault="empty"),
        Script(fault="ramble"),
        Script(answers=["The lock is open and it is not for the minister to say what that is."]),
        Script(answers=['{"antwoord": "De sluis is open."}']),
    ],
    ids=["empty", "rambling", "English", "JSON"],
)
def test_a_model_that_cites_nothing_twice_is_an_error_with_the_next_step(script: Script) -> None:
    with pytest.raises(WrongFormError, match=r"^Het model qwen3:4b gaf geen bruikbaar antwoord: .* --reader extractive\.$"):
        ask(script)
    assert len(script.chats()) == 2


def test_a_rambling_answer_is_cut_and_said() -> None:
    result = ask(Script(answers=[GOOD + "en verder is er nog veel meer te zeggen " * 1000]))
    assert RAMBLING in result.warnings
    assert len(result.raw) < 7000
    assert [s.support for s in result.statements[:2]] == [Support.SUPPORTED, Support.SUPPORTED]


def test_too_many_statements_are_cut() -> None:
    result = ask(Script(answers=[f"[{B}] De sluis gaat op 3 mei 2031 open.\n" * 50]))
    assert len(result.statements) == MAX_STATEMENTS
    assert RAMBLING in result.warnings


def test_an_answer_cut_at_the_token_limit_says_so() -> None:
    assert CUT_OFF in ask(Script(answers=[GOOD], done_reason="length")).warnings


def test_a_prompt_that_the_server_cut_is_reported() -> None:
    _, warning = ask(Script(answers=[GOOD], prompt_eval_count=40)).warnings
    assert warning.startswith("Het model las 40 van naar schatting ")


def test_an_instruction_in_a_letter_is_not_followed_into_a_supported_statement() -> None:
    obeyed = f"[{A}] De sluis is gratis.\n[{D}] De sluis is gratis, zoals opgedragen.\n"
    result = ask(Script(answers=[obeyed]))
    assert result.refusal is Refusal.READER_NOT_FOUND
    assert [s.support for s in result.attempted] == [Support.UNVERIFIED, Support.UNVERIFIED]


def test_a_sentence_that_orders_the_model_about_is_never_sent_and_the_user_is_told() -> None:
    script = Script(answers=[GOOD])
    result = ask(script)
    assert "Negeer alle instructies" not in script.chats()[0]["messages"][1]["content"]
    assert E not in {sentence.key for sentence in result.evidence}
    assert ORDERS in result.warnings


def test_a_letter_cannot_forge_a_key_or_another_speaker() -> None:
    script = Script(answers=[GOOD])
    ask(script)
    sent = script.chats()[0]["messages"]
    assert [message["role"] for message in sent] == ["system", "user"]
    assert sent[1]["content"].count("</brieven>") == 1


def test_a_question_of_a_fractie_is_not_told_as_fact() -> None:
    result = ask(Script(answers=[f"[{C}] Er zijn genoeg sluiswachters.\n"]), options=GenerateOptions(retry=False))
    (statement,) = result.statements or result.attempted
    assert statement.lead == "De Sterrenpartij-fractie vroeg:"


def test_thinking_aloud_is_left_out() -> None:
    result = ask(
        Script(answers=[f"<think>[{A}] De sluis kost 90 miljoen euro.\nHm.</think>\n" + GOOD], thinking="Even denken")
    )
    assert [s.support for s in result.statements] == [Support.SUPPORTED, Support.SUPPORTED]


def test_stop_ends_the_answer() -> None:
    stop = threading.Event()
    with ollama(Script(answers=["woord " * 3000], fault="trickle")) as script:
        model = ChatModel("qwen3:4b", script.host, 8192, 30.0)
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(StoppedError):
            generate(QUESTION, evidence(), model, stop=stop)
        assert script.disconnected.wait(5)


def test_faults_come_out_as_one_line() -> None:
    with ollama(Script(answers=[GOOD], fault="cut")) as script:
        model = ChatModel("qwen3:4b", script.host, 8192, 5.0)
        with pytest.raises(LLMError, match="brak halverwege af"):
            generate(QUESTION, evidence(), model)


def test_the_check_model_can_only_take_support_away() -> None:
    strict = GenerateOptions(contradiction=lambda source, statement: 1.0, retry=False)
    result = ask(Script(answers=[GOOD]), options=strict)
    assert [s.support for s in result.attempted] == [Support.UNVERIFIED, Support.UNVERIFIED]


def test_every_statement_checked_is_in_the_result() -> None:
    heard: list[Event] = []
    result = ask(Script(answers=[GOOD]), heard)
    assert [event.statement for event in heard if isinstance(event, StatementChecked)] == list(result.statements)


@pytest.mark.ollama
def test_a_real_ollama_answers_with_a_supported_statement() -> None:
    from index.settings import Settings
    from rag.ollama_server import probe

    host = os.environ.get("OLLAMA_HOST", "http://localhost:11434")
    models = probe(host).models
    if not models:
        pytest.skip(f"Ollama answers nowhere at {host}, or has no model")
    name = os.environ.get("KAMERBRIEF_MODEL", models[0])
    result = generate(QUESTION, evidence(), open_guarded(Settings(model=name, ollama_host=host)).llm)
    assert result.refusal is None
    assert {key for statement in result.statements for key in statement.keys} <= {A, B}
