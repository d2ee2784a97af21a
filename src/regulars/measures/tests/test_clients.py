"""What is known of a client is the newest thing said, whatever the order in which it was imported."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.engines.duckdb import DuckDBEngine
from regulars.measures.clients import current_clients
from regulars.measures.log_tables import log_tables
from tests.small_log import client, write_log


def known(folder: Path, rows: list[dict[str, Any]]) -> dict[int, tuple[Any, Any]]:
    engine = DuckDBEngine(write_log(folder, clients=rows))
    found = engine.run_expression(current_clients(log_tables().clients, ["customer_type", "birth_year"]))
    return {row["client_key"]: (row["customer_type"], row["birth_year"]) for row in found.to_pylist()}


def test_the_newest_known_value_holds_and_silence_does_not_erase_it(tmp_path: Path) -> None:
    rows = [
        client(1, "2024-01-01", customer_type="end user", birth_year=1980),
        client(1, "2024-02-01", customer_type="reseller"),
        client(1, "2023-01-01", customer_type="old", birth_year=1900),
        client(1, None, customer_type="undated"),
        client(2, "2024-01-01"),
        client(3, None, customer_type="undated"),
    ]
    expected = {1: ("reseller", 1980), 2: (None, None), 3: ("undated", None)}
    for number, order in enumerate(itertools.islice(itertools.permutations(rows), 0, 720, 90)):
        assert known(tmp_path / str(number), list(order)) == expected


ASSERTIONS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["2024-01-01", "2024-01-02", None]),
        st.sampled_from(["a", "b", None]),
        st.sampled_from([1970, 1980, None]),
    ),
    min_size=1,
    max_size=8,
)


@given(said=ASSERTIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_reader_of_all_assertions_knows_the_same(tmp_path: Path, said: list[tuple[Any, ...]]) -> None:
    rows = [client(key, at, customer_type=type_, birth_year=born) for key, at, type_, born in said]
    expected = {}
    for key in {key for key, *_ in said}:
        values = []
        for column in (2, 3):
            dated = [(row[1] or "", row[column]) for row in said if row[0] == key and row[column] is not None]
            values.append(max(dated)[1] if dated else None)
        expected[key] = tuple(values)
    assert known(tmp_path, rows) == expected
