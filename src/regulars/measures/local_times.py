"""Local days of instants, in plain arithmetic that every engine does alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from regulars.measures.scope import Scope

DAY_SECONDS = 86_400
# Clocks are known so many years back from the scope's day; earlier instants follow the oldest known clock.
YEARS = 15
EPOCH = date(1970, 1, 1)


def seconds_of(instant: ir.TimestampValue) -> ir.IntegerValue:
    """Whole seconds since 1970 in UTC."""
    return instant.epoch_seconds().floor().cast("int64")


def day_number(day: ir.DateValue) -> ir.IntegerValue:
    """Days since 1970 of a date."""
    return day.delta(ibis.literal(EPOCH), unit="day").cast("int64")


def local_day_number(instant: ir.TimestampValue, scope: Scope) -> ir.IntegerValue:
    """Days since 1970 of the instant's date in the company's time zone."""
    return (local_seconds(instant, scope) / DAY_SECONDS).floor().cast("int64")


def local_seconds(instant: ir.TimestampValue, scope: Scope) -> ir.IntegerValue:
    """Seconds since 1970 that the company's clocks showed, as if they were in UTC."""
    seconds = seconds_of(instant)
    changes = clock_changes(scope.time_zone, scope.as_of.year)
    offset: ir.IntegerValue = ibis.literal(changes[0][1], type="int64")
    if len(changes) > 1:
        newest_first = [(seconds >= since, ibis.literal(shift, type="int64")) for since, shift in changes[:0:-1]]
        offset = ibis.cases(*newest_first, else_=offset)
    return seconds + offset


@cache
def clock_changes(time_zone: str, last_year: int) -> tuple[tuple[int, int], ...]:
    """(second since 1970, seconds ahead of UTC from then on), oldest first; the first one holds before it too."""
    zone, hour = ZoneInfo(time_zone), timedelta(hours=1)
    now = datetime(last_year - YEARS, 1, 1, tzinfo=UTC)
    changes = [(int(now.timestamp()), _ahead(now, zone))]
    while now.year <= last_year + 1:
        following = now + timedelta(days=1)
        if _ahead(following, zone) != changes[-1][1]:
            while _ahead(now, zone) == changes[-1][1]:
                now += hour / 4
            changes.append((int(now.timestamp()), _ahead(now, zone)))
        now = following
    return tuple(changes)


def _ahead(instant: datetime, zone: ZoneInfo) -> int:
    offset = instant.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
