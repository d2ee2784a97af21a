"""Vault and inbox as files that any database can take in: for backups of PostgreSQL, and for moving to it.

One Parquet file a table, and shape.json beside them. Tables that are worked out from others (the search index) are
left out; whoever needs them makes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from regulars.errors import WorkspaceError
from regulars.log import databases

SHAPE_FILE = "shape.json"
CHUNK_ROWS = 20_000
_WORKED_OUT = ("search_", "sqlite_")
_TYPES: Mapping[str, tuple[pa.DataType, sa.types.TypeEngine[Any]]] = {
    "integer": (pa.int64(), sa.BigInteger()),
    "number": (pa.float64(), sa.Float(53)),
    "truth": (pa.bool_(), sa.Boolean()),
    "bytes": (pa.binary(), sa.LargeBinary()),
    "text": (pa.string(), sa.Text()),
}


@dataclass(frozen=True)
class _Shape:
    """One saved table: its columns with their types, what is unique in it, and how many rows it has."""

    name: str
    columns: Mapping[str, str]
    key: Sequence[str]
    unique: Sequence[Sequence[str]]
    rows: int = 0

    def arrow(self) -> pa.Schema:
        return pa.schema([(name, _TYPES[kind][0]) for name, kind in self.columns.items()])

    def table(self, schema: str | None) -> sa.Table:
        columns = [sa.Column(name, _TYPES[kind][1], autoincrement=False) for name, kind in self.columns.items()]
        unique = [sa.UniqueConstraint(*names) for names in self.unique]
        key = [sa.PrimaryKeyConstraint(*self.key)] if self.key else []
        return sa.Table(self.name, sa.MetaData(), *columns, *key, *unique, schema=schema)


def save(engine: sa.Engine, folder: Path) -> None:
    """Write every table of a database (of its schema, in PostgreSQL) as it stands at one instant."""
    folder.mkdir(mode=0o700, parents=True)
    with engine.connect() as connection:
        if engine.dialect.name == databases.POSTGRESQL:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            shapes = [_save_table(connection, shape, databases.schema_of(engine), folder) for shape in _shapes(engine)]
    content = [{**vars(shape), "columns": dict(shape.columns)} for shape in shapes]
    (folder / SHAPE_FILE).write_text(json.dumps(content), encoding="utf-8")


def take_in(engine: sa.Engine, folder: Path) -> None:
    """Put saved tables into a database whose own tables are made and empty, in one transaction.

    Taken in before, it is left as it is. Raises WorkspaceError where other rows are there already.
    """
    shapes = [_Shape(**content) for content in json.loads((folder / SHAPE_FILE).read_text(encoding="utf-8"))]
    schema = databases.schema_of(engine)
    with engine.begin() as connection:
        held = _rows_held(connection, shapes, schema)
        if held == {shape.name: shape.rows for shape in shapes}:
            return
        if any(rows for name, rows in held.items() if name != "counter"):
            raise WorkspaceError(
                "The database named by `state` in regulars.toml holds names or waiting rows already, so what was "
                "saved cannot be put into it. Name an empty database there, then open the workspace again."
            )
        for shape in shapes:
            _take_in_table(connection, shape, schema, folder)


def _shapes(engine: sa.Engine) -> list[_Shape]:
    inspector, schema = sa.inspect(engine), databases.schema_of(engine)
    names = [name for name in inspector.get_table_names(schema=schema) if not name.startswith(_WORKED_OUT)]
    return [
        _Shape(
            name=name,
            columns={column["name"]: _kind(column["type"]) for column in inspector.get_columns(name, schema=schema)},
            key=inspector.get_pk_constraint(name, schema=schema)["constrained_columns"],
            unique=[found["column_names"] for found in inspector.get_unique_constraints(name, schema=schema)],
        )
        for name in sorted(names)
    ]


def _kind(type_: sa.types.TypeEngine[Any]) -> str:
    kinds = {sa.Boolean: "truth", sa.Integer: "integer", sa.Numeric: "number", sa.LargeBinary: "bytes"}
    return next((kind for class_, kind in kinds.items() if isinstance(type_, class_)), "text")


def _save_table(connection: sa.Connection, shape: _Shape, schema: str | None, folder: Path) -> _Shape:
    rows = 0
    arrow = shape.arrow()
    found = connection.execution_options(yield_per=CHUNK_ROWS).execute(sa.select(shape.table(schema)))
    with pq.ParquetWriter(folder / f"{shape.name}.parquet", arrow, compression="zstd") as writer:
        for part in found.mappings().partitions(CHUNK_ROWS):
            writer.write_table(pa.Table.from_pylist([dict(row) for row in part], schema=arrow))
            rows += len(part)
    return _Shape(shape.name, shape.columns, shape.key, shape.unique, rows)


def _rows_held(connection: sa.Connection, shapes: Sequence[_Shape], schema: str | None) -> dict[str, int]:
    there = set(sa.inspect(connection).get_table_names(schema=schema))
    counted = sa.func.count()
    return {
        shape.name: int(connection.execute(sa.select(counted).select_from(shape.table(schema))).scalar_one())
        if shape.name in there
        else 0
        for shape in shapes
    }


def _take_in_table(connection: sa.Connection, shape: _Shape, schema: str | None, folder: Path) -> None:
    table = shape.table(schema)
    table.create(connection, checkfirst=True)
    connection.execute(table.delete())
    for rows in _saved_rows(folder / f"{shape.name}.parquet"):
        connection.execute(table.insert(), rows)
    if connection.dialect.name == databases.POSTGRESQL:
        for name in shape.key:
            _go_on_counting(connection, f"{schema}.{shape.name}" if schema else shape.name, name)


def _saved_rows(path: Path) -> Iterator[list[dict[str, object]]]:
    with pq.ParquetFile(path) as saved:
        for batch in saved.iter_batches(CHUNK_ROWS):
            if batch.num_rows:
                yield batch.to_pylist()


def _go_on_counting(connection: sa.Connection, table: str, column: str) -> None:
    """A number that PostgreSQL gives out itself goes on after the highest one taken in."""
    given_by = connection.execute(
        sa.text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table, "column": column}
    ).scalar_one()
    if given_by is not None:
        highest = sa.text(f"SELECT setval(:given_by, greatest(max({column}), 1)) FROM {table}")  # noqa: S608  our names
        connection.execute(highest, {"given_by": given_by})
