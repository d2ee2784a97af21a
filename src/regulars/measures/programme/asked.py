"""Counts of interactions: who was served and how, what employees decided, what was given and taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import seconds_of
from regulars.measures.programme.windows import windows
from regulars.measures.purchases import days_between, interactions
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.in_json import text_in_json, truth_in_json
from regulars.measures.touchpoints.reading import COMPANY, RESOLVED, SENT_STEPS

DAY_SECONDS = 86_400
# Within so many days a word of ours has to follow.
ANSWER_DAYS: Final[Mapping[str, int]] = {"complaint": 30, "departure": 30, "missed_call": 2}
SETTLED: Final = RESOLVED
# What customers get beside what they pay for; told by their step, outcome, text or properties.
GIVEN: Final = ("offer", "gesture", "bonus", "reward", "voucher", "discount")
DISCOUNT: Final = "discount|% off|percent off|voucher|отстъпк|скидк|слев|indirim"
AUTHORITY, ESCALATION, REFUSED, ASKED = "authority", "escalation", "refused", "asked"
RETURNS: Final = ("return", "return request")
RETURN_DECISIONS: Final = ("refund", "exchange", "return")

# Sums of tally, each over the time looked at unless its name says before.
TALLIES: Final = (
    "orders", "known_orders", "costed_orders", "orders_before", "calls", "missed_calls", "complaints", "gestures",
    "costed_gestures", "gestures_before", "given", "discounts", "uses", "uses_asked", "escalations", "returns",
    "returns_refused",
)  # fmt: skip


def tally(log: LogTables, scope: Scope) -> ir.Table:
    """Counts over all interactions of the year, guests included.

    Grain    one row (per ``by``)
    Columns  TALLIES int · gesture_cost, gesture_cost_before float · thanked int: employees who were thanked ·
             begins_late int: days of the year before that were over at its first order, null for none
    """
    window = windows(scope)
    rows = interactions(log, scope, guests=True)
    rows = rows.filter(rows.occurred_on >= ibis.literal(window.before))
    now, before = window.is_now(rows.occurred_on), window.is_before(rows.occurred_on)
    is_order, is_gesture = rows.kind == "order", rows.kind == "gesture"
    counts = {
        "orders": now & is_order,
        "known_orders": now & is_order & rows.client_key.notnull(),
        "costed_orders": now & is_order & rows.cost.notnull(),
        "orders_before": before & is_order,
        "calls": now & (rows.kind == "call") & (rows.initiated_by == "client"),
        "missed_calls": now & (rows.kind == "missed_call"),
        "complaints": now & (rows.kind == "complaint"),
        "gestures": now & is_gesture,
        "costed_gestures": now & is_gesture & rows.cost.notnull(),
        "gestures_before": before & is_gesture,
        **{name: now & flag for name, flag in (_given(rows) | _decisions(rows)).items()},
    }
    cost = rows.cost.cast("float64")
    return rows.aggregate(
        by=list(scope.by),
        **{name: counts[name].fill_null(False).cast("int64").sum() for name in TALLIES},
        gesture_cost=cost.sum(where=now & is_gesture),
        gesture_cost_before=cost.sum(where=before & is_gesture),
        thanked=rows.employee.nunique(where=now & (rows.kind == "thanks")),
        begins_late=days_between(ibis.literal(window.before), rows.occurred_on.min(where=before & is_order)),
    )


def _given(rows: ir.Table) -> dict[str, ir.BooleanValue]:
    """What was given to customers where it is told what it was, and whether it was a discount."""
    told = ibis.coalesce(rows.step, rows.outcome, rows.text, rows.properties).notnull()
    kinds = rows.kind.isin(GIVEN) & (told | rows.kind.isin(("discount", "voucher")))
    words = rows.kind + " " + rows.step.fill_null("") + " " + rows.outcome.fill_null("")
    words = words + " " + rows.text.fill_null("") + " " + rows.properties.fill_null("")
    return {"given": kinds, "discounts": kinds & words.lower().re_search(DISCOUNT)}


def _decisions(rows: ir.Table) -> dict[str, ir.BooleanValue]:
    """Decisions for customers: on the spot or after asking, and returns that were refused."""
    use = rows.kind == AUTHORITY
    had_to_ask = (rows.outcome == ASKED).fill_null(False) | truth_in_json(rows.properties, "asked")
    about_return = text_in_json(rows.properties, "decision").isin(RETURN_DECISIONS)
    of_return = rows.kind.isin(RETURNS) | (use & about_return)
    return {
        "uses": use,
        "uses_asked": use & had_to_ask,
        "escalations": rows.kind == ESCALATION,
        "returns": of_return & rows.outcome.notnull(),
        "returns_refused": of_return & (rows.outcome.lower() == REFUSED),
    }


def answer_days(kind: ir.StringValue) -> ir.IntegerValue:
    """Days within which a word of ours has to follow an event of this kind."""
    cases = [(kind == name, ibis.literal(days, type="int64")) for name, days in ANSWER_DAYS.items()]
    return ibis.cases(*cases, else_=ibis.literal(30, type="int64"))


def words_of_ours(log: LogTables, scope: Scope) -> ir.Table:
    """Everything that the company did of its own accord or in answer, up to the last day.

    Grain    one row per touch that the company began; surveys and newsletters are none
    Columns  to_client · said_s: seconds since 1970
    """
    window = windows(scope)
    rows = log.interactions
    rows = rows.filter(rows.client_key.notnull() & (rows.initiated_by == COMPANY))
    rows = rows.filter(rows.occurred_on.between(ibis.literal(window.now), ibis.literal(window.last)))
    rows = rows.filter(rows.kind.isin(("message", "call", "letter", "visit", "answer complaint")))
    rows = rows.filter(~rows.step.isin(SENT_STEPS).fill_null(False))
    return rows.select(to_client="client_key", said_s=seconds_of(rows.occurred_at))
