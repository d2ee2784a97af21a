"""The numbers that findings and sections argue from, drawn from the readings once.

A piece of evidence that the data do not support is None; nothing here decides what is worth saying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

import polars as pl

from regulars.measures.backtest.statistics import FEWEST_ORDERS, TRUSTED_ERROR, USABLE_ERROR
from regulars.report.changes import Difference, share_difference
from regulars.report.readings import Reading, Readings, Row

MONTHS_IN_YEAR = 12
DAYS_IN_YEAR = 365.25
TOP_FEW = 10
QUIET = ("cannot lose", "at risk")


class Trust(Enum):
    """What the back-test says of forecasts."""

    TRUSTED = "trusted"
    ROUGH = "rough"
    MISFIT = "misfit"
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Forecast:
    """The back-test's outcome; counts are None where there was none."""

    trust: Trust
    holdout_days: int = 0
    predicted: float = 0.0
    actual: float = 0.0
    error_share: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Stake:
    """Customers slipping away and the money at stake with them."""

    customers: int
    of: int
    at_stake: float
    low: float | None
    high: float | None
    gap_days: float
    silent_days: float
    first_few: int
    first_few_stake: float


@dataclass(frozen=True)
class QuietCustomers:
    """Good customers of the past who have gone quiet, by recency and frequency alone.

    Of a ``young`` log, shorter than a year, ``spent_a_year`` is what they have spent so far.
    """

    customers: int
    spent_a_year: float
    silent_days: float
    young: bool = False


@dataclass(frozen=True)
class Returning:
    """How many new customers come back, and what one order is worth."""

    window_days: int
    share: float
    low: float
    high: float
    customers: int
    change: Difference | None
    new_a_year: int
    average_order: float
    second_order_days: float | None


@dataclass(frozen=True)
class Year:
    """Sales of the last twelve months that have ended, or of all of them where there are fewer."""

    months: int
    ended: bool
    orders: int
    revenue: float
    orders_amount: float
    refunds: int
    refunds_amount: float
    guest_orders: int
    guest_revenue: float
    new_customers: int
    revenue_before: float | None


@dataclass(frozen=True)
class Dependence:
    """How much hangs on a few customers, in the last year."""

    customers: int
    total: float
    top_few: int
    top_few_share: float
    largest: float
    largest_share: float


def forecast(readings: Readings) -> Forecast:
    """What the back-test says."""
    reading = readings.of("backtest")
    total = [] if reading.missing("view") else reading.frame.filter(pl.col("view") == "total").to_dicts()
    if not total:
        return Forecast(Trust.UNJUDGED, reason=reading.why_unknown("There is no back-test."))
    row = total[0]
    if row["predicted"] is None or row["actual"] is None:
        reason = row["verdict"] or row["actual_reason"] or ""
        return Forecast(Trust.UNJUDGED, reason=reason.removeprefix("No back-test is possible: "))
    return Forecast(
        trust=_trust(row["actual"], row["error_share"]),
        holdout_days=row["holdout_days"],
        predicted=row["predicted"],
        actual=row["actual"],
        error_share=row["error_share"],
    )


def stake(readings: Readings) -> Stake | None:
    """Who is slipping away, in sum. The ends of the sum are sums of ends: never narrower than the true interval."""
    reading = readings.of("slipping")
    if reading.missing("at_stake"):
        return None
    rows = reading.frame.sort("at_stake", descending=True)
    ends_known = rows["at_stake_low"].null_count() == 0 and rows["at_stake_high"].null_count() == 0
    first = rows.head(TOP_FEW)
    return Stake(
        customers=rows.height,
        of=readings.inventory.customers,
        at_stake=float(rows["at_stake"].sum()),
        low=float(rows["at_stake_low"].sum()) if ends_known else None,
        high=float(rows["at_stake_high"].sum()) if ends_known else None,
        gap_days=_median(rows["mean_gap_days"]),
        silent_days=_median(rows["recency_days"]),
        first_few=first.height,
        first_few_stake=float(first["at_stake"].sum()),
    )


def quiet_customers(readings: Readings) -> QuietCustomers | None:
    """Good customers gone quiet, without a model."""
    reading = readings.of("rfm")
    if reading.missing("segment"):
        return None
    rows = reading.frame.filter(pl.col("segment").is_in(QUIET) & (pl.col("monetary_value") > 0))
    if not rows.height:
        return None
    spent = float(rows["monetary_value"].cast(pl.Float64).sum())
    years = history_years(readings)
    return QuietCustomers(rows.height, spent / years, _median(rows["recency_days"]), young=years <= 1)


