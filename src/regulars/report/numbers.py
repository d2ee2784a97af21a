"""The row of key numbers: each with its interval, its count, and its change where history allows."""

from __future__ import annotations

import polars as pl
from markupsafe import Markup

from regulars.report import formats
from regulars.report import sentences as say
from regulars.report.changes import Difference, count_difference, estimate_difference
from regulars.report.charts.spark import spark_line
from regulars.report.evidence import Trust, forecast, returning, stake
from regulars.report.page import Change, KeyNumber, Tone
from regulars.report.readings import Readings, Row
from regulars.report.sections.few import FEWEST_TO_SHARE


def key_numbers(readings: Readings) -> tuple[KeyNumber, ...]:
    """Customers, who comes back, concentration, expected value, money at stake."""
    return (_customers(readings), _repeat(readings), _few(readings), _value(readings), _stake(readings))


def _customers(readings: Readings) -> KeyNumber:
    ever = readings.inventory.customers
    if not ever:
        return KeyNumber(say.KEY_CUSTOMERS_EVER, "", "", unknown=say.KEY_NOBODY)
    now, before = readings.of("rfm_last_year"), readings.of("rfm_year_before")
    spark = _customer_spark(readings)
    if now.unknown:
        return KeyNumber(say.KEY_CUSTOMERS_EVER, formats.count(ever), say.KEY_CUSTOMERS_EVER_NOTE, spark=spark)
    change = count_change(count_difference(len(now.frame), len(before.frame))) if before.known else None
    note = say.KEY_CUSTOMERS_NOTE.format(customers=formats.count(ever))
    return KeyNumber(say.KEY_CUSTOMERS, formats.count(len(now.frame)), note, change, spark)


def _customer_spark(readings: Readings) -> Markup | None:
    reading = readings.of("revenue")
    rows = [] if reading.missing("customers") else [row for row in reading.rows if row["complete"]]
    return spark_line([float(row["customers"]) for row in rows[-36:]])


def _repeat(readings: Readings) -> KeyNumber:
    found = returning(readings)
    if found is None:
        label = say.KEY_REPEAT.format(window=formats.span(365))
        reason = say.KEY_TOO_SHORT if readings.inventory.customers else say.KEY_NOBODY
        return KeyNumber(label, "", "", unknown=reason)
    note = say.KEY_REPEAT_NOTE.format(
        interval=formats.share_range(found.low, found.high), n=say.CUSTOMERS.of(found.customers)
    )
    change = share_change(found.change, more_is_good=True) if found.change else None
    label = say.KEY_REPEAT.format(window=formats.span(found.window_days))
    return KeyNumber(label, formats.share(found.share), note, change)


def _few(readings: Readings) -> KeyNumber:
    now, before = readings.of("pareto_last_year").only, readings.of("pareto_year_before").only
    row = now if before else readings.of("pareto").only
    if not row or row["top_share"] is None:
        return KeyNumber(say.KEY_FEW, "", "", unknown=say.KEY_NOT_POSITIVE if row else say.KEY_NOBODY)
    if row["customers"] < FEWEST_TO_SHARE:
        return KeyNumber(say.KEY_FEW, "", "", unknown=say.KEY_TOO_FEW.format(least=FEWEST_TO_SHARE))
    known = row["top_share_low"] is not None
    interval = formats.share_range(row["top_share_low"], row["top_share_high"]) if known else row["top_share_reason"]
    template = say.KEY_FEW_YEAR_NOTE if before else say.KEY_FEW_NOTE
    note = template.format(
        interval=interval,
        top=formats.count(row["top_customers"]),
        n=formats.count(row["customers"]),
        basis=row["basis"],
    )
    return KeyNumber(say.KEY_FEW, formats.share(row["top_share"]), note, _few_change(row, before), _few_spark(readings))


def _few_change(row: Row, before: Row) -> Change | None:
    now, then = _with_ends(row), _with_ends(before)
    return share_change(estimate_difference(now, then), more_is_good=None) if now and then else None


