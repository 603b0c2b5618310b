"""Made-up letters in any number, for the scale benchmark: `python -m benchmarks.generate 1000 FOLDER`.

What counts is that search has as much work as with real letters: sentences of ordinary length, words with the long tail of
a language (few very common, many rare, some in one letter only), compounds, numbers, headings, and questions of fracties.
The sentences mean nothing and the ministry, the dossiers and the names do not exist. The same number and seed give the
same files.
"""

import argparse
import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from index.analyze import STOP_WORDS

WORDS = Path(__file__).parent.parent / "index" / "data" / "words.txt"
FIRST_DAY = date(2015, 1, 5)
FUNCTION_WORDS = sorted(STOP_WORDS)
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
FRACTIES = ("Duinpartij", "Polderbond", "Lijst Zeewind")
NAMES = ("A.B. Duinker", "C. van Wierde", "E.F. Terpstra", "G. Slikkerveer")
DOSSIERS = 300
TAIL = 40_000
"""Compounds made beside the words of the list: they give the vocabulary its long tail."""


class Language:
    """Words with the frequencies of a language: the n-th word is drawn about 1/n as often as the first (Zipf)."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        known = WORDS.read_text(encoding="utf-8").split()
        chance.shuffle(known)
        parts = [word for word in known if 4 <= len(word) <= 9]
        compounds = [chance.choice(parts) + chance.choice(("", "s")) + chance.choice(parts) for _ in range(TAIL)]
        self._words = [word for pair in zip(known, compounds, strict=False) for word in pair] + compounds[len(known) :]
        self._weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self._words))))

    def words(self, chance: random.Random, count: int) -> list[str]:
        """That many content words."""
        return chance.choices(self._words, cum_weights=self._weights, k=count)

    def sentence(self, chance: random.Random, topic: list[str]) -> str:
        """A sentence of 10 to 30 words: content words, some of the letter's own topic, between function words."""
        length = chance.randint(10, 30)
        content = self.words(chance, length)
        parts = []
        for word in content:
            lot = chance.random()
            if lot < 0.48:
                parts.append(chance.choice(FUNCTION_WORDS))
            elif lot < 0.58:
                parts.append(chance.choice(topic))
            elif lot < 0.61:
                parts.append(
                    str(chance.choice((chance.randint(2, 99), chance.randint(2015, 2025), chance.randint(100, 9999))))
                )
            else:
                parts.append(word)
        text = " ".join(parts)
        return text[0].upper() + text[1:] + "."


def letter(language: Language, number: int, seed: int) -> str:
    """The text of letter `number`: a letterhead, 3 to 6 sections, a signature; about 7,000 characters."""
    chance = random.Random(f"{seed}-{number}")
    day = FIRST_DAY + timedelta(days=chance.randrange(3900))
    dossier = 90_000 + number % DOSSIERS
    topic = _topic(language, number, seed)
    lines = [
        f"{dossier // 1000} {dossier % 1000:03d}\t\tVerzonnen dossier {number % DOSSIERS}",
        f"Nr. {1 + number // DOSSIERS}\t\tBrief van de minister van Duinen en Getijden",
        "",
        "Aan de Voorzitter van de Eerste Kamer der Staten-Generaal",
        "",
        f"Den Haag, {day.day} {MONTHS[day.month - 1]} {day.year}",
        "",
    ]
    for _ in range(chance.randint(3, 6)):
        lines += [" ".join(language.words(chance, 3)).capitalize(), ""]
        for _ in range(chance.randint(2, 4)):
            sentences = [language.sentence(chance, topic) for _ in range(chance.randint(2, 5))]
            if chance.random() < 0.15:
                matters = " en ".join(chance.choices(topic, k=2))
                sentences[0] = f"De leden van de {chance.choice(FRACTIES)}-fractie vragen naar {matters}."
            lines += [" ".join(sentences), ""]
    lines += ["De minister van Duinen en Getijden,", "", chance.choice(NAMES), ""]
    return "\n".join(lines)


def _topic(language: Language, number: int, seed: int) -> list[str]:
    """What a letter is about: twelve words that it repeats."""
    return language.words(random.Random(f"topic-{seed}-{number}"), 12)


def questions(language: Language, letters: int, count: int, seed: int) -> Iterator[str]:
    """Questions with content words of the topics of letters that exist."""
    chance = random.Random(f"questions-{seed}")
    for _ in range(count):
        number = chance.randrange(letters)
        first, second, third, fourth = chance.sample(_topic(language, number, seed), 4)
        yield f"Wat schrijft de minister over {first} en {second} bij de {third} van {fourth}?"


def write_letters(folder: Path, count: int, seed: int = 1) -> None:
    """Write letters 0 to `count` into `folder`, a hundred to a subfolder."""
    language = Language(seed)
    for number in range(count):
        place = folder / f"{number // 100:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"verzonnen-{number:06d}.txt").write_text(letter(language, number, seed), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_letters(options.folder, options.count, options.seed)
