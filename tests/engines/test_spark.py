"""Spark: views of its own, files with odd names, and errors a person can act on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from regulars.engines.spark import SparkEngine
from regulars.errors import EngineError
from regulars.log.tables import TABLES
from regulars.measures.log_tables import log_tables
from tests.small_log import purchase, write_log


def test_a_machine_without_java_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineError, match="Java 17 or 21"):
        SparkEngine({})


@pytest.mark.spark
def test_two_companies_in_one_spark_never_see_each_other(spark: SparkEngine, tmp_path: Path) -> None:
    before = spark.run_expression(log_tables().interactions).num_rows
    files = write_log(tmp_path / "a [b] {c}*", interactions=[purchase(7, "2024-01-01", "5.5", channel="web")])
    other = SparkEngine(files)
    (row,) = other.run_expression(log_tables().interactions).to_pylist()
    assert (row["client_key"], row["channel"]) == (7, "web")
    assert row["occurred_at"] == datetime(2024, 1, 1, 12, tzinfo=UTC)
    other.close()
    assert spark.run_expression(log_tables().interactions).num_rows == before


@pytest.mark.spark
@pytest.mark.parametrize("name", ["links", "facts"])
def test_tables_have_the_right_types_on_spark_too_empty_or_not(spark: SparkEngine, name: str) -> None:
    found = spark.run_expression(getattr(log_tables(), name))
    assert (found.num_rows == 0) == (name == "links"), "the made company has facts, and no two records of one customer"
    assert found.schema == TABLES[name]


@pytest.mark.spark
def test_a_query_that_takes_too_long_is_stopped_on_spark_too(spark: SparkEngine) -> None:
    with pytest.raises(EngineError, match="stopped after"):
        spark.run("SELECT sum(sqrt(id)) FROM range(100000000000)", timeout_seconds=2)
    assert spark.run("SELECT 1 AS one").to_pylist() == [{"one": 1}]


@pytest.mark.spark
def test_a_broken_query_says_what_spark_said(spark: SparkEngine) -> None:
    with pytest.raises(EngineError, match="nowhere"):
        spark.run("SELECT * FROM nowhere")
