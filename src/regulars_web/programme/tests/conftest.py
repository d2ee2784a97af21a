"""What tests of the programme ask of the demo company, and of one that has nothing yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import regulars as rg

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}",
    "%(text)s %s",
)


def page_of(client: Any, path: str) -> str:
    """The text of a page that must open."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


@pytest.fixture(scope="session")
def counted_company(made_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company with everything of these pages counted once; copies bring it along."""
    from regulars_web.programme.ahead import AHEAD

    folder = tmp_path_factory.mktemp("counted") / "shop"
    shutil.copytree(made_company, folder)
    with rg.open(folder) as shop:
        for reading in AHEAD:
            reading(shop)
    return folder


@pytest.fixture
def shop_folder(counted_company: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The workspace that the pages show in this test."""
    from regulars_web.shared.company import let_go

    folder = tmp_path / "shop"
    shutil.copytree(counted_company, folder)
    settings.WORKSPACE = folder
    let_go()
    yield folder
    let_go()
