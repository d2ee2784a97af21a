"""Questions to the customer base: a page of a list, one customer, sums, and the choices of a filter."""

# ruff: noqa: S608  SQL is put together of names of our own columns; values are bound

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.special import stdtrit

from regulars.base.building import BASE_FILE, FACTS_FILE, About, read_about
from regulars.base.columns import COLUMNS, SUMMED, BaseColumn, column
from regulars.base.ordering import NameOrder
from regulars.engines.connection import connect, quoted
from regulars.errors import MeasureError
from regulars.groups.rules import condition_sql

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Conditions = Mapping[str, object] | None
CUSTOMER = "customer"
BY_NAME = "name"
MOST_CHOICES = 200
MOST_TOTALS = 500
MEMORY_LIMIT = "2GB"


@dataclass(frozen=True)
class Page:
    """Some rows of a list.

    rows   one dict a customer, all base columns by name
    total  customers who meet the conditions, on all pages
    sums   of those customers: spend, spend_last_year, profit, clv, at_stake; None where nothing is known
    """

    rows: list[dict[str, Any]]
    total: int
    sums: Mapping[str, Decimal | float | None] = field(default_factory=dict)


class Base:
    """The customer base at one state of the log. Shared by threads; every question has its own cursor.

    about  what must be said beside it: the day, the currency, whether to believe the models
    """

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.about: About = read_about(folder)
        self._spill = tempfile.TemporaryDirectory(prefix="regulars-")  # gone with the base
        self._connection = connect(memory_limit=MEMORY_LIMIT, spill_to=Path(self._spill.name))
        self._connection.execute("ATTACH ':memory:' AS kept (COMPRESS)")
        for name, file in (("base", BASE_FILE), ("facts", FACTS_FILE)):
            self._load(name, folder / file)
        self._connection.execute("CREATE VIEW facts AS SELECT * FROM kept.facts")
        self._connection.execute("CREATE VIEW everyone AS SELECT * FROM kept.base")
        self._connection.execute(f"CREATE VIEW base AS SELECT * FROM kept.base WHERE kind = '{CUSTOMER}'")
        self._names = NameOrder(workspace, self._connection)
        self._totals: dict[tuple[str, ...], tuple[int, dict[str, Decimal | float | None]]] = {}

    # Questions ---------------------------------------------------------------------------------------

    def page(
        self,
        conditions: Conditions = None,
        *,
        search_keys: Sequence[int] | None = None,
        sort: str | None = "spend",
        descending: bool = True,
        limit: int = 50,
        offset: int = 0,
        language: str = "en",
        kind: str = CUSTOMER,
    ) -> Page:
        """A page of the customers who meet all conditions.

        conditions   a group's rule; None for everybody
        search_keys  only these customers (from ``matching_keys``); None for no search
        sort         a column, or "name" in the order of ``language``; None keeps the order of ``search_keys``.
                     Whoever has no value stands last either way

        Raises MeasureError for an unknown column, RuleError for a rule that cannot be read.
        """
        order, join = self._order(sort, descending, language, searched=search_keys is not None)
        where, bound = self._where(conditions, kind)
        found = f"FROM kept.base {_SEARCHED if search_keys is not None else ''} {join} WHERE {where}"
        with closing(self._connection.cursor()) as cursor:
            if search_keys is not None:
                cursor.register("searched", _numbered(search_keys))
            total, sums = self._total(cursor, found, bound, searched=search_keys is not None)
            listed = f"SELECT client_key {found} ORDER BY {order}, client_key LIMIT ? OFFSET ?"
            keys = cursor.execute(listed, [*bound, max(limit, 0), max(offset, 0)]).fetchall()
            return Page(_by_keys(cursor, [key for (key,) in keys]), total, sums)

    def row(self, customer_key: int) -> dict[str, Any] | None:
        """The row of one customer (or employee, department, partner); None where the base has none."""
        return next(iter(self.rows([customer_key])), None)

    def rows(self, customer_keys: Sequence[int]) -> list[dict[str, Any]]:
        """The rows of these customers, in this order; those whom the base does not have are left out."""
        with closing(self._connection.cursor()) as cursor:
            return _by_keys(cursor, customer_keys)

    def keys(self, conditions: Conditions = None, *, kind: str = CUSTOMER) -> npt.NDArray[np.int64]:
        """Keys of all customers who meet the conditions, smallest first."""
        where, bound = self._where(conditions, kind)
        found = self.run(f"SELECT client_key FROM kept.base WHERE {where} ORDER BY client_key", bound)
        return np.asarray(found["client_key"].to_numpy(), dtype=np.int64)

    def table(self, conditions: Conditions = None, *, columns: Sequence[str] = (), kind: str = CUSTOMER) -> pa.Table:
        """All customers who meet the conditions, for an export; the columns named, or all of them."""
        names = [_known(name).name for name in columns] or [one.name for one in COLUMNS]
        where, bound = self._where(conditions, kind)
        return self.run(f"SELECT {', '.join(names)} FROM kept.base WHERE {where} ORDER BY client_key", bound)

    def aggregate(
        self, conditions: Conditions = None, *, of: Sequence[str] = (), by: str | None = None, kind: str = CUSTOMER
    ) -> list[dict[str, Any]]:
        """Customers counted, and sums and means of number columns, for all or for each value of ``by``.

        Keys of a dict: the ``by`` column · customers · for each column of ``of``: _sum, _mean, _mean_low, _mean_high
        (Student's 95% interval) and _n, the customers of whom it is known; null where there are none.
        """
        where, bound = self._where(conditions, kind)
        pieces = ["count(*) AS customers"]
        for name in of:
            value = _number(name)
            pieces += [f"sum({value}) AS {name}_sum", f"count({value}) AS {name}_n"]
            pieces += [f"avg(CAST({value} AS DOUBLE)) AS {name}_mean", f"stddev_samp({value}) AS {name}_deviation"]
        split = [_known(by).name] if by else []
        grouped = f" GROUP BY {split[0]} ORDER BY customers DESC, {split[0]}" if split else ""
        sql = f"SELECT {', '.join([*split, *pieces])} FROM kept.base WHERE {where}{grouped}"
        return [_with_intervals(row, of) for row in self.run(sql, bound).to_pylist()]

    def distinct(self, name: str, *, kind: str = CUSTOMER) -> list[tuple[Any, int]]:
        """The values of a column and how many customers have each, most first, at most 200: a filter's choices."""
        found = _known(name).name
        sql = f"""
            SELECT {found}, count(*) FROM kept.base WHERE kind = ? AND {found} IS NOT NULL
            GROUP BY ALL ORDER BY count(*) DESC, {found} LIMIT {MOST_CHOICES}"""
        with closing(self._connection.cursor()) as cursor:
            return [(value, int(count)) for value, count in cursor.execute(sql, [kind]).fetchall()]

    def fact_names(self) -> list[tuple[str, int]]:
        """Names of facts that hold for anybody, and of how many customers, most first."""
        counted = "SELECT name, count(DISTINCT client_key) AS n FROM facts WHERE name IS NOT NULL"
        sql = f"{counted} GROUP BY name ORDER BY n DESC, name"
        return [(row["name"], int(row["n"])) for row in self.run(sql).to_pylist()]

    def run(self, sql: str, bound: Sequence[object] = ()) -> pa.Table:
        """The result of our own SQL over the views ``base`` (customers), ``everyone`` and ``facts`` (that hold now)."""
        try:
            with closing(self._connection.cursor()) as cursor:
                return cursor.execute(sql, list(bound)).to_arrow_table()
        except duckdb.Error as error:
            raise MeasureError(f"The customer base could not answer: {error}") from error

    # Inside ------------------------------------------------------------------------------------------

    def _load(self, name: str, path: Path) -> None:
        """Into memory, compressed: a list in any order then reads one column, and no file that may go."""
        self._connection.execute(f"CREATE TABLE kept.{name} AS SELECT * FROM read_parquet({quoted(str(path))})")

    def _where(self, conditions: Conditions, kind: str) -> tuple[str, list[object]]:
        if conditions is None:
            return "kind = ?", [kind]
        sql, bound = condition_sql(conditions, COLUMNS)
        return f"kind = ? AND ({sql})", [kind, *bound]

    def _total(
        self, cursor: duckdb.DuckDBPyConnection, found: str, bound: Sequence[object], *, searched: bool
    ) -> tuple[int, dict[str, Decimal | float | None]]:
        """Count and sums; the base never changes, so those of a condition are added up once."""
        question = (found.partition(" WHERE ")[2], *map(repr, bound))
        if not searched and question in self._totals:
            return self._totals[question]
        summed = ", ".join(f"sum({name})" for name in SUMMED)
        row = cursor.execute(f"SELECT count(*), {summed} {found}", list(bound)).fetchone()
        assert row is not None  # noqa: S101  an aggregate always gives one row
        total = int(row[0]), dict(zip(SUMMED, row[1:], strict=True))
        if not searched and len(self._totals) < MOST_TOTALS:
            self._totals[question] = total
        return total

    def _order(self, sort: str | None, descending: bool, language: str, *, searched: bool) -> tuple[str, str]:
        """What to order by, and the join that brings it."""
        if sort is None:
            return ("place" if searched else "client_key"), ""
        way = "DESC" if descending else "ASC"
        if sort == BY_NAME:
            ranks = self._names.table(language)
            return f"name_rank {way} NULLS LAST", f"LEFT JOIN {ranks} ON name_key = client_key"
        return f"{_known(sort).name} {way} NULLS LAST", ""


