"""The customers as they were known on one date: what rules are asked of, and what checks and portraits read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regulars.engines.connection import connect
from regulars.groups.association import Variable, categories, numbers
from regulars.groups.conditions import Rule
from regulars.groups.fields import BaseColumnLike, Field, find_field
from regulars.groups.fields import fields as fields_of
from regulars.groups.rules import CURRENT_FACTS, RuleError, condition_sql, identifier, parse

Bools = NDArray[np.bool_]
Keys = NDArray[np.int64]
Basis = Literal["profit", "revenue"]

KEY = "client_key"
REVENUE, PROFIT = ("spend", "monetary_value"), ("profit",)


class Source(Protocol):
    """Answers SQL over ``base`` (one row a customer, ``client_key``) and ``facts`` (rows of the log)."""

    def run(self, sql: str, bound: Sequence[object] = ()) -> pa.Table: ...


class TablesInMemory:
    """A source out of two tables, for past dates and for tests."""

    def __init__(self, base: pa.Table, facts: pa.Table) -> None:
        self._connection = connect()
        for name, table in (("base", base), ("facts", facts)):
            # As tables: what is registered on a connection is not seen by its cursors.
            self._connection.register("given", table)
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
            self._connection.unregister("given")

    def run(self, sql: str, bound: Sequence[object] = ()) -> pa.Table:
        """The result of one query; threads may ask at the same time."""
        return self._connection.cursor().execute(sql, list(bound)).to_arrow_table()


class Snapshot:
    """One row a customer, on one date. Columns are read when they are asked for, and kept.

    columns   what ``base`` has, each with name, type, meaning and depends_on_us
    as_of     the local date up to which the log was seen
    basis     "profit" where costs are known of enough orders to speak of profit, else "revenue"

    Arrays are in the order of ``keys``, which rise. Threads may share a snapshot.
    """

    def __init__(
        self, source: Source, columns: Sequence[BaseColumnLike], as_of: date, basis: Basis = "revenue"
    ) -> None:
        self.columns, self.as_of, self.basis = tuple(columns), as_of, basis
        self._source = source
        self._columns: dict[str, pa.ChunkedArray] = {}

    @classmethod
    def of_tables(
        cls,
        base: pa.Table,
        columns: Sequence[BaseColumnLike],
        facts: pa.Table,
        as_of: date,
        basis: Basis = "revenue",
    ) -> Snapshot:
        """A snapshot of tables in memory."""
        return cls(TablesInMemory(base, facts), columns, as_of, basis)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def keys(self) -> Keys:
        """The customers, by the log's keys."""
        found = self._source.run(f"SELECT {KEY} FROM base ORDER BY {KEY}")  # noqa: S608
        return np.asarray(found[KEY].to_numpy(), dtype=np.int64)

    @property
    def fields(self) -> list[Field]:
        """What a rule may ask about, besides facts."""
        return fields_of(self.columns)

    @property
    def fact_names(self) -> list[str]:
        """Names of the facts that are known of somebody, most frequent first."""
        counted = self.current_facts.group_by("name").aggregate([("client_key", "count")])
        return list(counted.sort_by([("client_key_count", "descending"), ("name", "ascending")])["name"].to_pylist())

    @cached_property
    def current_facts(self) -> pa.Table:
        """client_key, name, value, known_at of the facts that hold; of customers in the base."""
        return self._source.run(
            f"SELECT * FROM ({CURRENT_FACTS}) WHERE {KEY} IN (SELECT {KEY} FROM base) ORDER BY ALL"  # noqa: S608
        )

    def members(self, rule: Rule | Mapping[str, object]) -> Bools:
        """Who belongs. Raises RuleError for a rule that cannot be read."""
        sql, bound = condition_sql(rule, self.columns)
        return self.marked(self._source.run(f"SELECT {KEY} FROM base WHERE {sql}", bound)[KEY].to_numpy())  # noqa: S608

    def marked(self, keys: Keys) -> Bools:
        """True for the customers with these keys; keys that are no customer's are left out."""
        marks = np.zeros(len(self.keys), dtype=bool)
        if len(self.keys) and len(keys):
            places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            marks[places[self.keys[places] == keys]] = True
        return marks

    def read(self, rule: object) -> Rule:
        """The rule, checked against the columns there are."""
        return parse(rule, self.columns)

    def column(self, name: str) -> pa.ChunkedArray:
        """A column of the base, in the order of ``keys``."""
        if name not in self._columns:
            sql = f"SELECT {identifier(name)} AS asked FROM base ORDER BY {KEY}"  # noqa: S608
            self._columns[name] = self._source.run(sql)["asked"]
        return self._columns[name]

    def known(self, field: Field) -> Bools:
        """Of whom the field is known; of a fact: who has one of that name."""
        if field.kind != "fact":
            return ~np.asarray(self.column(field.name).is_null().to_numpy())
        facts = self.current_facts
        return self.marked(facts.filter(pc.equal(facts["name"], field.fact))[KEY].to_numpy())

    def variable(self, name: str) -> Variable:
        """A column as numbers or categories; dates as days."""
        field = find_field(name, self.fields)
        if field is None or field.kind == "fact":
            raise RuleError("unknown_field", field=name)
        return as_variable(self.column(name), field)

    @cached_property
    def revenue(self) -> NDArray[np.float64] | None:
        """What each customer has brought; None where the base does not say."""
        return self._amounts(REVENUE)

    @cached_property
    def profit(self) -> NDArray[np.float64] | None:
        """Profit of each customer, NaN where unknown; None where it is known of too few to be shown."""
        return self._amounts(PROFIT) if self.basis == "profit" else None

    def _amounts(self, names: Sequence[str]) -> NDArray[np.float64] | None:
        there = {column.name for column in self.columns}
        found = next((name for name in names if name in there), None)
        return None if found is None else self.variable(found).values.astype(np.float64)


def as_variable(values: pa.ChunkedArray, field: Field) -> Variable:
    """A column of the base as numbers or categories."""
    if field.kind == "number":
        return numbers(values.cast(pa.float64(), safe=False).to_numpy())
    if field.kind == "date":
        days = values.cast(pa.date32(), safe=False).cast(pa.int32()).cast(pa.float64())
        return numbers(days.to_numpy())
    return categories(values)
