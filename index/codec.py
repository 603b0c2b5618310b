"""Frozen dataclasses as plain JSON values and back, by their own type hints.

For letters: blocks, metadata with the origin of each fact, pages. Nothing that is read back can run code, and a field that
is added to a noun needs no change here.
"""

import types
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """`value` as lists, strings, numbers and None; a dataclass becomes the list of its fields."""
    if is_dataclass(value):
        return [to_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Enum) else value


def from_plain(kind: Any, value: Any) -> Any:
    """The value of type `kind` (a dataclass, tuple, enum, date, union with None, ...) that `to_plain` made `value` of."""
    origin: Any = get_origin(kind) or kind
    arguments = get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else from_plain(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(from_plain(arguments[0], item) for item in value)
    if origin is Literal:
        return value
    if is_dataclass(origin):
        return _made(origin, arguments, value)
    if origin is date:
        return date.fromisoformat(value)
    return origin(value) if isinstance(origin, type) and issubclass(origin, Enum) else value


def _made(origin: Any, arguments: tuple[Any, ...], values: Any) -> Any:
    hints = _hints(origin, arguments)
    return origin(*[from_plain(hint, item) for hint, item in zip(hints, values, strict=True)])


@cache
def _hints(origin: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The types of a dataclass's fields, a type variable replaced by what stands in brackets (`Fact[date]`)."""
    named = get_type_hints(origin)
    bound = dict(zip(getattr(origin, "__parameters__", ()), arguments, strict=bool(arguments)))
    hints = (named[field.name] for field in fields(origin))
    return tuple(bound.get(hint, hint) if isinstance(hint, TypeVar) else hint for hint in hints)
