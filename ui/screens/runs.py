"""Evaluatie: the runs of `kamerbrief eval`, their figures, two side by side, and the questions that went wrong."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.errors import KamerbriefError
from ui import run_view, state
from ui.component import table
from ui.component.table import Column, Row
from ui.conversation import Asked
from ui.run_folders import RUNS, load_run, run_names

if TYPE_CHECKING:
    from eval.run import Run

NONE = "Geen"


def draw() -> None:
    state.session()
    st.title("Evaluatie")
    names = run_names(Path())
    if not names:
        st.info("Er zijn nog geen metingen in deze map.")
        st.write("Maak er een op de opdrachtregel, met een bestand met vragen waarvan het antwoord vaststaat:")
        st.code(f"kamerbrief eval run vragen.jsonl --out {RUNS}/eerste", language=None)
        return
    left, right = st.columns(2)
    first = left.selectbox("Meting A", names, key="run_a")
    second = right.selectbox("Vergelijk met meting B", [NONE, *(name for name in names if name != first)], key="run_b")
    try:
        run = load_run(Path(), first)
        other = load_run(Path(), second) if second != NONE else None
        for line in (*run.warnings, *(other.warnings if other is not None else ())):
            st.warning(line)
        if other is None:
            _one(run, first)
        else:
            _two(run, other, first, second)
    except KamerbriefError as error:
        st.error(str(error))


def _one(run: "Run", name: str) -> None:
    figures = run.summary.measures
    st.html(run_view.outcome_bar(run, name))
    st.html(run_view.interval_plot([(name, figures)]))
    _report(run)
    st.subheader("Vragen die niet goed gingen")
    failing = run_view.failing_rows(run)
    if failing:
        st.caption("Klik op een vraag om haar opnieuw te stellen en de brief ernaast te zien.")
        table.show(_questions(run_view.QUESTION_COLUMNS, failing, f"Niet goed in {name}"), "failing", _pick("failing", run))
    else:
        st.success("Alle vragen gingen goed.")
    st.subheader("Alle cijfers")
    _figures(run_view.FIGURE_COLUMNS, run_view.figure_rows(figures), f"Cijfers van {name}")
    _open_picked()


def _two(run: "Run", other: "Run", first: str, second: str) -> None:
    from eval.compare import compare

    comparison = compare(run, other)
    left, right = st.columns(2)
    left.html(run_view.outcome_bar(run, f"A, {first}"))
    right.html(run_view.outcome_bar(other, f"B, {second}"))
    st.html(run_view.interval_plot([(first, run.summary.measures), (second, other.summary.measures)]))
    st.subheader("Vragen met een andere uitkomst")
    changed = run_view.change_rows(comparison)
    if changed:
        table.show(
            _questions(run_view.CHANGE_COLUMNS, changed, f"Anders in {second} dan in {first}"),
            "changed",
            _pick("changed", run),
        )
    else:
        st.write("Bij geen enkele vraag is de uitkomst anders.")
    st.subheader("Alle cijfers")
    _figures(run_view.COMPARE_COLUMNS, run_view.compare_rows(comparison), f"{first} en {second} naast elkaar")
    _open_picked()


def _report(run: "Run") -> None:
    report = run.folder / "report.html"
    if report.is_file():
        st.download_button(
            "Bewaar het verslag (.html)", report.read_bytes(), f"{run.folder.name}.html", "text/html", key="report"
        )


def _questions(columns: Sequence[Column], rows: Sequence[Row], caption: str) -> dict[str, Any]:
    return table.table_data(columns, rows, caption=caption, noun="vragen", search="Zoek in deze vragen")


def _figures(columns: Sequence[Column], rows: Sequence[Row], caption: str) -> None:
    table.show(
        table.table_data(columns, rows, caption=caption, noun="maten", search="Zoek een maat", pick=False),
        "figures",
        lambda: None,
    )


def _pick(key: str, run: "Run") -> Callable[[], None]:
    def picked() -> None:
        if (chosen := st.session_state[key].pick) is not None:
            st.session_state.reopen = next(question for question in run.gold.questions if question.id == chosen)

    return picked


def _open_picked() -> None:
    question = st.session_state.pop("reopen", None)
    if question is None:
        return
    assistant, problem = state.assistant_or_none()
    if assistant is None:
        st.error(problem or "Er zijn nog geen brieven. Voeg eerst brieven toe op de pagina Brieven.")
        return
    state.session().ask(assistant, Asked(question.question, turns=question.turns), "replace")
    st.switch_page("screens/ask.py")


draw()
