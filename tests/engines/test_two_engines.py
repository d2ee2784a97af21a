"""Every measure says the same on DuckDB and on Spark."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.engines.spark import SparkEngine
from regulars.measures import Measure, all_measures, find
from regulars.measures.scope import Scope

pytestmark = pytest.mark.spark

AS_OF = date(2024, 6, 15)
# What is split, narrowed and of one year goes through all that the whole log goes through, and more.
SPLIT = Scope(
    as_of=AS_OF,
    from_on=date(2023, 4, 1),
    to_on=date(2024, 3, 31),
    by=("customer_type", "channel"),
    where="(customer_type in ('end user', 'reseller') or birth_year is null) and amount > -100.5 and city is null",
    settings={"period_months": 3},
)
CASES = "touchpoint in ('desk', 'mailbox')"
CHOSEN: list[tuple[str, dict[str, str]]] = [
    ("journey", {"view": "customer", "details": "yes"}),
    ("journey_steps", {"keep": "journeys", "activity": "touchpoint"}),
    ("variants", {"view": "customer", "activity": "channel"}),
    ("handovers", {"between": "channel", "view": "customer"}),
    ("journey_compared", {"a": "channel = 'web'", "b": "channel = 'shop'"}),
    ("last_touches", {"before": "buying"}),
    ("last_touches", {"before": "first order"}),
]


def reading_something_new() -> list[Measure]:
    """Measures without those that read only what an earlier one reads: from the same numbers follows the same."""
    known: set[int] = set()
    found = []
    for measure in all_measures():
        read = {id(build) for build in measure.expressions.values()}
        if not read <= known:
            found.append(measure)
        known |= read
    return found


@pytest.mark.parametrize("measure", reading_something_new(), ids=lambda measure: measure.name)
def test_a_company_that_moves_to_spark_reads_the_same_numbers(
    duck: DuckDBEngine, spark: SparkEngine, measure: Measure
) -> None:
    scope = replace(SPLIT, by=(), where=None) if measure.in_confidence else SPLIT
    here, there = run_measure(duck, measure, scope), run_measure(spark, measure, scope)
    assert here.to_arrow().schema == there.to_arrow().schema
    assert all(duck.run(sql).num_rows for sql in here.queries.values()), "nothing read compares nothing"
    assert_same_rows(here.to_arrow(), there.to_arrow())


@pytest.mark.parametrize(("name", "choices"), CHOSEN, ids=lambda one: str(one))
def test_what_a_reader_chooses_is_the_same_on_both(
    duck: DuckDBEngine, spark: SparkEngine, name: str, choices: dict[str, str]
) -> None:
    scope = Scope(as_of=AS_OF, where=CASES, choices=choices)
    here, there = (run_measure(engine, find(name), scope) for engine in (duck, spark))
    assert len(here) > 1
    assert_same_rows(here.to_arrow(), there.to_arrow())


def assert_same_rows(one: pa.Table, other: pa.Table) -> None:
    """Equal but for the order of rows; floats to a billionth."""
    assert one.num_rows == other.num_rows
    for row, twin in zip(_sorted(one), _sorted(other), strict=True):
        for name, value in row.items():
            assert _same(value, twin[name]), f"{name}: {value!r} here, {twin[name]!r} there, in {row}"


def _sorted(table: pa.Table) -> list[dict[str, Any]]:
    def key(row: dict[str, Any]) -> tuple[list[str], list[str]]:
        floats = {name for name, value in row.items() if isinstance(value, float)}
        exact = [repr(value) for name, value in row.items() if name not in floats]
        return exact, [f"{row[name]:.6g}" for name in sorted(floats)]

    return sorted(table.to_pylist(), key=key)


def _same(value: object, twin: object) -> bool:
    if isinstance(value, float) and isinstance(twin, float):
        return math.isclose(value, twin, rel_tol=1e-9, abs_tol=1e-12)
    return value == twin
