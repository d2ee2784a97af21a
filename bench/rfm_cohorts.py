"""RFM fifths and the cohort table: pandas, as an analyst writes it, against our two measures on the same files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from bench import made_up
from bench.timing import Comparison, Sizes, median_of
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope

COLUMNS = ["client_key", "occurred_on", "kind", "amount"]
PURCHASES = ["order", "refund", "adjustment"]
CUTS = [0.2, 0.4, 0.6, 0.8]


def run(sizes: Sizes, folder: Path) -> list[Comparison]:
    """Both start from Parquet files, on a tenth of the log, and end with a frame."""
    files = made_up.interactions(folder, sizes.table_rows)
    engine = DuckDBEngine({"interactions": files})
    scope = Scope(as_of=made_up.LAST_ON)
    found = []
    for task, name, work, agreement in (
        ("RFM fifths", "rfm", _pandas_rfm, _same_rfm),
        ("cohort table", "retention", _pandas_cohorts, _same_cohorts),
    ):
        peer_seconds, theirs = median_of(sizes.runs, lambda work=work: work(files), warm_up=False)
        our_seconds, ours = median_of(sizes.runs, lambda name=name: run_measure(engine, find(name), scope).to_pandas())
        title = f"{task}, {sizes.table_rows:,} interactions"
        found.append(Comparison(title, "pandas", peer_seconds, our_seconds, agreement(ours, theirs)))
    engine.close()
    return found


def _purchases(files: Sequence[str]) -> pd.DataFrame:
    # Filtered while read: a key column with gaps would become floats, which cannot hold 64-bit keys.
    wanted = pc.field("client_key").is_valid() & pc.field("kind").isin(PURCHASES)
    rows = pd.read_parquet(list(files), columns=COLUMNS, filters=wanted)
    # Floats, as nearly everybody does: decimals are objects in pandas and many times slower.
    return rows.assign(
        amount=rows["amount"].astype("float64"),
        occurred_on=pd.to_datetime(rows["occurred_on"]),
    )


def _pandas_rfm(files: Sequence[str]) -> pd.DataFrame:
    rows = _purchases(files)
    orders = rows[rows["kind"] == "order"].groupby("client_key")["occurred_on"].agg(["max", "size"])
    each = orders.join(rows.groupby("client_key")["amount"].sum().round(4))
    each["recency_days"] = (pd.Timestamp(made_up.LAST_ON) - each["max"]).dt.days
    each = each.rename(columns={"size": "frequency", "amount": "monetary_value"})
    each["recency_fifth"] = 5 - _cuts(each["recency_days"], side="right")
    each["frequency_fifth"] = 1 + _cuts(each["frequency"], side="left")
    each["monetary_fifth"] = 1 + _cuts(each["monetary_value"], side="left")
    return each


def _cuts(values: pd.Series, *, side: Literal["left", "right"]) -> np.ndarray:
    """How many cut points lie below each value; on the right side those equal to it count too."""
    return np.searchsorted(values.quantile(CUTS).to_numpy(), values.to_numpy(), side=side)


def _pandas_cohorts(files: Sequence[str]) -> pd.DataFrame:
    rows = _purchases(files)
    rows["month"] = rows["occurred_on"].dt.year * 12 + rows["occurred_on"].dt.month - 1
    orders = rows[rows["kind"] == "order"]
    cohort = orders.groupby("client_key")["month"].min().rename("cohort")
    active = orders.join(cohort, on="client_key").groupby(["cohort", "month"])["client_key"].nunique()
    table = active.unstack(fill_value=0)
    sizes = np.diag(table.to_numpy())
    return table.div(sizes, axis=0)


def _same_rfm(ours: pd.DataFrame, theirs: pd.DataFrame) -> str:
    mine = ours.set_index("client_key").sort_index()
    other = theirs.sort_index()
    if not mine.index.equals(other.index):
        return f"DIFFERENT: {len(mine):,} customers against {len(other):,}"
    names = ["recency_days", "frequency", "recency_fifth", "frequency_fifth", "monetary_fifth"]
    wrong = int((mine[names].to_numpy(dtype=int) != other[names].to_numpy(dtype=int)).any(axis=1).sum())
    spend = np.abs(mine["monetary_value"].astype(float) - other["monetary_value"]).max()
    verdict = f"DIFFERENT for {wrong:,} customers" if wrong else f"equal for all {len(mine):,} customers"
    return f"{verdict}; spend differs by at most {spend:.0e}"


def _same_cohorts(ours: pd.DataFrame, theirs: pd.DataFrame) -> str:
    month = pd.to_datetime(ours["cohort_on"]).dt
    cohort = month.year * 12 + month.month - 1
    other = theirs.to_numpy()[cohort - theirs.index.min(), cohort + ours["month_number"] - theirs.columns.min()]
    worst = float(np.abs(ours["retention_share"].to_numpy() - other).max())
    return f"{len(ours):,} shares, differing by at most {worst:.0e}"
