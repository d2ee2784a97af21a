"""The period and the group that every page is seen through. They live in the address, so a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PERIODS = {
    "12-months": gettext_lazy("Last 12 months"),
    "90-days": gettext_lazy("Last 90 days"),
    "30-days": gettext_lazy("Last 30 days"),
    "this-year": gettext_lazy("This year"),
    "last-year": gettext_lazy("Last year"),
    "all": gettext_lazy("All time"),
    "custom": gettext_lazy("From … to …"),
}
# Periods whose period before is a year earlier.
YEARLY = ("12-months", "this-year", "last-year")
DEFAULT = "12-months"


@dataclass(frozen=True)
class Scope:
    """What the address says: the period by name (or two dates) and the group by key; empty group: everyone."""

    period: str = DEFAULT
    from_on: date | None = None
    to_on: date | None = None
    group: str = ""

    def dates(self, newest: date) -> tuple[date | None, date]:
        """First and last day of the period, seen from the newest day of the log; first None: from the beginning."""
        if self.period == "custom":
            return self.from_on, min(self.to_on or newest, newest)
        if self.period == "this-year":
            return newest.replace(month=1, day=1), newest
        if self.period == "last-year":
            return date(newest.year - 1, 1, 1), date(newest.year - 1, 12, 31)
        if self.period == "all":
            return None, newest
        if self.period == "12-months":
            return year_before(newest) + timedelta(days=1), newest
        return newest - timedelta(days=int(self.period.removesuffix("-days")) - 1), newest

    def before(self, newest: date) -> tuple[date, date] | None:
        """The period of the same length just before; None for all time."""
        first, last = self.dates(newest)
        if first is None:
            return None
        if self.period in YEARLY:
            return year_before(first), year_before(last)
        return first - (last - first) - timedelta(days=1), first - timedelta(days=1)

    @property
    def query(self) -> str:
        """The scope as it stands in addresses, without the question mark; empty for the default."""
        said: dict[str, str] = {}
        if self.period != DEFAULT:
            said["period"] = self.period
        if self.period == "custom":
            said |= {"from": self.from_on.isoformat() if self.from_on else ""}
            said |= {"to": self.to_on.isoformat() if self.to_on else ""}
        if self.group:
            said["group"] = self.group
        return urlencode(said)

    @property
    def words(self) -> str:
        """The period in the reader's words."""
        return str(PERIODS[self.period])


def read_scope(said: Mapping[str, str]) -> tuple[Scope, str]:
    """The scope of an address and, where it cannot be read, a sentence; then the default holds."""
    period = said.get("period", DEFAULT)
    group = said.get("group", "")[:80]
    if period not in PERIODS:
        return Scope(group=group), _("The period in the address is not known; the last 12 months are shown.")
    if period != "custom":
        return Scope(period=period, group=group), ""
    try:
        from_on = date.fromisoformat(said["from"]) if said.get("from") else None
        to_on = date.fromisoformat(said["to"]) if said.get("to") else None
    except ValueError:
        return Scope(group=group), _("A date in the address cannot be read; the last 12 months are shown.")
    if from_on and to_on and from_on > to_on:
        return Scope(group=group), _("The period ends before it begins; the last 12 months are shown.")
    return Scope(period="custom", from_on=from_on, to_on=to_on, group=group), ""


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
