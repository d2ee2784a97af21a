"""Small companies whose customers are known, and sets of records with their truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

import regulars
from regulars import Workspace
from regulars.identity.matching import Match
from regulars.log.tables import CLIENTS, INTERACTIONS

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


def company(folder: Path) -> Workspace:
    """An empty company in Bulgaria."""
    shop = regulars.workspace.init(folder / "shop", time_zone="Europe/Sofia")
    shop.close()
    settings = folder / "shop" / "regulars.toml"
    settings.write_text(settings.read_text().replace('# country = "BG" ', 'country = "BG" '))
    return regulars.workspace.open(folder / "shop")


def add_people(shop: Workspace, source: str, people: Mapping[int, Mapping[str, str]]) -> int:
    """One import: records with these keys, each with one order of as many euros as its key; returns its number."""
    shop.vault.add_records(
        {"client_key": key, "source": source, "reference": said.get("reference", f"{source}-{key}")}
        for key, said in people.items()
    )
    number = shop.add_tables({"clients": _clients(people), "interactions": _orders(people)}, form="demo", source=source)
    shop.vault.add_details(number, [{"client_key": key, "source": source, **said} for key, said in people.items()])
    return number


def _clients(people: Mapping[int, Mapping[str, str]]) -> pa.Table:
    rows = [{"client_key": key, "import_id": 1, "asserted_at": NOW, "kind": "customer"} for key in people]
    return pa.Table.from_pylist(rows, schema=CLIENTS)


def _orders(people: Mapping[int, Mapping[str, str]]) -> pa.Table:
    rows = [
        {
            "interaction_id": 1_000_000 + key,
            "import_id": 1,
            "client_key": key,
            "occurred_at": NOW,
            "occurred_on": NOW.date(),
            "kind": "order",
            "amount": key,
        }
        for key in people
    ]
    return pa.Table.from_pylist(rows, schema=INTERACTIONS)


def customers_of(shop: Workspace, keys: Sequence[int]) -> set[frozenset[int]]:
    """The records as they are grouped into customers."""
    return {frozenset(shop.records_of(shop.customer_of(key))) for key in keys}


def febrl(*paths: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records of a FEBRL set without its social security number, and their truth (key, person)."""
    rows = pl.concat([pl.read_parquet(path) for path in paths]).with_row_index("key", offset=1)
    street = pl.concat_str("street_number", "address_1", "address_2", separator=" ", ignore_nulls=True)
    raw = rows.select(
        "key",
        given="given_name",
        family="surname",
        address=street,
        postcode="postcode",
        city="suburb",
        birthday="date_of_birth",
        source=pl.lit("febrl"),
    )
    return raw, rows.select(pl.col("key").cast(pl.Int64), person=pl.col("rec_id").str.extract(r"rec-(\d+)-"))


def precision_and_recall(found: Match, truth: pl.DataFrame) -> tuple[float, float]:
    """Of all pairs of records: the share of joined ones that are one person, and of one person's that are joined."""
    group = pl.Series("group", [found.groups.of(key) for key in truth["key"]])
    rows = truth.with_columns(group)
    joined, true = _pairs(rows.group_by("group").len()), _pairs(rows.group_by("person").len())
    both = _pairs(rows.group_by("group", "person").len())
    return both / joined, both / true


def _pairs(counted: pl.DataFrame) -> float:
    sizes = counted["len"].to_numpy().astype(np.int64)
    return float((sizes * (sizes - 1) // 2).sum())
