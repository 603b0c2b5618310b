"""Settings: which source wins, and what is said of a key or value that cannot be."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from index.settings import Settings, read_settings


def test_without_any_source_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings({}, {}, tmp_path) == Settings()


def test_options_beat_the_environment_and_that_beats_the_file(tmp_path: Path) -> None:
    (tmp_path / "kamerbrief.toml").write_text('index = "a"\nk = 5\nreader = "ollama"\n', encoding="utf-8")
    settings = read_settings(
        {"index": "c", "k": None}, {"KAMERBRIEF_INDEX": "b", "KAMERBRIEF_K": "7", "HOME": "x"}, tmp_path
    )
    assert (settings.index, settings.k, settings.reader) == ("c", 7, "ollama")


def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"Onbekende instelling 'embeder' in .*KAMERBRIEF_EMBEDER\. Bedoelde u 'embedder'"
    ):
        read_settings({}, {"KAMERBRIEF_EMBEDER": "x"}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("K", "veel"), ("K", "0"), ("READER", "glazenbol"), ("TIMEOUT", "lang"), ("NUM_CTX", "100"), ("TIMEOUT", "0")],
)
def test_a_value_that_does_not_fit_is_refused_in_one_line(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({}, {f"KAMERBRIEF_{name}": value}, tmp_path)
    assert "\n" not in str(error.value)
    assert value in str(error.value)


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "kamerbrief.toml").write_text("dit is geen toml", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"kamerbrief\.toml"):
        read_settings({}, {}, tmp_path)
