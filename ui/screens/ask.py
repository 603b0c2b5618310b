"""Vraag: ask, read the answer beside the letter, ask on."""

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from rag.filters import Filters
from ui import component, export, state
from ui.choices import Choices, choices_of, chosen_count, filters_of
from ui.conversation import Asked
from ui.links import asked_in
from ui.reader_state import reader_state
from ui.render import escape_markdown
from ui.sessions import Session
from ui.words import CHAMBERS, SUPPORT_SHORT, dutch_date

if TYPE_CHECKING:
    from rag.assistant import Assistant

POLL_SECONDS = 0.4
PATIENCE = 0.3
"""Seconds that the page waits before it draws a running question: a quoted answer is usually there by then."""
EXAMPLES = 4


def draw() -> None:
    session = state.session()
    assistant, problem = state.assistant_or_none()
    if problem is not None:
        st.title("Vraag")
        st.error(problem)
        return
    letters = list(assistant.index.letters()) if assistant is not None else []
    if assistant is None or not letters:
        st.title("Stel vragen aan Kamerbrieven")
        st.info("Er zijn nog geen brieven. Voeg eerst brieven toe; daarna kunt u hier vragen stellen.")
        st.page_link("screens/letters.py", label="Naar Brieven", icon=":material/upload_file:")
        return

    choices = choices_of(letters)
    linked = asked_in(st.query_params)
    if linked is not None:
        del st.query_params["vraag"]
        session.ask(assistant, Asked(linked, reader=_reader()), "replace")
        _wait(session)
    progress = session.poll(assistant)
    begun = session.conversation.current is not None or progress is not None

    if not begun:
        st.title("Stel vragen aan Kamerbrieven")
        st.html(f'<p class="kb-intro">{escape(_intro(choices))}</p>')
    _question_box(session, assistant, choices, begun)
    if session.notice:
        st.warning(session.notice)
    if not begun:
        _examples(session, assistant)
    if session.job is not None:
        _running(session, assistant)
    if session.conversation.current is not None:
        _answer(session, assistant, choices)


def _intro(choices: Choices) -> str:
    count = len(choices.letters)
    period = ""
    if choices.first is not None and choices.last is not None:
        period = f", van {dutch_date(choices.first)} tot en met {dutch_date(choices.last)}"
    return (
        f"U doorzoekt {count} {'brief' if count == 1 else 'brieven'}{period}. "
        "Bij elk antwoord ziet u de letterlijke passage in de brief. Alles blijft op deze computer."
    )


def _question_box(session: Session, assistant: "Assistant", choices: Choices, begun: bool) -> None:
    with (
        st.form("question_form", clear_on_submit=True, enter_to_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="ask_row"),
    ):
        text = st.text_input(
            "Vervolgvraag" if begun else "Uw vraag",
            key="question",
            placeholder="Bijvoorbeeld: hoeveel geld is er voor ...?",
            max_chars=2000,
            autocomplete="off",
        )
        sent = st.form_submit_button("Stel vraag", type="primary", key="send")
    filters = _filters(session, choices)
    if sent and text.strip():
        asked = Asked(text.strip(), filters, _reader())
        if session.job is not None and not session.job.done:
            st.session_state.second = asked
        else:
            _ask(session, assistant, asked)
    second = st.session_state.get("second")
    if second is not None:
        _second(session, assistant, second)


def _second(session: Session, assistant: "Assistant", asked: Asked) -> None:
    if session.job is None:
        st.session_state.second = None
        _ask(session, assistant, asked)
    with st.container(border=True):
        st.write("Er loopt nog een vraag. Wat wilt u met uw nieuwe vraag?")
        st.text(asked.text)
        wait, replace = st.columns(2)
        if wait.button("Wacht op het antwoord", key="second_wait", width="stretch"):
            st.session_state.second = None
            session.ask(assistant, asked, "wait")
            st.rerun()
        if replace.button("Stop de oude vraag", key="second_replace", width="stretch"):
            st.session_state.second = None
            _ask(session, assistant, asked)


def _ask(session: Session, assistant: "Assistant", asked: Asked) -> None:
    session.ask(assistant, asked, "replace")
    _wait(session)
    session.poll(assistant)
    st.rerun()


def _wait(session: Session) -> None:
    if session.job is not None:
        session.job.wait(PATIENCE)


def _reader() -> str | None:
    return st.session_state.get("reader")


