"""What the life cycle reads: every customer's dates on one day or on several, and the published rules."""

from __future__ import annotations

from datetime import date, timedelta

import ibis.expr.types as ir

from regulars.measures.losses.customers import known_customers, known_on
from regulars.measures.registry import Choice, LogTables
from regulars.measures.scope import Scope

NOUN = "stage"
PERIOD, MONTH, QUARTER = "period", "month", "quarter"
EVERY = Choice(
    "every",
    "Between which days moves are counted: the whole period at once, or each month or quarter of it.",
    (PERIOD, MONTH, QUARTER),
    PERIOD,
)
SPAN = Choice("every", "At the end of which span the stages are counted.", (MONTH, QUARTER), MONTH)
MOST_ENDS = 24
_MONTHS = {MONTH: 1, QUARTER: 3}


def customers(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers on the last day of the period: see known_customers."""
    return known_customers(log, scope)


def rules(log: LogTables, _scope: Scope) -> ir.Table:
    """Every published version of a stage.

    Grain    one row per version
    Columns  key · version int · body: JSON
    """
    rows = log.decisions.filter(log.decisions.noun == NOUN)
    return rows.select("key", "version", "body")


def moved(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers on each of the days between which moves are counted."""
    return _with_float(known_on(log, scope, days_of_moves(scope)))


def followed(log: LogTables, scope: Scope) -> ir.Table:
    """Known customers at the end of each month or quarter of the period, and on its last day."""
    return _with_float(known_on(log, scope, ends_of(scope, SPAN.of(scope))))


def days_of_moves(scope: Scope) -> list[date]:
    """The days on whose evenings customers are looked at for moves, oldest first."""
    every = EVERY.of(scope)
    return [_before(scope), scope.last_on] if every == PERIOD else ends_of(scope, every)


def ends_of(scope: Scope, span: str) -> list[date]:
    """The evening before the period, the last days of its months (or quarters) and its own last day; oldest first.

    At most the last 24 of them, and the evening before.
    """
    before, months = _before(scope), _MONTHS[span]
    ends = [scope.last_on]
    index = scope.last_on.year * 12 + scope.last_on.month - 1
    index -= index % months
    while len(ends) < MOST_ENDS + 1:
        end = date(index // 12, index % 12 + 1, 1) - timedelta(days=1)
        if end <= before:
            ends.append(before)
            break
        if end < ends[-1]:
            ends.append(end)
        index -= months
    return ends[::-1]


def _before(scope: Scope) -> date:
    """The evening before the period; of the year up to its last day where no beginning is asked for."""
    first = scope.from_on or scope.last_on - timedelta(days=364)
    return min(first, scope.last_on) - timedelta(days=1)


def _with_float(rows: ir.Table) -> ir.Table:
    """For rules alone a plain number will do; millions of exact ones would fill the memory."""
    return rows.mutate(value=rows.value.cast("float64"))
