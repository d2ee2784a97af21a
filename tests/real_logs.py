"""Real companies' purchases as log files, built by hand: a twin of what imports will make of them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.log.tables import INTERACTIONS
from tests.real_data import real_data
from tests.small_log import Files


def cdnow_log(folder: Path) -> Files:
    """CDNOW: 69,659 orders of 23,570 customers, 1997-01-01 to 1998-06-30; orders of 0 dollars stay."""
    return _written(folder, cdnow_orders())


def cdnow_orders() -> pl.DataFrame:
    """client_key, occurred_on, kind, amount: one row per order."""
    return pl.read_parquet(real_data("cdnow/master.parquet")).select(
        client_key=pl.col("customer_id").cast(pl.Int64),
        occurred_on=pl.col("date").str.to_date("%Y%m%d"),
        kind=pl.lit("order"),
        amount=pl.col("dollars").cast(pl.String).cast(pl.Decimal(18, 4)),
    )


def online_retail_log(folder: Path) -> Files:
    """Online Retail: 25,900 documents of a British gift wholesaler, guests included."""
    return _written(folder, online_retail_documents())


def online_retail_documents() -> pl.DataFrame:
    """client_key, occurred_on, kind, channel, amount: one row per invoice; C are refunds, A adjustments."""
    lines = pl.read_parquet(real_data("online_retail/online_retail.parquet"))
    letter = pl.col("InvoiceNo").str.slice(0, 1)
    # Prices have up to three decimals, so thousandths are exact.
    thousandths = (pl.col("Quantity") * (pl.col("UnitPrice") * 1000).round().cast(pl.Int64)).sum()
    return (
        lines.group_by("InvoiceNo", maintain_order=True)
        .agg(
            client_key=pl.col("CustomerID").first(),
            occurred_on=pl.col("InvoiceDate").min().dt.date(),
            branch=pl.col("Country").first(),
            thousandths=thousandths,
        )
        .with_columns(
            kind=pl.when(letter == "C")
            .then(pl.lit("refund"))
            .when(letter == "A")
            .then(pl.lit("adjustment"))
            .otherwise(pl.lit("order")),
            amount=pl.col("thousandths").cast(pl.Decimal(18, 4)) / 1000,
        )
        .with_columns(pl.col("amount").cast(pl.Decimal(18, 4)))
        .drop("thousandths", "InvoiceNo")
    )


def _written(folder: Path, rows: pl.DataFrame) -> Files:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "interactions.parquet"
    schema = pa.schema([INTERACTIONS.field(name) for name in rows.columns])
    pq.write_table(rows.to_arrow().cast(schema), path)
    return {"interactions": [str(path)]}
