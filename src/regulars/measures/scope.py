"""What a measure is asked for: until when, over which period, for whom, split by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Scope:
    """The question's frame. Nothing in a measure reads the clock: ``as_of`` is always given.

    as_of     local date, inclusive: nothing after it is seen; ages are whole local days up to it
    from_on   first local date of the period, or None for the beginning of the log
    to_on     last local date of the period, or None for ``as_of``
    by        columns of interactions or clients that the result is split by; a customer seen under two values
              of such a column (bought by two channels) is counted under each
    where     condition over the same columns, e.g. ``customer_type = 'reseller' and channel <> 'web'``
    currency  the workspace currency, for labels only
    settings  numbers a measure may need and a company may set: margin_share, discount_rate, horizon_days
    time_zone  of the company, for measures that compare the local day of instants
    choices   words that a measure lets its reader choose by, as the measure declares them: thread or customer, …
    languages  the languages that the company works in, for measures that read texts
    country    two letters, where phone numbers without a country's code are from; "" unknown
    attributes  names that ``by`` and ``where`` may use besides the columns: attributes of customers
    of_group  the log is seen for the customers of a group alone, so what belongs to nobody or to staff is not in it
    """

    as_of: date
    from_on: date | None = None
    to_on: date | None = None
    by: tuple[str, ...] = ()
    where: str | None = None
    currency: str = "EUR"
    settings: Mapping[str, float] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    country: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    time_zone: str = "UTC"
    attributes: tuple[str, ...] = ()
    of_group: bool = False

    @property
    def last_on(self) -> date:
        """Last local date that counts: the earlier of ``to_on`` and ``as_of``."""
        return min(self.to_on, self.as_of) if self.to_on else self.as_of
