"""A touchpoint over time: traffic, waits, promises kept and scores, period by period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import ibis.expr.types as ir
import numpy as np

from regulars.measures.purchases import month_index
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.revenue.expressions import period_months
from regulars.measures.scope import Scope
from regulars.measures.scores.trends import CALLED
from regulars.measures.splits import key_columns, month_starts
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.columns import TREND_COLUMNS
from regulars.measures.touchpoints.expressions import complained, each_score, mean_scores, tally
from regulars.measures.touchpoints.figures import Row, by_place
from regulars.measures.touchpoints.ranks import ranked
from regulars.measures.touchpoints.reading import judged, touches
from regulars.measures.touchpoints.statistics import complaining, costing, promise_kept, score, waiting


def tallies(log: LogTables, scope: Scope) -> ir.Table:
    """Touches of every period and what they cost: one row per touchpoint and period (and ``by``); see tally."""
    return tally(_in_periods(touches(log, scope), scope), _keys(scope))


def complaints(log: LogTables, scope: Scope) -> ir.Table:
    """Complaints by touchpoint and the period in which they were made (and ``by``): complaints; see complained."""
    rows = _in_periods(complained(log, scope), scope)
    return rows.group_by(_keys(scope)).aggregate(complaints=rows.count())


def waits(log: LogTables, scope: Scope) -> ir.Table:
    """Order statistics of the waits of every period; see ranks.ranked."""
    return ranked(_in_periods(touches(log, scope), scope), _keys(scope), "wait_seconds")


def kept(log: LogTables, scope: Scope) -> ir.Table:
    """Promises of every period: one row per touchpoint and period (and ``by``): judged, kept."""
    rows = _in_periods(judged(log, scope, touches(log, scope)), scope)
    return rows.group_by(_keys(scope)).aggregate(
        judged=rows.kept.count(), kept=rows.kept.cast("int64").sum().fill_null(0)
    )


def scores(log: LogTables, scope: Scope) -> ir.Table:
    """Scores of every period; see expressions.scores."""
    return mean_scores(_in_periods(each_score(log, scope), scope), _keys(scope))


def _keys(scope: Scope) -> list[str]:
    return [*scope.by, "touchpoint", "period"]


def _in_periods(rows: ir.Table, scope: Scope) -> ir.Table:
    return rows.mutate(period=(month_index(rows.occurred_on) // period_months(scope)).cast("int64"))


def trend_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touchpoint and period with a touch or a complaint (and ``by``); see results.py."""
    names = _keys(scope)
    tallied, kept_ = by_place(found["tallies"], names), by_place(found["kept"], names)
    complained_ = by_place(found["complaints"], names)
    scored, ranks = by_place(found["scores"], names), figures.ranks_by_place(found["waits"], names)
    promised = set(found["promises"]["promised_at"].tolist())
    register = figures.register_of(found["register"])
    places = figures.ordered({**tallied, **complained_})
    rows: list[Row] = []
    for place in places:
        counted, touchpoint = tallied.get(place, {}), place[-2]
        traffic = int(counted.get("traffic", 0))
        rows.append(
            figures.naming(register, touchpoint)
            | _period(int(str(place[-1])), scope)
            | {"traffic": traffic, "customers": int(counted.get("customers", 0))}
            | waiting(ranks.get(place), traffic)
            | promise_kept(kept_.get(place), int(touchpoint in promised))
            | score(scored.get(place))
            | complaining(complained_.get(place), counted)
            | costing(counted)
        )
    keys = key_columns((place[:-2] for place in places), scope.by)
    return Outcome(keys | figures.gathered(rows, [one.name for one in TREND_COLUMNS]))


def _period(index: int, scope: Scope) -> Row:
    months = period_months(scope)
    begins, ends = month_starts(np.array([index * months, (index + 1) * months])).tolist()
    begun = scope.from_on is None or scope.from_on <= begins
    complete = begun and ends - timedelta(days=1) <= scope.last_on
    return {"period_on": begins, "period": CALLED[months], "complete": complete}