_SEARCHED = "JOIN searched ON searched_key = client_key"


def _by_keys(cursor: duckdb.DuckDBPyConnection, keys: Sequence[int]) -> list[dict[str, Any]]:
    """Whole rows of a few customers, in the order of the keys."""
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    table = cursor.execute(f"SELECT * FROM kept.base WHERE client_key IN ({marks})", list(keys)).to_arrow_table()
    rows = {row["client_key"]: row for row in table.to_pylist()}
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def _numbered(keys: Sequence[int]) -> pa.Table:
    """Keys with their place, each once."""
    own = list(dict.fromkeys(keys))
    return pa.table({"searched_key": pa.array(own, pa.int64()), "place": pa.array(range(len(own)), pa.int64())})


def _with_intervals(row: dict[str, Any], of: Sequence[str]) -> dict[str, Any]:
    """Means get Student's interval; of one customer there is none."""
    for name in of:
        n, mean, deviation = row[f"{name}_n"], row[f"{name}_mean"], row.pop(f"{name}_deviation")
        known = n > 1 and deviation is not None
        half = float(stdtrit(n - 1, 0.975)) * deviation / n**0.5 if known else None
        row[f"{name}_mean_low"] = None if half is None else mean - half
        row[f"{name}_mean_high"] = None if half is None else mean + half
    return row


def _known(name: str) -> BaseColumn:
    found = column(name)
    if found is None:
        raise MeasureError(
            f"The customer base has no column {name!r}. There are: {', '.join(one.name for one in COLUMNS)}."
        )
    return found


def _number(name: str) -> str:
    found = _known(name)
    if found.type not in ("int", "float", "money", "share"):
        raise MeasureError(f"{name!r} is no number, so it cannot be added up. Take a number such as spend.")
    return found.name
