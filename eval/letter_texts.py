"""The letters that gold questions are about: from an index, or read from a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import KamerbriefError, UnreadableFileError
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """Canonical texts and their sha256, by the name of the letter."""

    texts: Mapping[str, str]
    hashes: Mapping[str, str]

    @classmethod
    def of_index(cls, settings: Settings) -> "LetterTexts":
        """All letters of the index; raises NoIndexError or DamagedIndexError."""
        from index.store import Letters

        index = Letters.open(Path(settings.index))
        letters = [index.letter(info.name) for info in index.letters()]
        return cls({letter.name: letter.text for letter in letters}, {letter.name: letter.sha256 for letter in letters})

    @classmethod
    def of_folder(cls, folder: Path) -> "LetterTexts":
        """The letters among the files in `folder`; files that cannot be read are passed over. Raises KamerbriefError."""
        from index.read import read_letter

        if not folder.is_dir():
            raise KamerbriefError(f"{folder} is geen map. Geef bij --letters de map met brieven.")
        letters = []
        for path in sorted(folder.iterdir()):
            try:
                if path.is_file():
                    letters.append(read_letter(path.read_bytes(), path.name).letter)
            except UnreadableFileError:
                continue
        return cls({letter.name: letter.text for letter in letters}, {letter.name: letter.sha256 for letter in letters})
