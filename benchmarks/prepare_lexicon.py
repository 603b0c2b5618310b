"""Write the prepared form of the lexicon next to it: `python -m benchmarks.prepare_lexicon`.

Needed after a change of index/data/lexicon.tsv or of the analyzer; a test fails when it was forgotten.
"""

from rag.lexicon import PREPARED, SOURCE, prepare


def main() -> None:
    """Read the lexicon, write its prepared form, say how many keys it has."""
    text = prepare(SOURCE.read_text(encoding="utf-8"))
    PREPARED.write_text(text, encoding="utf-8", newline="\n")
    print(f"{PREPARED.name}: {text.count(chr(9)) // 2 + 1} keys, {len(text.encode()) // 1024} KiB")


if __name__ == "__main__":
    main()
