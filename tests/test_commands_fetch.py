"""`kamerbrief fetch` against a local server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository_server import Repository, letter_xml, serving
from ui.cli import main


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Repository]:
    monkeypatch.chdir(tmp_path)
    with serving(Repository()) as served:
        for number in (1, 2, 3):
            served.put(f"kst-98765-{number}", xml=letter_xml("98765", str(number), f"De dijk is {number} meter hoog."))
            urls = {"xml": f"/kst-98765-{number}.xml", "metadata": f"/kst-98765-{number}/metadata.xml"}
            served.records.append({"identifier": f"kst-98765-{number}", "title": "Dijken", "urls": urls})
        monkeypatch.setenv("KAMERBRIEF_REPOSITORY_URL", served.url)
        monkeypatch.setenv("KAMERBRIEF_PUBLICATION_URL", served.url)
        yield served


def test_a_line_for_every_number_and_1_when_one_is_missing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", "98765-1", "Kamerstuk 98 765, nr. 9"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "opgehaald      kst-98765-1: brieven/kst-98765-1.xml (xml, 1 kB)",
        f"niet gevonden  kst-98765-9: niet gevonden op {repository.url}. Controleer het nummer.",
        "1 opgehaald, 1 niet gevonden.",
    ]


def test_a_dossier_is_fetched_and_added_at_once(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "--dossier", "98765", "--since", "2031-01-01", "--out", "map", "--add"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[3] == "3 opgehaald."
    assert out[-1].startswith("3 toegevoegd. De index telt 3 brieven")
    assert repository.queries[0].endswith("w.dossiernummer==98765 AND dt.date>=2031-01-01")
    assert main(["search", "hoe hoog is de dijk", "--json"]) == 0
    assert "kst-98765-" in capsys.readouterr().out


def test_more_than_the_limit_is_told(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "--query", "dijk", "--max", "2"]) == 0
    captured = capsys.readouterr()
    assert "2 opgehaald." in captured.out
    assert captured.err == "Er zijn 3 stukken; de eerste 2 zijn gekozen. Meer kan met --max.\n"


def test_json_holds_the_same(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fetch", "98765-2", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert [(line["outcome"], line["form"]) for line in found["lines"]] == [("fetched", "xml")]
    assert (found["requests"], found["index"]) == (2, None)


@pytest.mark.parametrize(
    "arguments",
    [[], ["98765-1", "--since", "2031-01-01"], ["--dossier", "98765", "--since", "gisteren"], ["98765-1", "--max", "0"]],
)
def test_wrong_usage_is_2(repository: Repository, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["fetch", *arguments])
    assert stop.value.code == 2
    assert repository.asked == []


@pytest.mark.parametrize("arguments", [["brief.pdf"], ["--dossier", "dijken"]])
def test_what_is_no_number_is_one_line(
    repository: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["fetch", *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Schrijf het als" in captured.err
