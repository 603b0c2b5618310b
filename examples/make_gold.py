"""Makes examples/gold.jsonl from gold.source.toml: quotes become character offsets, and facts are checked against them.

A quote is easy to write and to review, an offset is what the measures need. Anchoring by a script means that an edited
letter or a mistyped quote fails here, with the question named, instead of quietly pointing at other words.

    python examples/make_gold.py            writes gold.jsonl
    python examples/make_gold.py --check    writes nothing; exit code 1 when gold.jsonl is not what the source gives
"""

import argparse
import json
import re
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = HERE / "gold.source.toml"
GOLD = HERE / "gold.jsonl"
LETTERS = HERE / "letters"
REFUSED = "Dat staat niet in de brieven."
GAP = "[...]"

Span = dict[str, str | int]


def quote_pattern(quote: str) -> re.Pattern[str]:
    """A pattern that finds `quote` in a letter as it was laid out.

    White space stands for any white space, a hyphen may end a line, a word may be split with a hyphen over a line end,
    and `[...]` skips up to 400 characters of footnotes and page ends.
    """
    parts = []
    for part in quote.split(GAP):
        words = []
        for word in part.split():
            # A hyphen at a line end is a split where the quote has none, and the word's own where it has one.
            words.append(r"(?:-\n\s*)?".join(re.escape(c) + (r"\s*" if c == "-" else "") for c in word))
        parts.append(r"\s+".join(words))
    return re.compile(r"\s.{0,400}?\s".join(parts), re.DOTALL)


def find(quote: str, letters: dict[str, str]) -> Span:
    """The one place of `quote` ("05: the words"); ValueError where it stands nowhere or more than once."""
    number, words = quote.split(": ", 1)
    name = next((name for name in letters if name.startswith(number + "_")), None)
    if name is None:
        raise ValueError(f"no letter {number}")
    places = [match.span() for match in quote_pattern(words).finditer(letters[name])]
    if len(places) != 1:
        raise ValueError(f"{len(places)} places for {quote!r}")
    return {"letter": name, "start": places[0][0], "end": places[0][1]}


def folded(text: str) -> str:
    """Text without accents, case and runs of white space, as facts are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def holds(text: str, fact: str) -> bool:
    """Whether folded `text` has `fact`, where a digit at its edge touches no further digit, "5%" not being in "1,5%"."""
    before = r"(?<!\d)(?<!\d[.,])" if fact[0].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if fact[-1].isdigit() else ""
    return re.search(before + re.escape(folded(fact)) + after, text) is not None


def check_item(item: dict[str, object], texts: list[str], facts: list[list[str]], traps: list[str]) -> None:
    """Raises ValueError where a fact is not in evidence or answer, or the answer is too long or holds a trap."""
    answer = folded(str(item["answer"]))
    evidence = [
        folded(form) for text in texts for form in (text, re.sub(r"-\s*\n\s*", "", text), re.sub(r"-\s*\n\s*", "-", text))
    ]
    for alternatives in facts:
        if not any(holds(text, fact) for fact in alternatives for text in evidence):
            raise ValueError(f"no alternative of {alternatives} in the evidence")
        if not any(holds(answer, fact) for fact in alternatives):
            raise ValueError(f"no alternative of {alternatives} in the answer")
    for trap in traps:
        if holds(answer, trap):
            raise ValueError(f"the answer holds the trap {trap!r}")
    if len(answer.split()) > 120:
        raise ValueError("the answer has more than 120 words")


def gold_item(item_id: str, raw: dict[str, Any], letters: dict[str, str]) -> dict[str, object]:
    """One gold question with its quotes turned into offsets; ValueError or KeyError where it does not hold."""
    answerable = raw["kind"] != "onbeantwoordbaar"
    evidence = [[find(quote, letters) for quote in alternatives] for alternatives in raw.get("evidence", [])]
    if answerable != bool(evidence) or answerable != bool(raw.get("facts")):
        raise ValueError("an answerable question has facts and evidence, another has neither")
    item: dict[str, object] = {
        "id": item_id,
        "question": raw["question"],
        "kind": raw["kind"],
        "answerable": answerable,
        "answer": raw.get("answer", REFUSED),
        "facts": raw.get("facts", []),
        "traps": raw.get("traps", []),
        "evidence": evidence,
        "note": raw["note"],
    }
    if "history" in raw:
        item["history"] = raw["history"]
    spans = [span for alternatives in evidence for span in alternatives]
    texts = [letters[str(span["letter"])][int(span["start"]) : int(span["end"])] for span in spans]
    check_item(item, texts, raw.get("facts", []), raw.get("traps", []))
    return item


def made(source: str, letters: dict[str, str]) -> str:
    """The JSON lines for a source; ValueError names the first question that does not hold."""
    lines = []
    for n, raw in enumerate(tomllib.loads(source)["question"], 1):
        item_id = f"ex-{n:03d}"
        try:
            item = gold_item(item_id, raw, letters)
        except (KeyError, ValueError) as error:
            raise ValueError(f"{item_id} ({raw.get('question', '?')}): {error}") from error
        lines.append(json.dumps(item, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def read_letters() -> dict[str, str]:
    """The example letters by file name, newlines kept."""
    return {path.name: path.read_bytes().decode("utf-8") for path in sorted(LETTERS.glob("*.txt"))}


def main() -> int:
    """Writes or checks gold.jsonl; the exit code."""
    parser = argparse.ArgumentParser(description="Make examples/gold.jsonl from gold.source.toml.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail when gold.jsonl differs")
    arguments = parser.parse_args()
    try:
        text = made(SOURCE.read_text(encoding="utf-8"), read_letters())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not arguments.check:
        GOLD.write_text(text, encoding="utf-8")
        return 0
    if not GOLD.exists() or GOLD.read_text(encoding="utf-8") != text:
        print("gold.jsonl differs from what gold.source.toml gives; run: python examples/make_gold.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
