"""What recognition reads: touches and answers with what makes them alike, and whether the customer returned."""

from __future__ import annotations

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.local_times import DAY_SECONDS, day_number, local_seconds
from regulars.measures.purchases import in_period, interactions
from regulars.measures.registry import Choice, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import ANSWER, answered
from regulars.measures.scores.audience import CUSTOMERS
from regulars.measures.scores.levels import position

UNITS = Choice("unit", "Whose work is compared", ("employee", "branch", "department"), "employee")
# No work of a person with a customer: answers, thanks, what is sent to be answered, and calls that nobody took.
SCORED = ("nps", "csat", "rating")
NO_WORK = (ANSWER, "thanks", "missed_call", "departure", "adjustment")
SENT_STEPS = ("invite", "remind")
RETURN_DAYS, HEARD_DAYS = 90, 30
# What is held alike, beside what the customer bought before: columns of touches and of answers.
# What is compared like with like; the names leave those of the log to ``by``.
ALIKE = tuple(
    f"like_{name}" for name in ("touchpoint", "channel", "customer_type", "season", "shift", "bought", "complained")
)


def return_days(scope: Scope) -> int:
    """Days within which an order counts as a return; the setting return_days, else 90."""
    return int(scope.settings.get("return_days", RETURN_DAYS))


def touches(log: LogTables, scope: Scope) -> ir.Table:
    """Touches of known customers with a unit whose window is over: one a unit, customer and day.

    Grain    one row per unit, customer and day (and ``by``)
    Columns  unit · client_key · day int · ALIKE · orders_before int · spent_before float: by customers, before the
             day · silent_days int: since their last order, null before the first · returned 0 or 1 · over boolean:
             the window is over, else returned says nothing
    """
    each = _days(log, scope)
    bought = _bought(log, scope)
    days = bought.bought_day - each.day
    both = each.left_join(bought, each.client_key == bought.buyer)
    both = both.mutate(days=days)
    keys = [*scope.by, "unit", "client_key", "day"]
    told = both.group_by([*keys, *ALIKE]).aggregate(
        orders_before=(both.days < 0).fill_null(False).cast("int64").sum(),
        spent_before=both.spent.sum(where=(both.days < 0).fill_null(False)),
        last_before=both.days.max(where=(both.days < 0).fill_null(False)),
        returned=((both.days > 0) & (both.days <= return_days(scope))).fill_null(False).cast("int64").max(),
    )
    last = day_number(ibis.literal(scope.last_on - timedelta(days=return_days(scope))))
    return told.select(
        *keys,
        *ALIKE,
        "orders_before",
        "spent_before",
        "returned",
        silent_days=-told.last_before,
        over=(told.day <= last).cast("int64"),
    )


def _days(log: LogTables, scope: Scope) -> ir.Table:
    """Touches put together by unit, customer and day."""
    rows = in_period(_working(interactions(log, scope), log, scope), scope)
    types = current_clients(log.clients, ["customer_type", "kind"])
    types = types.rename(typed_key="client_key", type_of="customer_type", kind_of="kind")
    both = rows.left_join(types, rows.client_key == types.typed_key)
    both = both.filter(both.kind_of.fill_null("customer") == "customer")
    hour = (local_seconds(both.occurred_at, scope) % DAY_SECONDS) // 3600
    both = both.mutate(
        day=day_number(both.occurred_on),
        type_of=both.type_of.fill_null(""),
        quarter=both.occurred_on.year() * 4 + (both.occurred_on.month() - 1) // 3,
        part=ibis.cases((hour < 12, "morning"), (hour < 17, "afternoon"), else_="evening"),
    )
    return both.group_by([*scope.by, "unit", "client_key", "day"]).aggregate(
        like_touchpoint=both.touchpoint.fill_null("").min(),
        like_channel=both.channel.fill_null("").min(),
        like_customer_type=both.type_of.min(),
        like_season=both.quarter.min().cast("string"),
        like_shift=both.part.min(),
        like_bought=(both.kind == "order").cast("int64").max().cast("string"),
        like_complained=(both.kind == "complaint").cast("int64").max().cast("string"),
    )


