"""Loaders: one module a file format, in the order in which they are asked.

A loader is a module with `accepts(data, name) -> bool`, which looks at the bytes before the name, and `load(data, name) ->
Extract`. The first that accepts a file reads it; plain text comes last, because nearly anything could be text. The modules
are imported when the first file is loaded, and their heavy libraries inside their own functions.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

NAMES = ("refused", "pdf", "docx", "odt", "html", "official_xml", "text")
"""Module names in this package, in the order of asking. Plain text stays last."""


@cache
def loaders() -> tuple[ModuleType, ...]:
    """The loader modules in the order of asking."""
    return tuple(import_module(f"index.loaders.{name}") for name in NAMES)
