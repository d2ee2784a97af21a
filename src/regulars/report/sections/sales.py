"""Orders and sales over time, and kinds of customers apart."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.charts.drawing import drawing
from regulars.report.charts.over_time import stacked_months
from regulars.report.evidence import Year, last_year
from regulars.report.formats import AXIS_NUMBER
from regulars.report.page import Block, Cell, Figure, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import CHART_MONTHS, listed, unknown

ANCHOR = "sales"
MONTHS_WITHOUT_NEW = 3
FEWEST_MONTHS = 3  # fewer bars say less than the table
PART_COLOURS = ((say.PART_KNOWN, "accent"), (say.PART_GUESTS, "second"))


def sales(readings: Readings) -> Section:
    """How much is sold, to how many, and how many of them are new."""
    reading = readings.of("revenue")
    year = last_year(readings)
    if reading.missing("period_on") or year is None:
        return unknown(ANCHOR, say.SALES_TITLE, reading.why_unknown(say.NO_PURCHASES))
    rows = reading.rows
    blocks: list[Block] = [_sales_table(rows, readings)]
    if len(rows) >= FEWEST_MONTHS:
        blocks = [_sales_figure(rows, readings)]
        if any(row["customers"] for row in rows):
            blocks.append(_customers_figure(rows))
    by_type = readings.of("revenue_by_type")
    if not by_type.missing("customer_type"):
        blocks.append(_by_type(by_type.rows, readings))
    return Section(
        ANCHOR,
        say.SALES_TITLE,
        _finding(year, readings),
        listed([_text(year, readings), _nobody_new(rows)]),
        tuple(blocks),
    )


def _finding(year: Year, readings: Readings) -> str:
    values = {"revenue": readings.notation.about(year.revenue), "orders": say.ORDERS.of(year.orders)}
    if not year.ended:
        return say.SALES_BEGUN.format(**values)
    if not year.revenue_before or year.revenue_before <= 0:
        return say.SALES.format(months=say.FULL_MONTHS.of(year.months), **values)
    change = year.revenue / year.revenue_before - 1
    return (say.SALES_GREW if change >= 0 else say.SALES_FELL).format(change=formats.share(abs(change)), **values)


def _text(year: Year, readings: Readings) -> str:
    if not year.guest_orders:
        return say.SALES_TEXT_ALL_KNOWN
    return say.SALES_TEXT.format(guests=readings.notation.about(year.guest_revenue))


def _nobody_new(rows: list[Row]) -> str:
    """Said where customers still buy and nobody new has come for a while."""
    since = [row for row in rows if row["complete"]][-MONTHS_WITHOUT_NEW:]
    came = [row["period_on"] for row in rows if row["new_customers"]]
    if not came or len(since) < MONTHS_WITHOUT_NEW or any(row["new_customers"] for row in since):
        return ""
    return say.SALES_NOBODY_NEW.format(last=formats.month(max(came)))


def _sales_figure(rows: list[Row], readings: Readings) -> Figure:
    notation = readings.notation
    recent = rows[-CHART_MONTHS:]
    points: list[dict[str, object]] = []
    for row in recent:
        guests = float(row["guest_revenue"])
        for part, amount in ((say.PART_KNOWN, float(row["revenue"]) - guests), (say.PART_GUESTS, guests)):
            points.append({"on": row["period_on"], "part": part, "amount": amount, "whole": row["complete"]})
    shown = {
        say.PART_KNOWN: any(row["orders"] > row["guest_orders"] for row in rows),
        say.PART_GUESTS: any(row["guest_orders"] for row in rows),
    }
    points = [point for point in points if shown[str(point["part"])]]
    parts = [(part, colour) for part, colour in PART_COLOURS if shown[part]]
    summary = _sales_summary(rows, readings)
    draw = stacked_months(points, parts, notation.axis())
    label = f"{say.SALES_CHART}. {summary}"
    return Figure(say.SALES_CHART, summary, drawing("sales", label, draw), _sales_table(rows, readings))


def _sales_summary(rows: list[Row], readings: Readings) -> str:
    ended = [row for row in rows if row["complete"]] or rows
    best, worst = max(ended, key=_revenue), min(ended, key=_revenue)
    summary = say.SALES_CHART_SUMMARY.format(
        best=formats.month(best["period_on"]),
        best_amount=readings.notation.about(best["revenue"]),
        worst=formats.month(worst["period_on"]),
        worst_amount=readings.notation.about(worst["revenue"]),
    )
    if rows[-1]["complete"]:
        return summary
    return f"{summary} {say.SALES_CHART_UNENDED.format(month=formats.month(rows[-1]['period_on']))}"


def _revenue(row: Row) -> float:
    return float(row["revenue"])


def _sales_table(rows: list[Row], readings: Readings) -> Table:
    notation = readings.notation
    with_profit = any(row["profit"] is not None for row in rows)
    headings = [Heading(head.PERIOD)]
    headings += [Heading(text, number=True) for text in (head.ORDERS, head.CUSTOMERS, head.NEW)]
    headings += [Heading(text, number=True) for text in (head.REVENUE, head.GUEST, head.AVERAGE)]
    if with_profit:
        headings.append(Heading(head.PROFIT, number=True))
    cells = []
    for row in reversed(rows):
        line = [
            Cell(formats.month(row["period_on"]), "" if row["complete"] else head.NOT_ENDED),
            *(Cell(formats.count(row[name])) for name in ("orders", "customers", "new_customers")),
            *(Cell(notation.money(round(row[name]))) for name in ("revenue", "guest_revenue")),
            _average(row, readings),
        ]
        if with_profit:
            line.append(_profit(row, readings))
        cells.append(tuple(line))
    return Table(say.SALES_CHART, tuple(headings), tuple(cells))


def _profit(row: Row, readings: Readings) -> Cell:
    if row["profit"] is None:
        return Cell(head.NOT_KNOWN, row["profit_reason"] or "")
    return Cell(readings.notation.money(round(row["profit"])))


def _average(row: Row, readings: Readings) -> Cell:
    if row["average_order"] is None:
        return Cell(head.NOT_KNOWN, row["average_order_reason"] or "")
    low, high = row["average_order_low"], row["average_order_high"]
    note = row["average_order_reason"] or "" if low is None else readings.notation.about_range(low, high)
    return Cell(readings.notation.about(row["average_order"]), note)


def _customers_figure(rows: list[Row]) -> Figure:
    points: list[dict[str, object]] = []
    for row in rows[-CHART_MONTHS:]:
        parts = ((say.PART_RETURNING, row["customers"] - row["new_customers"]), (say.PART_NEW, row["new_customers"]))
        points += [
            {"on": row["period_on"], "part": part, "amount": amount, "whole": row["complete"]} for part, amount in parts
        ]
    recent = ([row for row in rows if row["complete"]] or rows)[-12:]
    customers = sum(row["customers"] for row in recent)
    back = customers - sum(row["new_customers"] for row in recent)
    share = formats.share(back / customers) if customers else formats.share(0)
    summary = say.CUSTOMERS_CHART_SUMMARY.format(months=say.FULL_MONTHS.of(len(recent)), share=share)
    draw = stacked_months(points, [(say.PART_RETURNING, "accent"), (say.PART_NEW, "second")], AXIS_NUMBER, least_step=1)
    label = f"{say.CUSTOMERS_CHART}. {summary}"
    headings = (Heading(head.PERIOD), Heading(say.PART_RETURNING, number=True), Heading(say.PART_NEW, number=True))
    cells = tuple(
        (
            Cell(formats.month(row["period_on"])),
            Cell(formats.count(row["customers"] - row["new_customers"])),
            Cell(formats.count(row["new_customers"])),
        )
        for row in reversed(rows)
    )
    table = Table(say.CUSTOMERS_CHART, headings, cells)
    return Figure(say.CUSTOMERS_CHART, summary, drawing("customers", label, draw), table)


def _by_type(rows: list[Row], readings: Readings) -> Table:
    """The last twelve ended months of each kind of customer."""
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        if row["complete"] and row["customer_type"] is not None:
            kinds.setdefault(row["customer_type"], []).append(row)
    last = {kind: of_kind[-12:] for kind, of_kind in kinds.items()}
    total = sum(float(row["revenue"]) for of_kind in last.values() for row in of_kind)
    cells = tuple(_type_line(kind, of_kind, total, readings) for kind, of_kind in last.items())
    headings = (
        Heading(head.LAST_12_FULL_MONTHS),
        Heading(head.ORDERS, number=True),
        Heading(head.REVENUE, number=True),
        Heading(head.AVERAGE, number=True),
    )
    return Table(say.BY_TYPE, headings, cells)


def _type_line(kind: str, rows: list[Row], total: float, readings: Readings) -> tuple[Cell, ...]:
    notation = readings.notation
    orders, revenue = sum(row["orders"] for row in rows), sum(float(row["revenue"]) for row in rows)
    amount = sum(float(row["orders_amount"]) for row in rows)
    return (
        Cell(kind),
        Cell(formats.count(orders)),
        Cell(notation.about(revenue), head.OF_THESE.format(share=formats.share(revenue / total)) if total > 0 else ""),
        Cell(notation.about(amount / orders)) if orders else Cell(head.NOT_KNOWN, head.NO_ORDERS),
    )
