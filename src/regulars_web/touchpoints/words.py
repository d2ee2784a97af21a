"""What the register and the measures of touchpoints say, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.readings import Row

FEW = 30
MINUTE, HOUR, DAY = 60, 3_600, 86_400
SORTS: Mapping[str, Any] = {"business": gettext_lazy("business"), "employee": gettext_lazy("employee")}
SORT_MEANINGS: Mapping[str, Any] = {
    "business": gettext_lazy("A place, a paper or a page: web shop, delivery, invoice."),
    "employee": gettext_lazy("A person who speaks with customers: call centre, showroom, service desk."),
}
STAGE_WORDS: Mapping[str, Any] = {
    "learns of us": gettext_lazy("learns of us"),
    "considers": gettext_lazy("considers"),
    "buys": gettext_lazy("buys"),
    "uses": gettext_lazy("uses"),
    "buys again": gettext_lazy("buys again"),
    "recommends": gettext_lazy("recommends"),
    "slipping": gettext_lazy("slipping"),
    "leaves": gettext_lazy("leaves"),
    "left": gettext_lazy("left"),
}
# What a promise is about: column -> what the customer is promised.
PROMISED: Mapping[str, Any] = {
    "wait_seconds": gettext_lazy("Waiting before somebody is there for the customer"),
    "answer_seconds": gettext_lazy("Time until we answer, in the same order or case"),
    "resolved_seconds": gettext_lazy("Time until the matter is settled"),
    "duration_seconds": gettext_lazy("How long the touch itself takes"),
    "late_days": gettext_lazy("Days later than the day we said"),
    "checklist": gettext_lazy("Points of the checklist that are met, of 100"),
}
# What went badly, as a label before a colon or in a table.
BAD: Mapping[str, Any] = {
    "late": gettext_lazy("Served late"),
    "long wait": gettext_lazy("A long wait"),
    "promise broken": gettext_lazy("A broken promise"),
    "low score": gettext_lazy("A low score"),
    "complaint": gettext_lazy("A complaint"),
}
UNITS: Mapping[str, Any] = {
    "employee": gettext_lazy("by colleague"),
    "branch": gettext_lazy("by branch"),
    "hour": gettext_lazy("by hour of the day"),
    "branch and hour": gettext_lazy("by branch and hour"),
}
UNIT_NAMES: Mapping[str, Any] = {
    "employee": gettext_lazy("Colleague"),
    "branch": gettext_lazy("Branch"),
    "hour": gettext_lazy("Hour"),
    "channel": gettext_lazy("Channel"),
}
FIGURES: Mapping[str, Any] = {
    "kept": gettext_lazy("Promises kept"),
    "score": gettext_lazy("Scores"),
    "wait": gettext_lazy("Waiting"),
}


def length(seconds: float | Decimal | None) -> str:
    """A length of time in the unit a person would use; a dash where unknown."""
    if not numbers.known(seconds):
        return numbers.UNKNOWN
    value = float(seconds or 0)
    size = abs(value)
    if size < 2 * MINUTE:
        return _("%(n)s s") % {"n": plain(value)}
    if size < 2 * HOUR:
        return _("%(n)s min") % {"n": plain(value / MINUTE)}
    if size < 2 * DAY:
        return _("%(n)s h") % {"n": plain(value / HOUR, 0 if size >= 10 * HOUR else 1)}
    return days(value / DAY)


def days(value: float | None) -> str:
    """A count of days, with a decimal where it is small and not whole."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    found = round(float(value or 0), 1)
    places = 0 if found.is_integer() or abs(found) >= 10 else 1
    whole = 1 if abs(found) == 1 else 2 if places else round(abs(found))
    return ngettext("%(n)s day", "%(n)s days", whole) % {"n": plain(found, places)}


def length_span(low: float | None, high: float | None) -> str:
    """Both ends of an interval of lengths; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": length(low), "high": length(high)}


def limit_words(promise: Any) -> str:
    """A promise's limit as customers are told it: "at most 30 s", "at least 90 of 100"."""
    if getattr(promise, "at_least", None) is not None:
        return _("at least %(value)s") % {"value": _limit(promise.column, promise.at_least)}
    if promise.column == "late_days" and not promise.at_most:
        return _("on the day we said, or before")
    return _("at most %(value)s") % {"value": _limit(promise.column, promise.at_most)}


def _limit(column: str, value: float | None) -> str:
    if column == "late_days":
        return days(value)
    return (
        plain(value, 0 if value is None or float(value).is_integer() else 1) if column == "checklist" else length(value)
    )


def measured(column: str, value: float | None) -> str:
    """A median or percentile of what a promise is about."""
    return numbers.UNKNOWN if not numbers.known(value) else _limit(column, value)


def plain(value: float | Decimal | None, places: int = 0) -> str:
    """A number with a true minus sign, never minus nothing; a dash where unknown."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    rounded = round(float(value or 0), places)
    return numbers.number(rounded + 0.0, places).replace("-", "\N{MINUS SIGN}")


def span(low: float | None, high: float | None, places: int = 0) -> str:
    """Both ends of an interval; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": plain(low, places), "high": plain(high, places)}


def share(value: float | None) -> str:
    """A share as per cent, with a decimal where it is small."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    return numbers.percent(value, 0 if abs(float(value or 0)) >= 0.1 or not value else 1)


def share_span(low: float | None, high: float | None) -> str:
    """Both ends of a share's interval; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    places = 0 if min(abs(float(low or 0)), abs(1 - float(high or 0))) >= 0.01 and float(low or 0) >= 0.1 else 1
    return _("%(low)s to %(high)s") % {"low": numbers.percent(low, places), "high": numbers.percent(high, places)}


def points(value: float | None) -> str:
    """A difference of shares in percentage points, without its unit."""
    return plain(None if not numbers.known(value) else float(value or 0) * 100, 1)


def points_span(low: float | None, high: float | None) -> str:
    """Both ends of a difference of shares; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": points(low), "high": points(high)}


def money(value: float | Decimal | None) -> str:
    """An estimate of money, rounded to three figures."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    amount = float(value or 0)
    whole = 0.0 if not amount else float(f"{amount:.3g}")
    return numbers.money(whole + 0.0, company().settings.currency).replace("-", "\N{MINUS SIGN}")


def money_span(low: float | Decimal | None, high: float | Decimal | None) -> str:
    """Both ends of an interval of money; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": money(low), "high": money(high)}


def money_exact(value: float | Decimal | None) -> str:
    """A small amount, to the cent."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    return numbers.money(value, company().settings.currency, cents=True).replace("-", "\N{MINUS SIGN}")


def money_exact_span(low: float | Decimal | None, high: float | Decimal | None) -> str:
    """Both ends of an interval of small amounts; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": money_exact(low), "high": money_exact(high)}


def cell(row: Row, name: str, write: Any, write_span: Any, *, counted: str = "n") -> dict[str, Any]:
    """One estimate of a row for a table: value, interval, count, reason; value a dash where unknown."""
    n = int(row.get(counted) or 0)
    value = row.get(name)
    return {
        "known": numbers.known(value),
        "value": write(value),
        "interval": write_span(row.get(f"{name}_low"), row.get(f"{name}_high")),
        "n": numbers.number(n),
        "few": 0 < n < FEW,
        "reason": row.get(f"{name}_reason") or "",
    }


def label(value: object) -> str:
    """A value rows were split by; what it says where there is none."""
    return str(value) if value not in (None, "") else _("not said")
