"""One company of 30,000 customers, made once, its tables ready for SQL."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from regulars.demo.company import Company, make_company

SEED = 11


@pytest.fixture(scope="session")
def oakline() -> Company:
    return make_company(30_000, SEED)


@pytest.fixture(scope="session")
def shop(oakline: Company) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute("SET GLOBAL TimeZone='UTC'")
    for name, table in oakline.tables.items():
        connection.register(f"{name}_arrow", table)
        connection.execute(f"CREATE TABLE {name} AS FROM {name}_arrow")
        connection.unregister(f"{name}_arrow")
    connection.register("vault", oakline.vault)
    yield connection
    connection.close()
