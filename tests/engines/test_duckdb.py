"""The default engine: empty and old files, time zones, threads, and errors a person can act on."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.errors import EngineError
from regulars.log.tables import TABLES
from regulars.measures.log_tables import log_tables
from tests.small_log import purchase, write_log


@pytest.mark.parametrize("table", TABLES)
def test_a_company_without_files_has_empty_tables_of_the_right_types(table: str) -> None:
    found = DuckDBEngine({}).run_expression(getattr(log_tables(), table))
    assert found.num_rows == 0
    assert found.schema == TABLES[table]


def test_a_file_older_than_a_column_shows_it_as_missing(tmp_path: Path) -> None:
    old = pa.table({"client_key": pa.array([1, 2]), "amount": pa.array([1, 2], pa.decimal128(18, 4))})
    pq.write_table(old, tmp_path / "old.parquet")
    new = write_log(tmp_path / "new", interactions=[purchase(3, "2024-01-01", 5, branch="Plovdiv")])
    engine = DuckDBEngine({"interactions": [str(tmp_path / "old.parquet"), *new["interactions"]]})
    rows = engine.run_expression(log_tables().interactions).to_pylist()
    assert sorted((row["client_key"], row["branch"]) for row in rows) == [(1, None), (2, None), (3, "Plovdiv")]
    only_old = DuckDBEngine({"interactions": [str(tmp_path / "old.parquet")]})
    assert only_old.run_expression(log_tables().interactions).schema == TABLES["interactions"]


def test_a_folder_with_an_apostrophe_is_read(tmp_path: Path) -> None:
    files = write_log(tmp_path / "O'Neil's [shop]", interactions=[purchase(1, "2024-01-01")])
    assert DuckDBEngine(files).run("SELECT * FROM interactions").num_rows == 1


def test_every_thread_sees_the_same_instants_in_utc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    engine = DuckDBEngine(write_log(tmp_path, interactions=[purchase(1, "2024-01-01")]))
    sql = "SELECT occurred_at, CAST(occurred_at AS DATE) AS d, strftime(occurred_at, '%H') AS h FROM interactions"
    with ThreadPoolExecutor(8) as threads:
        found = [table.to_pylist()[0] for table in threads.map(engine.run, [sql] * 24)]
    assert {(row["occurred_at"], row["h"]) for row in found} == {(datetime(2024, 1, 1, 12, tzinfo=UTC), "12")}


def test_a_query_that_takes_too_long_is_stopped_with_advice_and_the_engine_goes_on() -> None:
    engine = DuckDBEngine({})
    with pytest.raises(EngineError, match="stopped after"):
        engine.run("SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b", timeout_seconds=0.2)
    assert engine.run("SELECT 1 AS one").to_pylist() == [{"one": 1}]
    assert threading.active_count() < 50


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"gone\.parquet"):
        DuckDBEngine({"interactions": [str(tmp_path / "gone.parquet")]})


def test_a_broken_query_says_what_the_engine_said() -> None:
    with pytest.raises(EngineError, match="nowhere"):
        DuckDBEngine({}).run("SELECT * FROM nowhere")
