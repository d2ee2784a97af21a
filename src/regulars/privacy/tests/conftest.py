"""One company, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import regulars as rg
from regulars.privacy.tests.people import make_shop
from regulars.workspace import Workspace


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    make_shop(folder).close()
    return folder


@pytest.fixture(autouse=True)
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library alone: no places of the web application, which other tests of the same process may have loaded."""
    monkeypatch.setattr("regulars.privacy.erasing._places", {})
    monkeypatch.setattr("regulars.privacy.exporting._further", {})
    monkeypatch.setattr("regulars.cli.erase.entry_points", lambda group: ())
    monkeypatch.setattr("regulars.cli.export_person.entry_points", lambda group: ())


@pytest.fixture
def shop(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The company of ``people.py``; the files it imported lie beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with rg.open(tmp_path / "shop") as opened:
        yield opened
