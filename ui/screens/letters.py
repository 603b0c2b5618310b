"""Brieven: all letters in a table; open one, search in it; add and remove letters."""

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from index.errors import KamerbriefError
from index.letter import BlockKind, Letter
from index.update import SUFFIXES, Outcome
from ui import component, indexing, state
from ui.component import table
from ui.component.table import Cell, Column, Row
from ui.indexing import Upload
from ui.links import PLACE_FIELDS, Place
from ui.render import escape_markdown
from ui.words import CHAMBERS, ORIGINS, dutch_date, sender_names

if TYPE_CHECKING:
    from index.database import LetterInfo
    from rag.assistant import Assistant

POLL_SECONDS = 0.5
COLUMNS = (
    Column("Titel"),
    Column("Datum", "date"),
    Column("Nummer"),
    Column("Kamer", choose=True),
    Column("Soort", choose=True),
    Column("Afzender"),
    Column("Passages", "number"),
)
KINDS = {
    BlockKind.LETTERHEAD: "briefhoofd",
    BlockKind.HEADING: "koppen",
    BlockKind.PARAGRAPH: "alinea's",
    BlockKind.QUESTION: "vragen",
    BlockKind.ANSWER: "antwoorden",
    BlockKind.FOOTNOTE: "voetnoten",
    BlockKind.SIGNATURE: "ondertekening",
    BlockKind.FURNITURE: "paginakoppen en -nummers (niet doorzocht)",
}


def draw() -> None:
    session = state.session()
    assistant, problem = state.assistant_or_none()
    infos = list(assistant.index.letters()) if assistant is not None else []
    place: Place | None = st.session_state.get("place")
    if problem is not None:
        st.title("Brieven")
        st.error(problem)
    if place is not None and assistant is not None and infos:
        _one(assistant, place)
        return
    st.title("Brieven")
    _changing(session.token)
    if infos:
        data = table.table_data(
            COLUMNS,
            [_row(info) for info in infos],
            caption="Alle brieven",
            noun="brieven",
            search="Zoek op titel, nummer of afzender",
            sort=1,
            down=True,
        )
        table.show(data, "letters_table", _picked)
    elif problem is None:
        st.info("Er zijn nog geen brieven. Voeg hieronder brieven toe.")
    _add(bool(infos))


def _row(info: "LetterInfo") -> Row:
    number = info.key.removeprefix("kst-") if info.key else ", ".join(info.dossiers)
    sender = ", ".join(sender_names(info.senders))
    day = dutch_date(info.date)
    chamber = CHAMBERS[info.chamber] if info.chamber else ""
    return Row(
        info.name,
        (
            Cell(info.title.removesuffix(f" ({day})"), info.title),
            Cell(day or "", info.date.isoformat() if info.date else None),
            Cell(number, number or None),
            Cell(chamber, chamber or None),
            Cell(info.kind or "", info.kind),
            Cell(sender, sender or None),
            Cell(str(info.passage_count), info.passage_count),
        ),
    )


def _picked() -> None:
    if (name := st.session_state.letters_table.pick) is not None:
        st.session_state.place = Place(name)


