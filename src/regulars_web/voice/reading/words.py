"""Kinds of evidence, bands, scores and numbers in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars_web.shared import numbers
from regulars_web.shared.readings import Row

FEW = 30
EVIDENCE: Mapping[str, Any] = {
    "survey": gettext_lazy("Surveys"),
    "review": gettext_lazy("Reviews"),
    "interview": gettext_lazy("Interviews"),
    "focus group": gettext_lazy("Focus groups"),
    "mystery visit": gettext_lazy("Mystery visits"),
    "contact note": gettext_lazy("Notes from contacts"),
    "complaint": gettext_lazy("Complaints"),
}
# What each kind of evidence is good for, and where it misleads.
EVIDENCE_TELLS: Mapping[str, Any] = {
    "survey": gettext_lazy("Can be counted. The content stay silent, and the polite are kind."),
    "review": gettext_lazy("Written unasked, mostly by the delighted and the angry."),
    "interview": gettext_lazy("Tells why. Too few to count."),
    "focus group": gettext_lazy("Tells how they talk about you. Loud voices weigh more."),
    "mystery visit": gettext_lazy("Tells whether the standard is kept, not how it felt."),
    "contact note": gettext_lazy("Heard by colleagues, in the colleagues' words."),
    "complaint": gettext_lazy("Most who are let down never complain."),
}
BAND_PILL: Mapping[str, str] = {"good": "pill--good", "poor": "pill--harm", "between": "", "none": ""}
SCORE_NAMES: Mapping[str, Any] = {
    "nps": gettext_lazy("Recommendation (NPS)"),
    "csat": gettext_lazy("Satisfaction"),
    "ces": gettext_lazy("Effort"),
    "rating": gettext_lazy("Rating"),
}


def plain(value: float | None, places: int = 0) -> str:
    """A number with a true minus sign; a dash where unknown; never minus nothing."""
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
    return numbers.percent(value, 0 if float(value or 0) >= 0.1 or not value else 1)


def share_span(low: float | None, high: float | None) -> str:
    """Both ends of a share's interval; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    places = 0 if float(low or 0) >= 0.1 else 1
    return _("%(low)s to %(high)s") % {"low": numbers.percent(low, places), "high": numbers.percent(high, places)}


def score_words(score: float | None, low: float | None, high: float | None) -> str:
    """A score with the end of its scale, e.g. 4 of 5; empty for none."""
    if score is None:
        return ""
    value = plain(score, 0 if float(score).is_integer() else 1)
    if high is None:
        return value
    if low is not None and low not in (0.0, 1.0):
        told = {"score": value, "low": plain(low), "high": plain(high)}
        return _("%(score)s on a scale from %(low)s to %(high)s") % told
    return _("%(score)s of %(high)s") % {"score": value, "high": plain(high)}


def nps_cells(row: Row, name: str = "nps") -> dict[str, Any]:
    """One net promoter score for a table: value, interval, count, reason."""
    n = int(row.get("n") or 0)
    return {
        "value": plain(row.get(name)),
        "interval": span(row.get(f"{name}_low"), row.get(f"{name}_high")),
        "n": numbers.number(n),
        "reason": row.get(f"{name}_reason") or "",
        "few": 0 < n < FEW,
    }


def label(value: object) -> str:
    """A value rows were split by; what it says where there is none."""
    return str(value) if value not in (None, "") else _("not said")
