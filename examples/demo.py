"""What `make demo` shows: a folder of letters is indexed and three questions are asked, with the real command line.

Every command is printed before it runs, so that a reader can type it again. The index lives apart from the user's own and
is made anew each time; it stays, so that the next question can be asked of it.

    python examples/demo.py [LETTERS_DIR]
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

LETTERS = Path(__file__).resolve().parent / "letters"
INDEX = Path(".kamerbrief") / "demo"
ANSWERED, REFUSED = 0, 3

QUESTIONS = (
    "Met welk bedrag heeft het kabinet het Kustfonds in september 2024 opgericht?",
    "Hoeveel bruggen zijn er gesloten?",
    "Wie ondertekende het verslag van 7 oktober 2024 en met welke functie?",
)
"""For the letters that come with the program: an amount, a number that changed, a signature that the letterhead denies."""

ABOUT_ONE_LETTER = ("Wie ondertekende deze brief?", "Van welke datum is deze brief?")
ABOUT_ALL = "Hoeveel brieven gaan over het kabinet?"
"""For any other letters: what can be asked of every letter to parliament."""

PROGRAM = Path(sys.executable).with_name("kamerbrief")


def show(command: list[str]) -> int:
    """Print a command as a user would type it, run it with its output on the screen, and give its exit code."""
    print(f"\n$ {shlex.join(command)}", flush=True)
    # The arguments are ours and a folder the user named; no shell reads them.
    return subprocess.run([str(PROGRAM), *command[1:]], check=False).returncode  # noqa: S603


def newest_letter() -> str:
    """The name of the letter with the last date in the index (any letter where none has a date)."""
    command = [str(PROGRAM), "--index", str(INDEX), "index", "list", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    newest: str = max(json.loads(done.stdout), key=lambda letter: letter["date"] or "")["name"]
    return newest


def main() -> int:
    """Index the folder named on the command line, ask, say what to type next; 1 where a command failed."""
    letters = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.path.relpath(LETTERS))
    own = letters.resolve() == LETTERS.resolve()
    if not PROGRAM.exists():
        print(f"{PROGRAM} is er niet. Zet het programma eerst klaar met: make setup", file=sys.stderr)
        return 1
    shutil.rmtree(INDEX, ignore_errors=True)
    kamerbrief = ["kamerbrief", "--index", str(INDEX)]
    if show([*kamerbrief, "index", "add", str(letters)]) != ANSWERED:
        return 1
    if own:
        asked = [[question] for question in QUESTIONS]
    else:
        letter = newest_letter()
        asked = [*([question, "--letter", letter] for question in ABOUT_ONE_LETTER), [ABOUT_ALL]]
    for arguments in asked:
        if show([*kamerbrief, "ask", *arguments, "--reader", "extractive"]) not in (ANSWERED, REFUSED):
            return 1
    program = shlex.quote(str(Path(".venv", "bin", "kamerbrief")))
    ask = f"  {program} --index {INDEX} ask"
    if own:
        print("\nDeze brieven zijn verzonnen: het ministerie, de personen en de bedragen bestaan niet.")
        print("\nEn nu zelf. Typ bijvoorbeeld:")
        print(f'{ask} "Waarom wil het kabinet geen tol op bruggen?"')
        print("Wat niet in de brieven staat, wordt niet verzonnen:")
        print(f'{ask} "Wat is de hoofdstad van Australië?"')
    else:
        print("\nEn nu zelf. Stel een vraag aan deze brieven:")
        print(f'{ask} "..."')
    print("Vragen aan uw eigen map met brieven:")
    print(f"  {program} index add MAP")
    print(f'  {program} ask "..."')
    print("Liever in de browser:")
    print(f"  {program} --index {INDEX} ui")
    return 0


if __name__ == "__main__":
    sys.exit(main())
