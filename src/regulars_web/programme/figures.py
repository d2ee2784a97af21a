"""Figures as these pages show them: written in the reader's way, with interval, count, reason and a bar."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.readings import Row

FEW = 30
MINUS = "\N{MINUS SIGN}"
DIGITS = 10  # from this number on, and in per cent from a tenth on, decimals say nothing


@dataclass(frozen=True)
class Figure:
    """One estimate, written. ``reason`` says why it is unknown; the bar's places are in per cent of its length."""

    value: str
    interval: str
    n: str
    few: bool
    reason: str
    known: bool
    width: str = ""
    unsure_from: str = ""
    unsure_width: str = ""


def figure(row: Row, name: str, unit: str, *, counted: str = "n") -> Figure:
    """The estimate of that name in a row of a measure."""
    value, low, high = (row.get(f"{name}{end}") for end in ("", "_low", "_high"))
    n = int(row.get(counted) or 0)
    bar = _bar(value, low, high, unit)
    return Figure(
        value=written(value, unit),
        interval=span(low, high, unit),
        n=numbers.number(n),
        few=0 < n < FEW,
        reason=str(row.get(f"{name}_reason") or ""),
        known=numbers.known(value),
        **bar,
    )


def written(value: float | None, unit: str) -> str:
    """A value in its unit; a dash where unknown."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    found = float(value or 0)
    if unit == "share":
        return signed(numbers.percent(found, 0 if abs(found) >= 0.1 or not found else 1))
    if unit == "score":
        return signed(numbers.percent(found / 100))
    if unit == "money":
        return signed(numbers.money(found, company().settings.currency))
    if unit == "points":
        return plain(found)
    return plain(found, 0 if abs(found) >= DIGITS or found.is_integer() else 1)


def span(low: float | None, high: float | None, unit: str) -> str:
    """Both ends of an interval; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": written(low, unit), "high": written(high, unit)}


def plain(value: float, places: int = 0) -> str:
    """A number with a true minus sign, never minus nothing."""
    return signed(numbers.number(round(value, places) + 0.0, places))


def change(value: float | None, places: int = 0) -> str:
    """A difference with its sign; a dash where unknown."""
    if not numbers.known(value):
        return numbers.UNKNOWN
    text = plain(float(value or 0), places)
    return f"+{text}" if float(value or 0) > 0 and text.strip("0.,") else text


def signed(text: str) -> str:
    """A true minus sign instead of a hyphen."""
    return text.replace("-", MINUS)


def share_of(value: float) -> str:
    """A place on a bar, in per cent of its length."""
    return f"{min(max(value, 0.0), 1.0) * 100:.1f}%"


def _bar(value: float | None, low: float | None, high: float | None, unit: str) -> dict[str, str]:
    ends = {"share": (0.0, 1.0), "score": (0.0, 100.0), "points": (-100.0, 100.0), "1-5": (1.0, 5.0)}.get(unit)
    if ends is None or value is None or not numbers.known(value):
        return {}

    def place(at: float) -> float:
        return min(max((float(at) - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0)

    drawn = {"width": share_of(place(value))}
    if numbers.known(low) and numbers.known(high):
        first, last = place(low or 0.0), place(high or 0.0)
        drawn |= {"unsure_from": share_of(first), "unsure_width": share_of(last - first)}
    return drawn
