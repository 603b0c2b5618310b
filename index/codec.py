"""Frozen dataclasses as plain JSON values and back, by their own type hints.

For letters: blocks, metadata with the origin of each fact, pages. Nothing that is read back can run code, and a field that
is added to a noun needs no change here.
"""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints


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
    return _maker(kind)(value)


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """The function that makes a value of type `kind`: a letter has hundreds of values, of a dozen types."""
    origin: Any = get_origin(kind) or kind
    arguments = get_args(kind)
    if origin in (Union, types.UnionType):
        make = _maker(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else make(value)
    if origin is tuple:
        make = _maker(arguments[0])
        return lambda values: tuple(map(make, values))
    if isinstance(origin, type) and is_dataclass(origin):
        makers = [_maker(hint) for hint in _hints(origin, arguments)]
        return lambda values: origin(*[make(value) for make, value in zip(makers, values, strict=True)])
    if origin is date:
        return date.fromisoformat
    return origin if isinstance(origin, type) and issubclass(origin, Enum) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _hints(origin: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The types of a dataclass's fields, a type variable replaced by what stands in brackets (`Fact[date]`)."""
    named = get_type_hints(origin)
    bound = dict(zip(getattr(origin, "__parameters__", ()), arguments, strict=bool(arguments)))
    hints = (named[field.name] for field in fields(origin))
    return tuple(bound.get(hint, hint) if isinstance(hint, TypeVar) else hint for hint in hints)
