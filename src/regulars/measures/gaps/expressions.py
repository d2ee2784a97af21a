"""What gap quantiles read: how often each number of days passed between two order days."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import days_between, in_period, orders
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

LAST_GAP_NUMBER = 6


def gaps(log: LogTables, scope: Scope) -> ir.Table:
    """Gaps between consecutive order days, counted.

    Grain    one row per gap_number (6 stands for all later ones too) and number of days (and ``by``)
    Columns  gap_number, gap_days, gaps int
    """
    rows = orders(log, scope)
    in_turn = ibis.window(group_by=[*scope.by, "client_key"], order_by="occurred_on")
    # A second order on one day ends a gap of 0 days, and drops out with it: cheaper than merging the days first.
    since = rows.mutate(gap_days=days_between(rows.occurred_on.lag().over(in_turn), rows.occurred_on))
    since = since.filter(since.gap_days > 0)
    numbered = since.select(
        *scope.by,
        "occurred_on",
        "gap_days",
        gap_number=(ibis.row_number().over(in_turn) + 1).cast("int64"),  # row_number counts from 0
    )
    ended = in_period(numbered, scope)
    ended = ended.mutate(gap_number=ibis.least(ended.gap_number, LAST_GAP_NUMBER))
    return ended.group_by([*scope.by, "gap_number", "gap_days"]).aggregate(gaps=ended.count())
