"""What a person types as a filter means what they expect, and nothing else gets through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.errors import MeasureError
from regulars.measures.log_tables import log_tables
from regulars.measures.purchases import interactions
from regulars.measures.scope import Scope
from tests.small_log import client, purchase, write_log

ROWS = [
    purchase(1, "2024-01-01", "10", channel="web", branch="Brno"),
    purchase(2, "2024-02-01", "20.5", channel="shop"),
    purchase(3, "2024-03-01", "-5", "refund", channel=None),
    purchase(None, "2024-03-02", "7", channel="web"),
    purchase(4, "2024-04-01", "0.1", channel="O'Neil"),
]
CLIENTS = [client(1, customer_type="reseller", birth_year=1970), client(2, customer_type="end user")]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    folder = tmp_path_factory.mktemp("conditions")
    return DuckDBEngine(write_log(folder, interactions=ROWS, clients=CLIENTS))


def days(engine: DuckDBEngine, where: str) -> list[str]:
    """Month and day of the interactions that meet the condition."""
    scope = Scope(as_of=date(2024, 12, 31), where=where)
    found = engine.run_expression(interactions(log_tables(), scope, guests=True))
    return sorted(f"{day:%m-%d}" for day in found.column("occurred_on").to_pylist())


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("channel = 'web'", ["01-01", "03-02"]),
        ("CHANNEL = 'web' AND branch = 'Brno'", ["01-01"]),
        ("channel <> 'web'", ["02-01", "04-01"]),
        ("channel is null", ["03-01"]),
        ("channel is not null and not channel = 'web'", ["02-01", "04-01"]),
        ("channel in ('shop', 'O''Neil')", ["02-01", "04-01"]),
        ("channel not in ('shop')", ["01-01", "03-02", "04-01"]),
        ("channel like '%eb'", ["01-01", "03-02"]),
        ("amount = 0.1", ["04-01"]),
        ("amount > 0.0001 and amount < 1.00000", ["04-01"]),
        ("amount < -4.99", ["03-01"]),
        ("amount between 7 and 10", ["01-01", "03-02"]),
        ("occurred_on >= '2024-03-01'", ["03-01", "03-02", "04-01"]),
        ("occurred_at < '2024-01-01T13:00:00+01:00' or occurred_at > '2024-04-01 11:59'", ["04-01"]),
        ("occurred_at < '2024-01-01T13:00:01+01:00'", ["01-01"]),
        ("customer_type = 'reseller'", ["01-01"]),
        ("'end user' = customer_type", ["02-01"]),
        ("birth_year >= 1970 or (channel = 'shop' and amount > 1)", ["01-01", "02-01"]),
        ("client_key is null", ["03-02"]),
    ],
)
def test_the_interactions_a_person_asked_for_are_found(engine: DuckDBEngine, where: str, expected: list[str]) -> None:
    assert days(engine, where) == expected


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("chanel = 'web'", "Did you mean 'channel'"),
        ('channel = "web"', "single quotes"),
        ("lower(channel) = 'web'", "LOWER(channel)"),
        ("amount + 1 > 2", "amount + 1"),
        ("channel = (select 1)", "SELECT 1"),
        ("channel in (select channel from interactions)", "SELECT"),
        ("channel", "channel"),
        ("1 = 1", "1 = 1"),
        ("channel = 'web'; drop table interactions", "cannot be read"),
        ("channel = 'web", "cannot be read"),
        ("  ", "cannot be read"),
        ("interactions.channel = 'web'", "interactions.channel"),
        ("channel = null", "NULL"),
        ("amount = 'ten'", "amount cannot be compared with 'ten'"),
        ("amount > 0.00001", "amount cannot be compared with 0.00001"),
        ("amount > 1e40", "amount cannot be compared with 1e40"),
        ("birth_year > 1970.5", "birth_year cannot be compared with 1970.5"),
        ("channel = 5", "channel cannot be compared with 5"),
        ("occurred_on > 'yesterday'", "occurred_on cannot be compared with 'yesterday'"),
        ("amount = channel", "amount cannot be compared with channel"),
        ("amount like '1%'", "text column"),
        ("channel = 'a' or " * 200 + "channel = 'a'", "longer than"),
        ("(" * 900 + "channel = 'a'" + ")" * 900, "brackets"),
    ],
)
def test_what_is_not_understood_is_named_and_never_run(engine: DuckDBEngine, where: str, named: str) -> None:
    with pytest.raises(MeasureError) as caught:
        days(engine, where)
    assert named in str(caught.value)


def test_a_plain_measure_does_not_read_the_clients_table() -> None:
    plain = DuckDBEngine({}).compile(interactions(log_tables(), Scope(as_of=date(2024, 1, 1))))
    assert "clients" not in plain


def test_a_customer_key_cannot_split_a_result() -> None:
    with pytest.raises(MeasureError, match="rfm"):
        interactions(log_tables(), Scope(as_of=date(2024, 1, 1), by=("client_key",)))


def test_the_log_is_seen_up_to_as_of_and_that_day_counts(tmp_path: Path) -> None:
    files = write_log(tmp_path, interactions=ROWS)
    rows = interactions(log_tables(), Scope(as_of=date(2024, 3, 1)))
    assert DuckDBEngine(files).run_expression(rows).num_rows == 3
