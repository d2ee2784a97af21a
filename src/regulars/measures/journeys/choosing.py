"""What readers of journeys choose: whose journey it is, and what a step of it is called by."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.registry import Choice
from regulars.measures.scope import Scope

VIEW = Choice(
    "view",
    "what one journey is: the touches of one thread (order, case or ticket), or all touches of one customer",
    ("thread", "customer"),
    "thread",
)
ACTIVITY = Choice(
    "activity",
    "what the steps of a journey are called by; the usual one takes the step, else the touchpoint, else the kind",
    ("step or touchpoint", "touchpoint", "step", "kind", "department", "employee", "channel", "branch"),
    "step or touchpoint",
)
KEEP = Choice(
    "keep",
    "what the condition keeps: single touches that meet it, or whole journeys in which one touch meets it",
    ("touches", "journeys"),
    "touches",
)
PRODUCT = Choice("product", "only journeys in which this was bought: the number, name or category of a product")
DETAIL = Choice(
    "details",
    "whether journeys with each move, and hand-overs, are counted too: that takes half as long again",
    ("no", "yes"),
    "no",
)
UNIT = Choice(
    "between",
    "who hands over to whom",
    ("department", "employee", "branch", "channel"),
    "department",
)
COMPARE = Choice(
    "compare",
    "what is compared: the period with the equally long one before it, or the conditions a and b",
    ("period", "conditions"),
    "period",
)
SIDE_A = Choice("a", "condition of side a, written like --where; empty takes all journeys")
SIDE_B = Choice("b", "condition of side b, written like --where; empty takes all journeys")
BEFORE = Choice(
    "before",
    "what the touches came last before: leaving, any order, or the first order",
    ("leaving", "buying", "first order"),
    "leaving",
)
OF_JOURNEYS = (VIEW, ACTIVITY, KEEP, PRODUCT)

_KEYS = {"thread": "thread", "customer": "client_key"}
_USUAL = ("step", "touchpoint", "kind")


def journey_key(scope: Scope) -> str:
    """The column that the touches of one journey share."""
    return _KEYS[VIEW.of(scope)]


def activity(rows: ir.Table, scope: Scope) -> ir.StringValue:
    """What each touch is called by; null where the chosen column is empty."""
    chosen = ACTIVITY.of(scope)
    if chosen == ACTIVITY.default:
        return ibis.coalesce(*(rows[name] for name in _USUAL))
    return rows[chosen]
