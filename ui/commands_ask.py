"""`kamerbrief ask` and `kamerbrief search`: a question, or a file of questions, to answers.

The readable form and `--json` come from the same Answer. Everything heavy is imported when a command runs.
"""

import argparse
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import KamerbriefError
from index.settings import Settings
from rag.filters import Filters

if TYPE_CHECKING:
    from rag.answer import Answer
    from rag.retrieve import Hit

EXIT_REFUSED = 3


def register(commands: Any) -> None:
    """Add `ask` and `search` to `commands`, argparse's subparsers action."""
    ask = commands.add_parser("ask", help="stel een vraag en krijg een antwoord met bronnen")
    ask.add_argument("question", nargs="?", metavar="VRAAG", help="de vraag, tussen aanhalingstekens")
    ask.add_argument("--batch", metavar="BESTAND", help="beantwoord alle vragen in dit JSONL-bestand")
    ask.add_argument("--out", metavar="BESTAND", help="schrijf de antwoorden van --batch hierheen (standaard: scherm)")
    ask.add_argument("--reader", choices=("auto", "ollama", "extractive"), help="wie leest: taalmodel of citaten")
    ask.add_argument("--explain", action="store_true", help="laat ook zien hoe het antwoord gevonden is")
    ask.set_defaults(run=run_ask)
    search = commands.add_parser("search", help="zoek passages bij een vraag, zonder ze te lezen")
    search.add_argument("question", metavar="VRAAG", help="de vraag of de zoekwoorden")
    search.set_defaults(run=run_search)
    for parser in (ask, search):
        parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
        parser.add_argument("-k", type=int, metavar="N", help="hoeveel passages worden gelezen (standaard: 10)")
        add_filters(parser)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that restrict the letters."""
    group = parser.add_argument_group("alleen brieven")
    group.add_argument("--since", type=day, metavar="DATUM", help="vanaf deze datum, als jjjj-mm-dd")
    group.add_argument("--until", type=day, metavar="DATUM", help="tot en met deze datum, als jjjj-mm-dd")
    group.add_argument("--dossier", metavar="NUMMER", help="uit dit dossier, zoals 28676 of 21501-28")
    group.add_argument("--chamber", choices=("tk", "ek"), help="aan de Tweede Kamer (tk) of de Eerste Kamer (ek)")
    group.add_argument("--letter", metavar="BRIEF", help="alleen deze brief: bestandsnaam of Kamerstuknummer")
    group.add_argument("--sender", metavar="NAAM", help="van deze afzender")
    group.add_argument("--kind", metavar="SOORT", help="van deze soort, zoals verslag of agenda")


def day(text: str) -> date:
    """A date option; argparse shows the message in its usage error."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is geen datum; schrijf jjjj-mm-dd, zoals 2024-10-28") from None


def filters_of(args: argparse.Namespace) -> Filters:
    """The filters among the options."""
    return Filters(**{name: getattr(args, name) for name in Filters.__dataclass_fields__})


def run_ask(args: argparse.Namespace, settings: Settings) -> int:
    """Answer one question, or a batch; 0 answered, 1 a bad line in the batch, 3 refused."""
    if (args.question is None) == (args.batch is None):
        raise KamerbriefError('Geef een vraag, of --batch met een bestand. Bijvoorbeeld: kamerbrief ask "Wie ondertekende?"')
    from rag.assistant import Assistant

    assistant = Assistant.open(settings)
    if args.batch is not None:
        from ui.batch import answer_batch

        out = None if args.out is None else Path(args.out)
        return answer_batch(assistant, Path(args.batch), out, filters_of(args), args.reader, settings)
    from ui.stream import TerminalStream

    with TerminalStream(sys.stderr, shutil.get_terminal_size().columns) as stream:
        answer = assistant.ask(
            args.question, filters=filters_of(args), reader=args.reader, k=args.k, explain=args.explain, on_event=stream
        )
    show(answer, as_json=args.json)
    return 0 if answer.answered else EXIT_REFUSED


def show(answer: "Answer", *, as_json: bool) -> None:
    """Print an answer; warnings stand in the JSON, or in the readable form."""
    if as_json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
        return
    from ui.render import answer_text

    print(answer_text(answer, min(100, shutil.get_terminal_size().columns)))
    if answer.explain is not None:
        print(json.dumps(dict(answer.explain), ensure_ascii=False, indent=2))


def run_search(args: argparse.Namespace, settings: Settings) -> int:
    """List the passages found; 0 also when there are none."""
    from rag.assistant import Assistant

    hits = Assistant.open(settings).search(args.question, filters=filters_of(args), k=args.k)
    if args.json:
        print(json.dumps([hit_dict(hit) for hit in hits], ensure_ascii=False, indent=2))
        return 0
    if not hits:
        print("Geen passages gevonden.", file=sys.stderr)
    for hit in hits:
        passage = hit.passage
        heading = f", {' > '.join(passage.heading)}" if passage.heading else ""
        print(
            f"{hit.rank:3}. {passage.info.title}{heading} [{passage.letter} {passage.start}-{passage.end}] {hit.score:.2f}"
        )
        print(f"     {' '.join(sentence.text for sentence in passage.sentences)[:240]}")
    return 0


def hit_dict(hit: "Hit") -> dict[str, Any]:
    """The JSON object of one search result (docs/search.schema.json)."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "letter": passage.letter,
        "title": passage.info.title,
        "date": None if passage.info.date is None else passage.info.date.isoformat(),
        "heading": passage.heading[-1] if passage.heading else None,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "legs": {leg: dict(values) for leg, values in hit.legs.items()},
    }
