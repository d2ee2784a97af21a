"""What every piece of the generator shares: the chances, the calendar, the numbering, and rows of the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from regulars.demo.columns import Bools, Calendar, Ints, local_dates, scattered
from regulars.demo.truths import Truths
from regulars.log.tables import INTERACTIONS

Column: TypeAlias = "pa.Array | np.ndarray[Any, Any] | str | None"


@dataclass
class Numbering:
    """Hands out row numbers, never one twice; ``salt`` makes the ids of another seed other ids."""

    salt: int
    following: int = 1

    def ids(self, count: int) -> Ints:
        """That many fresh ids."""
        numbers = np.arange(self.following, self.following + count, dtype=np.int64)
        self.following += count
        return scattered(numbers, self.salt)


@dataclass(frozen=True)
class Frame:
    """One batch of customers in the making: where chance, time and ids come from."""

    rng: np.random.Generator
    calendar: Calendar
    numbering: Numbering
    truths: Truths
    import_id: int

    def chance(self, count: int, share: float) -> Bools:
        """True with that chance, independently."""
        return self.rng.random(count) < share


def as_column(value: Column, type_: pa.DataType, count: int) -> pa.Array:
    """A column of that type from an array, one word for all rows, or nothing."""
    if value is None:
        return pa.nulls(count, type_)
    if isinstance(value, str):
        return pa.repeat(pa.scalar(value, type_), count)
    return pa.array(value).cast(type_) if isinstance(value, np.ndarray) else value.cast(type_)


def touches(frame: Frame, kind: str, local_s: Ints, ids: Ints | None = None, **columns: Column) -> pa.Table:
    """Rows of ``interactions`` of one kind; those after the end of the log are left out.

    local_s   local seconds of the touch
    ids       interaction ids where other tables need them; else fresh ones
    columns   any other columns of the table; what is not named is null
    """
    count = len(local_s)
    given: dict[str, Column] = {
        **columns,
        "interaction_id": frame.numbering.ids(count) if ids is None else ids,
        "import_id": np.full(count, frame.import_id),
        "occurred_at": frame.calendar.instants(local_s),
        "occurred_on": local_dates(local_s),
        "kind": kind,
    }
    arrays = [as_column(given.get(field.name), field.type, count) for field in INTERACTIONS]
    table = pa.Table.from_arrays(arrays, schema=INTERACTIONS)
    inside = local_s < frame.calendar.end_s
    return table if inside.all() else table.filter(pa.array(inside))
