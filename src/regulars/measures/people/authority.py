"""Decisions made for customers on the spot, and those that a superior had to be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from regulars.measures.people.columns import AUTHORITY_COLUMNS
from regulars.measures.purchases import in_period, interactions
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import key_columns
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.comparing import difference
from regulars.measures.touchpoints.figures import Place, Row, by_place, gathered
from regulars.measures.touchpoints.in_json import number_in_json, text_in_json, truth_in_json
from regulars.measures.touchpoints.ranks import Ranks, ranked

AUTHORITY, ALL, OTHER = "authority", "all", "not said"
GRANTED, REFUSED, ASKED = "granted", "refused", "asked"
WINDOW_DAYS = 90
NOBODY = "No decision of this kind was logged in the period."
NO_WAIT = "Nobody wrote down how long a customer waited."
NO_RETURN = "No known customer's window is over."
NO_DIFFERENCE = "One of the two shares rests on nobody."
NAMES = tuple(column.name for column in AUTHORITY_COLUMNS)
COUNTS = ("uses", "within", "over_limit", "unlimited", "asked", "granted", "refused", "open")
RETURNS = ("at_once", "at_once_returned", "after", "after_returned")


def window_days(scope: Scope) -> int:
    """Days within which an order counts as a return; the setting return_days, else 90."""
    return int(scope.settings.get("return_days", WINDOW_DAYS))


def uses(log: LogTables, scope: Scope) -> ir.Table:
    """Decisions of the period that meet ``where``; a question that was answered later is seen by its answer.

    Grain    one row per decision
    Columns  those of interactions · the ``by`` columns · decision · asked, limit_known boolean · up_to float
    """
    rows = interactions(log, scope, guests=True)
    rows = in_period(rows.filter(rows.kind == AUTHORITY), scope)
    answered = log.interactions.filter(log.interactions.kind == AUTHORITY)
    answered = answered.select(answered_id=text_in_json(answered.properties, "answers"))
    answered = answered.filter(answered.answered_id != "").distinct()
    rows = rows.anti_join(answered, rows.interaction_id.cast("string") == answered.answered_id)
    said = text_in_json(rows.properties, "decision")
    up_to = number_in_json(rows.properties, "limit")
    return rows.mutate(
        decision=(said == "").ifelse(OTHER, said),
        asked=truth_in_json(rows.properties, "asked") | (rows.outcome == ASKED).fill_null(False),
        up_to=up_to,
        limit_known=truth_in_json(rows.properties, "limit_known") | up_to.notnull(),
    )


def _with_all(rows: ir.Table) -> ir.Table:
    """The rows twice: under their kind of decision, and under all."""
    return rows.union(rows.mutate(decision=ibis.literal(ALL)).select(rows.columns))


def tallies(log: LogTables, scope: Scope) -> ir.Table:
    """How many decisions of each kind there were, and what became of them.

    Grain    one row per kind of decision and one for all (and ``by``)
    Columns  decision · COUNTS int · amount money: of what was granted · customers int
    """
    rows = _with_all(uses(log, scope))
    granted = (rows.outcome == GRANTED).fill_null(False)
    beyond = granted & rows.limit_known & (rows.amount.cast("float64") > rows.up_to).fill_null(False)
    alone = ~rows.asked
    return rows.group_by([*scope.by, "decision"]).aggregate(
        uses=rows.count(),
        within=(alone & rows.limit_known & ~beyond).sum(),
        over_limit=(alone & beyond).sum(),
        unlimited=(alone & ~rows.limit_known).sum(),
        asked=rows.asked.sum(),
        granted=granted.sum(),
        refused=(rows.outcome == REFUSED).fill_null(False).sum(),
        open=(rows.outcome == ASKED).fill_null(False).sum(),
        amount=rows.amount.sum(where=granted),
        customers=rows.client_key.nunique(),
    )


def waits(log: LogTables, scope: Scope) -> ir.Table:
    """Order statistics of how long customers waited where a superior was asked; see ranks.ranked."""
    rows = uses(log, scope)
    rows = _with_all(rows.filter(rows.asked))
    return ranked(rows, [*scope.by, "decision"], "wait_seconds")


def returns(log: LogTables, scope: Scope) -> ir.Table:
    """Who ordered again within the window, where it was granted on the spot and where a superior was asked.

    Only known customers whose window is over. Asked: whatever the superior decided.

    Grain    one row per kind of decision and one for all (and ``by``)
    Columns  decision · RETURNS int
    """
    rows = uses(log, scope)
    over = ibis.literal(scope.last_on - timedelta(days=window_days(scope)))
    rows = rows.filter(rows.client_key.notnull() & (rows.occurred_on <= over))
    bought = log.interactions.filter(
        (log.interactions.kind == "order") & (log.interactions.occurred_on <= ibis.literal(scope.last_on))
    )
    bought = bought.select(buyer="client_key", bought_on="occurred_on").distinct()
    days = bought.bought_on.delta(rows.occurred_on, unit="day")
    both = rows.left_join(bought, [rows.client_key == bought.buyer, days >= 1, days <= window_days(scope)])
    kept = [*scope.by, "decision", "asked", "outcome", "interaction_id"]
    each = both.group_by(kept).aggregate(again=both.bought_on.notnull().cast("int64").max())
    each = _with_all(each)
    at_once = ~each.asked & (each.outcome == GRANTED).fill_null(False)
    return each.group_by([*scope.by, "decision"]).aggregate(
        at_once=at_once.sum(),
        at_once_returned=(at_once & (each.again == 1)).sum(),
        after=each.asked.sum(),
        after_returned=(each.asked & (each.again == 1)).sum(),
    )


def authority_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per kind of decision, and one for all (and ``by``); see results.py."""
    names = [*scope.by, "decision"]
    tallied, came = by_place(found["tallies"], names), by_place(found["returns"], names)
    ranks = figures.ranks_by_place(found["waits"], names)
    places: list[Place] = list(tallied) or ([] if scope.by else [(ALL,)])
    places = sorted(figures.ordered(places), key=lambda place: (str(place[:-1]), place[-1] != ALL))
    rows = [_row(place, tallied.get(place, {}), came.get(place, {}), ranks.get(place), scope) for place in places]
    notes = () if tallied else ("No decision for a customer was logged in the period.",)
    return Outcome(key_columns((place[:-1] for place in places), scope.by) | gathered(rows, NAMES), notes)


def _row(place: Place, tallied: Row, came: Row, ranks: Ranks | None, scope: Scope) -> Row:
    counts = {name: int(figures.known(tallied.get(name, 0)) or 0) for name in COUNTS}
    returned = {name: int(figures.known(came.get(name, 0)) or 0) for name in RETURNS}
    return {
        "decision": place[-1],
        **counts,
        **figures.share("asked_share", counts["asked"], counts["uses"], nobody=NOBODY),
        **figures.median("wait", ranks, nobody=NO_WAIT),
        "amount": tallied.get("amount"),
        "customers": int(tallied.get("customers") or 0),
        "window_days": window_days(scope),
        **figures.share("returned_at_once", returned["at_once_returned"], returned["at_once"], nobody=NO_RETURN),
        **figures.share("returned_asked", returned["after_returned"], returned["after"], nobody=NO_RETURN),
        **_apart(returned),
    }


def _apart(returned: Mapping[str, int]) -> Row:
    found = difference(*(returned[name] for name in ("at_once_returned", "at_once", "after_returned", "after")))
    if found is None:
        return figures.unknown("returned_difference", NO_DIFFERENCE)
    return figures.interval("returned_difference", found.value, found.low, found.high)
