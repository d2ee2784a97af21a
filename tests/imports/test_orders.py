"""Order files as companies send them, to the cent, and back again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import regulars as rg
from regulars.errors import LogError
from regulars.workspace import Workspace
from tests.real_data import real_data

HEADER = ("order_id", "customer_id", "date", "product", "quantity", "unit_price", "amount")
MEASURES = ("revenue", "rfm", "repeat", "pareto", "gaps", "retention", "segments")


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop", currency="GBP")


def write(path: Path, rows: Iterable[Iterable[object]], header: Iterable[str] = HEADER) -> Path:
    with path.open("w", newline="") as handle:
        csv.writer(handle).writerows([tuple(header), *rows])
    return path


def line(order: object, customer: object, day: object, price: object = "10.00", quantity: object = 1) -> list[object]:
    amount = Decimal(str(price)) * Decimal(str(quantity))
    return [order, customer, day, "chair", quantity, price, amount]


def told(shop: Workspace, query: str) -> list[dict[str, object]]:
    with shop.engine() as engine:
        return engine.run(query).to_pylist()


def by_reference(shop: Workspace, name: str) -> list[dict[str, object]]:
    """A measure with the source's reference in place of the random key, in a fixed order."""
    table = shop.measure(name).to_arrow()
    if "client_key" not in table.column_names:
        return table.to_pylist()
    names = shop.vault.references(table.column("client_key").to_pylist())
    rows = [{**row, "client_key": names[row["client_key"]]} for row in table.to_pylist()]
    return sorted(rows, key=lambda row: row["client_key"])


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_year_of_a_real_wholesaler_is_read_to_the_cent(shop, tmp_path, form):
    """UCI Online Retail: 541,909 lines; figures published and recounted in its folder's README."""
    path = real_data("online_retail/online_retail.parquet")
    if form == "csv":
        frame = pl.read_parquet(path).drop("source_file")
        path = tmp_path / "online_retail.csv"
        frame.with_columns(pl.col("CustomerID").cast(pl.Float64)).write_csv(path)
    summary = shop.import_file(path).as_dict()
    assert {key: summary[key] for key in ("lines_read", "lines_imported", "lines_rejected")} == {
        "lines_read": 541_909,
        "lines_imported": 541_909,
        "lines_rejected": 0,
    }
    assert {key: summary[key] for key in ("documents", "orders", "refunds", "adjustments")} == {
        "documents": 25_900,
        "orders": 22_061,
        "refunds": 3_836,
        "adjustments": 3,
    }
    assert (summary["customers"], summary["guest_lines"], summary["zero_price_lines"]) == (4_372, 135_080, 2_515)
    assert summary["net_total"] == "9747747.93"
    kept = told(shop, "SELECT count(*) AS lines, sum(amount) AS total FROM items")[0]
    assert (kept["lines"], round(kept["total"], 2)) == (541_909, Decimal("9747747.93"))


def test_the_same_file_twice_adds_nothing(shop):
    path = real_data("messy_raw/online_retail_2010-12-01.csv")
    first = shop.import_file(path)
    again = shop.import_file(path)
    assert (again.lines_read, again.lines_imported, again.lines_already_there) == (3_108, 0, first.lines_imported)
    assert "imported before, as import 1" in again.notes[0]


def test_an_export_that_overlaps_the_last_one_adds_only_what_is_new(shop, tmp_path):
    january = [line(n, f"c{n}", f"2026-01-{n:02}") for n in range(1, 11)]
    february = [line(n, f"c{n % 5}", f"2026-02-{n - 10:02}") for n in range(11, 21)]
    shop.import_file(write(tmp_path / "january.csv", january))
    summary = shop.import_file(write(tmp_path / "both.csv", january + february))
    assert (summary.lines_read, summary.lines_imported, summary.lines_already_there) == (20, 10, 10)
    assert told(shop, "SELECT count(*) AS n FROM interactions") == [{"n": 20}]


