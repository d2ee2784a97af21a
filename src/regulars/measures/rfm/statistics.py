"""Shares and averages of segments, within each value of ``by``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.intervals import mean_estimate, share_estimate
from regulars.measures.registry import Columns, Outcome
from regulars.measures.rfm.segments import WHAT_TO_DO
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits


def segment_shares(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per segment with a customer (and ``by``); see results.py."""
    parts = [(key, _shares(columns)) for key, columns in splits(found["segments"], scope.by)]
    names = list(_shares({name: values[:0] for name, values in found["segments"].items()}))
    return Outcome(joined(parts, scope.by, names))


def _shares(columns: Columns) -> Columns:
    customers = columns["customers"].astype(np.int64)
    revenue = [value or Decimal(0) for value in columns["revenue"].tolist()]
    total = sum(revenue, Decimal(0))
    share = share_estimate(customers, np.full(len(customers), customers.sum()), nobody="No customers.")
    mean = np.array([float(value) for value in revenue]) / customers
    average = mean_estimate(mean, columns["deviation"], customers, nobody="No customers.")
    return {
        "segment": columns["segment"],
        "customers": customers,
        **estimate_values("share_of_customers", share, prefixed=True),
        "revenue": objects(revenue),
        "share_of_revenue": np.array([float(value / total) if total > 0 else np.nan for value in revenue]),
        "median_recency_days": columns["median_recency_days"],
        **estimate_values("average_value", average, prefixed=True),
        "what_to_do": objects(WHAT_TO_DO[name] for name in columns["segment"]),
    }
