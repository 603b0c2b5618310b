"""argparse in Dutch: its headings, usage line and errors, which it takes from gettext.

The translations are keyed by argparse's own messages; a message of a newer Python that is not here stays English rather
than failing.
"""

import argparse
import gettext
from collections.abc import Callable
from typing import Any

DUTCH = {
    "usage: ": "gebruik: ",
    "options": "opties",
    "positional arguments": "argumenten",
    "show this help message and exit": "toon deze uitleg en stop",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fout: %(message)s\n",
    "the following arguments are required: %s": "deze argumenten ontbreken: %s",
    "unrecognized arguments: %s": "onbekende argumenten: %s",
    "expected one argument": "hier hoort een waarde achter",
    "expected at least one argument": "hier hoort ten minste een waarde achter",
    "invalid choice: %(value)r (choose from %(choices)s)": "onbekende keuze: %(value)r (kies uit %(choices)s)",
    "invalid %(type)s value: %(value)r": "ongeldige waarde: %(value)r",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "not allowed with argument %s": "kan niet samen met %s",
    "one of the arguments %s is required": "een van deze argumenten is nodig: %s",
    "ambiguous option: %(option)s could match %(matches)s": "onduidelijke optie: %(option)s kan %(matches)s zijn",
}


def translate(message: str) -> str:
    """The Dutch for one of argparse's own messages, or what gettext makes of it."""
    return DUTCH.get(message) or gettext.gettext(message)


class DutchParser(argparse.ArgumentParser):
    """An ArgumentParser whose own texts are Dutch; subparsers made from it are Dutch as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _install()
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)


def _install() -> None:
    """Point argparse's gettext hook at our table; it is the only way in that argparse offers."""
    hook: Callable[[str], str] = translate
    vars(argparse)["_"] = hook
