"""The call centre's own records in the demo company: joined where they are the shop's customers, apart where not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from regulars import Workspace, identity
from regulars.demo.company import make_company
from regulars.demo.second_source import SecondSource, second_source
from regulars.demo.workspace import make_demo
from regulars.log.tables import TABLES

CUSTOMERS, SEED = 600, 8


@pytest.fixture(scope="module")
def planted() -> SecondSource:
    return second_source(make_company(CUSTOMERS, SEED), seed=SEED)


@pytest.fixture(scope="module")
def oakline(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    shop = make_demo(Path(tmp_path_factory.mktemp("demo")) / "shop", customers=CUSTOMERS, seed=SEED)
    identity.run(shop, by="Ana", now=datetime(2026, 7, 1, tzinfo=UTC))
    return shop


def test_about_the_planted_shares_have_a_second_record_and_a_look_alike(planted: SecondSource) -> None:
    assert 0.04 * CUSTOMERS < len(planted.same) < 0.12 * CUSTOMERS
    assert len(planted.lookalikes) > 0
    assert planted.same.keys().isdisjoint(planted.lookalikes)


def test_the_same_seed_makes_the_same_second_records_with_the_log_schema(planted: SecondSource) -> None:
    again = second_source(make_company(CUSTOMERS, SEED), seed=SEED)
    assert again.same == planted.same
    for name, table in planted.company.tables.items():
        assert table.schema == TABLES[name]
        assert table.equals(again.company.tables[name])
    ids = planted.company.tables["interactions"]["interaction_id"].to_pylist()
    assert len(set(ids)) == len(ids)


def test_nearly_all_second_records_are_joined_with_the_right_customer(
    planted: SecondSource, oakline: Workspace
) -> None:
    found = sum(oakline.customer_of(own) == oakline.customer_of(known) for own, known in planted.same.items())
    assert found >= 0.95 * len(planted.same)


def test_nobody_is_joined_who_only_looks_alike(planted: SecondSource, oakline: Workspace) -> None:
    for own, known in planted.lookalikes.items():
        assert oakline.customer_of(own) != oakline.customer_of(known)
    joined = oakline.customers()
    pairs = zip(joined.client_keys.tolist(), joined.customer_keys.tolist(), strict=True)
    true = set(planted.same.items()) | {(known, own) for own, known in planted.same.items()}
    assert [pair for pair in pairs if pair[0] != pair[1] and pair not in true] == []


def test_joining_loses_neither_sales_nor_calls(oakline: Workspace) -> None:
    with oakline.engine() as engine:
        recorded, seen = (
            engine.run(
                f"SELECT count(*) AS n, sum(amount) AS total, count(client_key) AS known FROM {view}"
            ).to_pylist()
            for view in ("recorded_interactions", "interactions")
        )
    assert recorded == seen
