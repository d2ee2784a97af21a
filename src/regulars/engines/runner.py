"""Runs a measure on an engine and checks that the result is what the measure declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from regulars.engines.compiled import queries
from regulars.engines.tables import Engine, shaped_as
from regulars.errors import MeasureError
from regulars.log.tables import INSTANT, MONEY, TABLES
from regulars.measures.registry import Columns, ColumnType, Measure
from regulars.measures.scope import Scope

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

RESULT_TYPES: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "money": MONEY,
    "share": pa.float64(),
    "date": pa.date32(),
    "instant": INSTANT,
    "boolean": pa.bool_(),
    "key": pa.int64(),
    "json": pa.string(),
}

_SHOWN_ROWS = 10


@dataclass(frozen=True, repr=False)
class MeasureResult:
    """What a measure found: a table of ``by`` columns and the declared ones, and how it was found.

    ``notes`` are sentences to show beside the numbers; ``queries`` is the SQL that ran, by expression.
    """

    measure: Measure
    scope: Scope
    queries: Mapping[str, str]
    notes: tuple[str, ...]
    table: pa.Table

    @property
    def as_of(self) -> date:
        """The local date up to which the log was seen."""
        return self.scope.as_of

    @property
    def sql(self) -> str:
        """All SQL that ran, each query under its name."""
        return "\n\n".join(f"-- {name}\n{sql};" for name, sql in self.queries.items())

    def to_arrow(self) -> pa.Table:
        """The result as an Arrow table; money is decimal."""
        return self.table

    def to_polars(self) -> pl.DataFrame:
        """The result as a Polars frame."""
        import polars as pl  # noqa: PLC0415  half a second that most commands do not need

        frame = pl.from_arrow(self.table)
        assert isinstance(frame, pl.DataFrame)  # noqa: S101  a table never becomes a series
        return frame

    def to_pandas(self) -> pd.DataFrame:
        """The result as a pandas frame."""
        return self.table.to_pandas()

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __repr__(self) -> str:
        head = str(self.to_polars().head(_SHOWN_ROWS))
        notes = "".join(f"\n{note}" for note in self.notes)
        return f"{self.measure.name} as of {self.as_of}: {self.measure.question}\n{head}{notes}"


def run_measure(
    engine: Engine, measure: Measure, scope: Scope, *, timeout_seconds: float | None = None
) -> MeasureResult:
    """The measure's result for this scope, in a fixed order of rows.

    Raises MeasureError for a scope the measure cannot serve, EngineError where the engine fails.
    """
    check_asked(measure, scope)
    asked = queries(engine, measure, scope)
    tables = {
        name: shaped_as(query.schema, engine.run(query.sql, timeout_seconds=timeout_seconds))
        for name, query in asked.items()
    }
    notes: tuple[str, ...] = ()
    if measure.statistics is None:
        found = tables["result"]
    else:
        outcome = measure.statistics({name: to_columns(table) for name, table in tables.items()}, scope)
        found, notes = _to_table(outcome.columns, result_schema(measure, scope)), outcome.notes
    sql = {name: query.sql for name, query in asked.items()}
    return MeasureResult(measure, scope, sql, notes, _checked(found, measure, scope))


def result_schema(measure: Measure, scope: Scope) -> pa.Schema:
    """The names and types of a result: the ``by`` columns, then the declared ones."""
    split = [(name, _log_type(name, scope)) for name in scope.by]
    return pa.schema(split + [(column.name, RESULT_TYPES[column.type]) for column in measure.columns])


def to_columns(table: pa.Table) -> Columns:
    """A table as numpy arrays.

    Floats keep NaN for missing; integers with gaps become floats; money, texts, dates and booleans with gaps become
    object arrays of Decimal, str, date and bool with None for missing. Dates without gaps become datetime64[D].
    """
    return {name: _to_array(table.column(name)) for name in table.column_names}


def _to_array(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    type_ = column.type
    if pa.types.is_floating(type_) or pa.types.is_integer(type_):
        return np.asarray(column.to_numpy())
    if column.null_count == 0 and (pa.types.is_date(type_) or pa.types.is_boolean(type_)):
        return np.asarray(column.to_numpy())
    values = np.empty(len(column), dtype=object)
    values[:] = column.to_pylist()
    return values


def _to_table(columns: Columns, schema: pa.Schema) -> pa.Table:
    if set(columns) != set(schema.names):
        raise MeasureError(
            f"A measure made the columns {sorted(columns)} instead of {sorted(schema.names)}. Please report it."
        )
    return pa.Table.from_arrays([_to_arrow(columns[field.name], field.type) for field in schema], schema=schema)


def _to_arrow(values: np.ndarray[Any, Any], type_: pa.DataType) -> pa.Array:
    if pa.types.is_decimal(type_):
        return pa.array([_to_money(value) for value in values.tolist()], type=type_)
    if values.dtype.kind == "f" and pa.types.is_integer(type_):
        return pa.array(values, mask=np.isnan(values)).cast(type_)
    # NaN and NaT say "missing" in numpy; in a result missing is null.
    return pa.array(values, type=type_, from_pandas=True)


def _to_money(value: object) -> Decimal | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return round(Decimal(str(value)), 4)


def _checked(found: pa.Table, measure: Measure, scope: Scope) -> pa.Table:
    schema = result_schema(measure, scope)
    if set(found.column_names) != set(schema.names):
        raise MeasureError(
            f"Measure {measure.name!r} gave {found.column_names} instead of {schema.names}. Please report it."
        )
    table = found.select(schema.names).cast(schema)
    keys = [(name, "ascending") for name in (*scope.by, *measure.order_by)]
    return table.sort_by(keys) if keys else table


def check_asked(measure: Measure, scope: Scope) -> None:
    """Raises MeasureError for a scope the measure cannot serve, before any of its expressions is built."""
    _check_split(measure, scope)
    _check_choices(measure, scope)


def _check_split(measure: Measure, scope: Scope) -> None:
    taken = [column.name for column in measure.columns if column.name in scope.by]
    if taken:
        raise MeasureError(
            f"Measure {measure.name!r} cannot be split by {taken[0]!r}: its result has a column of that name."
        )


def _check_choices(measure: Measure, scope: Scope) -> None:
    declared = {choice.name: choice for choice in measure.choices}
    for name in scope.choices:
        if name not in declared:
            known = f"It can be set: {', '.join(declared)}." if declared else "It has nothing of that kind to set."
            raise MeasureError(f"Measure {measure.name!r} has no choice {name!r}. {known}")
    for choice in measure.choices:
        choice.of(scope)


def _log_type(name: str, scope: Scope) -> pa.DataType:
    for table in ("interactions", "clients", "answers"):
        if name in TABLES[table].names:
            return TABLES[table].field(name).type
    if name in scope.attributes:
        return pa.string()
    raise MeasureError(f"There is no column {name!r} to split by.")