def _filters(session: Session, choices: Choices) -> Filters:
    filters = filters_of(_chosen())
    count = chosen_count(filters)
    buttons = st.container(horizontal=True, vertical_alignment="center")
    with buttons.popover(f"Beperk de brieven ({count})" if count else "Beperk de brieven", icon=":material/tune:"):
        since, until = st.columns(2)
        since.date_input("Vanaf", value=None, key="since", format="DD-MM-YYYY")
        until.date_input("Tot en met", value=None, key="until", format="DD-MM-YYYY")
        st.selectbox("Dossier", choices.dossiers, index=None, key="dossier", placeholder="Alle dossiers")
        st.selectbox(
            "Kamer",
            choices.chambers,
            index=None,
            key="chamber",
            placeholder="Beide Kamers",
            format_func=lambda c: CHAMBERS[c],
        )
        st.selectbox("Afzender", choices.senders, index=None, key="sender", placeholder="Alle afzenders")
        st.selectbox("Soort", choices.kinds, index=None, key="kind", placeholder="Alle soorten")
        titles = choices.title_of
        st.selectbox(
            "Eén brief",
            list(titles),
            index=None,
            key="letter",
            placeholder="Alle brieven",
            format_func=lambda n: titles.get(n, n),
        )
        st.button("Wis beperkingen", key="clear_filters", on_click=_clear_filters, disabled=not count)
    if session.conversation.current is not None:
        with buttons.popover("Bewaar", icon=":material/download:"):
            _downloads(session, choices)
        buttons.button("Wis gesprek", key="forget", icon=":material/delete:", on_click=state.forget_session)
    buttons.caption(reader_state(state.settings(), _reader()).short)
    return filters


def _chosen() -> dict[str, Any]:
    return {name: st.session_state.get(name) for name in Filters.__slots__}


def _clear_filters() -> None:
    for name in Filters.__slots__:
        st.session_state[name] = None


def _downloads(session: Session, choices: Choices) -> None:
    whole = st.radio("Wat wilt u bewaren?", ["Dit antwoord", "Het hele gesprek"], key="what") == "Het hele gesprek"
    current = session.conversation.current
    answers = session.conversation.answers if whole or current is None else (current.answer,)
    titles = choices.title_of
    st.download_button(
        "Word (.docx)",
        lambda: export.docx(answers, titles),
        "kamerbrief.docx",
        export.DOCX_TYPE,
        key="docx",
        on_click="ignore",
    )
    st.download_button(
        "Markdown (.md)",
        lambda: export.markdown(answers, titles),
        "kamerbrief.md",
        "text/markdown",
        key="md",
        on_click="ignore",
    )
    st.download_button(
        "Tabel (.csv)", lambda: export.csv_table(answers), "kamerbrief.csv", "text/csv", key="csv", on_click="ignore"
    )


def _examples(session: Session, assistant: "Assistant") -> None:
    examples = assistant.examples(EXAMPLES)
    if not examples:
        return
    st.subheader("Voorbeelden")
    with st.container(gap="xsmall", key="examples"):
        for number, question in enumerate(examples):
            # A question made from a letter may hold Markdown's signs; a button's label is Markdown.
            if st.button(escape_markdown(question), key=f"example_{number}", icon=":material/arrow_forward:"):
                _ask(session, assistant, Asked(question, filters_of(_chosen()), _reader()))


@st.fragment(run_every=POLL_SECONDS)
def _running(session: Session, assistant: "Assistant") -> None:
    progress = session.poll(assistant)
    if progress is None or session.job is None:
        st.rerun()
    with st.container(border=True):
        st.html(f'<p class="kb-step" role="status">Bezig met: {escape(session.job.asked.text)}</p>')
        for line in progress.lines:
            word = f" <small>{escape(SUPPORT_SHORT[line.support])}</small>" if line.support is not None else ""
            st.html(f'<p class="kb-part">{escape(line.text)}{word}</p>')
        if progress.remark:
            st.caption(escape_markdown(progress.remark))
        if session.waiting is not None:
            st.caption("Daarna:")
            st.text(session.waiting.text)
        if st.button("Stop", key="stop", icon=":material/stop_circle:"):
            session.stop()
            st.rerun()


def _answer(session: Session, assistant: "Assistant", choices: Choices) -> None:
    current = session.conversation.current
    if current is None:
        return
    names = [name for name in component.cited_letters(current.answer) if name in choices.title_of]
    letters = [assistant.index.letter(name) for name in names]
    data = component.answer_data(session.conversation, letters, choices.title_of)
    component.show(data, key="pane", on_turn=_turn, on_verdict=_nothing)


def _turn() -> None:
    picked = st.session_state.pane
    if picked is not None and picked.turn is not None:
        state.session().show(int(picked.turn))


def _nothing() -> None:
    """The answer view has no verdicts."""


draw()
