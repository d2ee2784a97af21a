"""The made-up company is whole: right tables, ids that hold together, money that adds up, the same every time."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from regulars.demo.company import PART, Company, DemoSize, company_parts, make_company
from regulars.demo.people import VAULT
from regulars.demo.truths import HISTORY_DAYS
from regulars.log.tables import TABLES


def scalar(shop: duckdb.DuckDBPyConnection, query: str) -> object:
    return shop.execute(query).fetchall()[0][0]


@pytest.fixture(scope="module")
def small() -> Company:
    return make_company(300, seed=3)


def test_every_table_but_imports_and_links_is_filled_and_has_the_log_schema(small: Company) -> None:
    assert set(small.tables) == set(TABLES) - {"imports", "links"}
    for name, table in small.tables.items():
        assert table.schema == TABLES[name], name
        assert table.num_rows > 0, name
        table.validate(full=True)
    assert small.vault.schema == VAULT


def test_the_same_seed_makes_the_same_company_and_another_seed_another(small: Company) -> None:
    again, other = make_company(300, seed=3), make_company(300, seed=4)
    for name, table in small.tables.items():
        assert table.equals(again.tables[name]), name
    assert small.vault.equals(again.vault)
    assert not small.tables["interactions"].equals(other.tables["interactions"])
    keys = set(small.tables["clients"]["client_key"].to_pylist())
    assert keys.isdisjoint(other.tables["clients"]["client_key"].to_pylist())


def test_the_log_ends_on_the_day_asked_for_and_carries_the_import_asked_for() -> None:
    until = date(2024, 2, 29)
    company = make_company(200, until=until, import_id=42, zone="America/New_York")
    days = company.tables["interactions"]["occurred_on"].to_pylist()
    assert max(days) <= until
    assert (until - min(days)).days < HISTORY_DAYS + 15  # a web visit comes up to a fortnight before its order
    for name, table in company.tables.items():
        assert set(table["import_id"].to_pylist()) == {42}, name


@pytest.mark.parametrize("customers", [0, 199, 1_000_001])
def test_a_company_of_impossible_size_is_refused_in_words(customers: int) -> None:
    with pytest.raises(DemoSize, match="200 to 1,000,000"):
        make_company(customers)


def test_a_large_company_comes_in_pieces_whose_ids_never_meet() -> None:
    staff, *parts = company_parts(PART + 200)
    assert [part.tables["clients"].num_rows for part in parts] == [PART, 200]
    for table, column in (("interactions", "interaction_id"), ("clients", "client_key"), ("items", "line_id")):
        ids = pa.concat_tables([part.tables[table].select([column]) for part in (staff, *parts)])[column]
        assert len(ids.unique()) == len(ids)
        assert pa.compute.min(ids).as_py() > 0


def test_ids_are_unique_and_rows_know_each_other(shop: duckdb.DuckDBPyConnection) -> None:
    for table, column in (("interactions", "interaction_id"), ("items", "line_id"), ("clients", "client_key")):
        assert scalar(shop, f"SELECT count(*) - count(DISTINCT {column}) FROM {table}") == 0
        assert scalar(shop, f"SELECT min({column}) > 0 FROM {table}") is True
    for table in ("items", "answers"):
        assert scalar(shop, f"SELECT count(*) FROM {table} ANTI JOIN interactions USING (interaction_id)") == 0
    for table in ("interactions", "facts", "vault"):
        orphans = f"SELECT count(*) FROM {table} ANTI JOIN clients USING (client_key) WHERE client_key IS NOT NULL"
        assert scalar(shop, orphans) == 0


def test_the_lines_of_every_order_and_refund_add_up_to_the_cent(shop: duckdb.DuckDBPyConnection) -> None:
    wrong = """WITH summed AS (SELECT interaction_id, sum(amount) AS amount, sum(cost) AS cost,
                                      bool_and(quantity * unit_price = amount) AS lines_right
                               FROM items GROUP BY interaction_id)
               SELECT count(*) FROM interactions i LEFT JOIN summed s USING (interaction_id)
               WHERE kind IN ('order', 'refund')
                 AND (s.amount IS DISTINCT FROM i.amount OR s.cost IS DISTINCT FROM i.cost OR NOT lines_right)"""
    assert scalar(shop, wrong) == 0
    assert scalar(shop, "SELECT bool_and(amount < 0) FROM interactions WHERE kind = 'refund'") is True


def test_no_refund_takes_back_more_than_its_order_was_worth(shop: duckdb.DuckDBPyConnection) -> None:
    wrong = """SELECT count(*) FROM interactions r LEFT JOIN interactions o
               ON o.thread = r.thread AND o.kind = 'order'
               WHERE r.kind = 'refund' AND (o.amount IS NULL OR o.amount + r.amount < 0
                                            OR o.client_key IS DISTINCT FROM r.client_key)"""
    assert scalar(shop, wrong) == 0


def test_local_dates_are_those_of_the_instants_in_summer_and_winter(shop: duckdb.DuckDBPyConnection) -> None:
    wrong = """SELECT count(*) FROM interactions
               WHERE occurred_on <> CAST(timezone('Europe/Sofia', occurred_at) AS DATE)"""
    assert scalar(shop, wrong) == 0


def test_the_steps_of_an_order_follow_one_another(shop: duckdb.DuckDBPyConnection) -> None:
    disorder = """WITH steps AS (
                    SELECT thread, min(occurred_at) FILTER (step = 'order') AS ordered,
                           min(occurred_at) FILTER (step = 'confirm') AS confirmed,
                           min(occurred_at) FILTER (step = 'produce') AS produced,
                           max(occurred_at) FILTER (step = 'check') AS checked,
                           max(occurred_at) FILTER (step IN ('deliver', 'collect')) AS handed,
                           max(occurred_at) FILTER (step = 'assemble') AS assembled
                    FROM interactions WHERE client_key IS NOT NULL GROUP BY thread)
                  SELECT count(*) FROM steps WHERE ordered > confirmed OR confirmed > produced
                    OR produced > checked OR checked > handed OR handed > assembled"""
    assert scalar(shop, disorder) == 0
    loops = "SELECT max(n) FROM (SELECT count(*) AS n FROM interactions WHERE step = 'produce' GROUP BY thread)"
    assert scalar(shop, loops) in (3, 4, 5)


def test_names_and_addresses_stay_out_of_the_log(shop: duckdb.DuckDBPyConnection, oakline: Company) -> None:
    text_columns = {
        name: [field.name for field in table.schema if field.type == pa.string()]
        for name, table in oakline.tables.items()
    }
    family_names = {row[0] for row in shop.execute("SELECT DISTINCT split_part(name, ' ', 2) FROM vault").fetchall()}
    for table, columns in text_columns.items():
        for column in columns:
            words = {row[0] for row in shop.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()}
            spoken = {part for word in words if word for part in word.replace(".", "").split()}
            assert family_names.isdisjoint(spoken), (table, column)


def test_invented_people_cannot_be_written_to_or_rung_up(shop: duckdb.DuckDBPyConnection) -> None:
    assert scalar(
        shop, "SELECT bool_and(regexp_matches(email, '@(example.com|example.org|oakline.example)$')) FROM vault"
    )
    assert scalar(shop, "SELECT bool_and(phone LIKE '% 00 %') FROM vault") is True
    assert scalar(shop, "SELECT bool_and(email = lower(email) AND NOT email LIKE '%..%') FROM vault") is True
    assert scalar(shop, "SELECT count(*) - count(DISTINCT (source, reference)) FROM vault") == 0
    assert scalar(shop, "SELECT count(*) FROM vault WHERE regexp_matches(name, '[А-Яа-я]')") > 1_000


def test_every_truth_is_explained(oakline: Company) -> None:
    explained = type(oakline.truths).__doc__ or ""
    assert [field.name for field in fields(oakline.truths) if field.name not in explained] == []
