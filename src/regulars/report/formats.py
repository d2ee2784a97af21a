"""Numbers as people read them: amounts with their currency, shares, intervals, days, dates.

Every function gives plain text; unknown values never reach one, they are said in words where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10

Number = int | float | Decimal

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# What stands before and after an amount; any other currency stands before it by its code.
_SIGNS = {
    "EUR": ("€", ""),
    "USD": ("$", ""),
    "GBP": ("£", ""),
    "JPY": ("¥", ""),
    "TRY": ("₺", ""),
    "BGN": ("", f"{NBSP}лв"),
    "CZK": ("", f"{NBSP}Kč"),
    "PLN": ("", f"{NBSP}zł"),
    "RUB": ("", f"{NBSP}₽"),
}
# A Vega expression: 5, 1.5k, 2M.
AXIS_NUMBER = "(abs(datum.value) < 1000 ? format(datum.value, '~g') : replace(format(datum.value, '~s'), 'G', 'B'))"
_WHOLE_FROM = 1000  # below this, cents are shown
_HUGE = 10_000
_FEW_DAYS, _FEW_WEEKS, _FEW_MONTHS = 14, 60, 730
_DAYS_IN_MONTH, _DAYS_IN_YEAR = 30.4375, 365.25


@dataclass(frozen=True)
class Notation:
    """How this company writes amounts."""

    currency: str

    @property
    def signs(self) -> tuple[str, str]:
        """What stands before and after an amount."""
        return _SIGNS.get(self.currency, (f"{self.currency}{NBSP}", ""))

    def money(self, amount: Number) -> str:
        """An exact amount: €61,203, or €12.40 where it is small."""
        size = abs(float(amount))
        digits = f"{size:,.0f}" if size >= _WHOLE_FROM or size == int(size) else f"{size:,.2f}"
        return self._signed(amount, digits)

    def about(self, amount: Number) -> str:
        """An estimate in three figures: €61,200."""
        rounded = three_figures(float(amount))
        digits = f"{abs(rounded):,.2f}" if 0 < abs(rounded) < 10 else f"{abs(rounded):,.0f}"
        return self._signed(rounded, digits)

    def about_range(self, low: Number, high: Number) -> str:
        """An interval of an estimate: €54,000 to €68,100."""
        return f"{self.about(low)} to {self.about(high)}"

    def axis(self) -> str:
        """The Vega expression that labels an axis of amounts."""
        before, after = (sign.replace(NBSP, " ").replace("'", "") for sign in self.signs)
        return f"'{before}' + {AXIS_NUMBER} + '{after}'"

    def _signed(self, amount: Number, digits: str) -> str:
        before, after = self.signs
        minus = MINUS if amount < 0 and digits.strip("0.,") else ""
        return f"{minus}{before}{digits}{after}"


def three_figures(value: float) -> float:
    """``value`` rounded to three significant figures."""
    if value == 0:
        return 0.0
    return round(value, 2 - floor(log10(abs(value))))


def count(n: Number) -> str:
    """A count: 18,422."""
    return f"{int(n):,}"


def share(value: float) -> str:
    """A share of one as a percentage: 34%, and 3.4% where it is small."""
    if 0 < value < 0.0005:
        return "under 0.1%"
    return f"{value * 100:.{_share_digits(value)}f}%".replace("-", MINUS)


def share_range(low: float, high: float) -> str:
    """An interval of a share without the sign, as it stands in brackets after it: 31 to 37."""
    digits = 1 if high < 0.1 else 0
    return f"{low * 100:.{digits}f} to {high * 100:.{digits}f}".replace("-", MINUS)


def points(value: float) -> str:
    """A difference of two shares, with its sign: +2.1."""
    written = f"{value * 100:+.1f}".replace("-", MINUS)
    return "0.0" if written[1:] == "0.0" else written


def decimal(value: float) -> str:
    """A small number: 2.4, or 1,204 where it is large."""
    return (f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}").replace("-", MINUS)


def parameter(value: float) -> str:
    """A model's parameter in four figures: 0.2426, 11.67; a huge one, which the data do not determine, whole."""
    if abs(value) >= _HUGE:
        return f"{value:,.0f}".replace("-", MINUS)
    return f"{value:.4g}".replace("-", MINUS)


def span(days: float) -> str:
    """A stretch of time in the unit a person would use: 9 days, 6 weeks, 5 months, 2.3 years."""
    if days < _FEW_DAYS:
        return _plural(round(days), "day")
    if days < _FEW_WEEKS:
        return _plural(round(days / 7), "week")
    if days < _FEW_MONTHS:
        return _plural(round(days / _DAYS_IN_MONTH), "month")
    return f"{days / _DAYS_IN_YEAR:.1f} years"


def lasting(seconds: float) -> str:
    """How long something took: 18 seconds, 4 minutes, 3 hours, 9 days."""
    if seconds < 90:
        return _plural(round(seconds), "second")
    if seconds < 90 * 60:
        return _plural(round(seconds / 60), "minute")
    if seconds < 48 * 3600:
        return _plural(round(seconds / 3600), "hour")
    return span(seconds / 86_400)


def day(on: date) -> str:
    """A date: 30 June 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """A date for tables: 30 Jun 2026."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def month(on: date) -> str:
    """A month: Jun 2026."""
    return f"{MONTHS[on.month - 1][:3]} {on.year}"


def _share_digits(value: float) -> int:
    return 1 if 0 < abs(value) < 0.0995 else 0


def _plural(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
