"""Numbers, money, dates and ages in the reader's own way of writing them (Babel, Unicode CLDR)."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import dates, numbers
from babel.core import Locale
from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

Number = int | float | Decimal
MONTH_DAYS, YEAR_DAYS = 30.4375, 365.25
UNKNOWN = "–"
# Without "г." behind the year, so that a sentence ending with a day ends with one stop.
_DAY = {"en": "d MMM y", "bg": "d.MM.y", "ru": "d MMM y"}
_MOMENT = {"en": "d MMM y, HH:mm", "tr": "d MMM y HH:mm", "cs": "d. M. y H:mm"}


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))


def known(value: object) -> bool:
    """Whether there is something to show: not None, not NaN."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def number(value: Number | None, places: int = 0) -> str:
    """A number with thousands apart; a dash where unknown."""
    if not known(value):
        return UNKNOWN
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return numbers.format_decimal(value, format=pattern, locale=_locale())  # type: ignore[arg-type]


def percent(share: float | None, places: int = 0) -> str:
    """A share from 0 to 1 as per cent."""
    if not known(share):
        return UNKNOWN
    pattern = _locale().percent_formats[None].pattern
    if places:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * places)
    return numbers.format_percent(share, format=pattern, locale=_locale())  # type: ignore[arg-type]


def money(amount: Number | None, currency: str, *, cents: bool = False) -> str:
    """An amount in the company's currency, whole units unless ``cents``."""
    if not known(amount):
        return UNKNOWN
    pattern = _locale().currency_formats["standard"].pattern
    if not cents:
        pattern = pattern.replace(".00", "")
    return numbers.format_currency(
        amount,  # type: ignore[arg-type]
        currency,
        format=pattern,
        locale=_locale(),
        currency_digits=False,
    )


def day(when: date | None) -> str:
    """A date, e.g. 24 May 2026."""
    return dates.format_date(when, format=_DAY.get(_locale().language, "medium"), locale=_locale()) if when else UNKNOWN


def month(when: date | None) -> str:
    """A month, e.g. May 2026."""
    return dates.format_skeleton("yMMM", when, locale=_locale()) if when else UNKNOWN


def moment(when: datetime | None) -> str:
    """A date and time in the company's time zone."""
    if not when:
        return UNKNOWN
    local = when.astimezone(ZoneInfo(settings.TIME_ZONE))
    return dates.format_datetime(local, format=_MOMENT.get(_locale().language, "d.MM.y HH:mm"), locale=_locale())


def age(days: int | None) -> str:
    """How old something is, in the unit a person would use."""
    if days is None:
        return UNKNOWN
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 2 * MONTH_DAYS:
        weeks = days // 7
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    if days < 2 * YEAR_DAYS:
        months = int(days / MONTH_DAYS)
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    years = int(days / YEAR_DAYS)
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
