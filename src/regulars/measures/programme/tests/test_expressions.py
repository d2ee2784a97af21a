"""What is read of a log is what adding up by hand gives, and a log without a row answers too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.log_tables import log_tables
from regulars.measures.programme import expressions
from regulars.measures.scope import Scope
from tests.small_log import client, known_orders, purchase, purchase_lists, write_log

AS_OF = date(2024, 12, 31)
SCOPE = Scope(as_of=AS_OF)
MEASURES = ("fit", "steps", "maturity", "mistakes", "parity")


def read(files: dict[str, list[str]], name: str, scope: Scope = SCOPE) -> list[dict[str, Any]]:
    engine = DuckDBEngine(files)
    found: list[dict[str, Any]] = engine.run_expression(expressions.ALL[name](log_tables(), scope)).to_pylist()
    engine.close()
    return found


def rows(files: dict[str, list[str]], name: str, scope: Scope = SCOPE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_measure(DuckDBEngine(files), find(name), scope).to_arrow().to_pylist()
    return found


def touch(number: int, key: int | None, on: str, kind: str, **columns: Any) -> dict[str, Any]:
    return {**purchase(key, on, None, kind, **columns), "interaction_id": number}


@pytest.mark.parametrize("name", MEASURES)
def test_a_log_without_a_row_is_answered_without_an_error_and_without_an_invented_number(
    name: str, tmp_path: Path
) -> None:
    files = write_log(tmp_path, interactions=[], decisions=[])
    found = rows(files, name)
    assert bool(found) is (name != "parity")
    values = [row.get("value", row.get("share")) for row in found if row.get("state") != "missing"]
    assert not any(values)
    assert rows(files, name, Scope(as_of=AS_OF, by=("channel",))) == []


@pytest.mark.parametrize("name", MEASURES)
def test_each_channel_has_rows_of_its_own(name: str, tmp_path: Path) -> None:
    orders = [purchase(key, "2024-05-05", 10, channel=("web", "shop")[key % 2]) for key in range(1, 41)]
    files = write_log(tmp_path, interactions=orders)
    split = rows(files, name, Scope(as_of=AS_OF, by=("channel",)))
    assert {row["channel"] for row in split} == {"web", "shop"}
    alone = rows(files, name, Scope(as_of=AS_OF, where="channel = 'web'"))
    assert [{**row, "channel": "web"} for row in alone] == [row for row in split if row["channel"] == "web"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(purchase_lists())
def test_customers_of_three_years_are_counted_as_by_hand(
    tmp_path_factory: pytest.TempPathFactory, bought: list[Mapping[str, Any]]
) -> None:
    files = write_log(tmp_path_factory.mktemp("log"), interactions=bought)
    found = {row["client_key"]: row for row in read(files, "each")}
    begins = date(2024, 1, 2)
    by_hand = known_orders([row for row in bought if row["occurred_on"] <= AS_OF])
    assert set(found) == set(by_hand)
    for key, orders in by_hand.items():
        now = [row for row in orders if row["occurred_on"] >= begins]
        assert found[key]["orders"] == len(now)
        assert found[key]["orders"] + found[key]["orders_before"] + found[key]["orders_earlier"] == len(orders)
        assert found[key]["new"] == int(orders[0]["occurred_on"] >= begins)
        assert found[key]["value"] == pytest.approx(float(sum(row["amount"] for row in now)))


def test_a_complaint_is_answered_by_a_word_of_ours_in_time_and_by_nothing_else(tmp_path: Path) -> None:
    word = {"initiated_by": "company"}
    files = write_log(
        tmp_path,
        interactions=[
            touch(1, 1, "2024-05-01", "complaint"),
            touch(2, 1, "2024-05-20", "message", **word),
            touch(3, 2, "2024-05-01", "complaint"),
            touch(4, 2, "2024-07-01", "message", **word),
            touch(5, 3, "2024-05-01", "complaint"),
            touch(6, 3, "2024-05-02", "message", step="invite", **word),
            touch(7, 4, "2024-05-01", "complaint", outcome="Resolved"),
            touch(8, 5, "2024-12-30", "complaint"),
            touch(9, 6, "2024-05-01", "missed_call"),
            touch(10, 6, "2024-05-02", "call", **word),
            touch(11, 7, "2024-05-01", "departure"),
        ],
    )
    found = {row["kind"]: (row["events"], row["followed"]) for row in read(files, "followed")}
    # The complaint of 30 December may still be answered in time, so nobody judges it yet.
    assert found == {"complaint": (4, 2), "missed_call": (1, 1), "departure": (1, 0)}


def test_a_fact_that_was_dropped_is_no_fact_and_one_confirmed_again_is_fresh(tmp_path: Path) -> None:
    def fact(value: str, known: str, confirmed: str | None = None, status: str | None = None) -> dict[str, Any]:
        days = [None if day is None else datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (known, confirmed)]
        told = {"client_key": 1, "name": "need", "value": value, "status": status}
        return {**told, "known_at": days[0], "confirmed_at": days[1]}

    facts = [
        fact("old", "2022-01-01"),
        fact("old again", "2022-01-01"),
        fact("old again", "2022-01-01", "2024-06-01", "confirmed"),
        fact("gone", "2024-01-05"),
        fact("gone", "2024-01-05", "2024-03-01", "dropped"),
        fact("later", "2025-02-01"),
    ]
    files = write_log(tmp_path, interactions=[purchase(1, "2024-05-05")], facts=facts)
    assert read(files, "facts") == [{"facts": 2, "fresh": 1}]
    assert read(files, "each")[0]["has_facts"] == 1


def test_a_fee_is_known_by_its_name_in_five_languages_and_coffee_is_none(tmp_path: Path) -> None:
    named = ["Service fee", "Такса", "Сервисный сбор", "Poplatek za balení", "Hizmet ücreti", "Coffee", "Feed for cats"]
    orders = [touch(number, 1, "2024-05-05", "order") for number in range(len(named))]
    items = [
        {"interaction_id": number, "product": product, "amount": Decimal(amount), "quantity": Decimal(1)}
        for number, name in enumerate(named)
        for product, amount in ((name, 5), ("Chair", 20))
    ]
    files = write_log(tmp_path, interactions=orders, items=items)
    assert read(files, "fees") == [{"orders": 7, "with_fee": 5, "large_fee": 5}]


def test_decisions_on_the_spot_refused_returns_and_thanks_are_read_from_their_interactions(tmp_path: Path) -> None:
    def use(number: int, outcome: str, **told: Any) -> dict[str, Any]:
        return touch(number, 1, "2024-05-05", "authority", outcome=outcome, properties=json.dumps(told))

    files = write_log(
        tmp_path,
        interactions=[
            use(1, "granted", decision="refund", asked=False, limit=50),
            use(2, "refused", decision="exchange", asked=True, limit=None),
            use(3, "asked", decision="gift", asked=True),
            touch(4, None, "2024-06-01", "thanks", employee="E1"),
            touch(5, None, "2024-06-02", "thanks", employee="E1"),
            touch(6, None, "2022-06-02", "thanks", employee="E2"),
            touch(7, 1, "2024-06-02", "gesture", outcome="10% off"),
            touch(8, 1, "2024-06-02", "gesture", outcome="chocolate"),
            touch(9, 1, "2024-06-02", "offer"),
        ],
    )
    found = read(files, "tally")[0]
    wanted = {"uses": 3, "uses_asked": 2, "returns": 2, "returns_refused": 1, "thanked": 1, "given": 2, "discounts": 1}
    assert {name: found[name] for name in wanted} == wanted


def test_staff_are_those_who_were_stated_to_be_employees_last(tmp_path: Path) -> None:
    clients = [
        client(1, "2024-01-01", kind="customer"),
        client(2, "2024-01-01", kind="employee", attributes='{"code": "E1"}'),
        client(3, "2024-01-01", kind="employee", attributes='{"code": "E2"}'),
        client(3, "2024-02-01", kind="customer"),
    ]
    files = write_log(tmp_path, interactions=[], clients=clients)
    assert [row["client_key"] for row in read(files, "staff")] == [2]


def test_what_was_decided_last_holds_whatever_the_order_of_imports(tmp_path: Path) -> None:
    decided = [
        {"noun": "definition", "key": "customer focus", "version": version, "body": json.dumps({"text": text})}
        for version, text in ((1, "first"), (3, "third"), (2, "second"))
    ]
    for place, some in enumerate((decided, decided[::-1])):
        found = read(write_log(tmp_path / str(place), interactions=[], decisions=some), "decided")
        assert [json.loads(row["body"])["text"] for row in found] == ["third"]
