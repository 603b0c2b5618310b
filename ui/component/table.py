"""A table that sorts, searches and opens from the keyboard, and reads as cards on a phone.

Streamlit's own table is drawn on a canvas, which a screen reader cannot read; this one is an HTML table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ui.render import printable

FOLDER = Path(__file__).parent
HTML = '<div class="frame"><div class="table"></div></div>'


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether it holds text, dates or numbers, and whether one of its values can be chosen alone."""

    label: str
    kind: Literal["text", "date", "number"] = "text"
    choose: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows and what it is sorted by; None sorts last."""

    text: str
    sort: str | float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `id` is what comes back when a person opens it."""

    id: str
    cells: tuple[Cell, ...]


def table_data(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    caption: str,
    noun: str,
    search: str = "Zoek in deze lijst",
    sort: int | None = None,
    down: bool = False,
    pick: bool = True,
) -> dict[str, Any]:
    """The component's data: sorted by column `sort`, from high to low with `down`; `noun` is the plural of a row."""
    return {
        "id": caption,
        "caption": caption,
        "noun": noun,
        "search": search,
        "sort": sort,
        "down": down,
        "pick": pick,
        "columns": [{"label": column.label, "kind": column.kind, "choose": column.choose} for column in columns],
        "rows": [
            {
                "id": row.id,
                "cells": [{"text": printable(cell.text), "sort": cell.sort} for cell in row.cells],
                "find": " ".join(printable(cell.text) for cell in row.cells).lower(),
            }
            for row in rows
        ],
    }


def show(data: dict[str, Any], key: str, on_pick: Callable[[], None]) -> Any:
    """Mount the table under `key`; after a pick `st.session_state[key].pick` is the row's id."""
    return _renderer()(data=data, key=key, on_pick_change=on_pick)


@cache
def _renderer() -> Any:
    import streamlit as st

    return st.components.v2.component(
        "kamerbrief_table",
        html=HTML,
        css=(FOLDER / "table.css").read_text(encoding="utf-8"),
        js=(FOLDER / "table.js").read_text(encoding="utf-8"),
    )
