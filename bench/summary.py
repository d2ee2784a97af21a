"""Transactions to (x, t_x, T): lifetimes' summary of a pandas frame against our expression on DuckDB.

The peer gets its frame ready in memory; we read Parquet files, and bring first and last day and spend besides.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from bench import made_up
from bench.timing import Comparison, Sizes, median_of, timed
from regulars.engines.duckdb import DuckDBEngine
from regulars.measures.clv.expressions import customer_histories
from regulars.measures.log_tables import log_tables
from regulars.measures.scope import Scope

OURS = ["repeat_orders", "age_at_last_order_days", "customer_age_days"]


def run(sizes: Sizes, folder: Path) -> list[Comparison]:
    """One comparison, on a tenth of the log."""
    from lifetimes.utils import summary_data_from_transaction_data

    files = made_up.interactions(folder, sizes.table_rows)
    # Filtered while read: a key column with gaps would become floats, which cannot hold 64-bit keys.
    wanted = pc.field("client_key").is_valid() & (pc.field("kind") == "order")
    orders = pd.read_parquet(files, columns=["client_key", "occurred_on"], filters=wanted)
    orders["occurred_on"] = pd.to_datetime(orders["occurred_on"])
    peer_seconds, theirs = timed(
        lambda: summary_data_from_transaction_data(
            orders, "client_key", "occurred_on", observation_period_end=pd.Timestamp(made_up.LAST_ON), freq="D"
        )
    )
    engine = DuckDBEngine({"interactions": files})
    scope = Scope(as_of=made_up.LAST_ON)
    our_seconds, ours = median_of(
        sizes.runs, lambda: engine.run_expression(customer_histories(log_tables(), scope)).to_pandas()
    )
    engine.close()
    task = f"purchase histories, {len(orders):,} orders"
    return [Comparison(task, "lifetimes", peer_seconds, our_seconds, _agreement(ours, theirs))]


def _agreement(ours: pd.DataFrame, theirs: pd.DataFrame) -> str:
    mine = ours.set_index("client_key")[OURS].sort_index()
    other = theirs.sort_index()[["frequency", "recency", "T"]]
    if not mine.index.equals(other.index):
        return f"DIFFERENT: {len(mine):,} customers against {len(other):,}"
    wrong = int((mine.to_numpy(dtype=np.float64) != other.to_numpy(dtype=np.float64)).any(axis=1).sum())
    return f"DIFFERENT for {wrong:,} customers" if wrong else f"equal for all {len(mine):,} customers"