def _working(rows: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """Touches that somebody of a unit had, with the unit."""
    unit = rows[UNITS.of(scope)]
    worked = ~rows.kind.isin(NO_WORK).fill_null(False) & ~rows.step.isin(SENT_STEPS).fill_null(False)
    return rows.filter(worked & (unit != "").fill_null(False)).mutate(unit=unit)


def _bought(log: LogTables, scope: Scope) -> ir.Table:
    """Days on which customers ordered and for how much, up to the last day, whatever ``where`` says."""
    rows = log.interactions
    rows = rows.filter(
        (rows.kind == "order") & rows.client_key.notnull() & (rows.occurred_on <= ibis.literal(scope.last_on))
    )
    return rows.group_by(buyer="client_key", bought_day=day_number(rows.occurred_on)).aggregate(
        spent=rows.amount.sum().cast("float64")
    )


def answers(log: LogTables, scope: Scope) -> ir.Table:
    """Customers' recommendations, satisfactions and ratings, with the unit that they follow.

    The unit that the answer itself names; else the unit of the customer's last touch at most 30 days before.

    Grain    one row per answer (and ``by``)
    Columns  unit · client_key, null for guests · alone: the questionnaire · asked: kind and question · touchpoint ·
             channel · season · position float 0-100
    """
    rows = answered(log, scope)
    # How important something is, and how others do it, is no score of ours.
    other = rows.question.contains("@") | rows.question.endswith(".importance")
    ours = rows.usable & ~rows.duplicate & (rows.audience == CUSTOMERS) & rows.answer_kind.isin(SCORED)
    rows = rows.filter(ours & ~other.fill_null(False))
    named = rows[UNITS.of(scope)].nullif("")
    rows = rows.select(
        *dict.fromkeys((*scope.by, "interaction_id", "client_key")),
        asked=rows.answer_kind + ibis.literal(" ") + rows.question.fill_null(""),
        named=named,
        day=day_number(rows.occurred_on),
        at_touchpoint=rows.touchpoint.fill_null(""),
        by_channel=rows.channel.fill_null(""),
        season=(rows.occurred_on.year() * 4 + (rows.occurred_on.month() - 1) // 3).cast("string"),
        position=_position(rows),
    )
    before = _last_unit(rows.filter(rows.named.isnull()), log, scope)
    both = rows.left_join(before, rows.interaction_id == before.answer_id)
    both = both.mutate(unit=ibis.coalesce(both.named, both.unit_before))
    both = both.filter(both.unit.notnull())
    told = ("unit", "client_key", "asked", "season", "position")
    return both.select(
        *dict.fromkeys((*scope.by, *told)),
        alone=both.interaction_id,
        like_touchpoint=both.at_touchpoint,
        like_channel=both.by_channel,
    )


def _position(rows: ir.Table) -> ir.FloatingValue:
    """Where on its scale an answer lies, from 0 to 100; a recommendation without a scale is from 0 to 10."""
    return ibis.cases((rows.answer_kind == "nps", 10.0 * rows.score), else_=position(rows))


def _last_unit(rows: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """For answers that name no unit: answer_id, unit_before; of several on the last day the first by name."""
    whole = Scope(as_of=scope.as_of, to_on=scope.to_on, time_zone=scope.time_zone, choices=scope.choices)
    touched = _working(interactions(log, whole), log, whole)
    touched = touched.select("unit", toucher="client_key", touched_day=day_number(touched.occurred_on)).distinct()
    asked = rows.select("interaction_id", "client_key", "day").distinct()
    gap = asked.day - touched.touched_day
    both = asked.join(touched, [asked.client_key == touched.toucher, gap >= 0, gap <= HEARD_DAYS])
    newest = both.group_by("interaction_id").aggregate(newest_day=both.touched_day.max())
    newest = newest.rename(of_answer="interaction_id")
    last = both.join(newest, [both.interaction_id == newest.of_answer, both.touched_day == newest.newest_day])
    return last.group_by(answer_id="interaction_id").aggregate(unit_before=last.unit.min())
