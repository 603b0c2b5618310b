import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from index_letters import SUBJECTS, made_up, write
from word_embedder import WordEmbedder

from index import update
from index.analyze import ngrams, words
from index.errors import (
    EmbedderMismatchError,
    IndexBusyError,
    KamerbriefError,
    NoIndexError,
    UnknownLetterError,
    UnreadableFileError,
)
from index.generation import GENERATIONS, LOCK
from index.store import Index
from index.update import Outcome, Report, add, remove

QUESTIONS = [
    "Hoeveel schelpen krijgt het strandfonds?",
    "Wat vragen de molenaars van Windhoek?",
    "Hoe lang is de brug bij Waterdam?",
    "Wie dankt de leden voor hun vragen?",
]


def outcomes(report: Report) -> list[tuple[str, str, str | None]]:
    return [(Path(line.path).name, line.outcome.value, line.letter) for line in report.lines]


def found(index: Path) -> dict[str, Any]:
    """Everything that search and reading can see of an index, without the numbers that mean something only within it."""
    embedder = WordEmbedder()
    opened = Index.open(index, embedder)

    def place(number: int) -> tuple[Any, ...]:
        (passage,) = opened.passages([number])
        sentences = tuple((s.text, s.spans, s.terms) for s in passage.sentences)
        around = tuple((p.start, p.end) for p in opened.passages(opened.neighbours(number)))
        return passage.letter, passage.start, passage.end, passage.role, passage.header, sentences, around

    seen: dict[str, Any] = {"letters": opened.letters(), "texts": [opened.letter(i.name) for i in opened.letters()]}
    for question in QUESTIONS:
        vector = embedder.encode([question], "query")[0]
        weights = dict.fromkeys(words(question), 1.0)
        hits = opened.lexical(weights, dict.fromkeys(ngrams(question), 0.5), 7)
        near = opened.dense(vector, 7)
        cosines = opened.sentence_scores(vector, [hit.id for hit in near])
        seen[question] = (
            [(place(hit.id), hit.score, hit.words, hit.grams) for hit in hits],
            [(place(hit.id), hit.score, cosines[hit.id].tolist()) for hit in near],
            {term: opened.document_frequency(term) for term in weights},
        )
    return seen


def generations(index: Path) -> list[str]:
    return sorted(folder.name for folder in (index / GENERATIONS).iterdir())


def fresh(folder: Path, index: Path) -> dict[str, Any]:
    shutil.rmtree(index, ignore_errors=True)
    add(index, [folder], WordEmbedder())
    return found(index)


# -- what is taken in


