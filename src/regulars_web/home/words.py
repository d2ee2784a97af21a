"""Segments, checks and forms of imports in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# The usual next step with the customers of a segment.
WHAT_TO_DO: Mapping[str, Any] = {
    "champions": _("Thank them in person, and ask for a recommendation and for ideas."),
    "loyal": _("Keep every promise to them, and offer what else they would gladly buy."),
    "new": _("Make the second purchase easy: ask how the first one went."),
    "promising": _("Remind them of you with something useful while the first order is fresh."),
    "potential loyal": _("Learn what they need, and suggest what goes with what they bought."),
    "needs attention": _("Ask what they miss before they start to look elsewhere."),
    "about to sleep": _("Give one good reason to come back soon."),
    "cannot lose": _("Let a manager call each of them at once and find out what happened."),
    "at risk": _("Talk to them: ask why they stopped, and mend it."),
    "lost": _("Spend nothing on winning them back one by one; learn why they left."),
    "hibernating": _("Invite them back with little expense, and accept a no."),
}
# What the log cannot tell: the check of coverage, its name, and what follows where it finds something.
CHECKS: Mapping[str, tuple[Any, Any]] = {
    "guest_orders": (_("Orders that name no customer"), _("Nothing said of customers counts them.")),
    "missing_cost": (_("Orders without a cost"), _("Their profit is not known.")),
    "no_touchpoint": (_("Orders without a touchpoint"), _("Where they were made is not known.")),
    "no_channel": (_("Orders without a channel"), _("How they came is not known.")),
    "zero_orders": (_("Orders of zero"), _("They count as orders.")),
    "negative_orders": (_("Orders below zero"), _("Check whether they are refunds.")),
    "under_contract": (
        _("Customers with a contract and no order in the period"),
        _("They count as active customers; how content they are, orders do not tell."),
    ),
}
FORMS: Mapping[str, Any] = {
    "orders": _("orders"),
    "items": _("items"),
    "contacts": _("contacts"),
    "answers": _("answers"),
    "customers": _("customers"),
    "demo": _("a made-up company"),
}
