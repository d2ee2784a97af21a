"""Reports of companies that exist: their published figures stand on the page."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pyarrow as pa
import pytest

from regulars import workspace
from regulars.log.tables import TABLES
from tests.real_data import real_data
from tests.report.reading import Parsed, parsed

# Added to a customer's number, so that the key is not what the page shows.
KEYS_FROM = 700_000


def purchases() -> pl.DataFrame:
    """CDNOW's sample: one row is one purchase."""
    frame = pl.read_parquet(real_data("cdnow/sample.parquet"))
    return frame.select(
        client=pl.col("sample_id").cast(pl.Int64),
        on=pl.col("date").cast(pl.String).str.to_date("%Y%m%d"),
        amount=pl.col("dollars").cast(pl.Float64),
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parsed]:
    """The report of CDNOW's sample, which is customers who first came in one quarter, followed for 18 months."""
    folder = tmp_path_factory.mktemp("cdnow")
    opened = workspace.init(folder / "shop", name="CDNOW", currency="USD")
    opened.add_tables({"interactions": as_log(purchases())}, form="demo", source="shop", by="tests")
    clients = purchases()["client"].unique().to_list()
    opened.vault.add_records(
        {"client_key": KEYS_FROM + client, "source": "shop", "reference": f"CD-{client:04d}"} for client in clients
    )
    yield parsed(opened.report(folder / "report.html"))
    opened.close()


def as_log(frame: pl.DataFrame) -> pa.Table:
    rows = frame.with_row_index("interaction_id", offset=1).select(
        pl.col("interaction_id").cast(pl.Int64),
        client_key=pl.col("client") + KEYS_FROM,
        occurred_on=pl.col("on"),
        occurred_at=pl.col("on").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
        kind=pl.lit("order"),
        amount=pl.col("amount").cast(pl.Decimal(18, 4)),
        source=pl.lit("shop"),
    )
    return pa.Table.from_pylist(rows.to_dicts(), schema=TABLES["interactions"])


def test_the_head_says_how_much_was_read(page: Parsed) -> None:
    words = page.text_of("p", class_="lede")
    assert "6,919 interactions of 2,357 known customers, 1 January 1997 to 30 June 1998" in words
    assert "100% of sales" in words


def test_who_comes_back_is_what_a_plain_count_says(page: Parsed) -> None:
    days = purchases().select("client", "on").unique().sort("client", "on")
    second = days.group_by("client", maintain_order=True).agg(
        (pl.col("on").gather(1, null_on_oob=True) - pl.col("on").first()).first().dt.total_days().alias("days")
    )
    within = second.filter(pl.col("days") <= 365).height / second.height
    said = page.text_of("section", aria_labelledby="returning")
    assert f"{within * 100:.0f}% of customers come back within 12 months" in said
    assert "of 2,357" in said


def test_the_few_who_bring_most_are_what_a_plain_count_says(page: Parsed) -> None:
    spent = purchases().group_by("client").agg(pl.col("amount").sum())["amount"].sort(descending=True)
    top = int((spent.cum_sum() < 0.8 * spent.sum()).sum()) + 1
    said = page.text_of("section", aria_labelledby="few")
    assert f"{top:,} of 2,357 customers" in said
    best = purchases().group_by("client").agg(pl.col("amount").sum()).sort("amount", descending=True).row(0)
    assert f"CD-{best[0]:04d}" in said


def test_nobody_new_for_over_a_year_is_noticed(page: Parsed) -> None:
    assert "Nobody's first order is later than Mar 1997" in page.text_of("section", aria_labelledby="sales")


def test_the_back_test_and_its_verdict_are_shown(page: Parsed) -> None:
    said = page.text_of("section", aria_labelledby="value")
    assert any(label in said for label in ("Fits this company", "Fits roughly", "Does not fit"))
    assert "orders of the 2,357 customers known before" in said


def test_customers_slipping_away_are_called_what_the_shop_calls_them(page: Parsed) -> None:
    said = page.text_of("section", aria_labelledby="slipping")
    assert "At stake" in said
    assert "CD-" in said
