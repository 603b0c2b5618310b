"""Instellingen: which reader answers and why, the model, and whether everything that is needed is there."""

import streamlit as st

from index.settings import Settings
from rag.doctor import State, examine
from ui import state
from ui.reader_state import look_again, models, reader_state
from ui.render import escape_markdown

READERS = {
    "auto": "Automatisch: het taalmodel als het er is, anders letterlijk citeren",
    "extractive": "Altijd letterlijk citeren",
    "ollama": "Altijd het taalmodel",
}


SIGNS = {
    State.OK: ":green[:material/check_circle:]",
    State.NOTE: ":orange[:material/info:]",
    State.BROKEN: ":red[:material/error:]",
}


def draw() -> None:
    state.session()
    settings = state.settings()
    st.title("Instellingen")
    st.subheader("Wie antwoordt er?")
    readers = list(READERS)
    reader = st.radio(
        "Lezer",
        readers,
        index=readers.index(settings.reader),
        format_func=READERS.__getitem__,
        key="reader",
        label_visibility="collapsed",
    )
    now = reader_state(settings, reader)
    if now.problem and now.wanted == "ollama":
        st.warning(escape_markdown(now.problem))
    else:
        st.info(escape_markdown(now.long))
    found = models(settings)
    if found:
        names = list(dict.fromkeys([*found, settings.model]))
        st.selectbox("Taalmodel", names, index=names.index(settings.model), key="model")
    st.button("Kijk opnieuw of Ollama draait", key="look", icon=":material/refresh:", on_click=look_again)
    st.caption("Uw keuze geldt voor dit venster. Vast instellen kan in kamerbrief.toml.")

    st.subheader("Is alles er?")
    _doctor(settings)

    st.subheader("Privacy")
    st.write(
        "Uw gesprek staat alleen in het geheugen van deze computer, hoogstens een dag. "
        "De knop “Wis gesprek” wist het meteen. "
        "Vragen komen in geen enkel logboek. Het adres van deze pagina bevat een geheime sleutel van uw gesprek: "
        "deel dat niet, maar gebruik de knoppen “Kopieer link”."
    )


def _doctor(settings: Settings) -> None:
    if not st.button("Controleer alles", key="doctor", icon=":material/health_and_safety:"):
        st.caption("De app kijkt dan naar de index, de schijf en het taalmodel. Met een taalmodel duurt het wat langer.")
        return
    for finding in examine(settings):
        words = f"**{escape_markdown(finding.name)}** ({finding.state}): {escape_markdown(finding.text)}"
        st.markdown(f"{SIGNS[finding.state]} {words} {escape_markdown(finding.mend)}")


draw()
