"""What was read: rows of a measure or a query, or the reason why there are none; and how they are kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from regulars.errors import MeasureError
from regulars.measures import find
from regulars_web.shared.frame import Frame

Row = dict[str, Any]
_DAY, _MOMENT, _MONEY = "$day", "$moment", "$money"


@dataclass(frozen=True)
class Reading:
    """Rows, or why there are none. ``sql`` is what ran; ``measure`` names the measure, empty for a query of ours."""

    rows: Sequence[Row] = ()
    notes: tuple[str, ...] = ()
    unknown: str = ""
    measure: str = ""
    sql: str = ""

    @property
    def only(self) -> Row:
        """The first row, or an empty one."""
        return self.rows[0] if self.rows else {}

    def where(self, name: str, value: object) -> Row:
        """The first row with that value, or an empty one."""
        return next((row for row in self.rows if row[name] == value), {})


Readings = Mapping[str, Reading]


def ask(
    frame: Frame,
    name: str,
    *,
    by: Sequence[str] = (),
    where: str | None = None,
    choices: Mapping[str, str] | None = None,
    settings: Mapping[str, float] | None = None,
    period: tuple[date | None, date | None] | None = None,
    members: frozenset[int] | None = None,
    everybody: bool = False,
    most: int | None = None,
) -> Reading:
    """A measure over the period, of the group's customers; why there is none where it cannot be counted.

    period     other days than those of the frame
    members    other customers than those of the frame's group
    everybody  all customers, whatever the group
    most       so many of its first rows
    """
    first, last = period or (frame.first, frame.last)
    try:
        found = frame.workspace.measure(
            name,
            by=tuple(by),
            as_of=frame.newest,
            from_on=first,
            to_on=last,
            where=where,
            settings=settings,
            choices=choices,
            members=None if everybody else frame.members if members is None else members,
        )
    except MeasureError as error:
        return Reading(unknown=str(error), measure=name)
    rows: list[Row] = found.to_arrow().slice(0, most).to_pylist()
    return Reading(rows, tuple(found.notes), "", name, found.sql)


def ask_log(frame: Frame, sql: str) -> Reading:
    """A query of ours over the log's views, of the group's customers where there is a group."""
    with frame.workspace.engine(members=frame.members) as engine:
        found: pa.Table = engine.run(sql)
    return Reading(found.to_pylist(), sql=sql.strip())


def ask_everyone(frame: Frame, sql: str) -> Reading:
    """The same over the whole log, whatever the group."""
    with frame.workspace.engine() as engine:
        return Reading(engine.run(sql).to_pylist(), sql=sql.strip())


def measure_words(name: str) -> Mapping[str, str]:
    """Question, formula and source of a measure, from the registry."""
    found = find(name)
    return {"name": found.name, "question": found.question, "formula": found.formula, "source": found.source}


def to_text(readings: Readings) -> str:
    """Readings as JSON; days, moments and money keep their types."""
    told = {
        name: {
            "rows": list(one.rows),
            "notes": one.notes,
            "unknown": one.unknown,
            "measure": one.measure,
            "sql": one.sql,
        }
        for name, one in readings.items()
    }
    return json.dumps(told, default=_written, ensure_ascii=False)


def from_text(text: str) -> dict[str, Reading]:
    """The readings again. Raises ValueError, KeyError or TypeError for a text that is none."""
    told = json.loads(text, object_hook=_read)
    return {
        name: Reading(one["rows"], tuple(one["notes"]), one["unknown"], one["measure"], one["sql"])
        for name, one in told.items()
    }


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return {_MOMENT: value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {_MONEY: str(value)}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _read(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        name, value = next(iter(found.items()))
        if name == _DAY:
            return date.fromisoformat(value)
        if name == _MOMENT:
            return datetime.fromisoformat(value)
        if name == _MONEY:
            return Decimal(value)
    return found
