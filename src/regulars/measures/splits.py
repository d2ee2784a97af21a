"""Rows of one table taken apart by the values of ``by``, and put together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from regulars.measures.registry import Columns

# The values of the ``by`` columns that some rows share; None for a missing one.
Key = tuple[object, ...]


def key_rows(columns: Columns, by: Sequence[str]) -> list[Key]:
    """The key of every row; empty tuples where nothing is split."""
    length = len(next(iter(columns.values())))
    if not by:
        return [()] * length
    return list(zip(*(_plain(columns[name]) for name in by), strict=True))


def splits(columns: Columns, by: Sequence[str]) -> list[tuple[Key, Columns]]:
    """Each key with the rows that have it, in the order keys first appear; nothing for no rows."""
    if not by:
        return [((), columns)] if len(next(iter(columns.values()))) else []
    found: dict[Key, list[int]] = {}
    for row, key in enumerate(key_rows(columns, by)):
        found.setdefault(key, []).append(row)
    return [(key, {name: values[rows] for name, values in columns.items()}) for key, rows in found.items()]


def key_columns(keys: Iterable[Key], by: Sequence[str]) -> Columns:
    """Columns of ``by`` for rows that have these keys."""
    listed = list(keys)
    return {name: objects([key[place] for key in listed]) for place, name in enumerate(by)}


def joined(parts: Sequence[tuple[Key, Columns]], by: Sequence[str], names: Sequence[str]) -> Columns:
    """All parts under one another, each row with its key; ``names`` are the columns where there is no part."""
    if not parts:
        return {name: objects([]) for name in (*by, *names)}
    keys = [key for key, columns in parts for _ in range(len(next(iter(columns.values()))))]
    return key_columns(keys, by) | {name: np.concatenate([columns[name] for _, columns in parts]) for name in names}


def objects(values: Iterable[object]) -> NDArray[np.object_]:
    """An object array that keeps every value as it is."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def month_starts(index: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """First days of months given as months since January of year 0."""
    return (index - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")


def _plain(values: np.ndarray) -> list[object]:
    return [None if isinstance(value, float) and np.isnan(value) else value for value in values.tolist()]
