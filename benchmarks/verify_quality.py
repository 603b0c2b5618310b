"""How good is the check of statements? Precision and recall on made-up pairs.

The files hold statements about the example letters with the span each cites. The first was written after reading the letters
and before the rules of rag/verify.py, and the rules were mended on it since; the second was written afterwards, about other
sentences, in freer words, and is only measured. Kinds: true, number, name, date, letter (a true statement cited
to another letter or passage), negation.

Run: python -m benchmarks.verify_quality [--wrong]
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.letter import Letter, Span
from index.read import read_letter
from index.view import reading_text
from rag.answer import Support
from rag.verify import Source, Verdict, check

ROOT = Path(__file__).parent.parent
FIRST = ROOT / "tests" / "data" / "verify_pairs.jsonl"
SECOND = ROOT / "tests" / "data" / "verify_pairs_second.jsonl"
LETTERS = ROOT / "examples" / "letters"


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair with what the check said of it."""

    id: str
    kind: str
    statement: str
    source: str
    verdict: Verdict

    @property
    def supported(self) -> bool:
        return self.verdict.support is not Support.UNVERIFIED

    @property
    def right(self) -> bool:
        return self.supported == (self.kind == "true")


def judge(pairs: Path, letters: Path = LETTERS) -> list[Judged]:
    """Every pair of the file, checked."""
    read: dict[str, Letter] = {}
    judged = []
    for line in pairs.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        name = pair["letter"]
        if name not in read:
            read[name] = read_letter((letters / name).read_bytes(), name).letter
        letter = read[name]
        text = reading_text(letter, [Span(pair["start"], pair["end"])])
        when = letter.metadata.date
        verdict = check(pair["statement"], [Source(text, when.value if when else None, letter.title)])
        judged.append(Judged(pair["id"], pair["kind"], pair["statement"], text, verdict))
    return judged


def rate(judged: Sequence[Judged], kind: str) -> float:
    """The share of the pairs of `kind` that the check got right: recall of that fault, or of true statements."""
    of_kind = [pair for pair in judged if pair.kind == kind]
    return sum(pair.right for pair in of_kind) / len(of_kind)


def precision(judged: Sequence[Judged]) -> float:
    """Of the statements called supported, the share that is true."""
    supported = [pair for pair in judged if pair.supported]
    return sum(pair.kind == "true" for pair in supported) / len(supported)


def table(judged: Sequence[Judged]) -> str:
    """The figures as a Markdown table."""
    kinds = ["true", "number", "name", "date", "letter", "negation"]
    rows = [f"| {kind} | {sum(p.kind == kind for p in judged)} | {rate(judged, kind):.3f} |" for kind in kinds]
    return "\n".join(
        [
            "| soort | paren | juist beoordeeld |",
            "|---|---|---|",
            *rows,
            f"| precisie van 'ondersteund' | | {precision(judged):.3f} |",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--wrong", action="store_true", help="also show every pair that was judged wrongly")
    args = parser.parse_args()
    for file in (FIRST, SECOND):
        judged = judge(file)
        print(f"{file.name}: {len(judged)} paren\n{table(judged)}\n")
        for pair in judged if args.wrong else ():
            if not pair.right:
                print(f"\n{pair.id}: {pair.statement}\n  bron: {pair.source}\n  {', '.join(pair.verdict.reasons)}")


if __name__ == "__main__":
    main()
