"""The app: pages, navigation and what every page shares. It draws and nothing else; see the pages for the rest."""

from pathlib import Path

import streamlit as st

from ui import state
from ui.component.page import set_language
from ui.links import place_in
from ui.theme import STYLE

FOLDER = Path(__file__).parent / "component"

st.set_page_config(page_title="Kamerbrief", page_icon=str(FOLDER / "icon.svg"), layout="wide")
st.logo(str(FOLDER / "wordmark.svg"), size="large")
st.html(STYLE)
set_language()
state.keep_choices()

ASK = st.Page("pages/ask.py", title="Vraag", url_path="vraag", default=True)
LETTERS = st.Page("pages/letters.py", title="Brieven", url_path="brieven")
REVIEW = st.Page("pages/review.py", title="Controleren", url_path="controleren")
RUNS = st.Page("pages/runs.py", title="Evaluatie", url_path="evaluatie")
STATUS = st.Page("pages/status.py", title="Instellingen", url_path="instellingen")

page = st.navigation([ASK, LETTERS, REVIEW, RUNS, STATUS], position="top")
place = place_in(st.query_params)
if place is not None:
    st.session_state.place = place
    if page != LETTERS:
        st.switch_page(LETTERS)
page.run()
