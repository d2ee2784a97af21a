"""What gap quantiles read: how often each number of days passed between two order days."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import days_between, in_period, order_days
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

LAST_GAP_NUMBER = 6


def gaps(log: LogTables, scope: Scope) -> ir.Table:
    """Gaps between consecutive order days, counted.

    Grain    one row per gap_number (6 stands for all later ones too) and number of days (and ``by``)
    Columns  gap_number, gap_days, gaps int
    """
    days = order_days(log, scope)
    in_turn = ibis.window(group_by=[*scope.by, "client_key"], order_by="occurred_on")
    numbered = days.select(
        *scope.by,
        "occurred_on",
        gap_number=ibis.row_number().over(in_turn).cast("int64"),  # counts from 0: the first day ends no gap
        gap_days=days_between(days.occurred_on.lag().over(in_turn), days.occurred_on),
    )
    ended = in_period(numbered.filter(numbered.gap_number > 0), scope)
    ended = ended.mutate(gap_number=ibis.least(ended.gap_number, LAST_GAP_NUMBER))
    return ended.group_by([*scope.by, "gap_number", "gap_days"]).aggregate(gaps=ended.count())