def returning(readings: Readings) -> Returning | None:
    """How many come back: in the last year that can be compared, else over the whole log."""
    year = last_year(readings)
    row, change = _return_share(readings)
    if row is None or year is None or not year.orders:
        return None
    gaps = [] if readings.of("gaps").missing("gap_number") else readings.of("gaps").rows
    second = next((gap["median_days"] for gap in gaps if gap["gap_number"] == 1), None)
    return Returning(
        window_days=row["window_days"],
        share=row["repeat_share"],
        low=row["repeat_share_low"],
        high=row["repeat_share_high"],
        customers=row["customers"],
        change=change,
        new_a_year=round(year.new_customers * MONTHS_IN_YEAR / year.months),
        average_order=year.orders_amount / year.orders,
        second_order_days=second,
    )


def last_year(readings: Readings) -> Year | None:
    """Sales of the last twelve ended months."""
    reading = readings.of("revenue")
    if reading.missing("period_on", "complete"):
        return None
    ended = [row for row in reading.rows if row["complete"]]
    rows = ended or reading.rows
    last, before = rows[-MONTHS_IN_YEAR:], rows[-2 * MONTHS_IN_YEAR : -MONTHS_IN_YEAR]
    return Year(
        months=len(last),
        ended=bool(ended),
        orders=_sum(last, "orders"),
        revenue=float(_sum(last, "revenue")),
        orders_amount=float(_sum(last, "orders_amount")),
        refunds=_sum(last, "refunds"),
        refunds_amount=-float(_sum(last, "refunds_amount")),
        guest_orders=_sum(last, "guest_orders"),
        guest_revenue=float(_sum(last, "guest_revenue")),
        new_customers=_sum(last, "new_customers"),
        revenue_before=float(_sum(before, "revenue")) if len(before) == MONTHS_IN_YEAR else None,
    )


def dependence(readings: Readings) -> Dependence | None:
    """How much of the last year's money from known customers the largest few bring."""
    reading = readings.of("rfm_last_year")
    if reading.missing("monetary_value"):
        return None
    spent = reading.frame["monetary_value"].cast(pl.Float64).sort(descending=True)
    total = float(spent.sum())
    if total <= 0:
        return None
    few = min(TOP_FEW, len(spent))
    return Dependence(
        customers=len(spent),
        total=total,
        top_few=few,
        top_few_share=float(spent.head(few).sum()) / total,
        largest=float(spent[0]),
        largest_share=float(spent[0]) / total,
    )


def history_years(readings: Readings) -> float:
    """Length of the log in years; at least one, so that nothing is blown up to a year it was not seen for."""
    held, as_of = readings.inventory, readings.as_of
    if held.first_on is None or as_of is None:
        return 1.0
    return max((as_of - held.first_on + timedelta(days=1)).days / DAYS_IN_YEAR, 1.0)


def coverage_row(readings: Readings, name: str) -> Row:
    """One check of coverage; empty where it was not made."""
    reading = readings.of("coverage")
    found = [] if reading.missing("name") else [row for row in reading.rows if row["name"] == name]
    return found[0] if found else {}


def window_row(reading: Reading, days: int | None) -> Row | None:
    """The row of a window of return that rests on somebody."""
    rows = [] if reading.missing("window_days") else reading.rows
    return next((row for row in rows if row["window_days"] == days and row["customers"]), None)


def _return_share(readings: Readings) -> tuple[Row | None, Difference | None]:
    now, before = readings.of("repeat_last_year"), readings.of("repeat_year_before")
    for days in (365, 180, 90):
        row, earlier = window_row(now, days), window_row(before, days)
        if row and earlier:
            counts = (row["repeat_customers"], row["customers"], earlier["repeat_customers"], earlier["customers"])
            return row, share_difference(*counts)
    for days in (365, 180, 90, 30):
        row = window_row(readings.of("repeat"), days)
        if row:
            return row, None
    return None, None


def _trust(actual: float, error_share: float | None) -> Trust:
    if actual < FEWEST_ORDERS or error_share is None:
        return Trust.UNJUDGED
    if abs(error_share) <= TRUSTED_ERROR:
        return Trust.TRUSTED
    return Trust.ROUGH if abs(error_share) <= USABLE_ERROR else Trust.MISFIT


def _sum(rows: Sequence[Row], name: str) -> int:
    return sum(row[name] for row in rows)


def _median(values: pl.Series) -> float:
    middle = values.cast(pl.Float64).median()
    return float(middle) if isinstance(middle, int | float) else 0.0
