"""The example letters and their gold questions: no drift between letters, quotes and offsets, and nothing borrowed."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
LETTERS = EXAMPLES / "letters"
REAL_LETTERS = EXAMPLES.parent.parent / "shared" / "letters"

sys.path.insert(0, str(EXAMPLES))
from make_gold import find, holds, made, read_letters  # noqa: E402


def gold() -> list[dict[str, object]]:
    return [json.loads(line) for line in (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def word_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of `length` words."""
    words = re.findall(r"\w+(?:[-’']\w+)*", re.sub(r"-\s*\n\s*", "", text).casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_gold_is_what_its_source_gives() -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "make_gold.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_edited_letter_fails_with_the_question_named() -> None:
    letters = read_letters()
    edited = {name: text.replace("zeven \nstormvloeden", "acht \nstormvloeden") for name, text in letters.items()}
    assert edited != letters
    with pytest.raises(ValueError, match=r"ex-001 .*: 0 places for"):
        made((EXAMPLES / "gold.source.toml").read_text(encoding="utf-8"), edited)


def test_a_fact_that_the_quote_lacks_fails() -> None:
    source = (EXAMPLES / "gold.source.toml").read_text(encoding="utf-8")
    wrong = source.replace('["212 miljoen", "212 mln"]', '["213 miljoen"]')
    with pytest.raises(ValueError, match=r"ex-016 .*no alternative of \['213 miljoen'\] in the evidence"):
        made(wrong, read_letters())


def test_a_quote_is_found_over_a_line_end_and_over_a_page_end() -> None:
    text = "Een zin met een ge-\nbroken woord, een kust-\nen zeewoord en een voet \n \n1 Noot. \n noot in het midden."

    def found(quote: str) -> str:
        span = find(quote, {"01_a.txt": text})
        return text[int(span["start"]) : int(span["end"])]

    assert found("01: gebroken woord") == "ge-\nbroken woord"
    assert found("01: kust- en zeewoord") == "kust-\nen zeewoord"
    assert found("01: een voet [...] noot in") == "een voet \n \n1 Noot. \n noot in"


def test_a_quote_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="2 places for '01: twee keer'"):
        find("01: twee keer", {"01_a.txt": "twee keer, twee\nkeer"})


def test_a_number_is_no_part_of_a_longer_number() -> None:
    assert not holds("het is 1,5% van het bbp", "5%")
    assert not holds("212 miljoen", "12 miljoen")
    assert not holds("12.500 mensen", "12")
    assert holds("een lening van 12 miljoen", "12 miljoen")


def test_the_questions_are_enough_and_of_every_kind() -> None:
    kinds = [item["kind"] for item in gold()]
    assert set(kinds) == {
        *("getal", "bedrag", "datum", "persoon", "lijst", "uitleg", "ja-nee"),
        *("vergelijking", "vervolg", "onbeantwoordbaar"),
    }
    assert len(kinds) >= 60
    assert kinds.count("onbeantwoordbaar") >= 12
    questions = tomllib.loads((EXAMPLES / "gold.source.toml").read_text(encoding="utf-8"))["question"]
    assert len({(*q.get("history", []), q["question"]) for q in questions}) == len(questions)


def test_every_letter_holds_evidence() -> None:
    named = {span["letter"] for item in gold() for any_of in item["evidence"] for span in any_of}  # type: ignore[attr-defined]
    assert named == {path.name for path in LETTERS.glob("*.txt")}


def test_the_layouts_are_there_byte_for_byte() -> None:
    letters = {name[:2]: text for name, text in read_letters().items()}
    assert "Voor zand-\n suppleties" in letters["01"], "a word split over a page end: the next page starts with one space"
    assert "\n \n1 Zie ook" in letters["02"].replace("\n\n", "\n"), "footnotes inside a question"
    assert letters["02"].count("\n\nAntwoord \n") == 4, "five questions, one answer without its marker"
    assert letters["03"].startswith(" > Retouradres ")
    assert "[footnoteRef:1]." in letters["05"]
    assert "één keer.[1:  Kamerstuk" in letters["05"], "the note is glued to a later paragraph"
    assert "99145\t\tNoordelijke Kustraad\n" in letters["05"]
    assert "nr. 68\n\n\n\nNederland stijgen" in letters["06"], "three blank lines as page end, inside a sentence"
    assert letters["09"].count("Pagina ") == 3
    assert all("\r" not in text and "\f" not in text for text in letters.values())


def test_nothing_is_borrowed_from_real_letters() -> None:
    real = list(REAL_LETTERS.glob("*.txt"))
    if not real:
        pytest.skip("the real letters are not next to the repository")
    borrowed = set.union(*(word_runs(path.read_bytes().decode("utf-8"), 10) for path in real))
    assert len(borrowed) > 5_000
    for name, text in read_letters().items():
        assert not word_runs(text, 10) & borrowed, name


def test_the_demo_indexes_asks_three_questions_and_says_what_to_type_next(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "demo.py"), str(LETTERS)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    commands = [line for line in done.stdout.splitlines() if line.startswith("$ kamerbrief ")]
    assert [command.split()[4] for command in commands] == ["index", "ask", "ask", "ask"]
    assert done.stdout.count("\nBronnen\n") == 3, "every question is answered with its sources"
    assert "455 miljoen euro" in done.stdout
    assert "minister voor Havenonderwijs" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].endswith("--index .kamerbrief/demo ui")


@pytest.mark.load
def test_the_demo_asks_other_letters_what_every_letter_can_answer(tmp_path: Path) -> None:
    folder = tmp_path / "brieven"
    folder.mkdir()
    for name in ("08_uitstel_zeegras.txt", "10_reactie_auditrapport.txt"):
        (folder / name).write_bytes((LETTERS / name).read_bytes())
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "demo.py"), "brieven"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(" --letter 10_reactie_auditrapport.txt ") == 2, "the newest letter is asked about"
    assert "Datum: 18 september 2025 [1]" in done.stdout
    assert "P.W. Oldenkamp" in done.stdout


def test_the_demo_stops_where_a_folder_holds_no_letters(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "demo.py"), "leeg"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "leeg" in done.stderr
