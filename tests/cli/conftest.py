"""The exports of a made-up company, and a workspace that has read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import regulars

CUSTOMERS = 300


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "exports"
    assert regulars("demo", folder, "--files", "--customers", str(CUSTOMERS)).code == 0
    return folder


@pytest.fixture(scope="session")
def shop(exports: Path) -> Path:
    """A workspace with orders and customers. Tests that share it only read; names shown are only added."""
    folder = exports.parent / "shop"
    assert regulars("init", folder, "--name", "Oakline", "--time-zone", "Europe/Sofia").code == 0
    for file in ("orders.csv", "customers.csv"):
        assert regulars("-w", folder, "import", exports / file).code == 0
    return folder


@pytest.fixture(scope="session")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole made-up company, whose customers also say something."""
    folder = tmp_path_factory.mktemp("heard") / "company"
    assert regulars("demo", folder, "--customers", str(CUSTOMERS)).code == 0
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """An empty workspace."""
    folder = tmp_path / "fresh"
    assert regulars("init", folder).code == 0
    return folder
