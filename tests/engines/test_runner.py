"""A result is what its measure declares: columns, types, order, and how it was found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import result_schema, run_measure
from regulars.errors import MeasureError
from regulars.measures import Measure, all_measures, find
from regulars.measures.scope import Scope

AS_OF = date(2024, 6, 15)


@pytest.mark.parametrize("by", [(), ("channel",), ("customer_type", "birth_year")], ids=str)
@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_every_measure_gives_the_columns_it_declares(duck: DuckDBEngine, measure: Measure, by: tuple[str, ...]) -> None:
    scope = Scope(as_of=AS_OF, by=by)
    result = run_measure(duck, measure, scope)
    assert result.to_arrow().schema == result_schema(measure, scope)
    assert len(result) > 0 or result.notes, "an empty answer says why"


@pytest.mark.parametrize("by", [(), ("channel",)], ids=str)
@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_an_empty_log_is_answered_in_the_same_shape_and_not_with_zeros(measure: Measure, by: tuple[str, ...]) -> None:
    scope = Scope(as_of=AS_OF, by=by)
    found = run_measure(DuckDBEngine({}), measure, scope).to_arrow()
    assert found.schema == result_schema(measure, scope)
    for column in measure.columns:
        if f"{column.name}_low" in found.column_names and found.num_rows:
            assert found.column(column.name).null_count == found.num_rows
            own = f"{column.name}_reason"
            # Two shares of one whole have one reason between them.
            shared = [name for name in found.column_names if name.endswith("_reason")]
            assert any(found.column(name).null_count == 0 for name in ([own] if own in shared else shared))


def test_rows_come_in_the_same_order_every_time(duck: DuckDBEngine) -> None:
    scope = Scope(as_of=AS_OF, by=("channel",))
    first = run_measure(duck, find("rfm"), scope).to_polars()
    assert first.equals(run_measure(duck, find("rfm"), scope).to_polars())
    assert first.equals(first.sort("channel", "client_key", nulls_last=True))


def test_a_result_can_be_taken_away_in_three_forms_and_shows_its_query(duck: DuckDBEngine) -> None:
    result = run_measure(duck, find("rfm"), Scope(as_of=AS_OF))
    assert isinstance(result.to_polars(), pl.DataFrame)
    assert isinstance(result.to_pandas(), pd.DataFrame)
    assert isinstance(result.to_arrow().column("monetary_value")[0].as_py(), Decimal)
    assert result.sql.startswith("-- result\nWITH")
    assert duck.run(result.queries["result"]).num_rows == len(result)
    assert "rfm as of 2024-06-15" in repr(result)
    assert result.as_of == AS_OF


def test_asking_for_a_column_that_is_not_there_proposes_the_right_one(duck: DuckDBEngine) -> None:
    with pytest.raises(MeasureError, match="Did you mean 'customer_type'"):
        run_measure(duck, find("rfm"), Scope(as_of=AS_OF, by=("customertype",)))


def test_a_result_is_never_split_by_a_column_of_its_own(duck: DuckDBEngine) -> None:
    with pytest.raises(MeasureError, match="cannot be split by 'cost'"):
        run_measure(duck, find("revenue"), Scope(as_of=AS_OF, by=("cost",)))
