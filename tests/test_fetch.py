"""Fetching against a local server in the official forms; the live service is never asked."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.errors import KamerbriefError
from index.fetch import sru
from index.fetch.client import ATTEMPTS, Client, FetchError
from index.fetch.documents import UnknownPublicationError, identifier, is_trusted
from index.fetch.job import STATE, Line, Outcome, Report, Wanted, fetch
from index.load import load
from index.read import read_letter
from index.sidecar import sidecar_of
from tests.repository_server import Repository, letter_html, letter_xml, serving

PDF = Path("examples/formats/08_uitstel_zeegras.pdf")
ODT = Path("examples/formats/08_uitstel_zeegras.odt")


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def repository() -> Iterator[Repository]:
    with serving(Repository()) as served:
        yield served


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(repository: Repository, folder: Path, clock: Clock, *identifiers: str, **options: float) -> Report:
    with Client(clock=clock, sleep=clock.sleep, **options) as client:
        wanted = [Wanted(name) for name in identifiers]
        return fetch(
            wanted, folder, client, load, publication_url=repository.url, repository_url=repository.url + "/repository"
        )


def only(report: Report) -> Line:
    (line,) = report.lines
    return line


@pytest.mark.parametrize(
    "text",
    ["kst-28676-471", "28676-471", "KST-28676-471", "Kamerstuk 28 676, nr. 471", "28 676, nr 471", "28676 nr. 471"],
)
def test_every_spelling_of_a_number_is_the_same_publication(text: str) -> None:
    assert identifier(text) == "kst-28676-471"


def test_dossiers_with_an_addition_and_letters_as_number_are_understood() -> None:
    assert identifier("36 410 X, C") == "kst-36410-X-C"
    assert identifier("21501-28-264") == "kst-21501-28-264"
    assert identifier("kst-1268678") == "kst-1268678"
    assert identifier("ah-tk-20242025-100") == "ah-tk-20242025-100"


@pytest.mark.parametrize("text", ["", "brief", "../../etc/passwd", "kst-28676-471/../x", "28676", "https://voorbeeld.nl"])
def test_what_is_no_number_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(UnknownPublicationError, match="geen Kamerstuknummer"):
        identifier(text)


def test_xml_is_taken_before_the_other_forms_and_metadata_come_along(
    repository: Repository, tmp_path: Path, clock: Clock
) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."), pdf=PDF.read_bytes())
    line = only(run(repository, tmp_path, clock, "kst-98765-3"))
    assert (line.outcome, line.form) == (Outcome.FETCHED, "xml")
    assert repository.asked == ["/kst-98765-3.xml", "/kst-98765-3/metadata.xml"]
    file = tmp_path / "kst-98765-3.xml"
    letter = read_letter(file.read_bytes(), file.name, sidecar=sidecar_of(file)).letter
    assert letter.metadata.key == "kst-98765-3"
    assert letter.metadata.session_year is not None
    assert letter.metadata.session_year.value == "2030-2031"
    assert letter.metadata.date is not None
    assert letter.metadata.date.value == date(2031, 5, 4)


@pytest.mark.parametrize(("forms", "taken"), [(("html", "odt", "pdf"), "html"), (("odt", "pdf"), "odt"), (("pdf",), "pdf")])
def test_the_next_form_is_taken_when_a_better_one_is_not_there(
    repository: Repository, tmp_path: Path, clock: Clock, forms: tuple[str, ...], taken: str
) -> None:
    content = {"html": letter_html("De dijk is hoog."), "odt": ODT.read_bytes(), "pdf": PDF.read_bytes()}
    repository.put("kst-98765-3", **{form: content[form] for form in forms})
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).form == taken
    assert {path.name for path in tmp_path.iterdir()} == {STATE, "kst-98765-3.metadata.xml", f"kst-98765-3.{taken}"}


def test_xml_with_metadata_alone_is_passed_over(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    empty = b'<officiele-publicatie><metadata><meta name="a" content="b"/></metadata></officiele-publicatie>'
    repository.put("kst-98765-3", xml=empty, pdf=PDF.read_bytes())
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).form == "pdf"


@pytest.mark.parametrize("fault", ["error page", "wrong type"])
def test_an_error_page_that_calls_itself_a_success_is_not_kept(
    repository: Repository, tmp_path: Path, clock: Clock, fault: str
) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."), html=letter_html("De dijk is hoog."))
    repository.faults = {"/kst-98765-3.xml": [fault], "/kst-98765-3.html": [fault]}
    line = only(run(repository, tmp_path, clock, "kst-98765-3"))
    assert line.outcome is Outcome.MISSING
    assert [path.name for path in tmp_path.iterdir()] == [STATE]


def test_a_number_that_does_not_exist_is_reported(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    report = run(repository, tmp_path, clock, "kst-98765-404")
    assert only(report).outcome is Outcome.MISSING
    assert report.failed


def test_a_second_run_fetches_nothing_that_did_not_change(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    run(repository, tmp_path, clock, "kst-98765-3")
    repository.statuses.clear()
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).outcome is Outcome.UNCHANGED
    assert repository.statuses == [304, 304]


def test_a_second_run_fetches_what_changed(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    run(repository, tmp_path, clock, "kst-98765-3")
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoger."))
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).outcome is Outcome.UPDATED
    assert "hoger" in (tmp_path / "kst-98765-3.xml").read_text()


def test_a_better_form_that_appears_later_replaces_the_lesser(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", pdf=PDF.read_bytes())
    run(repository, tmp_path, clock, "kst-98765-3")
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).outcome is Outcome.UPDATED
    assert not (tmp_path / "kst-98765-3.pdf").exists()


def test_a_file_that_was_damaged_is_fetched_again(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    run(repository, tmp_path, clock, "kst-98765-3")
    (tmp_path / "kst-98765-3.xml").write_text("kapot")
    run(repository, tmp_path, clock, "kst-98765-3")
    assert "De dijk is hoog." in (tmp_path / "kst-98765-3.xml").read_text()


def test_a_draft_that_a_killed_run_left_is_cleared_away(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / ".kst-98765-3.xml.fetching").write_text("half")
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    run(repository, tmp_path, clock, "kst-98765-3")
    assert sorted(path.name for path in tmp_path.iterdir()) == [STATE, "kst-98765-3.metadata.xml", "kst-98765-3.xml"]


def test_a_state_that_cannot_be_read_costs_only_requests(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / STATE).write_text("{geen json")
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).outcome is Outcome.FETCHED
    assert set(json.loads((tmp_path / STATE).read_text())) == {"kst-98765-3.xml", "kst-98765-3.metadata.xml"}


def test_requests_start_at_most_four_times_a_second(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    for number in range(1, 4):
        repository.put(f"kst-98765-{number}", xml=letter_xml("98765", str(number), "De dijk is hoog."))
    run(repository, tmp_path, clock, *[f"kst-98765-{number}" for number in range(1, 4)])
    assert len(repository.asked) == 6
    assert clock.slept == [0.25] * 5


def test_a_busy_server_is_asked_again_after_a_pause_that_doubles(
    repository: Repository, tmp_path: Path, clock: Clock
) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    repository.faults = {"/kst-98765-3.xml": [503, 500, 502]}
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).outcome is Outcome.FETCHED
    assert clock.slept[:3] == [1.0, 2.0, 4.0]


def test_the_pause_that_a_server_asks_for_is_kept(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    repository.faults = {"/kst-98765-3.xml": [429]}
    repository.headers = {"Retry_After": "17"}
    run(repository, tmp_path, clock, "kst-98765-3")
    assert clock.slept[0] == 17.0


def test_a_cut_connection_is_tried_again_and_leaves_no_half_file(
    repository: Repository, tmp_path: Path, clock: Clock
) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    repository.faults = {"/kst-98765-3.xml": ["cut", "cut"]}
    assert only(run(repository, tmp_path, clock, "kst-98765-3")).outcome is Outcome.FETCHED
    assert repository.asked.count("/kst-98765-3.xml") == 3


def test_a_slow_server_is_tried_again(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    repository.faults = {"/kst-98765-3.xml": ["slow"]}
    assert only(run(repository, tmp_path, clock, "kst-98765-3", read_timeout=0.2)).outcome is Outcome.FETCHED
    assert repository.asked.count("/kst-98765-3.xml") == 2


def test_the_repository_is_asked_when_the_website_does_not_answer(
    repository: Repository, tmp_path: Path, clock: Clock
) -> None:
    repository.faults = {"/kst-98765-3.xml": [500] * ATTEMPTS}
    path = "/repository/frbr/officielepublicaties/kst/98765/kst-98765-3/1/xml/kst-98765-3.xml"
    repository.documents[path] = letter_xml("98765", "3", "De dijk is hoog.")
    line = only(run(repository, tmp_path, clock, "kst-98765-3"))
    assert (line.outcome, line.warnings) == (Outcome.FETCHED, ("er zijn geen metadata bij dit stuk gevonden",))


def test_one_failure_does_not_end_the_run(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("blg-2", xml=letter_xml("98765", "3", "De dijk is hoog."))
    repository.faults = {"/blg-1.xml": [500] * ATTEMPTS}
    report = run(repository, tmp_path, clock, "blg-1", "blg-2")
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.FETCHED]
    assert report.lines[0].reason.endswith("(antwoord 500). Probeer het later opnieuw.")


def test_a_server_that_is_gone_is_not_asked_for_ever(tmp_path: Path, clock: Clock) -> None:
    with serving(Repository()) as gone:
        pass
    report = run(gone, tmp_path, clock, *[f"blg-{number}" for number in range(10)])
    assert [line.outcome for line in report.lines] == [Outcome.FAILED] * 10
    assert report.requests == 3 * ATTEMPTS


def test_an_answer_that_is_too_large_is_not_taken(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog. " * 100))
    line = only(run(repository, tmp_path, clock, "kst-98765-3", max_bytes=1000))
    assert line.outcome is Outcome.FAILED
    assert "groter dan" in line.reason


def test_a_folder_that_cannot_be_made_is_one_line(repository: Repository, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "bestand").write_text("in de weg")
    with pytest.raises(KamerbriefError, match="kan niet worden geschreven"):
        run(repository, tmp_path / "bestand" / "map", clock, "kst-98765-3")


def record(number: int) -> dict[str, object]:
    name = f"kst-98765-{number}"
    urls = {"xml": f"/{name}.xml", "metadata": f"/{name}/metadata.xml"}
    return {"identifier": name, "title": "Een titel & meer", "urls": urls}


def test_a_search_goes_through_all_pages(repository: Repository, clock: Clock) -> None:
    repository.records = [record(number) for number in range(1, 251)]
    with Client(clock=clock, sleep=clock.sleep) as client:
        found = sru.search(client, repository.url, sru.dossier_query("98765"))
    assert [r.identifier for r in found.records] == [f"kst-98765-{number}" for number in range(1, 251)]
    assert found.total == 250
    assert repository.asked == ["/sru"] * 3
    assert found.records[0].urls["xml"] == f"{repository.url}/kst-98765-1.xml"
    assert found.records[0].title == "Een titel & meer"


def test_a_search_stops_at_the_limit_and_knows_how_many_there_are(repository: Repository, clock: Clock) -> None:
    repository.records = [record(number) for number in range(1, 251)]
    with Client(clock=clock, sleep=clock.sleep) as client:
        found = sru.search(client, repository.url, "x", limit=7)
    assert (len(found.records), found.total) == (7, 250)


def test_the_questions_are_in_the_repositorys_language() -> None:
    assert sru.dossier_query("21501-28", date(2024, 10, 1)) == (
        "c.product-area==officielepublicaties AND w.publicatienaam=Kamerstuk AND w.dossiernummer==21501-28"
        " AND dt.date>=2024-10-01"
    )
    assert sru.text_query('dijk" OR x="').endswith('cql.textAndIndexes="dijk  OR x="')


def test_a_search_that_fails_says_so(repository: Repository, clock: Clock) -> None:
    repository.faults = {"/sru": ["error page"]}
    with Client(clock=clock, sleep=clock.sleep) as client, pytest.raises(FetchError, match="foutpagina"):
        sru.search(client, repository.url, "x")


def test_addresses_from_a_search_are_used_when_they_are_official(
    repository: Repository, tmp_path: Path, clock: Clock
) -> None:
    repository.put("kst-98765-3", xml=letter_xml("98765", "3", "De dijk is hoog."))
    urls = {"xml": f"{repository.url}/kst-98765-3.xml", "pdf": "http://elders.example/kst-98765-3.pdf"}
    with Client(clock=clock, sleep=clock.sleep) as client:
        report = fetch(
            [Wanted("kst-98765-3", urls)],
            tmp_path,
            client,
            load,
            publication_url=repository.url,
            repository_url=repository.url,
        )
    assert only(report).form == "xml"
    assert is_trusted("https://repository.overheid.nl/x", repository.url)
    assert not is_trusted("https://repository.overheid.nl.example/x", repository.url)
    assert not is_trusted("file:///etc/passwd", repository.url)
