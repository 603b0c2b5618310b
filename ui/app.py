"""The app: pages, navigation and what every page shares. It draws and nothing else; see ui/screens for the rest.

The pages do not lie in a folder called "pages": Streamlit takes that name for its older kind of app, and then the first
visitor of a server who follows a link to a page is told that it does not exist.
"""

from pathlib import Path

import streamlit as st

from index.errors import KamerbriefError
from ui import state
from ui.component.page import set_language
from ui.links import place_in
from ui.render import escape_markdown
from ui.theme import STYLE
from ui.worker import report_fault

FOLDER = Path(__file__).parent / "component"

st.set_page_config(page_title="Kamerbrief", page_icon=str(FOLDER / "icon.svg"), layout="wide")
st.logo(str(FOLDER / "wordmark.svg"), size="large")
st.html(STYLE)
set_language()
state.keep_choices()

ASK = st.Page("screens/ask.py", title="Vraag", url_path="vraag", default=True)
LETTERS = st.Page("screens/letters.py", title="Brieven", url_path="brieven")
REVIEW = st.Page("screens/review.py", title="Controleren", url_path="controleren")
RUNS = st.Page("screens/runs.py", title="Evaluatie", url_path="evaluatie")
STATUS = st.Page("screens/status.py", title="Instellingen", url_path="instellingen")

page = st.navigation([ASK, LETTERS, REVIEW, RUNS, STATUS], position="top")
place = place_in(st.query_params)
if place is not None:
    st.session_state.place = place
    if page != LETTERS:
        st.switch_page(LETTERS)
try:
    page.run()
except KamerbriefError as error:
    st.error(escape_markdown(str(error)))
except Exception as error:
    # Streamlit would log the message of the exception, which could hold a question, and show English words.
    report_fault(error)
    st.error(f"Deze pagina ging mis door een fout in het programma ({type(error).__name__}). Laad de pagina opnieuw.")