def _with_ends(row: Row) -> tuple[float, float, float] | None:
    value, low, high = (row.get(f"top_share{end}") for end in ("", "_low", "_high"))
    return None if value is None or low is None or high is None else (value, low, high)


def _few_spark(readings: Readings) -> Markup | None:
    curve = readings.of("pareto_curve")
    if curve.missing("value_share"):
        return None
    return spark_line(curve.frame["value_share"].to_list())


def _value(readings: Readings) -> KeyNumber:
    label = say.KEY_VALUE.format(horizon=formats.span(readings.horizon_days))
    if forecast(readings).trust is Trust.MISFIT:
        return KeyNumber(label, "", "", unknown=say.KEY_MISFIT)
    reading = readings.of("clv")
    rows = pl.DataFrame() if reading.missing("clv") else reading.frame.filter(pl.col("clv").is_not_null())
    if not rows.height:
        return KeyNumber(label, "", "", unknown=_why_no_value(readings))
    notation, n = readings.notation, rows.height
    total = float(rows["clv"].sum())
    values = {"n": formats.count(n), "total": notation.about(total)}
    low, high = rows["clv_low"], rows["clv_high"]
    if low.null_count() or high.null_count():
        return KeyNumber(label, notation.about(total / n), say.KEY_VALUE_PLAIN_NOTE.format(**values))
    interval = notation.about_range(float(low.sum()) / n, float(high.sum()) / n)
    return KeyNumber(label, notation.about(total / n), say.KEY_VALUE_NOTE.format(interval=interval, **values))


def _why_no_value(readings: Readings) -> str:
    reading = readings.of("clv")
    if not reading.missing("clv_reason"):
        reasons = reading.frame["clv_reason"].drop_nulls()
        if len(reasons):
            return str(reasons[0])
    return reading.unknown or say.KEY_NOBODY


def _stake(readings: Readings) -> KeyNumber:
    if forecast(readings).trust is Trust.MISFIT:
        return KeyNumber(say.KEY_STAKE, "", "", unknown=say.KEY_MISFIT)
    found = stake(readings)
    if found is None:
        reading = readings.of("slipping")
        model = readings.of("clv")
        known = not model.missing("clv") and model.frame["clv"].null_count() < model.frame.height
        if known and not reading.unknown:
            return KeyNumber(say.KEY_STAKE, say.KEY_NONE, say.KEY_NOBODY_SLIPS)
        return KeyNumber(say.KEY_STAKE, "", "", unknown=reading.unknown or _why_no_value(readings))
    n = say.CUSTOMERS.of(found.customers)
    if found.low is None or found.high is None:
        return KeyNumber(say.KEY_STAKE, readings.notation.about(found.at_stake), say.KEY_STAKE_PLAIN_NOTE.format(n=n))
    interval = readings.notation.about_range(found.low, found.high)
    note = say.KEY_STAKE_NOTE.format(interval=interval, n=n)
    return KeyNumber(say.KEY_STAKE, readings.notation.about(found.at_stake), note)


def share_change(change: Difference, *, more_is_good: bool | None) -> Change:
    """A difference of shares in points; ``more_is_good`` is None where a direction is neither good nor bad."""
    interval = f"{formats.points(change.low)} to {formats.points(change.high)}"
    return Change(formats.points(change.value), interval, _tone(change, more_is_good))


def count_change(change: Difference) -> Change:
    """A difference of counts of customers, of whom more are better."""
    interval = f"{_signed(change.low)} to {_signed(change.high)}"
    return Change(_signed(change.value), interval, _tone(change, more_is_good=True))


def _signed(value: float) -> str:
    return f"{value:+,.0f}".replace("-", formats.MINUS)


def _tone(change: Difference, more_is_good: bool | None) -> Tone:
    """Coloured only where the interval is clear of zero and the direction is good or bad in itself."""
    if not change.is_real or more_is_good is None:
        return "plain"
    return "good" if (change.value > 0) == more_is_good else "bad"
