"""How journeys are looked at: whose, by which steps, of which customers and products. It lives in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from regulars_web.journeys.whose import LONGEST as LONGEST_WHOSE
from regulars_web.journeys.whose import Whose, read_whose
from regulars_web.shared.scope import Scope

LONGEST = 120
VIEWS: Mapping[str, Any] = {
    "thread": _("Order, case or ticket"),
    "customer": _("Customer"),
}
ACTIVITIES: Mapping[str, Any] = {
    "step or touchpoint": _("Step or touchpoint"),
    "step": _("Step"),
    "touchpoint": _("Touchpoint"),
    "kind": _("Kind of touch"),
    "department": _("Department"),
    "employee": _("Employee"),
    "channel": _("Channel"),
    "branch": _("Branch"),
}
UNITS: Mapping[str, Any] = {
    "department": _("Departments"),
    "employee": _("Employees"),
    "branch": _("Branches"),
    "channel": _("Channels"),
}
USUAL_VIEW, USUAL_ACTIVITY = "thread", "step or touchpoint"


@dataclass(frozen=True)
class Lens:
    """What the address says of journeys. ``view`` is empty where it says nothing: then threads if the log has any.

    product    only journeys in which it was bought; empty for all
    customers  only customers with this value of an attribute, like "country:BG"; empty for all
    """

    view: str = ""
    activity: str = USUAL_ACTIVITY
    product: str = ""
    customers: str = ""

    @property
    def whose(self) -> Whose | None:
        """The customers; None for all."""
        return read_whose(self.customers)

    @property
    def where(self) -> str | None:
        """The condition of a measure."""
        return self.whose.condition if self.whose else None

    def choices(self, view: str) -> dict[str, str]:
        """What the measures of journeys are chosen by."""
        told = {"view": view, "activity": self.activity}
        return told | ({"product": self.product} if self.product else {})

    @property
    def said(self) -> dict[str, str]:
        """The lens as addresses have it; only what is not usual."""
        usual = Lens()
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if value != getattr(usual, name)}

    @property
    def mark(self) -> str:
        """Names the lens, for a detail that was chosen under it."""
        return urlencode(self.said)

    def query(self, scope: Scope, **more: str | int) -> str:
        """An address's query: period and group, this lens, and more; with its question mark, empty for nothing."""
        said = urlencode(self.said | {name: value for name, value in more.items() if value != ""})
        whole = "&".join(part for part in (scope.query, said) if part)
        return f"?{whole}" if whole else ""


def read_lens(said: Mapping[str, str]) -> Lens:
    """The lens of an address; what cannot be read is as usual."""
    view, activity = said.get("view", ""), said.get("activity", "")
    return Lens(
        view if view in VIEWS else "",
        activity if activity in ACTIVITIES else USUAL_ACTIVITY,
        said.get("product", "").strip()[:LONGEST],
        said.get("customers", "").strip()[:LONGEST_WHOSE],
    )
