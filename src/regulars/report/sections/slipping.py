"""Who is slipping away: the call list."""

from __future__ import annotations

import polars as pl

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.evidence import QUIET, Trust, forecast, quiet_customers, stake
from regulars.report.page import Cell, Heading, Section, Table
from regulars.report.readings import Reading, Readings, Row
from regulars.report.sections.common import unknown

ANCHOR = "slipping"
SHOWN = 25


def slipping(readings: Readings) -> Section:
    """Customers to call first; by the model where its test did not fail, else by what they did."""
    reading = readings.of("slipping")
    found = stake(readings)
    if found is None or forecast(readings).trust is Trust.MISFIT:
        return _without_model(readings)
    values = {"slipping": say.ARE_SLIPPING.of(found.customers), "money": readings.notation.about(found.at_stake)}
    if found.low is None or found.high is None:
        finding = say.SLIP_FINDING_PLAIN.format(**values)
    else:
        finding = say.SLIP_FINDING.format(interval=readings.notation.about_range(found.low, found.high), **values)
    rows = reading.frame.sort("rank").head(SHOWN).to_dicts()
    headings = (
        Heading(head.CUSTOMER),
        Heading(head.LAST_ORDER, number=True),
        Heading(head.SILENT, number=True, wide=True),
        Heading(head.USED_TO_BUY_EVERY, number=True),
        Heading(head.STILL_A_CUSTOMER, number=True, wide=True),
        Heading(head.AT_STAKE, number=True),
    )
    more = say.SLIP_MORE.format(shown=len(rows), n=formats.count(found.customers))
    table = Table(say.SLIP_TABLE, headings, tuple(_line(row, readings) for row in rows), more)
    return Section(ANCHOR, say.SLIP_TITLE, finding, (say.SLIP_TEXT,), (table,))


def _line(row: Row, readings: Readings) -> tuple[Cell, ...]:
    notation = readings.notation
    low, high = row["at_stake_low"], row["at_stake_high"]
    alive_low, alive_high = row["p_alive_low"], row["p_alive_high"]
    return (
        Cell(readings.reference(row["client_key"])),
        Cell(formats.short_day(row["last_on"])),
        Cell(formats.span(row["recency_days"])),
        Cell(formats.span(row["mean_gap_days"]), head.ORDER_DAYS.format(n=formats.count(row["repeat_orders"] + 1))),
        Cell(
            formats.share(row["p_alive"]),
            formats.share_range(alive_low, alive_high) if alive_low is not None else row["p_alive_reason"] or "",
        ),
        Cell(
            notation.about(row["at_stake"]),
            notation.about_range(low, high) if low is not None else row["at_stake_reason"] or "",
        ),
    )


def _without_model(readings: Readings) -> Section:
    """The same question answered by recency and frequency alone."""
    reading, quiet = readings.of("slipping"), quiet_customers(readings)
    if readings.of("rfm").missing("segment"):
        return unknown(ANCHOR, say.SLIP_TITLE, readings.of("rfm").why_unknown(say.NO_CUSTOMERS))
    why = _why_no_model(reading, readings)
    if quiet is None:
        return Section(ANCHOR, say.SLIP_TITLE, say.SLIP_QUIET_NOBODY, (why,))
    rows = _quiet_rows(readings)
    more = say.QUIET_MORE.format(shown=len(rows), n=formats.count(quiet.customers))
    money = readings.notation.about(quiet.spent_a_year)
    template = say.SLIP_QUIET_YOUNG if quiet.young else say.SLIP_QUIET
    finding = template.format(quiet=say.HAVE_GONE_QUIET.of(quiet.customers), money=money)
    table = Table(say.QUIET_TABLE, QUIET_HEADINGS, tuple(_quiet_line(row, readings) for row in rows), more)
    return Section(ANCHOR, say.SLIP_TITLE, finding, (why, say.SLIP_QUIET_TEXT), (table,))


def _why_no_model(reading: Reading, readings: Readings) -> str:
    if forecast(readings).trust is Trust.MISFIT:
        return say.SLIP_QUIET_WHY["misfit"]
    model = readings.of("clv")
    if not model.missing("clv") and model.frame["clv"].null_count() < model.frame.height:
        return say.SLIP_QUIET_WHY["nobody"]
    reason = reading.why_unknown(say.NO_MODEL).removeprefix("Nobody can be named: ")
    return say.SLIP_QUIET_WHY["none"].format(reason=reason)


def _quiet_rows(readings: Readings) -> list[Row]:
    rfm = readings.of("rfm").frame
    quiet = rfm.filter(pl.col("segment").is_in(QUIET) & (pl.col("monetary_value") > 0))
    return quiet.sort(["monetary_value", "client_key"], descending=[True, False]).head(SHOWN).to_dicts()


QUIET_HEADINGS = (
    Heading(head.CUSTOMER),
    Heading(head.LAST_ORDER, number=True),
    Heading(head.SILENT, number=True, wide=True),
    Heading(head.ORDERS, number=True),
    Heading(head.SPENT, number=True),
    Heading(head.GROUP, wide=True),
)


def _quiet_line(row: Row, readings: Readings) -> tuple[Cell, ...]:
    return (
        Cell(readings.reference(row["client_key"])),
        Cell(formats.short_day(row["last_on"])),
        Cell(formats.span(row["recency_days"])),
        Cell(formats.count(row["frequency"])),
        Cell(readings.notation.money(round(row["monetary_value"]))),
        Cell(row["segment"]),
    )
