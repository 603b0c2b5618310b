"""The commands of the group "eval": measure the assistant against questions with known answers."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.settings import Settings

if TYPE_CHECKING:
    from eval.letter_texts import LetterTexts

QUESTIONS = "bestand met vragen (een JSON-object per regel, zie docs/evaluation.md)"


def register(commands: Any) -> None:
    """Add this group's parsers to `commands`, argparse's subparsers action."""
    group = commands.add_parser(
        "eval",
        help="meet hoe goed de antwoorden zijn",
        description="Meet hoe goed de antwoorden zijn, met vragen waarvan het antwoord bekend is.",
    )
    steps = group.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    _register_run(steps)
    _register_compare(steps)
    _register_gate(steps)
    _register_sweep(steps)
    _register_gold(steps)


def _register_run(steps: Any) -> None:
    parser = steps.add_parser(
        "run",
        help="stel alle vragen van een bestand en tel wat goed ging",
        description="Stel alle vragen van een bestand, tel wat goed ging en bewaar de antwoorden. "
        "Wordt de meting afgebroken, geef dan dezelfde opdracht nog eens: zij gaat verder waar zij was.",
    )
    parser.add_argument("gold", metavar="VRAGEN", type=Path, help=QUESTIONS)
    parser.add_argument("--out", metavar="MAP", type=Path, required=True, help="map voor antwoorden, cijfers en verslag")
    parser.add_argument(
        "--reader",
        choices=("extractive", "ollama", "auto"),
        default="extractive",
        help="wie de antwoorden maakt (standaard: extractive)",
    )
    parser.add_argument("-k", type=int, metavar="N", help="aantal passages dat de lezer ziet")
    parser.add_argument("--jobs", type=_positive, default=2, metavar="N", help="aantal vragen tegelijk (standaard: 2)")
    parser.add_argument("--restart", action="store_true", help="gooi weg wat er in MAP staat en begin opnieuw")
    parser.add_argument("--json", action="store_true", help="toon de cijfers als JSON")
    parser.set_defaults(run=_run)


def _register_compare(steps: Any) -> None:
    parser = steps.add_parser(
        "compare",
        help="vergelijk twee metingen over dezelfde vragen",
        description="Vergelijk twee metingen vraag voor vraag: wat veranderde er, hoe zeker is dat, en bij welke vragen.",
    )
    parser.add_argument("first", metavar="METING_A", type=Path, help="map van de eerste meting")
    parser.add_argument("second", metavar="METING_B", type=Path, help="map van de tweede meting")
    parser.add_argument("--json", action="store_true", help="toon de vergelijking als JSON")
    parser.set_defaults(run=_compare)


def _register_gate(steps: Any) -> None:
    parser = steps.add_parser(
        "gate",
        help="keur een meting af die slechter is dan de vorige",
        description="Keur een meting af (uitgangscode 1) als een cijfer duidelijk lager is dan bij de vorige meting, "
        "of lager dan een afgesproken ondergrens.",
    )
    parser.add_argument("measured", metavar="METING", type=Path, help="map van de meting")
    parser.add_argument("--baseline", metavar="METING", type=Path, required=True, help="map van de vorige, goede meting")
    parser.add_argument("--rules", metavar="BESTAND", type=Path, help="ondergrenzen (standaard: eval/gate.toml)")
    parser.set_defaults(run=_gate)


def _register_sweep(steps: Any) -> None:
    parser = steps.add_parser(
        "sweep",
        help="meet een aantal instellingen naast elkaar",
        description="Stel dezelfde vragen bij alle combinaties van instellingen in een TOML-bestand en toon één tabel.",
    )
    parser.add_argument("grid", metavar="ROOSTER", type=Path, help="TOML-bestand met gold, letters en [grid]")
    parser.add_argument("--out", metavar="MAP", type=Path, required=True, help="map voor de metingen")
    parser.add_argument("--jobs", type=_positive, default=2, metavar="N", help="aantal vragen tegelijk (standaard: 2)")
    parser.set_defaults(run=_sweep)


def _register_gold(steps: Any) -> None:
    gold = steps.add_parser(
        "gold",
        help="maak en controleer vragen met bekende antwoorden",
        description="Maak en controleer bestanden met vragen waarvan het antwoord bekend is.",
    )
    actions = gold.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    taken = actions.add_parser(
        "import",
        help="neem vragen over uit een spreadsheet",
        description="Neem vragen over uit een .csv- of .xlsx-bestand met de kolommen vraag en antwoord, en zo mogelijk "
        "brief en citaat. Een citaat wordt opgezocht in de brieven; wat niet of vaker voorkomt, wordt gemeld.",
    )
    taken.add_argument("sheet", metavar="BESTAND", type=Path, help="het .csv- of .xlsx-bestand")
    taken.add_argument("--out", metavar="VRAGEN", type=Path, required=True, help="het nieuwe bestand met vragen")
    _add_letters(taken)
    taken.set_defaults(run=_gold_import)
    checked = actions.add_parser(
        "check",
        help="controleer vragen tegen de brieven",
        description="Controleer of het bewijs in de brieven staat, de feiten in het bewijs, en of vragen dubbel zijn.",
    )
    checked.add_argument("gold", metavar="VRAGEN", type=Path, help=QUESTIONS)
    checked.add_argument("--pin", action="store_true", help="leg vast bij welke tekst van de brieven dit bewijs hoort")
    checked.add_argument(
        "--reanchor",
        metavar="VRAGEN",
        type=Path,
        help="schrijf een nieuw bestand waarin het bewijs meeschuift met veranderde brieven",
    )
    _add_letters(checked)
    checked.set_defaults(run=_gold_check)
    added = actions.add_parser(
        "add",
        help="voeg een vraag toe",
        description="Voeg één vraag toe aan een bestand. Zonder --answer is het een vraag die de brieven niet beantwoorden.",
    )
    added.add_argument("gold", metavar="VRAGEN", type=Path, help="bestand met vragen; wordt gemaakt als het er niet is")
    added.add_argument("--question", metavar="VRAAG", required=True, help="de vraag")
    added.add_argument("--answer", metavar="ANTWOORD", default="", help="een goed antwoord")
    added.add_argument("--letter", metavar="BRIEF", default="", help="de brief waarin het staat")
    added.add_argument("--quote", metavar="CITAAT", action="append", default=[], help="een zin die het bewijst; mag vaker")
    added.add_argument(
        "--fact", metavar="FEIT", action="append", default=[], help="wat het antwoord moet noemen: 'dit|of dit'; mag vaker"
    )
    added.add_argument(
        "--trap", metavar="TEKST", action="append", default=[], help="wat een goed antwoord niet noemt; mag vaker"
    )
    added.add_argument(
        "--history", metavar="VRAAG", action="append", default=[], help="een eerdere vraag van het gesprek; mag vaker"
    )
    added.add_argument("--kind", metavar="SOORT", default="", help="de soort vraag (standaard: afgeleid uit de vraag)")
    _add_letters(added)
    added.set_defaults(run=_gold_add)


def _add_letters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--letters", metavar="MAP", type=Path, help="map met de brieven (standaard: de brieven van de index)"
    )


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def _run(args: argparse.Namespace, settings: Settings) -> int:
    from eval import measure
    from eval.show import run_text

    run = measure(args.gold, settings, args.out, jobs=args.jobs, restart=args.restart)
    for warning in run.warnings:
        print(warning, file=sys.stderr)
    print(json.dumps(run.summary.to_dict(), ensure_ascii=False, indent=2) if args.json else run_text(run))
    return 0


def _compare(args: argparse.Namespace, _: Settings) -> int:
    from eval.compare import compare, comparison_text
    from eval.run import Run

    found = compare(Run.load(args.first), Run.load(args.second))
    print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if args.json else comparison_text(found))
    return 0


def _gate(args: argparse.Namespace, _: Settings) -> int:
    from eval.gate import DEFAULT, Scores, failures, read_rules

    run, baseline = Scores.load(args.measured), Scores.load(args.baseline)
    lines = failures(run, baseline, read_rules(args.rules or DEFAULT))
    for line in lines:
        print(line, file=sys.stderr)
    print("Afgekeurd." if lines else f"Goedgekeurd: {args.measured} is niet slechter dan {args.baseline}.")
    return 1 if lines else 0


def _sweep(args: argparse.Namespace, settings: Settings) -> int:
    from eval.sweep import read_grid, sweep, sweep_text

    grid = read_grid(args.grid)
    print(sweep_text(grid, list(sweep(grid, settings, args.out, jobs=args.jobs))))
    return 0


def _letters(args: argparse.Namespace, settings: Settings) -> "LetterTexts":
    from eval.letter_texts import LetterTexts

    return LetterTexts.of_index(settings) if args.letters is None else LetterTexts.of_folder(args.letters)


def _gold_import(args: argparse.Namespace, settings: Settings) -> int:
    from eval.gold_import import gold_line, import_rows, read_rows
    from eval.run import write_file

    found = import_rows(read_rows(args.sheet), _letters(args, settings).texts, args.sheet.name)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if not found.questions:
        print(f"{args.sheet}: geen vragen gevonden; {args.out} is niet gemaakt.", file=sys.stderr)
        return 1
    write_file(args.out, "".join(map(gold_line, found.questions)).encode())
    with_evidence = sum(bool(question.evidence) for question in found.questions)
    print(f"{len(found.questions)} vragen in {args.out}, waarvan {with_evidence} met bewijs.")
    print("Vul facts aan (wat een goed antwoord moet noemen) en controleer met: kamerbrief eval gold check")
    return 1 if found.problems else 0


def _gold_check(args: argparse.Namespace, settings: Settings) -> int:
    from eval.anchor import make_pins, pins_json, pins_path, read_pins
    from eval.gold import read_gold
    from eval.gold_check import check
    from eval.run import write_file

    gold, letters, pins = read_gold(args.gold), _letters(args, settings), read_pins(args.gold)
    if args.reanchor is not None:
        return _reanchor(args, letters)
    found = check(gold, letters.texts.get, letters.hashes.get, None if args.pin else pins)
    for finding in found:
        print(finding.text(gold.path.name), file=sys.stderr)
    errors = sum(finding.error for finding in found)
    print(f"{len(gold.questions)} vragen: {errors} fouten, {len(found) - errors} waarschuwingen.")
    if args.pin and not errors:
        made = make_pins(gold, letters.texts.get, letters.hashes.get)
        write_file(pins_path(args.gold), pins_json(made).encode())
        print(f"Vastgelegd in {pins_path(args.gold)}: {len(made.letters)} brieven, {len(made.spans)} plaatsen.")
    return 1 if errors else 0


def _reanchor(args: argparse.Namespace, letters: "LetterTexts") -> int:
    from eval.anchor import pins_path, read_pins
    from eval.gold import read_gold
    from eval.gold_check import reanchor
    from eval.gold_import import gold_line
    from eval.run import write_file

    pins = read_pins(args.gold)
    if pins is None:
        print(f"{pins_path(args.gold)} ontbreekt; leg eerst vast met --pin, bij de oude brieven.", file=sys.stderr)
        return 1
    found = reanchor(read_gold(args.gold), letters.texts.get, letters.hashes.get, pins)
    for line in (*found.lines, *found.lost):
        print(line, file=sys.stderr)
    write_file(args.reanchor, "".join(map(gold_line, found.questions)).encode())
    print(f"{len(found.lines)} plaatsen verschoven, {len(found.lost)} niet teruggevonden. Geschreven: {args.reanchor}")
    return 1 if found.lost else 0


def _gold_add(args: argparse.Namespace, settings: Settings) -> int:
    from eval.gold_import import add_question

    added = add_question(
        args.gold,
        _letters(args, settings).texts if args.quote else {},
        question=args.question,
        answer=args.answer,
        letter=args.letter,
        quotes=args.quote,
        facts=[[alternative.strip() for alternative in fact.split("|")] for fact in args.fact],
        traps=args.trap,
        history=args.history,
        kind=args.kind,
    )
    print(f"{added.id} ({added.kind}) staat in {args.gold}.")
    return 0
