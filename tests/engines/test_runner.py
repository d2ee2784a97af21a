"""A result is what its measure declares: columns, types, order, and how it was found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis.expr.types as ir
import pandas as pd
import polars as pl
import pytest

from regulars.engines.compiled import queries
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import result_schema, run_measure
from regulars.errors import MeasureError
from regulars.measures import Measure, all_measures, find
from regulars.measures.registry import Choice, Column, LogTables
from regulars.measures.scope import Scope

AS_OF = date(2024, 6, 15)
# That nothing was decided yet is known without a log: none of one definition, none of seven stages.
COUNTS_DECISIONS = ("steps",)


@pytest.mark.parametrize("by", [(), ("channel", "birth_year")], ids=str)
@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_every_measure_gives_the_columns_it_declares(duck: DuckDBEngine, measure: Measure, by: tuple[str, ...]) -> None:
    scope = Scope(as_of=AS_OF, by=by)
    if by and measure.in_confidence:
        with pytest.raises(MeasureError, match="so that nobody can be recognised"):
            run_measure(duck, measure, scope)
        return
    result = run_measure(duck, measure, scope)
    assert result.to_arrow().schema == result_schema(measure, scope)
    assert len(result) > 0 or result.notes, "an empty answer says why"


@pytest.mark.parametrize("by", [(), ("channel", "birth_year")], ids=str)
@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_an_empty_log_is_answered_in_the_same_shape_and_not_with_zeros(measure: Measure, by: tuple[str, ...]) -> None:
    if by and measure.in_confidence:
        pytest.skip("is not split by channel")
    scope = Scope(as_of=AS_OF, by=by)
    found = run_measure(DuckDBEngine({}), measure, scope).to_arrow()
    assert found.schema == result_schema(measure, scope)
    if measure.name in COUNTS_DECISIONS:
        assert found.column("share_low").null_count == found.num_rows, "nothing was drawn, so nothing varies"
        return
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


def _by_view(log: LogTables, scope: Scope) -> ir.Table:
    rows = log.interactions.filter(log.interactions[VIEW.of(scope)].notnull())
    return rows.aggregate(rows=rows.count())


VIEW = Choice("view", "What is followed", ("thread", "client_key"), "client_key")
FOLLOWED = Measure(
    name="followed",
    question="How much can be followed?",
    grain="one row",
    columns=(Column("rows", "int", "Interactions"),),
    formula="",
    source="",
    expressions={"result": _by_view},
    choices=(VIEW,),
)


def test_a_choice_that_nobody_makes_is_the_default_and_one_that_is_made_holds(duck: DuckDBEngine) -> None:
    default = run_measure(duck, FOLLOWED, Scope(as_of=AS_OF))
    chosen = run_measure(duck, FOLLOWED, Scope(as_of=AS_OF, choices={"view": "thread"}))
    assert '"client_key" IS NOT NULL' in default.sql
    assert '"thread" IS NOT NULL' in chosen.sql


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"view": "moon"}, "view cannot be 'moon'. It can be: thread, client_key"),
        ({"colour": "red"}, "has no choice 'colour'. It can be set: view"),
    ],
)
def test_a_choice_there_is_not_is_refused_with_those_there_are(
    duck: DuckDBEngine, choices: dict[str, str], sentence: str
) -> None:
    with pytest.raises(MeasureError, match=sentence):
        run_measure(duck, FOLLOWED, Scope(as_of=AS_OF, choices=choices))


# What a word needs to be said beside it.
BESIDE = {("compare", "conditions"): {"a": "channel = 'web'"}}


@pytest.mark.parametrize(
    ("measure", "choice", "word"),
    [(one, choice, word) for one in all_measures() for choice in one.choices for word in choice.allowed],
    ids=lambda value: getattr(value, "name", value),
)
def test_every_word_that_a_measure_allows_gives_the_columns_it_declares(
    duck: DuckDBEngine, measure: Measure, choice: Choice, word: str
) -> None:
    scope = Scope(as_of=AS_OF, choices={choice.name: word, **BESIDE.get((choice.name, word), {})})
    assert run_measure(duck, measure, scope).to_arrow().schema == result_schema(measure, scope)


def test_an_attribute_that_nobody_asks_about_makes_no_question_new(duck: DuckDBEngine) -> None:
    rfm, plain = find("rfm"), Scope(as_of=AS_OF)
    first = queries(duck, rfm, plain)["result"]
    assert queries(duck, rfm, Scope(as_of=AS_OF, attributes=("colour",)))["result"] is first
    narrowed = Scope(as_of=AS_OF, attributes=("colour", "size"), where="colour = 'red'")
    assert "$.colour" in queries(duck, rfm, narrowed)["result"].sql
    with pytest.raises(MeasureError, match="colour"):
        queries(duck, rfm, Scope(as_of=AS_OF, attributes=("size",), where="colour = 'red'"))
