"""Batch input: what a line may hold and what is said of a bad one."""

import json
from datetime import date

from rag.batch import BadLine, BatchLine, parse
from rag.filters import Filters
from rag.turn import Turn


def lines(*rows: object) -> list[str]:
    return [row if isinstance(row, str) else json.dumps(row) for row in rows]


def test_a_line_with_history_and_filters_is_read() -> None:
    row = {
        "id": "a",
        "question": "En toen?",
        "history": ["Wie?", {"question": "Wat?", "answer": "Dat."}],
        "since": "2024-01-31",
        "chamber": "ek",
    }
    assert list(parse(lines(row), Filters())) == [
        BatchLine(1, "a", "En toen?", (Turn("Wie?"), Turn("Wat?", "Dat.")), Filters(since=date(2024, 1, 31), chamber="ek"))
    ]


def test_a_gold_line_is_valid_and_its_kind_is_not_a_filter() -> None:
    row = {"id": "g", "question": "Wie?", "kind": "persoon", "answerable": True, "evidence": [], "note": "x"}
    assert list(parse(lines(row), Filters())) == [BatchLine(1, "g", "Wie?", (), Filters())]


def test_options_hold_where_a_line_sets_no_filter() -> None:
    found = list(parse(lines({"question": "Wie?"}, {"question": "Wie?", "dossier": "99100"}), Filters(dossier="99200")))
    assert [line.filters.dossier for line in found if isinstance(line, BatchLine)] == ["99200", "99100"]


def test_bad_lines_are_named_by_number_and_the_rest_is_kept() -> None:
    found = list(
        parse(
            lines({"question": "Wie?"}, "", "{niet", "[1]", {"id": "x"}, {"question": "Wat?", "since": "gisteren"}),
            Filters(),
        )
    )
    assert [type(line).__name__ for line in found] == ["BatchLine", "BadLine", "BadLine", "BadLine", "BadLine"]
    problems = {line.number: line.problem for line in found if isinstance(line, BadLine)}
    assert list(problems) == [3, 4, 5, 6]
    assert problems[4] == "geen JSON-object"
    assert problems[5] == "het veld 'question' ontbreekt of is leeg"
    assert problems[6] == "'gisteren' in 'since' is geen datum; schrijf jjjj-mm-dd"
