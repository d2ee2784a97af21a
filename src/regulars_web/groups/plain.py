"""Results of the library as JSON, and back: frozen dataclasses of numbers, texts and dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Result = TypeVar("Result")


def to_text(result: object) -> str:
    """A dataclass as JSON."""
    return json.dumps(asdict(cast(Any, result)), default=_written, ensure_ascii=False)


def from_text(kind: type[Result], text: str) -> Result:
    """The dataclass again. Raises ValueError, KeyError or TypeError for a text that is none."""
    return cast(Result, _read(kind, json.loads(text)))


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _read(kind: Any, found: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{one.name: _read(hints[one.name], found[one.name]) for one in fields(kind)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple(inner, found)
    if origin in (Union, UnionType):
        return None if found is None else _read(next(one for one in inner if one is not NoneType), found)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return {name: _read(inner[1], value) for name, value in found.items()}
    if kind is float:
        return float(found)
    return date.fromisoformat(found) if kind is date else found


def _tuple(inner: tuple[Any, ...], found: list[Any]) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], one) for one in found)
    return tuple(_read(kind, one) for kind, one in zip(inner, found, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
