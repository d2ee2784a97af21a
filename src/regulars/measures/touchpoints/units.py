"""What consistency reads: figures of employees, branches and hours, and who came back."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import local_seconds
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.expressions import each_score
from regulars.measures.touchpoints.impressions import return_days
from regulars.measures.touchpoints.reading import COMPANY, judged, touches

DAY_SECONDS, HOUR_SECONDS = 86_400, 3_600
EMPLOYEE, BRANCH, HOUR, BRANCH_HOUR = "employee", "branch", "hour", "branch and hour"
KEPT, SCORE, WAIT = "kept", "score", "wait"


def units(log: LogTables, scope: Scope) -> ir.Table:
    """Figures of every unit; a customer counts once in each, by the mean of their touches there.

    Grain    one row per touchpoint, kind of unit, unit and figure (and ``by``)
    Columns  unit_of · unit · figure · n int · mean, deviation float or null: of waits, their logarithm plus one ·
             since: first day
    """
    rows = _of_units(ibis.union(*_figures(log, scope).values()))
    keys = [*scope.by, "touchpoint", "figure", "unit_of", "unit"]
    each = rows.group_by([*keys, "client_key", "alone"]).aggregate(y=rows.y.mean(), since=rows.occurred_on.min())
    return each.group_by(keys).aggregate(
        n=each.count(), mean=each.y.mean(), deviation=each.y.std(how="sample"), since=each.since.min()
    )


def returns(log: LogTables, scope: Scope) -> ir.Table:
    """How coming back goes with each figure, over known customers' first touches with it in the period.

    Only touches that return_days lie ahead of count. Coming back is an order on a later day, return_days at most.

    Grain    one row per touchpoint and figure (and ``by``)
    Columns  figure · n int · variance (of the figure), returned_variance, covariance float or null · returned float
    """
    each = came_back(_first_of_each(ibis.union(*_figures(log, scope).values()), scope), log, scope)
    each = each.filter(each.seen).mutate(back=each.returned.cast("float64"))
    return each.group_by([*scope.by, "touchpoint", "figure"]).aggregate(
        n=each.count(),
        returned=each.back.mean(),
        variance=each.y.var(how="sample"),
        returned_variance=each.back.var(how="sample"),
        covariance=each.y.cov(each.back, how="sample"),
    )


def came_back(each: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """Rows with client_key and occurred_on, with what came of them.

    Grain    that of ``each``, which has no two rows of one client, touchpoint and figure
    Columns  those of ``each`` · seen boolean: return_days lie between it and the last day · returned boolean: another
             order on a later day, return_days at most
    """
    days = return_days(scope)
    bought = log.interactions.filter(
        (log.interactions.kind == "order")
        & (log.interactions.occurred_on <= ibis.literal(scope.last_on))
        & log.interactions.client_key.notnull()
    )
    bought = bought.select(buyer_key="client_key", bought_on="occurred_on").distinct()
    later = [each.client_key == bought.buyer_key, bought.bought_on > each.occurred_on]
    both = each.left_join(bought, later)
    next_one = both.group_by(each.columns).aggregate(next_on=both.bought_on.min())
    return next_one.mutate(
        seen=ibis.literal(scope.last_on).delta(next_one.occurred_on, unit="day") >= days,
        returned=(next_one.next_on.delta(next_one.occurred_on, unit="day") <= days).fill_null(False),
    ).drop("next_on")


def _figures(log: LogTables, scope: Scope) -> Mapping[str, ir.Table]:
    """The rows that each figure is made of, with ``y`` and the same columns."""
    touched = touches(log, scope)
    kept = judged(log, scope, touched)
    kept = kept.filter(kept.kept.notnull()).mutate(y=kept.kept.cast("int64").cast("float64"))
    waited = touched.filter(touched.wait_seconds >= 0)
    waited = waited.mutate(y=(waited.wait_seconds.cast("float64") + 1.0).ln())
    said = each_score(log, scope)
    # An answer is given hours after the contact it is about, so its own hour says nothing.
    said = said.mutate(y=said.position, hour=ibis.null("string"))
    found = {KEPT: _with_hour(kept, scope), SCORE: said, WAIT: _with_hour(waited, scope)}
    return {figure: _plain(rows, figure, scope) for figure, rows in found.items()}


def _plain(rows: ir.Table, figure: str, scope: Scope) -> ir.Table:
    alone = rows.client_key.isnull().ifelse(rows.interaction_id, 0)
    order = ("occurred_at", "source_row", "interaction_id")
    named = dict.fromkeys([*scope.by, "touchpoint", "client_key", "employee", "branch", "hour", "occurred_on", *order])
    return rows.select(*named, "y", figure=ibis.literal(figure), alone=alone)


def _with_hour(rows: ir.Table, scope: Scope) -> ir.Table:
    """The local hour at which the customer came: a reply tells how long they had waited by then.

    By the hour of replies, long waits would gather in late hours and short ones in early hours of their own accord.
    """
    reply = (rows.initiated_by == COMPANY).fill_null(False) & (rows.wait_seconds > 0).fill_null(False)
    came = local_seconds(rows.occurred_at, scope) - reply.ifelse(rows.wait_seconds, 0)
    hour = came % DAY_SECONDS // HOUR_SECONDS
    return rows.mutate(hour=hour.cast("int64").cast("string").lpad(2, "0"))


def _of_units(rows: ir.Table) -> ir.Table:
    """Each row once for every kind of unit that it names."""
    both = rows.branch + ", " + rows.hour
    rows = rows.mutate(branch_hour=both, unit_of=ibis.array([EMPLOYEE, BRANCH, HOUR, BRANCH_HOUR]).unnest())
    unit = ibis.cases(
        (rows.unit_of == EMPLOYEE, rows.employee),
        (rows.unit_of == BRANCH, rows.branch),
        (rows.unit_of == HOUR, rows.hour),
        else_=rows.branch_hour,
    )
    rows = rows.mutate(unit=unit)
    return rows.filter(rows.unit.notnull())


def _first_of_each(rows: ir.Table, scope: Scope) -> ir.Table:
    """The first touch of each known customer; of several promises on one touch, their mean."""
    rows = rows.filter(rows.client_key.notnull())
    keys = [*scope.by, "touchpoint", "figure", "client_key"]
    touch = rows.group_by([*keys, "occurred_at", "source_row", "interaction_id", "occurred_on"]).aggregate(
        y=rows.y.mean()
    )
    order = [touch.occurred_at, touch.source_row.fill_null(0), touch.interaction_id]
    place = ibis.row_number().over(group_by=[touch[name] for name in keys], order_by=order)
    touch = touch.mutate(place=place)
    return touch.filter(touch.place == 0).select(*keys, "occurred_on", "y")
