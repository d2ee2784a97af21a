"""How these pages write times, shares and steps."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.journeys.detail import END, START
from regulars_web.shared import numbers
from regulars_web.voice.reading.words import plain, share, share_span

__all__ = ["duration", "duration_span", "plain", "share", "share_span", "short_duration", "step_name"]

MINUTE, HOUR, DAY = 60, 3600, 86_400
MONTH = 30.4375 * DAY


def step_name(step: str) -> str:
    """A step as the reader sees it."""
    return {START: _("Start"), END: _("End")}.get(step, step)


def duration(seconds: float | None) -> str:
    """A length of time in the unit that a person would use; a dash where unknown."""
    if not numbers.known(seconds):
        return numbers.UNKNOWN
    value = float(seconds or 0)
    if value < MINUTE:
        return _("under a minute")
    if value < 90 * MINUTE:
        count, shown = _rounded(value / MINUTE, 0)
        return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": shown}
    if value < 2 * DAY:
        count, shown = _rounded(value / HOUR, 1)
        return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": shown}
    if value < 3 * MONTH:
        count, shown = _rounded(value / DAY, 1)
        return ngettext("%(n)s day", "%(n)s days", count) % {"n": shown}
    count, shown = _rounded(value / MONTH, 1)
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": shown}


def short_duration(seconds: float | None) -> str:
    """The same for a label on a map."""
    if not numbers.known(seconds):
        return ""
    value = float(seconds or 0)
    if value < MINUTE:
        return _("< 1 min")
    for most, unit, words in (
        (90 * MINUTE, MINUTE, _("%(n)s min")),
        (2 * DAY, HOUR, _("%(n)s h")),
        (3 * MONTH, DAY, _("%(n)s d")),
    ):
        if value < most:
            return words % {"n": numbers.number(round(value / unit))}
    return _("%(n)s mo") % {"n": numbers.number(round(value / MONTH))}


def duration_span(low: float | None, high: float | None) -> str:
    """Both ends of an interval of times; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    one, other = duration(low), duration(high)
    return one if one == other else _("%(low)s to %(high)s") % {"low": one, "high": other}


def _rounded(value: float, places: int) -> tuple[int, str]:
    """A number for plurals, and as it is shown: a decimal only below ten."""
    if value >= 10 or not places or round(value, 1) == round(value):
        return round(value), numbers.number(round(value))
    return 2, numbers.number(value, places)
