"""Fixtures for tests on a real PostgreSQL; list this module in ``pytest_plugins`` of tests/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres_server import NoPostgres, PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One cluster for the tests of this process; skips where no PostgreSQL is installed."""
    try:
        server = PostgresServer.start()
    except NoPostgres as error:
        pytest.skip(str(error))
    yield server
    server.stop()


@pytest.fixture
def postgres_address(postgres_server: PostgresServer) -> str:
    """The address of a new, empty database."""
    return postgres_server.database()
