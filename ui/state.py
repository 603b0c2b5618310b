"""What the pages share: the assistant (one for everybody, no user data in it) and the session of the person at the screen.

`cache_resource` is one object for the whole server, so it holds the assistant and the table of sessions by token, never a
conversation of its own. An assistant belongs to one generation of the index: after a change of the index the next rerun
opens the new one, and whoever is still being answered keeps the old.
"""

from collections.abc import MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.errors import KamerbriefError, NoIndexError
from index.settings import Settings, read_settings
from ui.indexing import Changes
from ui.links import TOKEN_FIELD
from ui.sessions import Session, Sessions

if TYPE_CHECKING:
    from rag.assistant import Assistant

KEPT = ("since", "until", "dossier", "chamber", "sender", "kind", "letter", "reader", "model", "reviewer")
"""Widgets whose choice outlives a visit to another page; Streamlit forgets a widget that is not drawn."""


def settings() -> Settings:
    """The settings of this server, with the model that this person chose."""
    found = read_settings()
    model = st.session_state.get("model")
    return replace(found, model=model) if model else found


def assistant() -> "Assistant":
    """The shared assistant over the index as it is now; raises KamerbriefError (NoIndexError when there is no index)."""
    chosen = settings()
    return _assistant(repr(chosen), _generation(Path(chosen.index)), chosen)


@st.cache_resource(show_spinner=False, max_entries=4)
def _assistant(key: str, generation: str, _settings: Settings) -> "Assistant":  # noqa: ARG001 - the cache's key
    """Cached by the settings in words and the generation; Streamlit cannot hash the settings themselves."""
    from rag.assistant import Assistant

    return Assistant.open(_settings)


def _generation(folder: Path) -> str:
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8")
    except OSError:
        return ""


def assistant_or_none() -> tuple["Assistant | None", str | None]:
    """The assistant; or None with the Dutch reason, None when there simply is no index yet."""
    try:
        found = assistant()
    except NoIndexError:
        return None, None
    except KamerbriefError as error:
        return None, str(error)
    return found, None


@st.cache_resource(show_spinner=False)
def sessions() -> Sessions:
    """All sessions of this server."""
    return Sessions()


@st.cache_resource(show_spinner=False)
def changes() -> Changes:
    """The change of the index that may run."""
    return Changes()


def session() -> Session:
    """This person's session: by the token in the address, else the one of this page, else a new one."""
    query: MutableMapping[str, Any] = st.query_params
    found = sessions().find(query.get(TOKEN_FIELD)) or sessions().find(st.session_state.get("token"))
    if found is None:
        found = sessions().start()
    st.session_state.token = found.token
    if query.get(TOKEN_FIELD) != found.token:
        query[TOKEN_FIELD] = found.token
    return found


def forget_session() -> None:
    """Delete this person's conversation from the server and start a new one."""
    sessions().forget(st.session_state.get("token", ""))
    st.session_state.pop("token", None)
    st.query_params.pop(TOKEN_FIELD, None)


def keep_choices() -> None:
    """Keep the choices of widgets that this page does not draw."""
    for key in KEPT:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
