"""Customers' attributes, and the choices of the life cycle's measures, say the same on DuckDB and on Spark."""

from __future__ import annotations

from datetime import date

import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.engines.spark import SparkEngine
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.engines.test_two_engines import assert_same_rows

pytestmark = pytest.mark.spark

AS_OF = date(2024, 6, 15)
ASKED = [
    ("survival", {"clock": "contract"}, ("contract",), "contract <> 'monthly' or contract is null"),
    ("survival_summary", {"clock": "silence"}, ("contract",), None),
    ("survival_summary", {"clock": "probability"}, (), None),
    ("stage_moves", {"every": "quarter"}, (), "contract = 'the \"old\" one' or amount >= 0"),
    ("loss_touches", {"touch": "outcome", "seen": "last"}, ("contract",), None),
]


@pytest.mark.parametrize(("name", "choices", "by", "where"), ASKED)
def test_customers_of_a_kind_of_contract_stay_equally_long_on_every_engine(
    duck: DuckDBEngine, spark: SparkEngine, name: str, choices: dict[str, str], by: tuple[str, ...], where: str | None
) -> None:
    scope = Scope(as_of=AS_OF, by=by, where=where, choices=choices, attributes=("contract",))
    here, there = run_measure(duck, find(name), scope), run_measure(spark, find(name), scope)
    assert here.to_arrow().num_rows > 0
    assert_same_rows(here.to_arrow(), there.to_arrow())
