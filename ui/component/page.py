"""The page itself: its language (Streamlit's page says English) and the few English words of Streamlit's own widgets.

A screen reader speaks a page in the language that it names, so a Dutch page must name Dutch. The words are those of widgets
that offer no way to set them; a word that a newer Streamlit changes stays English and breaks nothing.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

WORDS = {
    "Drag and drop file here": "Sleep een bestand hierheen",
    "Drag and drop files here": "Sleep bestanden hierheen",
    "Browse files": "Kies bestanden",
    "Browse file": "Kies een bestand",
    "Upload": "Kies bestanden",
    "file upload": "Bestanden kiezen",
    "Close": "Sluiten",
    "No results": "Niets gevonden",
    "Choose an option": "Alles",
    "Choose options": "Alles",
    "Clear value": "Wis keuze",
    "Clear all": "Wis alles",
    "Main menu": "Menu",
    "Open sidebar": "Open menu",
    "Expand sidebar": "Open menu",
    "Close sidebar": "Sluit menu",
    "Collapse sidebar": "Sluit menu",
    "Select a date.": "Kies een datum.",
    "Sidebar": "Menu",
    "Logo": "Kamerbrief",
    "Skip to main content": "Naar de inhoud",
}


def set_language() -> None:
    """Tell the browser that this page is Dutch, and put Streamlit's own words into Dutch."""
    _renderer()(data={"words": json.dumps(WORDS)}, key="page_language")


@cache
def _renderer() -> Any:
    import streamlit as st

    return st.components.v2.component(
        "kamerbrief_page", js=(Path(__file__).parent / "page.js").read_text(encoding="utf-8"), html="<span hidden></span>"
    )
