"""How this page writes numbers: estimates in three figures, intervals, lengths of time, changes in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.report.changes import Difference
from regulars_web.shared import numbers

Tone = Literal["good", "harm", ""]
Write = Callable[[float], str]
DAYS_IN_MONTH = 30.4375


@dataclass(frozen=True)
class Change:
    """What moved since the period before, in words. ``tone`` is set only where it is real and good or bad."""

    words: str
    real: bool
    tone: Tone = ""


def about(amount: float | Decimal, currency: str) -> str:
    """An estimate of money in three figures."""
    return numbers.money(_three_figures(float(amount)), currency)


def exact(amount: float | Decimal, currency: str) -> str:
    """A sum of money, whole units."""
    return numbers.money(amount, currency)


def interval(low: str, high: str) -> str:
    """From one end to the other."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def share(part: float) -> str:
    """A share, with a decimal where it is small."""
    return numbers.percent(part, 0 if abs(part) >= 0.1 or part == 0 else 1)


def share_interval(low: float, high: float) -> str:
    """Both ends with as many decimals as they need."""
    places = 0 if low >= 0.1 else 1
    return interval(numbers.percent(low, places), numbers.percent(high, places))


def span(days: float) -> str:
    """A length of time in the unit that a person would use."""
    if days < 60:
        whole = max(round(days), 1)
        return ngettext("%(count)s day", "%(count)s days", whole) % {"count": numbers.number(whole)}
    whole = round(days / DAYS_IN_MONTH)
    return ngettext("%(count)s month", "%(count)s months", whole) % {"count": numbers.number(whole)}


def points(difference: float) -> str:
    """A difference of shares in percentage points."""
    return _("%(value)s points") % {"value": bare_points(difference)}


def bare_points(difference: float) -> str:
    """The same without its unit, for the ends of an interval."""
    return numbers.number(difference * 100, 1)


def count(n: float) -> str:
    """A whole number."""
    return numbers.number(round(n))


def change(found: Difference, write: Write, *, ends: Write | None = None, more_is: Tone = "") -> Change:
    """A difference in words: up, down, or no clear change; real only where its interval leaves out zero."""
    low, high = (found.low, found.high) if found.value > 0 or not found.is_real else (-found.high, -found.low)
    told = {"value": write(abs(found.value)), "low": signed(low, ends or write), "high": signed(high, ends or write)}
    if not found.is_real:
        return Change(_("No clear change on the period before (%(low)s to %(high)s)") % told, real=False)
    if found.value > 0:
        return Change(_("Up by %(value)s (%(low)s to %(high)s) on the period before") % told, True, more_is)
    less_is: dict[Tone, Tone] = {"good": "harm", "harm": "good", "": ""}
    return Change(_("Down by %(value)s (%(low)s to %(high)s) on the period before") % told, True, less_is[more_is])


def signed(value: float, write: Write) -> str:
    """A number with a true minus sign, as wide as a digit."""
    return f"\N{MINUS SIGN}{write(-value)}" if value < 0 else write(value)


def _three_figures(value: float) -> float:
    return 0.0 if value == 0 else round(value, 2 - floor(log10(abs(value))))
