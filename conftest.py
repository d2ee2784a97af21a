"""Fixtures and options that tests of every folder may use."""

from __future__ import annotations

import os
from typing import Any

import hypothesis
import pytest

# No test asserts a time, and a busy machine is no reason to fail.
hypothesis.settings.register_profile("regulars", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("regulars")
# Playwright keeps a loop running in the process, for which Django would refuse every query of a test that follows.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
pytest_plugins = ["tests.together", "tests.postgres", "tests.web.company", "tests.web.served"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--state=postgres`` runs the pages' tests on a real PostgreSQL, which the tests start themselves."""
    parser.addoption("--state", default="sqlite", choices=("sqlite", "postgres"), help="database of the pages' tests")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Point Django to PostgreSQL where that was asked for."""
    if request.config.getoption("--state") != "postgres":
        return
    from django.db import connections

    from regulars_web.configuration import postgres_database

    server: Any = request.getfixturevalue("postgres_server")
    connections.databases["default"].update(postgres_database(server.database()))
    connections.databases["default"]["OPTIONS"] = {}
    if hasattr(connections._connections, "default"):
        del connections["default"]
