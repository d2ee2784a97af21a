"""Logs as companies begin with: empty, orders alone, a handful of customers, texts that mean harm, a real shop."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

import regulars as rg
from regulars_web.home.tests.seen import figure, things, whole
from regulars_web.shared import numbers
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
HARM = '"><img src=x onerror=alert(1)>'


@pytest.fixture
def empty_shop(tmp_path, settings):
    """A company on its first day."""
    from regulars_web.shared.company import company, let_go

    rg.init(tmp_path / "new", name="New shop").close()
    settings.WORKSPACE = tmp_path / "new"
    let_go()
    yield company()
    let_go()


@pytest.fixture
def owner(colleague):
    """The owner's browser, whatever workspace is shown."""
    from django.test import Client

    client = Client()
    client.force_login(colleague("owner"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def write_orders(path: Path, rows: list[tuple[str, str, date, str]]) -> Path:
    lines = ["order_id,customer_id,date,amount"]
    lines += [",".join((order, customer, day.isoformat(), amount)) for order, customer, day, amount in rows]
    path.write_text("\n".join(lines))
    return path


def test_an_empty_log_leads_to_the_first_file(owner, empty_shop):
    answer = owner.get("/")
    assert answer.status_code == 200
    assert "Start with orders" in answer.content.decode()
    assert b"hx-trigger" not in answer.content.split(b"<main")[1].split(b"</main")[0]
    assert "Start with orders" in owner.get("/part/lead").content.decode()
    assert owner.get("/part/numbers").content == b""


def test_an_empty_log_leads_to_what_needs_no_file_and_invents_no_number(owner, empty_shop):
    page = owner.get("/").content.decode().split("<main", 1)[1].split("</main>")[0]
    assert "/programme/fit" in page
    assert "/definition/" in page
    assert "%" not in page


def test_a_part_that_is_not_there_is_not_found(owner, empty_shop):
    assert owner.get("/part/nothing").status_code == 404


def test_a_viewer_of_an_empty_log_is_told_who_can_import(empty_shop, colleague):
    from django.test import Client

    client = Client()
    client.force_login(colleague("viewer"), backend="allauth.account.auth_backends.AuthenticationBackend")
    text = client.get("/").content.decode()
    assert "Your role does not import files" in text
    assert "Import orders" not in text


def test_orders_alone_of_five_customers(owner, empty_shop, tmp_path):
    day = date(2026, 6, 1)
    rows = [(str(n), f"c{n % 5}", day - timedelta(days=30 * n), "20.00") for n in range(12)]
    empty_shop.import_file(write_orders(tmp_path / "orders.csv", rows))
    answer = whole(owner)
    assert figure(answer, "active").value == "5"
    assert figure(answer, "active").small
    assert figure(answer, "few").unknown
    assert figure(answer, "slipping").unknown
    assert figure(answer, "complaints").unknown
    assert figure(answer, "active").change is None  # the log is younger than two periods
    assert "contacts_missing" in things(answer) or "log_is_old" in things(answer)


def test_customers_under_contract_are_active_and_known_though_they_do_not_buy(owner, empty_shop, tmp_path):
    day = date(2026, 6, 1)
    rows = [(str(n), f"c{n % 5}", day - timedelta(days=30 * n), "20.00") for n in range(12)]
    empty_shop.import_file(write_orders(tmp_path / "orders.csv", rows), source="shop")
    (tmp_path / "list.csv").write_text(
        "customer_id,contract from,left on\nc1,2024-01-01,\nk1,2024-01-01,\nk2,2024-01-01,\nk3,2024-01-01,2026-01-01\n"
    )
    empty_shop.import_file(tmp_path / "list.csv", form="customers", source="shop")
    answer = whole(owner)
    shown = figure(answer, "active")
    assert (shown.name, shown.value) == ("Active customers", "7")
    assert shown.told == "5 bought in the period, 2 more have a contract; of 8 known to the log"
    assert "Customers with a contract and no order in the period" in answer.content.decode()


def test_customers_of_whom_nobody_has_bought_yet(owner, empty_shop, tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,name,email\n1,Ana,a@example.com\n2,Bo,b@example.com\n")
    empty_shop.import_file(tmp_path / "customers.csv")
    assert "Start with orders" in owner.get("/part/lead").content.decode()
    assert "Start with orders" in owner.get("/?whole=yes").content.decode()


def test_hostile_names_of_files_and_words_stay_text(owner, empty_shop, tmp_path):
    day = date(2026, 6, 1)
    rows = [(str(n), f"c{n % 40}", day - timedelta(days=9 * n), "20.00") for n in range(80)]
    empty_shop.import_file(write_orders(tmp_path / "<script>alert(1)<script>.csv", rows), source="=cmd|x")
    contacts = ["contact_id,customer_id,date,kind,text"]
    contacts += [f'k{n},c{n},2026-05-{n + 1:02d},complaint,"{HARM.replace(chr(34), chr(34) * 2)}"' for n in range(3)]
    (tmp_path / "contacts.csv").write_text("\n".join(contacts))
    empty_shop.import_file(tmp_path / "contacts.csv", form="contacts", source="=cmd|x")
    text = whole(owner).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert" in text
    assert "&lt;img src=x onerror" in text


def test_a_real_shop_of_1997(owner, empty_shop, tmp_path):
    """CDNOW, every tenth customer: orders, revenue and customers are those of the file; the log is old, and says so."""
    orders = pl.read_parquet(real_data("cdnow/master.parquet")).filter(pl.col("customer_id").cast(pl.Int64) % 10 == 0)
    orders = orders.with_columns(day=pl.col("date").str.to_date("%Y%m%d"))
    rows = [
        (str(n), f"c{one['customer_id']}", one["day"], f"{float(one['dollars']):.2f}")
        for n, one in enumerate(orders.iter_rows(named=True))
    ]
    empty_shop.import_file(write_orders(tmp_path / "cdnow.csv", rows))
    answer = whole(owner)
    first = empty_shop.newest_on().replace(year=1997) + timedelta(days=1)
    year = orders.filter(pl.col("day") >= first)
    assert figure(answer, "orders").value == numbers.number(year.height)
    assert figure(answer, "active").value == numbers.number(year["customer_id"].n_unique())
    assert figure(answer, "revenue").value == numbers.money(round(year["dollars"].cast(pl.Float64).sum(), 2), "EUR")
    assert things(answer)[0] == "log_is_old"
    assert figure(answer, "new").change is None  # 18 months do not reach back two years
