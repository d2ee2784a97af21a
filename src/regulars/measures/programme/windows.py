"""The year that the programme looks at, and the equally long times before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from regulars.measures.scope import Scope

YEAR_DAYS = 365


@dataclass(frozen=True)
class Windows:
    """First days of the time looked at, of the equally long one before it, and of the one before that."""

    now: date
    before: date
    earlier: date
    last: date

    def is_now(self, day: ir.DateValue) -> ir.BooleanValue:
        """Whether a day lies in the time looked at; days after it are not asked about."""
        return day >= ibis.literal(self.now)

    def is_before(self, day: ir.DateValue) -> ir.BooleanValue:
        """Whether a day lies in the equally long time before."""
        return (day >= ibis.literal(self.before)) & (day < ibis.literal(self.now))

    def is_earlier(self, day: ir.DateValue) -> ir.BooleanValue:
        """Whether a day lies in the equally long time before that."""
        return (day >= ibis.literal(self.earlier)) & (day < ibis.literal(self.before))


def windows(scope: Scope) -> Windows:
    """The period asked for, else the 365 days up to the last day; and the two equally long times before."""
    begins = scope.from_on or scope.last_on - timedelta(days=YEAR_DAYS - 1)
    length = scope.last_on - begins + timedelta(days=1)
    return Windows(begins, begins - length, begins - 2 * length, scope.last_on)


def yearly(scope: Scope) -> Scope:
    """The scope over the time looked at: what other measures' expressions are asked for."""
    return replace(scope, from_on=windows(scope).now)