def test_every_file_has_a_line(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    write(letters, "a.txt", made_up("strand"))
    write(letters, "b.txt", made_up("molen"))
    write(letters, "zelfde.txt", made_up("strand"))
    write(letters, "leeg.txt", "")
    write(letters, "README.md", "Uitleg")
    write(letters, ".verborgen.txt", "Geheim")
    write(letters / ".map", "c.txt", made_up("brug"))
    report = add(tmp_path / "index", [letters], WordEmbedder())
    assert outcomes(report) == [
        (".map", "skipped", None),
        (".verborgen.txt", "skipped", None),
        ("README.md", "skipped", None),
        ("a.txt", "added", "a.txt"),
        ("b.txt", "added", "b.txt"),
        ("leeg.txt", "refused", None),
        ("zelfde.txt", "duplicate", "a.txt"),
    ]
    assert report.failed
    assert (report.generation, report.letters) == ("0001", 2)
    assert report.lines[2].reason == "geen soort bestand voor brieven (.md)"
    assert report.lines[5].reason.startswith("leeg.txt is leeg")
    assert Index.open(tmp_path / "index", WordEmbedder()).find("a.txt").paths == (
        str(letters / "a.txt"),
        str(letters / "zelfde.txt"),
    )


def test_unchanged_letter_is_not_embedded_again(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    write(tmp_path / "brieven", "b.txt", made_up("molen"))
    embedder = WordEmbedder()
    report = add(tmp_path / "index", [tmp_path / "brieven"], embedder)
    assert outcomes(report) == [("a.txt", "unchanged", "a.txt"), ("b.txt", "added", "b.txt")]
    assert any("molenaars" in text for text in embedder.encoded)
    assert not any("strandfonds" in text for text in embedder.encoded)


def test_nothing_new_makes_no_generation(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder()).generation == "0001"
    assert generations(tmp_path / "index") == ["0001"]


def test_files_of_one_name_are_called_by_the_shortest_tail_that_is_free(tmp_path: Path) -> None:
    for n, place in enumerate(("2023", "2024", "oud/2024")):
        write(tmp_path / "brieven" / place, "brief.txt", made_up("brug", n + 1))
    report = add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert [line.letter for line in report.lines] == ["brief.txt", "2024/brief.txt", "oud/2024/brief.txt"]
    assert report.lines[0].warnings == ()
    assert report.lines[1].warnings == ("heet in de index 2024/brief.txt, want er is al een brief brief.txt",)
    opened = Index.open(tmp_path / "index", WordEmbedder())
    assert "3 meter" in opened.letter("oud/2024/brief.txt").text
    assert opened.letter("oud/2024/brief.txt").name == "oud/2024/brief.txt"


def test_changed_file_keeps_the_name_of_its_letter(tmp_path: Path) -> None:
    for n, place in enumerate(("2023", "2024")):
        write(tmp_path / "brieven" / place, "brief.txt", made_up("brug", n + 1))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    write(tmp_path / "brieven" / "2024", "brief.txt", made_up("brug", 88))
    report = add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert outcomes(report)[1] == ("brief.txt", "updated", "2024/brief.txt")
    assert "88 meter" in Index.open(tmp_path / "index", WordEmbedder()).letter("2024/brief.txt").text


def test_file_that_became_unreadable_is_refused_and_its_letter_stays(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    write(tmp_path / "brieven", "b.txt", made_up("molen"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    before = found(tmp_path / "index")
    file.write_bytes(bytes(range(256)) * 20)
    report = add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert outcomes(report)[0] == ("a.txt", "refused", "a.txt")
    assert report.lines[0].warnings == ("de vorige versie blijft in de index",)
    assert found(tmp_path / "index") == before


def test_files_that_swap_their_content_swap_their_letters(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    first, second = write(letters, "a.txt", made_up("strand")), write(letters, "b.txt", made_up("molen"))
    add(tmp_path / "index", [letters], WordEmbedder())
    first.write_text(made_up("molen"), encoding="utf-8")
    second.write_text(made_up("strand"), encoding="utf-8")
    report = add(tmp_path / "index", [letters], WordEmbedder())
    assert outcomes(report) == [("a.txt", "updated", "a.txt"), ("b.txt", "updated", "b.txt")]
    assert found(tmp_path / "index") == fresh(letters, tmp_path / "other")


def test_letter_whose_file_is_gone_is_named_and_kept(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    gone = write(letters, "a.txt", made_up("strand"))
    write(letters, "b.txt", made_up("molen"))
    write(tmp_path / "elders", "c.txt", made_up("brug"))
    add(tmp_path / "index", [letters, tmp_path / "elders"], WordEmbedder())
    gone.unlink()
    (tmp_path / "elders" / "c.txt").unlink()
    report = add(tmp_path / "index", [letters], WordEmbedder())
    assert outcomes(report) == [("a.txt", "gone", "a.txt"), ("b.txt", "unchanged", "b.txt")]
    assert not report.failed
    assert report.letters == 3


def test_sync_removes_what_is_gone_from_these_folders_and_every_older_generation(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    gone = write(letters, "a.txt", made_up("strand"))
    write(letters, "b.txt", made_up("molen"))
    write(tmp_path / "elders", "c.txt", made_up("brug"))
    add(tmp_path / "index", [letters, tmp_path / "elders"], WordEmbedder())
    gone.unlink()
    (tmp_path / "elders" / "c.txt").unlink()
    report = add(tmp_path / "index", [letters], WordEmbedder(), sync=True)
    assert outcomes(report) == [("a.txt", "removed", "a.txt"), ("b.txt", "unchanged", "b.txt")]
    assert (report.erased, report.cleared, report.letters) == (True, ("0001",), 2)


def test_sync_keeps_a_letter_that_another_file_still_holds(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    gone = write(letters, "a.txt", made_up("strand"))
    write(letters, "b.txt", made_up("strand"))
    add(tmp_path / "index", [letters], WordEmbedder())
    gone.unlink()
    report = add(tmp_path / "index", [letters], WordEmbedder(), sync=True)
    assert outcomes(report) == [("a.txt", "removed", "a.txt"), ("b.txt", "added", "b.txt")]
    assert not report.erased
    assert found(tmp_path / "index") == fresh(letters, tmp_path / "other")


def test_sync_of_an_empty_folder_removes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    file.unlink()
    with pytest.raises(UnreadableFileError, match="index remove"):
        add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder(), sync=True)
    assert Index.open(tmp_path / "index", WordEmbedder()).letter_count == 1


def test_removed_letter_is_nowhere_on_disk(tmp_path: Path) -> None:
    secret = made_up("strand").replace("schelpen", "xyzzyschat")
    letters = tmp_path / "brieven"
    write(letters, "geheim.txt", secret)
    write(letters, "b.txt", made_up("molen"))
    index = tmp_path / "index"
    add(index, [letters], WordEmbedder())
    write(letters, "c.txt", made_up("brug"))
    add(index, [letters], WordEmbedder())
    report = remove(index, ["geheim.txt"])
    assert (report.letters, report.cleared) == (2, ("0001", "0002"))
    (letters / "geheim.txt").unlink()
    assert found(index) == fresh(letters, tmp_path / "other")
    assert sorted(file.name for file in index.rglob("*.db")) == sorted(
        {file.name for file in (index / GENERATIONS / "0003").glob("*.db")}
    )
    opened = Index.open(index, WordEmbedder())
    assert not any("xyzzyschat" in opened.letter(info.name).text for info in opened.letters())
    assert opened.document_frequency(words("xyzzyschat")[0]) == 0


def test_removing_the_last_letter_leaves_an_empty_index(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert remove(tmp_path / "index", ["a.txt"]).letters == 0
    opened = Index.open(tmp_path / "index", WordEmbedder())
    assert opened.lexical({"strand": 1.0}, {}, 5) == []
    assert opened.dense(WordEmbedder().encode(["strand"], "query")[0], 5) == []
    assert add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder()).letters == 1


def test_unknown_letter_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    with pytest.raises(UnknownLetterError, match=r"a\.txt"):
        remove(tmp_path / "index", ["a.txt", "b.txt"])
    assert Index.open(tmp_path / "index", WordEmbedder()).letter_count == 1


def test_the_last_two_generations_are_kept(tmp_path: Path) -> None:
    for n in range(1, 5):
        write(tmp_path / "brieven", f"{n}.txt", made_up("brug", n))
        report = add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert report.cleared == ("0002",)
    assert generations(tmp_path / "index") == ["0003", "0004"]


def test_a_reader_keeps_the_generation_that_it_opened(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "1.txt", made_up("brug", 1))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    reader = Index.open(tmp_path / "index", WordEmbedder())
    for n in range(2, 5):
        write(tmp_path / "brieven", f"{n}.txt", made_up("brug", n))
        add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    remove(tmp_path / "index", ["1.txt"])
    assert [info.name for info in reader.letters()] == ["1.txt"]
    hits = reader.lexical(dict.fromkeys(words("brug"), 1.0), {}, 5)
    assert {passage.letter for passage in reader.passages([hit.id for hit in hits])} == {"1.txt"}
    assert "1 meter" in reader.letter("1.txt").text


def test_files_that_do_not_change_are_the_same_file_in_the_next_generation(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    write(tmp_path / "brieven", "b.txt", made_up("molen"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    old, new = (tmp_path / "index" / GENERATIONS / name / "00001.db" for name in ("0001", "0002"))
    assert old.samefile(new)


def test_without_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_link)
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    write(tmp_path / "brieven", "b.txt", made_up("molen"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert found(tmp_path / "index") == fresh(tmp_path / "brieven", tmp_path / "other")


def test_passages_that_the_embedder_does_not_read_to_the_end_are_reported(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    report = add(tmp_path / "index", [file], WordEmbedder(max_words=1))
    count = Index.open(tmp_path / "index", WordEmbedder(max_words=1)).passage_count
    assert report.lines[0].warnings == (f"{count} passages zijn langer dan het embeddingmodel leest",)


# -- the same as a fresh index

Step = tuple[str, str, str, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "delete", "remove"]),
        st.sampled_from([f"{letter}.txt" for letter in "abcdef"]),
        st.sampled_from(sorted(SUBJECTS)),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(steps=STEPS)
def test_any_order_of_changes_gives_what_a_fresh_index_gives(
    steps: list[Step], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("order")
    letters, index = place / "brieven", place / "index"
    contents: dict[str, str] = {"vast.txt": made_up("vuur", day=20)}
    write(letters, "vast.txt", contents["vast.txt"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update, "JOIN", 3)
        patch.setattr(update, "SEGMENT_LETTERS", 2)
        add(index, [letters], WordEmbedder())
        for action, name, subject, n in steps:
            apply(action, letters, index, contents, name, made_up(subject, n, day=1 + sorted("abcdef").index(name[0])))
        assert found(index) == fresh(letters, place / "other")


def apply(action: str, letters: Path, index: Path, contents: dict[str, str], name: str, text: str) -> None:
    """Write a letter and add it, delete its file and sync, or remove the letter and then its file."""
    if action == "write":
        contents[name] = text
        write(letters, name, text)
        add(index, [letters / name], WordEmbedder())
    elif name in contents:
        del contents[name]
        if action == "delete":
            (letters / name).unlink()
            add(index, [letters], WordEmbedder(), sync=True)
        else:
            remove(index, [name])
            (letters / name).unlink()


def test_many_small_segments_become_one(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    for n in range(1, update.JOIN + 1):
        write(letters, f"{n:02d}.txt", made_up("brug", n))
        add(tmp_path / "index", [letters], WordEmbedder())
    opened = Index.open(tmp_path / "index", WordEmbedder())
    assert (opened.letter_count, len(opened.manifest.segments)) == (update.JOIN, 1)
    assert found(tmp_path / "index") == fresh(letters, tmp_path / "other")


# -- what goes wrong


def test_missing_path_is_an_error_before_anything_happens(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="nergens bestaat niet"):
        add(tmp_path / "index", [tmp_path, Path("nergens")], WordEmbedder())
    assert not (tmp_path / "index").exists()


def test_folder_without_letters_is_an_error_that_counts_the_others(tmp_path: Path) -> None:
    write(tmp_path / "brieven", "foto.jpg", "x")
    with pytest.raises(UnreadableFileError, match=r"staan geen brieven \(1 andere bestanden overgeslagen\)"):
        add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    assert not (tmp_path / "index").exists()


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    (tmp_path / "index").mkdir()
    with FileLock(tmp_path / "index" / LOCK), pytest.raises(IndexBusyError, match="schrijft nu in de index"):
        add(tmp_path / "index", [file], WordEmbedder())


def test_other_embedder_is_refused_and_rebuild_takes_it(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    add(tmp_path / "index", [file], WordEmbedder())
    with pytest.raises(EmbedderMismatchError, match="--rebuild"):
        add(tmp_path / "index", [file], WordEmbedder(revision="2"))
    add(tmp_path / "index", [file], WordEmbedder(revision="2"), rebuild=True)
    assert Index.open(tmp_path / "index", WordEmbedder(revision="2")).manifest.embedder.revision == "2"


def test_rebuild_names_the_letters_that_it_leaves_out(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    write(tmp_path / "brieven", "b.txt", made_up("molen"))
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder())
    report = add(tmp_path / "index", [file], WordEmbedder(), rebuild=True)
    assert outcomes(report) == [("a.txt", "added", "a.txt"), ("b.txt", "removed", "b.txt")]
    assert report.cleared == ("0001",)


def test_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = write(tmp_path / "brieven", "groot.txt", "x" * 2000)
    write(tmp_path / "brieven", "a.txt", made_up("strand"))
    report = add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder(), max_bytes=1999)
    assert outcomes(report) == [("a.txt", "added", "a.txt"), (file.name, "refused", None)]
    assert "max_file_mib" in report.lines[1].reason


def test_file_where_the_index_folder_should_be_is_one_line(tmp_path: Path) -> None:
    letter = write(tmp_path / "brieven", "a.txt", made_up("strand"))
    blocked = write(tmp_path, "index", "geen map")
    with pytest.raises(KamerbriefError, match="kan niet worden geschreven"):
        add(blocked, [letter], WordEmbedder())


def test_nothing_can_be_removed_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        remove(tmp_path / "index", ["a.txt"])
    assert not (tmp_path / "index").exists()


def test_file_name_that_is_no_utf8_is_refused_by_name(tmp_path: Path) -> None:
    letters = tmp_path / "brieven"
    write(letters, "a.txt", made_up("strand"))
    Path(os.fsdecode(os.fsencode(letters) + b"/b\xff.txt")).write_text(made_up("molen"), encoding="utf-8")
    report = add(tmp_path / "index", [letters], WordEmbedder())
    assert [line.outcome for line in report.lines] == [Outcome.REFUSED, Outcome.ADDED]
    assert "naam" in report.lines[0].reason
    assert report.lines[0].path.encode("utf-8").endswith("b\ufffd.txt".encode())


def test_progress_counts_the_files(tmp_path: Path) -> None:
    for n in (1, 2):
        write(tmp_path / "brieven", f"{n}.txt", made_up("brug", n))
    calls: list[tuple[int, int]] = []
    add(tmp_path / "index", [tmp_path / "brieven"], WordEmbedder(), progress=lambda *call: calls.append(call))
    assert calls == [(0, 2), (1, 2), (2, 2)]


def test_the_questions_of_these_tests_find_something(tmp_path: Path) -> None:
    for subject in SUBJECTS:
        write(tmp_path / "brieven", f"{subject}.txt", made_up(subject))
    seen: Mapping[str, Any] = fresh(tmp_path / "brieven", tmp_path / "index")
    for question, letter in zip(QUESTIONS, ("strand.txt", "molen.txt", "brug.txt"), strict=False):
        assert seen[question][0][0][0][0] == letter
    assert np.isfinite([hit[1] for question in QUESTIONS for hit in seen[question][1]]).all()