def test_lines_shared_with_an_undone_import_come_back_with_the_later_file(shop, tmp_path):
    january = [line(n, f"c{n}", f"2026-01-{n:02}") for n in range(1, 6)]
    february = [line(n, f"c{n}", f"2026-02-{n:02}") for n in range(6, 11)]
    first = shop.import_file(write(tmp_path / "january.csv", january))
    both = write(tmp_path / "both.csv", january + february)
    shop.import_file(both)
    shop.undo(first.import_id)
    assert told(shop, "SELECT count(*) AS n FROM interactions") == [{"n": 5}]
    again = shop.import_file(both)
    assert (again.lines_imported, again.lines_already_there) == (5, 5)
    assert told(shop, "SELECT count(*) AS n FROM interactions") == [{"n": 10}]


def test_a_line_that_was_really_sold_twice_stays_twice(shop, tmp_path):
    rows = [line(1, "c1", "2026-01-05"), line(1, "c1", "2026-01-05"), line(2, "c1", "2026-01-06")]
    shop.import_file(write(tmp_path / "orders.csv", rows))
    assert told(shop, "SELECT sum(amount) AS total, count(*) AS n FROM items") == [{"total": Decimal(30), "n": 3}]
    again = shop.import_file(write(tmp_path / "resent.csv", [*rows, line(3, "c2", "2026-01-07")]))
    assert (again.lines_imported, again.lines_already_there) == (1, 3)


def test_every_repeated_line_of_a_real_wholesaler_stays(shop):
    frame = pl.read_parquet(real_data("online_retail/online_retail.parquet"))
    repeated = frame.height - frame.unique().height
    assert repeated == 5_268
    shop.import_file(real_data("online_retail/online_retail.parquet"))
    lines = told(shop, "SELECT count(*) AS lines, count(DISTINCT line_id) AS kinds FROM items")[0]
    assert lines == {"lines": frame.height, "kinds": frame.height}


def test_undo_restores_every_measure_exactly(shop, tmp_path):
    shop.import_file(write(tmp_path / "a.csv", [line(n, f"c{n % 7}", date(2026, 1, 1 + n)) for n in range(20)]))
    before = {name: shop.measure(name, as_of="2026-03-01").to_arrow() for name in MEASURES}
    other = shop.import_file(
        write(tmp_path / "b.csv", [line(100 + n, f"c{n % 9}", date(2026, 2, 1 + n), "7.35") for n in range(20)])
    )
    assert not shop.measure("rfm", as_of="2026-03-01").to_arrow().equals(before["rfm"])
    shop.undo(other.import_id)
    after = {name: shop.measure(name, as_of="2026-03-01").to_arrow() for name in MEASURES}
    assert all(after[name].equals(before[name]) for name in MEASURES)
    assert sorted(shop.vault.references(told_keys(shop)).values()) == sorted({f"c{n % 7}" for n in range(20)})


def told_keys(shop: Workspace) -> list[int]:
    return [row["client_key"] for row in told(shop, "SELECT DISTINCT client_key FROM clients")]


