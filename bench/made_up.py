"""Made-up customers and logs, always the same for the same sizes; files are written once and used again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

DAYS = 1096
FIRST_ON = date(2022, 1, 1)
LAST_ON = date(2024, 12, 31)
ROWS_A_CUSTOMER = 20
CUSTOMERS_A_FILE = 250_000
GUEST_SHARE = 0.03

# Maximum likelihood for CDNOW in Fader, Hardie & Lee (2005); times in weeks.
CDNOW = {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}

KINDS = ("order", "refund", "adjustment", "visit", "call", "complaint")
KIND_SHARES = (0.80, 0.04, 0.005, 0.10, 0.04, 0.015)


def histories(customers: int, *, longest_days: int = 728, seed: int = 1) -> dict[str, np.ndarray]:
    """Customers who buy and leave as BG/NBD says, seen for up to two years, in whole days.

    One element a customer: repeat_orders (days with an order after the first one), last_days and age_days. Times
    within a day are cut off, and orders on one day are one, as in a shop's export.
    """
    dice = np.random.default_rng(seed)
    age = dice.integers(1, longest_days + 1, customers)
    rate = dice.gamma(CDNOW["r"], 1 / CDNOW["alpha"], customers) / 7
    leaving = dice.beta(CDNOW["a"], CDNOW["b"], customers)
    x, last = np.zeros(customers, dtype=np.int64), np.zeros(customers, dtype=np.int64)
    who, now = np.arange(customers), np.zeros(customers)
    while len(who):
        with np.errstate(divide="ignore", over="ignore"):
            now = now + dice.exponential(size=len(who)) / rate[who]
        seen = now < age[who] + 1
        who, now = who[seen], now[seen]
        day = now.astype(np.int64)
        x[who] += day > last[who]
        last[who] = day
        stays = dice.random(len(who)) >= leaving[who]
        who, now = who[stays], now[stays]
    return {"repeat_orders": x, "last_days": last, "age_days": age}


def interactions(folder: Path, rows: int, *, seed: int = 2) -> list[str]:
    """Parquet files of the log's interactions, sorted by customer and time, as compaction leaves them."""
    home = folder / f"interactions-{rows}"
    if not home.exists():
        draft = folder / f"interactions-{rows}.part"
        draft.mkdir(parents=True, exist_ok=True)
        dice = np.random.default_rng(seed)
        guests = int(rows * GUEST_SHARE)
        customers = max((rows - guests) // ROWS_A_CUSTOMER, 1)
        keys = np.sort(dice.choice(2**62, customers, replace=False) if customers < 1000 else _keys(dice, customers))
        each = _rows_of_each(dice, customers, rows - guests)
        for number, start in enumerate(range(0, customers, CUSTOMERS_A_FILE)):
            some = slice(start, start + CUSTOMERS_A_FILE)
            _write(draft / f"part-{number:03}.parquet", _interactions(dice, keys[some], each[some]))
        _write(draft / "part-999.parquet", _interactions(dice, None, np.full(guests, 1)))
        draft.rename(home)
    return [str(path) for path in sorted(home.glob("*.parquet"))]


def order_lines(folder: Path, lines: int, *, seed: int = 3) -> Path:
    """A CSV export of order lines with the eight columns of Online Retail: returns, guests and repeats included."""
    path = folder / f"order-lines-{lines}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _order_lines(np.random.default_rng(seed), lines).write_csv(path)
    return path


def _keys(dice: np.random.Generator, customers: int) -> np.ndarray:
    """Random 64-bit keys, all different."""
    keys = np.unique(dice.integers(1, 2**62, customers * 2))
    return dice.permutation(keys)[:customers]


def _rows_of_each(dice: np.random.Generator, customers: int, rows: int) -> np.ndarray:
    """At least one a customer; the rest by very unequal rates."""
    rates = dice.gamma(0.6, size=customers)
    return 1 + dice.multinomial(rows - customers, rates / rates.sum())


def _interactions(dice: np.random.Generator, keys: np.ndarray | None, each: np.ndarray) -> pa.Table:
    rows = int(each.sum())
    owner = np.repeat(np.arange(len(each)), each)
    first = dice.integers(0, DAYS, len(each))
    day = first[owner] + (dice.random(rows) * (DAYS - first[owner])).astype(np.int64)
    second = day * 86_400 + dice.integers(8 * 3600, 20 * 3600, rows)
    order = np.lexsort((second, owner))
    day, second = day[order], second[order]
    kind = dice.choice(len(KINDS), rows, p=KIND_SHARES)
    cents = np.maximum(dice.lognormal(3.5, 1.0, rows) * 100, 1).astype(np.int64)
    cents[dice.random(rows) < 0.002] = 0
    # Refunds and adjustments take away; visits and the like have no amount.
    cents = np.where(kind == 1, -cents // 2, np.where(kind == 2, -cents // 10, cents))
    epoch = np.datetime64(FIRST_ON)
    return pa.table(
        {
            "interaction_id": dice.integers(1, 2**62, rows),
            "import_id": np.repeat(7, rows),
            "client_key": pa.nulls(rows, pa.int64()) if keys is None else keys[owner],
            "occurred_at": (epoch.astype("datetime64[us]") + second.astype("timedelta64[s]")),
            "occurred_on": epoch + day.astype("timedelta64[D]"),
            "kind_number": kind,
            "channel_number": dice.integers(0, 3, rows),
            "cents": pa.array(cents, mask=kind > 2),
            "cost_cents": pa.array(cents * 6 // 10, mask=(kind != 0) | (dice.random(rows) < 0.02)),
        }
    )


def _write(path: Path, made: pa.Table) -> None:
    """With the types, compression and row groups that the log's own files have."""
    kinds, channels = list(KINDS), ["shop", "web", "phone"]
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("made", made)
    connection.execute(
        f"""
        COPY (
            SELECT interaction_id, import_id, 'shop' AS source, client_key,
                CAST(occurred_at AS TIMESTAMPTZ) AS occurred_at, occurred_on,
                CAST({kinds}[kind_number + 1] AS VARCHAR) AS kind,
                CAST({channels}[channel_number + 1] AS VARCHAR) AS touchpoint,
                CAST({channels}[channel_number + 1] AS VARCHAR) AS channel,
                CAST(cents * 0.01 AS DECIMAL(18,4)) AS amount,
                CAST(cost_cents * 0.01 AS DECIMAL(18,4)) AS cost,
                CAST(cents * 0.01 AS DECIMAL(18,4)) AS original_amount,
                'EUR' AS original_currency,
                'D' || CAST(interaction_id % 10000000 AS VARCHAR) AS thread
            FROM made
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
        """
    )
    connection.close()


def _order_lines(dice: np.random.Generator, lines: int) -> pl.DataFrame:
    orders = max(lines // 12, 1)
    order = np.sort(dice.integers(0, orders, lines))
    customer = dice.integers(12_000, 12_000 + max(orders // 6, 1), orders)[order]
    cancelled = (dice.random(orders) < 0.1)[order]
    guest = (dice.random(orders) < 0.15)[order]
    minute = np.sort(dice.integers(0, DAYS * 1440, orders))[order]
    product = dice.integers(10_000, 14_000, lines)
    quantity = dice.integers(1, 25, lines)
    return pl.DataFrame(
        {
            "InvoiceNo": np.where(cancelled, "C", "").astype(object) + (536_365 + order).astype(str).astype(object),
            "StockCode": product.astype(str),
            "Description": [f"WOODEN CHAIR, OAK, MODEL {number}" for number in product.tolist()],
            "Quantity": np.where(cancelled, -quantity, quantity),
            "InvoiceDate": (np.datetime64(FIRST_ON, "m") + minute).astype("datetime64[ms]"),
            "UnitPrice": (product % 1999 + 21) / 100,
            "CustomerID": pl.Series(customer.astype(str)).set(pl.Series(guest), None),
            "Country": np.array(["United Kingdom", "France", "Germany"])[customer % 3],
        },
        schema_overrides={"InvoiceNo": pl.String},
    ).with_columns(pl.col("InvoiceDate").dt.strftime("%Y-%m-%d %H:%M:%S"))
