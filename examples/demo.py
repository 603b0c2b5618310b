"""What `make demo` shows: a folder of letters is indexed and three questions are asked, with the real command line.

Every command is printed before it runs, so that a reader can type it again. The index lives apart from the user's own and
is made anew each time; it stays, so that the next question can be asked of it.

    python examples/demo.py [LETTERS_DIR]
"""

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
    "Hoeveel meetboeien stonden er in de agenda van september 2024 en hoeveel werden het er?",
    "Hoeveel kost de gezamenlijke meldkamer van de kustlanden?",
)
"""For the letters that come with the program: an amount, an agenda beside its outcome, and a question without an answer."""

GENERAL_QUESTIONS = (
    "Wie heeft de laatste brief ondertekend?",
    "Wat is de datum van de laatste brief?",
    "Wat heeft het kabinet besloten?",
)
"""For any other letters."""


def show(command: list[str]) -> int:
    """Print a command as a user would type it, run it with its output on the screen, and give its exit code."""
    program = Path(sys.executable).with_name("kamerbrief")
    print(f"\n$ {shlex.join(command)}", flush=True)
    # The arguments are ours and a folder the user named; no shell reads them.
    return subprocess.run([program, *command[1:]], check=False).returncode  # noqa: S603


def main() -> int:
    """Index the folder named on the command line, ask, say what to type next; 1 where a command failed."""
    letters = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.path.relpath(LETTERS))
    own = letters.resolve() == LETTERS.resolve()
    shutil.rmtree(INDEX, ignore_errors=True)
    kamerbrief = ["kamerbrief", "--index", str(INDEX)]
    if show([*kamerbrief, "index", "add", str(letters)]) != ANSWERED:
        return 1
    for question in QUESTIONS if own else GENERAL_QUESTIONS:
        if show([*kamerbrief, "ask", question, "--reader", "extractive"]) not in (ANSWERED, REFUSED):
            return 1
    if own:
        print("\nDeze brieven zijn verzonnen: het ministerie, de personen en de bedragen bestaan niet.")
    program = shlex.quote(str(Path(".venv", "bin", "kamerbrief")))
    print("\nEn nu zelf. Stel een vraag aan deze brieven:")
    print(
        f'  {program} --index {INDEX} ask "Wanneer ging het Kustfonds open?"'
        if own
        else f'  {program} --index {INDEX} ask "..."'
    )
    print("Of lees uw eigen map met brieven in en stel daaraan een vraag:")
    print(f"  {program} index add MAP")
    print(f'  {program} ask "..."')
    print("Liever in de browser:")
    print(f"  {program} --index {INDEX} ui")
    return 0


if __name__ == "__main__":
    sys.exit(main())
