"""Fifths and segments as expressions that treat ties alike on every engine."""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import customers, days_between
from regulars.measures.registry import LogTables
from regulars.measures.rfm.segments import SEGMENTS, Segment
from regulars.measures.scope import Scope

FIFTHS = (0.2, 0.4, 0.6, 0.8)
MEASURED: dict[str, Literal["high", "low"]] = {
    "recency_days": "low",
    "frequency": "high",
    "monetary_value": "high",
}

# Engines interpolate a quantile each its own way and may miss a value by a hair; true cut points between two
# values lie at least a fifth of 0.0001 away from both.
CUT_DIGITS = 6


def rfm(log: LogTables, scope: Scope) -> ir.Table:
    """Recency, frequency, monetary value, their fifths and the segment.

    Grain    one row per known customer with an order in the period (and ``by``)
    Columns  as declared in results.py
    Empty    nobody ordered, no rows
    """
    scored = _with_fifths(_measured(log, scope), scope)
    fifths = [scored[f"{name}_fifth"] for name in ("recency", "frequency", "monetary")]
    return scored.mutate(
        rfm=fifths[0].cast("string") + "-" + fifths[1].cast("string") + "-" + fifths[2].cast("string"),
        segment=segment_name(scored),
    )


def segments(log: LogTables, scope: Scope) -> ir.Table:
    """What the shares of segments are made of.

    Grain    one row per segment with a customer (and ``by``)
    Columns  segment · customers int · revenue money · median_recency_days, deviation float, of spend
    """
    scored = _with_fifths(_measured(log, scope), scope)
    named = scored.mutate(segment=segment_name(scored))
    return named.group_by([*scope.by, "segment"]).aggregate(
        customers=named.count(),
        revenue=named.monetary_value.sum(),
        median_recency_days=named.recency_days.cast("float64").quantile(0.5),
        deviation=named.monetary_value.cast("float64").std(how="sample"),
    )


def segment_name(scored: ir.Table) -> ir.StringValue:
    """The first segment whose ranges hold; whoever bought on as_of or the day before has recency 5."""
    recency = (scored.recency_days <= 1).ifelse(5, scored.recency_fifth)
    *special, last = SEGMENTS
    return ibis.cases(*[(_holds(segment, recency, scored), segment.name) for segment in special], else_=last.name)


def _holds(segment: Segment, recency: ir.IntegerValue, scored: ir.Table) -> ir.BooleanValue:
    return (
        recency.isin(segment.recency)
        & scored.frequency_fifth.isin(segment.frequency)
        & scored.monetary_fifth.isin(segment.monetary)
    )


def _measured(log: LogTables, scope: Scope) -> ir.Table:
    each = customers(log, scope)
    return each.select(
        *scope.by,
        "client_key",
        "first_on",
        "last_on",
        recency_days=days_between(each.last_on, ibis.literal(scope.as_of)),
        frequency=each.orders,
        monetary_value=each.spend,
    )


def _with_fifths(measured: ir.Table, scope: Scope) -> ir.Table:
    """Fifths from 1 (worst) to 5 (best): the number of cut points passed, so equal values always share one.

    The cut points are one small table joined to the customers: as scalar subqueries they would each read the log.
    """
    cuts = measured.aggregate(
        by=list(scope.by),
        **{
            f"{name}_cut{number}": measured[name].cast("float64").quantile(share).round(CUT_DIGITS)
            for name in MEASURED
            for number, share in enumerate(FIFTHS)
        },
    )
    cuts = cuts.rename({f"{name}_of_cuts": name for name in scope.by})
    same = [measured[name].identical_to(cuts[f"{name}_of_cuts"]) for name in scope.by]
    both = measured.join(cuts, same) if same else measured.cross_join(cuts)
    return both.select(*measured.columns, **{f"{name.split('_')[0]}_fifth": _fifth(both, name) for name in MEASURED})


def _fifth(both: ir.Table, name: str) -> ir.IntegerValue:
    value = both[name].cast("float64")
    cuts = [both[f"{name}_cut{number}"] for number in range(len(FIFTHS))]
    passed = [value > cut if MEASURED[name] == "high" else value < cut for cut in cuts]
    return sum((step.cast("int64") for step in passed), start=ibis.literal(1, "int64"))
