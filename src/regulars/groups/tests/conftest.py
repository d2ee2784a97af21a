from __future__ import annotations

from collections.abc import Iterator

import pytest

from regulars.demo.workspace import make_demo
from regulars.groups.behaviour import Behaviour, behaviour
from regulars.groups.opening import open_snapshot
from regulars.groups.snapshot import Snapshot
from regulars.workspace import Workspace


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Oakline Furniture with 3,000 customers, 150 of them resellers; tests that write take ``own_shop``."""
    with make_demo(tmp_path_factory.mktemp("groups") / "shop", customers=3000) as workspace:
        yield workspace


@pytest.fixture
def own_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A small Oakline Furniture of one test's own."""
    with make_demo(tmp_path_factory.mktemp("own") / "shop", customers=200) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def snapshot(shop: Workspace) -> Snapshot:
    return open_snapshot(shop)


@pytest.fixture(scope="session")
def bought(shop: Workspace, snapshot: Snapshot) -> Behaviour:
    with shop.engine() as engine:
        return behaviour(engine, snapshot.as_of)