def test_what_only_the_undone_import_knew_leaves_the_vault(shop, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("customer_id,name,email\nc1,Ana Kovac,ana@example.org\nc2,Jan Novak,jan@example.org\n")
    number = shop.import_file(path, form="customers").import_id
    assert len(shop.vault.keys("main", ["c1", "c2"])) == 2
    shop.undo(number)
    content = b"".join(part.read_bytes() for part in shop.folder.glob("vault.sqlite3*"))
    shop.vault.close()
    content = b"".join(part.read_bytes() for part in shop.folder.glob("vault.sqlite3*"))
    assert b"ana@example.org" not in content


def test_names_never_reach_the_log(shop, tmp_path):
    rows = [[1, "c1", "2026-01-05", "chair", 1, "9.00", "9.00", "Zdenka Canarova", "zdenka@example.org", "+420555"]]
    shop.import_file(write(tmp_path / "o.csv", rows, (*HEADER, "customer name", "email", "phone")))
    log = b"".join(path.read_bytes() for path in shop.log.folder.rglob("*") if path.is_file())
    for secret in (b"Zdenka", b"zdenka@example.org", b"+420555", b"Canarova"):
        assert secret not in log
    key = told_keys(shop)
    assert shop.names(key) == {key[0]: "Zdenka Canarova"}


def test_returns_count_against_the_customer_and_guests_stay_apart(shop, tmp_path):
    rows = [
        [*line(1, "c1", "2026-01-05", "50.00"), "paid"],
        [*line(2, "c1", "2026-01-09", "20.00"), "refunded"],
        [*line(3, "c1", "2026-01-09", "30.00"), "cancelled"],
        [*line(4, "", "2026-01-10", "15.00"), "paid"],
        [*line(5, "c2", "2026-01-11", "-12.00"), ""],
        [*line(6, "c2", "2026-01-12", "0.00"), ""],
    ]
    summary = shop.import_file(write(tmp_path / "o.csv", rows, (*HEADER, "order status")))
    counts = summary.counts
    assert (counts.orders, counts.refunds, counts.cancellations, counts.guest_lines) == (3, 2, 1, 1)
    assert counts.net_total == Decimal("33.0000")
    rows = told(shop, "SELECT thread, kind, amount, client_key IS NULL AS guest FROM interactions ORDER BY thread")
    assert [(r["thread"], r["kind"], r["amount"], r["guest"]) for r in rows] == [
        ("1", "order", Decimal(50), False),
        ("2", "refund", Decimal(-20), False),
        ("3", "cancellation", Decimal(0), False),
        ("4", "order", Decimal(15), True),
        ("5", "refund", Decimal(-12), False),
        ("6", "order", Decimal(0), False),
    ]


def test_a_refund_line_without_a_name_belongs_to_its_orders_customer(shop, tmp_path):
    rows = [[*line(1, "c1", "2026-01-05", "50.00"), "paid"], [*line(1, "", "2026-01-09", "50.00"), "refund"]]
    shop.import_file(write(tmp_path / "o.csv", rows, (*HEADER, "order status")))
    rows = told(shop, "SELECT kind, amount, client_key FROM interactions ORDER BY kind")
    assert [(row["kind"], row["amount"]) for row in rows] == [("order", Decimal(50)), ("refund", Decimal(-50))]
    assert rows[0]["client_key"] == rows[1]["client_key"] is not None


def test_lines_that_turn_up_later_change_the_order_and_make_no_second_one(shop, tmp_path):
    shop.import_file(write(tmp_path / "a.csv", [line(1, "c1", "2026-01-05", "50.00")]))
    late = [line(1, "c1", "2026-01-05", "50.00"), line(1, "c1", "2026-01-05", "8.00")]
    summary = shop.import_file(write(tmp_path / "b.csv", late))
    assert (summary.counts.orders, summary.counts.adjustments, summary.lines_already_there) == (0, 1, 1)
    customer = shop.measure("rfm").to_arrow().to_pylist()[0]
    assert (customer["frequency"], customer["monetary_value"]) == (1, Decimal(58))


STATUS = (*HEADER, "status", "delivered", "due")


def with_status(order: object, price: str, status: str, delivered: str = "", due: str = "2026-01-10") -> list[object]:
    return [*line(order, "c1", "2026-01-05", price), status, delivered, due]


def test_an_order_that_is_cancelled_later_brings_nothing_and_is_counted_once(shop, tmp_path):
    sold = [with_status(1, "50.00", "paid"), with_status(2, "8.00", "paid")]
    shop.import_file(write(tmp_path / "monday.csv", sold, STATUS))
    turned = [with_status(1, "50.00", "cancelled"), with_status(2, "8.00", "paid")]
    summary = shop.import_file(write(tmp_path / "tuesday.csv", turned, STATUS))
    assert (summary.lines_imported, summary.counts.adjustments, summary.counts.net_total) == (1, 1, Decimal(-50))
    assert shop.measure("revenue").to_arrow().to_pylist()[0]["revenue"] == Decimal(8)
    assert told(shop, "SELECT sum(amount) AS s, sum(quantity) AS q FROM items") == [{"s": Decimal(8), "q": Decimal(1)}]
    again = shop.import_file(write(tmp_path / "wednesday.csv", [*turned, with_status(3, "1.00", "paid")], STATUS))
    assert again.lines_imported == 1
    shop.undo(summary.import_id)
    assert shop.measure("revenue").to_arrow().to_pylist()[0]["revenue"] == Decimal(59)


def test_one_of_two_equal_lines_that_is_cancelled_takes_one_of_them_back(shop, tmp_path):
    two = [with_status(1, "50.00", "paid")] * 2
    shop.import_file(write(tmp_path / "monday.csv", two, STATUS))
    summary = shop.import_file(write(tmp_path / "tuesday.csv", [two[0], with_status(1, "50.00", "cancelled")], STATUS))
    assert summary.counts.net_total == Decimal(-50)
    assert shop.measure("revenue").to_arrow().to_pylist()[0]["revenue"] == Decimal(50)


def test_an_order_cancelled_before_anybody_heard_of_it_stays_at_nothing(shop, tmp_path):
    summary = shop.import_file(write(tmp_path / "o.csv", [with_status(1, "50.00", "cancelled")], STATUS))
    assert (summary.counts.cancellations, summary.counts.net_total) == (1, Decimal(0))


def test_a_delivery_date_that_is_filled_in_later_brings_the_delivery_once(shop, tmp_path):
    shop.import_file(write(tmp_path / "monday.csv", [with_status(1, "50.00", "paid")], STATUS))
    late = [with_status(1, "50.00", "paid", "2026-01-12")]
    for name in ("tuesday.csv", "wednesday.csv"):
        more = [*late, with_status(9, "1.00", name[:-4])]
        shop.import_file(write(tmp_path / name, more, STATUS))
    (delivery,) = told(shop, "SELECT * FROM interactions WHERE kind = 'delivery'")
    (order,) = told(shop, "SELECT * FROM interactions WHERE kind = 'order' AND thread = '1'")
    assert (delivery["occurred_on"], delivery["thread"]) == (date(2026, 1, 12), "1")
    assert delivery["client_key"] == order["client_key"]
    assert delivery["due_at"].date() == date(2026, 1, 10)


def test_bad_rows_wait_mended_and_come_in_later(shop, tmp_path):
    rows = [line(1, "c1", "2026-01-05"), line(2, "c2", "2026-02-31"), line(3, "c3", "2026-01-07"), line(4, "c4", "")]
    rows[2][4:] = [1, "ten", "ten"]
    summary = shop.import_file(write(tmp_path / "o.csv", rows))
    assert (summary.lines_read, summary.lines_imported, summary.lines_rejected) == (4, 1, 3)
    assert sum(summary.reasons.values()) == 3
    assert summary.rejects_file is not None
    mended = Path(summary.rejects_file).read_text(encoding="utf-8-sig")
    assert [row["regulars_line"] for row in csv.DictReader(mended.splitlines())] == ["3", "4", "5"]
    for wrong, right in (("2026-02-31", "2026-02-28"), (",ten,ten", ",10.00,10.00"), ("c4,,", "c4,2026-01-08,")):
        mended = mended.replace(wrong, right)
    path = tmp_path / "mended.csv"
    path.write_text(mended)
    again = shop.import_file(path)
    assert (again.lines_imported, again.lines_rejected) == (3, 0)
    assert told(shop, "SELECT count(*) AS n FROM interactions") == [{"n": 4}]


HALF_GOOD = [line(1, "c1", "2026-01-05"), line(2, "c2", "2026-02-31")]


class Died(BaseException):
    """Stands for the end of the process: nothing after it runs but what runs anyhow."""


def test_rejected_lines_are_found_also_where_the_program_dies_just_after_the_import(shop, tmp_path, monkeypatch):
    def die(*_):
        raise Died

    monkeypatch.setattr("regulars.imports.importing._put_in_order", die)
    with pytest.raises(Died):
        shop.import_file(write(tmp_path / "o.csv", HALF_GOOD))
    (imported,) = shop.imports()
    assert imported["lines_rejected"] == 1
    (rejects,) = (shop.folder / "rejects").iterdir()
    assert "2026-02-31" in rejects.read_text(encoding="utf-8-sig")


def test_an_import_that_fails_leaves_no_rejected_lines_behind(shop, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise LogError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(shop.log, "publish", fail)
        with pytest.raises(LogError):
            shop.import_file(write(tmp_path / "o.csv", HALF_GOOD))
    assert not [*(shop.folder / "rejects").glob("*")]
    assert shop.import_file(tmp_path / "o.csv").lines_imported == 1


def test_rejected_lines_of_an_import_that_was_killed_are_not_taken_for_those_of_the_next(shop, tmp_path):
    left = shop.folder / "rejects" / "other.import-1.rejects.csv"
    left.parent.mkdir(mode=0o700, exist_ok=True)
    left.write_text("of an import that was never published")
    assert shop.import_file(write(tmp_path / "o.csv", HALF_GOOD[:1])).import_id == 1
    assert not left.exists()


def test_a_dry_run_changes_nothing(shop, tmp_path):
    before = {path: path.read_bytes() for path in shop.log.folder.rglob("*") if path.is_file()}
    summary = shop.import_file(write(tmp_path / "o.csv", [line(1, "c1", "2026-01-05")]), dry_run=True)
    assert (summary.lines_imported, summary.import_id, len(summary.first_rows)) == (1, None, 1)
    after = {path: path.read_bytes() for path in shop.log.folder.rglob("*") if path.is_file()}
    assert {path: content for path, content in after.items() if "lock" not in path.name} == {
        path: content for path, content in before.items() if "lock" not in path.name
    }


def test_other_currencies_are_converted_or_wait_for_their_rate(tmp_path):
    shop = rg.init(tmp_path / "shop", currency="EUR")
    text = (shop.folder / "regulars.toml").read_text().replace('# USD = "0.92"', 'USD = "0.90"')
    (shop.folder / "regulars.toml").write_text(text)
    shop = rg.open(shop.folder)
    rows = [
        [*line(1, "c1", "2026-01-05", "10.00"), "EUR"],
        [*line(2, "c1", "2026-01-06", "10.00"), "usd"],
        [*line(3, "c1", "2026-01-07", "10.00"), "CHF"],
    ]
    summary = shop.import_file(write(tmp_path / "o.csv", rows, (*HEADER, "currency")))
    assert summary.counts.net_total == Decimal("19.0000")
    assert summary.reasons == {"no rate for currency CHF: add it under [rates] in regulars.toml": 1}
    converted = told(shop, "SELECT * FROM interactions WHERE thread = '2'")[0]
    assert (converted["amount"], converted["original_amount"], converted["original_currency"]) == (
        Decimal(9),
        Decimal(10),
        "USD",
    )


def check_same_rows(found: list[dict[str, object]], expected: list[dict[str, object]]) -> None:
    """Equal rows; floats to nine digits, since a sum of floats depends on the order of its terms."""
    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        for name, value in wanted.items():
            assert row[name] == (pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value), name


documents = st.lists(
    st.tuples(
        st.integers(0, 4),  # customer
        st.integers(0, 200),  # day
        st.lists(st.tuples(st.integers(-3, 5), st.integers(0, 5000)), min_size=1, max_size=3),  # quantity, cents
    ),
    min_size=2,
    max_size=12,
)


def _rows(found: list[tuple[int, int, list[tuple[int, int]]]]) -> list[list[list[object]]]:
    return [
        [
            line(number, f"c{customer}", date(2026, 1, 1) + timedelta(days=day), Decimal(cents) / 100, quantity)
            for quantity, cents in lines
        ]
        for number, (customer, day, lines) in enumerate(found)
    ]


# Each example opens two workspaces, so a failure is reported as found, without minutes of shrinking.
@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(found=documents, data=st.data())
def test_neither_order_nor_split_of_the_files_changes_a_measure(tmp_path_factory, found, data):
    folder = tmp_path_factory.mktemp("split")
    rows = _rows(found)
    whole = rg.init(folder / "whole")
    whole.import_file(write(folder / "all.csv", [one for document in rows for one in document]), form="orders")
    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(1, len(rows) - 1))
    parts = rg.init(folder / "parts")
    for place, part in enumerate((shuffled[:cut], shuffled[cut:])):
        lines = [one for document in part for one in document]
        parts.import_file(write(folder / f"{place}.csv", lines), form="orders")
    for name in MEASURES:
        check_same_rows(by_reference(parts, name), by_reference(whole, name))