def _one(assistant: "Assistant", place: Place) -> None:
    try:
        letter = assistant.index.letter(place.letter)
    except KamerbriefError as error:
        st.title("Brieven")
        st.error(str(error))
        st.button("Alle brieven", key="back", icon=":material/arrow_back:", on_click=_close)
        return
    info = next(info for info in assistant.index.letters() if info.name == letter.name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Alle brieven", key="back", icon=":material/arrow_back:", on_click=_close)
        st.button(
            "Stel hier een vraag over", key="ask_here", icon=":material/chat:", on_click=_ask_about, args=(letter.name,)
        )
    if st.session_state.pop("asking_about", False):
        st.switch_page("screens/ask.py")
    component.show(component.letter_data(letter, place), "letter_pane", _nothing, _nothing)
    with st.expander("Zo is deze brief gelezen", icon=":material/fact_check:"):
        _how_read(letter, info)
    with st.expander("Deze brief verwijderen", icon=":material/delete:"):
        _remove(info)


def _how_read(letter: Letter, info: "LetterInfo") -> None:
    counts = Counter(block.kind for block in letter.blocks)
    blocks = ", ".join(f"{counts[kind]} {word}" for kind, word in KINDS.items() if counts[kind])
    quality = "gelezen van een scan" if letter.quality == "ocr" else "gewone tekst"
    st.markdown(
        f"- Bestand: {escape_markdown(', '.join(info.paths) or letter.name)}\n"
        f"- Vorm: {escape_markdown(letter.format)}, {quality}, {info.characters} tekens"
        + (f", {len(letter.pages)} pagina's" if letter.pages else "")
        + f"\n- Delen: {blocks or 'geen'}\n"
        f"- Doorzoekbaar: {info.passage_count} passages, {info.sentence_count} zinnen"
    )
    facts = letter.metadata
    found = [
        ("Datum", facts.date),
        ("Nummer", facts.number),
        ("Kamer", facts.chamber),
        ("Soort", facts.kind),
        ("Onderwerp", facts.subject),
        ("Geadresseerde", facts.addressee),
    ]
    lines = [f"- {label}: {ORIGINS[fact.origin]}" for label, fact in found if fact is not None]
    lines += [f"- {label}: niet gevonden" for label, fact in found if fact is None]
    st.markdown("**Waar de gegevens vandaan komen**\n\n" + "\n".join(lines))
    for contradiction in facts.contradictions:
        first, second = escape_markdown(contradiction.first.value), escape_markdown(contradiction.second.value)
        st.warning(f"De brief spreekt zichzelf tegen: “{first}” en “{second}”.")


def _remove(info: "LetterInfo") -> None:
    st.write("De brief verdwijnt uit de index, ook uit oudere versies. Dit kunt u niet ongedaan maken.")
    sure = st.checkbox("Ja, ik wil deze brief verwijderen", key="sure")
    if st.button("Verwijder de brief", key="remove", type="primary", disabled=not sure):
        settings = state.settings()
        name, paths = info.name, info.paths
        _begin(lambda _: indexing.remove_letter(settings, name, paths))
        _close()
        st.rerun()


def _close() -> None:
    st.session_state.pop("place", None)
    for name in PLACE_FIELDS:
        st.query_params.pop(name, None)


def _ask_about(name: str) -> None:
    st.session_state.letter = name
    st.session_state.asking_about = True


def _add(some: bool) -> None:
    settings = state.settings()
    kinds = sorted(suffix.lstrip(".") for suffix in SUFFIXES)
    with st.expander("Brieven toevoegen", expanded=not some, icon=":material/upload_file:"):
        st.write(f"Kies bestanden ({', '.join(kinds)}). Ze blijven op deze computer.")
        number = st.session_state.get("upload_number", 0)
        files = st.file_uploader(
            "Bestanden",
            accept_multiple_files=True,
            type=kinds,
            key=f"upload_{number}",
            max_upload_size=settings.max_file_mib,
        )
        if st.button("Voeg toe", key="add", type="primary", disabled=not files):
            uploads = [Upload(file.name, file.getvalue()) for file in files]
            problems = indexing.check(uploads, settings)
            if problems:
                for line in problems:
                    st.error(escape_markdown(line))
                st.write("Er is niets toegevoegd.")
                return
            if _begin(lambda progress: indexing.add_uploads(settings, uploads, progress)):
                st.session_state.upload_number = number + 1
                st.rerun()


def _begin(work: indexing.Work) -> bool:
    try:
        change = state.changes().begin(work, st.session_state.token)
    except KamerbriefError as error:
        st.error(str(error))
        return False
    change.wait(0.3)
    return True


def _changing(token: str) -> None:
    change = state.changes().now
    if change is None:
        return
    if not change.done:
        _progress(change)
        return
    if change.owner != token or st.session_state.get("seen_change") is change:
        return
    if change.error is not None:
        st.error(escape_markdown(change.error))
    if change.report is not None:
        for line in change.report.lines:
            words = escape_markdown(indexing.line_words(line))
            if line.outcome is Outcome.REFUSED:
                st.error(words)
            elif line.warnings:
                st.warning(words)
            else:
                st.success(words)
        st.caption(f"In de index: {change.report.letters} brieven, {change.report.passages} passages.")
    if st.button("Sluit dit bericht", key="seen"):
        st.session_state.seen_change = change
        st.rerun()


@st.fragment(run_every=POLL_SECONDS)
def _progress(change: indexing.Change) -> None:
    if change.done:
        st.rerun()
    done, total = change.progress
    st.progress(done / total if total else 0.0, text=f"Bezig: {done} van {total} bestanden" if total else "Bezig ...")


def _nothing() -> None:
    """A letter alone has no turns and no verdicts."""


draw()
