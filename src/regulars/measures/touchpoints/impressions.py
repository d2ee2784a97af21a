"""First impressions: where customers met us first, and whether they bought and came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.purchases import in_period
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import key_columns
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.columns import FIRST_COLUMNS
from regulars.measures.touchpoints.comparing import beyond_chance, difference
from regulars.measures.touchpoints.expressions import firsts
from regulars.measures.touchpoints.figures import Place, Row, by_place

RETURN_DAYS = 365
COUNTS = ("customers", "watched", "bought", "buyers", "returned")


def return_days(scope: Scope) -> int:
    """Days that a customer has to come back, from the setting of that name; MeasureError for fewer than one."""
    days = int(scope.settings.get("return_days", RETURN_DAYS))
    if not 1 <= days <= 3650:
        raise MeasureError("return_days must be a number of days from 1 to 3650.")
    return days


def first_impressions(log: LogTables, scope: Scope) -> ir.Table:
    """What became of customers, by the touchpoint of their first touch in the period.

    Grain    one row per touchpoint (and ``by``)
    Columns  customers · watched: seen for return_days after the touch · bought: of these with an order by then ·
             buyers: with a first order and seen for return_days after it · returned: of these with a later one by then
    """
    days = return_days(scope)
    met = in_period(firsts(log, scope), scope)
    met = met.rename(met_on="occurred_on")
    each = met.left_join(first_orders(log, scope), "client_key")
    # Counted from the last day back, so that no date is ever added to: engines differ there.
    seen = _days(each.met_on, ibis.literal(scope.last_on)) >= days
    bought = (_days(each.met_on, each.first_order_on) <= days).fill_null(False)
    buyer = (_days(each.first_order_on, ibis.literal(scope.last_on)) >= days).fill_null(False)
    again = (_days(each.first_order_on, each.second_order_on) <= days).fill_null(False)
    return each.group_by([*scope.by, "touchpoint"]).aggregate(
        customers=each.count(),
        watched=seen.sum(),
        bought=(seen & bought).sum(),
        buyers=buyer.sum(),
        returned=(buyer & again).sum(),
    )


def first_orders(log: LogTables, scope: Scope) -> ir.Table:
    """Each customer's first day with an order, and the next one.

    Grain    one row per customer with an order up to the last day
    Columns  client_key · first_order_on · second_order_on or null
    """
    rows = log.interactions.filter(
        (log.interactions.kind == "order")
        & (log.interactions.occurred_on <= ibis.literal(scope.last_on))
        & log.interactions.client_key.notnull()
    )
    first = rows.group_by("client_key").aggregate(first_order_on=rows.occurred_on.min())
    both = rows.join(first, "client_key")
    return both.group_by(["client_key", "first_order_on"]).aggregate(
        second_order_on=both.occurred_on.min(where=both.occurred_on > both.first_order_on)
    )


def _days(earlier: ir.DateValue, later: ir.DateValue) -> ir.IntegerValue:
    return later.delta(earlier, unit="day")


def impression_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touchpoint that was somebody's first (and ``by``); see results.py."""
    names = [*scope.by, "touchpoint"]
    counted = by_place(found["counts"], names)
    register = figures.register_of(found["register"])
    places = figures.ordered(counted)
    totals: Counter[Place] = Counter()
    for place in places:
        for name in COUNTS:
            totals[(*place[:-1], name)] += int(counted[place][name])
    rows = [figures.naming(register, place[-1]) | _row(counted[place], totals, place, scope) for place in places]
    for row, real in zip(rows, beyond_chance([row.pop("p_value") for row in rows]), strict=True):
        row["real_difference"] = real
    keys = key_columns((place[:-1] for place in places), scope.by)
    return Outcome(keys | figures.gathered(rows, [one.name for one in FIRST_COLUMNS]), _notes(rows, scope))


def _row(tally: Row, totals: Mapping[Place, int], place: Place, scope: Scope) -> Row:
    days = return_days(scope)
    customers, watched, bought, buyers, returned = (int(tally[name]) for name in COUNTS)
    others, others_back = totals[(*place[:-1], "buyers")] - buyers, totals[(*place[:-1], "returned")] - returned
    apart = difference(returned, buyers, others_back, others)
    nobody = f"Nobody who met us first here has been seen for {days} days since. Set return_days to fewer."
    no_buyer = f"No buyer who met us first here has been seen for {days} days since the first order."
    reason = no_buyer if not buyers else "Everybody met us first here."
    return {
        "customers": customers,
        **figures.share("bought_share", bought, watched, nobody=nobody),
        **figures.share("returned_share", returned, buyers, nobody=no_buyer),
        **(
            figures.interval("difference", apart.value, apart.low, apart.high)
            if apart
            else figures.unknown("difference", reason)
        ),
        "p_value": apart.p_value if apart else None,
    }


def _notes(rows: list[Row], scope: Scope) -> tuple[str, ...]:
    if not rows:
        return ()
    if any(row["real_difference"] for row in rows):
        return (
            "Customers come back differently by where they met us first: an association; test what would change it.",
        )
    return (
        f"Where customers met us first makes no difference in who comes back within {return_days(scope)} days "
        "that is larger than chance may bring.",
    )
