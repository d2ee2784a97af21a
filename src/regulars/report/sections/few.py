"""The few customers who bring most of the money."""

from __future__ import annotations

import polars as pl

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.charts.amounts import pareto_curve
from regulars.report.charts.drawing import drawing
from regulars.report.evidence import Trust, forecast
from regulars.report.page import Block, Cell, Figure, Heading, Section, Table
from regulars.report.readings import Reading, Readings, Row
from regulars.report.sections.common import listed, share_cell, unknown

ANCHOR = "few"
SHOWN = 15
MOST_KINDS = 4  # said in a sentence; the table holds any number
FEWEST_TO_SHARE = 10  # tenths of fewer customers are no people


def few(readings: Readings) -> Section:
    """Which share of customers brings 80% of the money, and who they are."""
    row = readings.of("pareto").only
    if not row or not row.get("customers"):
        return unknown(ANCHOR, say.FEW_TITLE, readings.of("pareto").why_unknown(say.NO_CUSTOMERS))
    if row["top_share"] is None:
        return unknown(ANCHOR, say.FEW_TITLE, row["top_share_reason"] or say.KEY_NOT_POSITIVE)
    blocks: list[Block] = []
    curve = readings.of("pareto_curve")
    if not curve.missing("customers_share") and row["customers"] >= FEWEST_TO_SHARE:
        blocks.append(_curve(curve, row))
    by_type = readings.of("pareto_by_type")
    if not by_type.missing("customer_type"):
        blocks.append(_by_type(by_type.rows, readings))
    if not readings.of("rfm").missing("monetary_value"):
        blocks.append(_top_customers(readings))
    return Section(ANCHOR, say.FEW_TITLE, _finding(row), _text(row, readings), tuple(blocks))


def _finding(row: Row) -> str:
    values = {"top": formats.count(row["top_customers"]), "n": formats.count(row["customers"])}
    if row["top_share_low"] is None or row["small_sample"]:
        bring = say.OF_BRING.of(row["top_customers"])
        return say.FEW_FINDING_SMALL.format(bring=bring, n=formats.count(row["customers"]))
    interval = formats.share_range(row["top_share_low"], row["top_share_high"])
    return say.FEW_FINDING.format(share=formats.share(row["top_share"]), interval=interval, **values)


def _text(row: Row, readings: Readings) -> tuple[str, ...]:
    tenth, fifth = formats.share(row["top10_percent_share"]), formats.share(row["top20_percent_share"])
    lines = [row["basis_reason"] or ""]
    if row["customers"] >= FEWEST_TO_SHARE:
        lines.insert(0, say.FEW_TEXT.format(tenth=tenth, fifth=fifth, basis=row["basis"]))
    lines.append(_kinds(readings.of("pareto_by_type")))
    if row["negative_customers"]:
        money = readings.notation.about(row["negative_total"])
        lines.append(say.FEW_NEGATIVE.format(n=formats.count(row["negative_customers"]), money=money))
    return listed(lines)


def _kinds(by_type: Reading) -> str:
    """What share of customers and of the money each kind of customer is."""
    rows = [] if by_type.missing("customer_type") else [row for row in by_type.rows if row["customer_type"] is not None]
    customers, money = sum(row["customers"] for row in rows), sum(float(row["total"]) for row in rows)
    if not 2 <= len(rows) <= MOST_KINDS or not customers or money <= 0:
        return ""
    return " ".join(
        say.FEW_KIND.format(
            kind=row["customer_type"],
            customers=formats.share(row["customers"] / customers),
            money=formats.share(float(row["total"]) / money),
        )
        for row in rows
    )


def _curve(curve: Reading, row: Row) -> Figure:
    points = curve.frame.select("customers_share", "value_share").to_dicts()
    mark = (row["top_share"], 0.8, say.FEW_MARK.format(share=formats.share(row["top_share"])))
    summary = say.FEW_CHART_SUMMARY.format(gini=f"{row['gini']:.2f}" if row["gini"] is not None else head.NOT_KNOWN)
    label = f"{say.FEW_CHART}. {mark[2]}. {summary}"
    tenths = [point for place, point in enumerate(points) if place and place % 10 == 0]
    cells = tuple(
        (Cell(formats.share(point["customers_share"])), Cell(formats.share(point["value_share"]))) for point in tenths
    )
    table = Table(say.FEW_CHART, (Heading(head.BEST_CUSTOMERS), Heading(head.SHARE_OF_THE_MONEY, number=True)), cells)
    return Figure(say.FEW_CHART, summary, drawing("few", label, pareto_curve(points, mark)), table)


def _by_type(rows: list[Row], readings: Readings) -> Table:
    headings = (
        Heading(head.KIND_OF_CUSTOMER),
        Heading(head.CUSTOMERS, number=True),
        Heading(head.BRING_TOGETHER, number=True),
        Heading(head.BRING_80_OF_IT, number=True),
    )
    cells = tuple(
        (
            Cell(row["customer_type"]),
            Cell(formats.count(row["customers"])),
            Cell(readings.notation.about(row["total"]), row["basis"]),
            share_cell(row, "top_share"),
        )
        for row in rows
        if row["customer_type"] is not None
    )
    return Table(say.BY_TYPE, headings, cells)


def _expected(keys: list[int], readings: Readings) -> dict[int, Cell]:
    """What each of these customers is expected to bring; said to be unknown where the back-test failed."""
    cells = dict.fromkeys(keys, Cell(head.NOT_KNOWN))
    reading = readings.of("clv")
    if reading.missing("clv") or forecast(readings).trust is Trust.MISFIT:
        return cells
    for row in reading.frame.filter(pl.col("client_key").is_in(keys) & pl.col("clv").is_not_null()).to_dicts():
        low, high = row["clv_low"], row["clv_high"]
        interval = readings.notation.about_range(low, high) if low is not None else ""
        cells[row["client_key"]] = Cell(readings.notation.about(row["clv"]), interval)
    return cells


def _top_customers(readings: Readings) -> Table:
    rfm = readings.of("rfm").frame
    total = float(rfm["monetary_value"].cast(pl.Float64).sum())
    best = rfm.sort(["monetary_value", "client_key"], descending=[True, False]).head(SHOWN)
    expected = _expected(best["client_key"].to_list(), readings)
    headings = (
        Heading(head.CUSTOMER, number=False),
        Heading(head.ORDERS, number=True),
        Heading(head.FIRST_ORDER, number=True, wide=True),
        Heading(head.LAST_ORDER, number=True),
        Heading(head.SPENT, number=True),
        Heading(head.EXPECTED_IN.format(horizon=formats.span(readings.horizon_days)), number=True, wide=True),
    )
    cells = tuple(
        (
            Cell(readings.reference(row["client_key"])),
            Cell(formats.count(row["frequency"])),
            Cell(formats.short_day(row["first_on"])),
            Cell(formats.short_day(row["last_on"])),
            Cell(
                readings.notation.money(round(row["monetary_value"])),
                head.OF_ALL_SHARE.format(share=formats.share(float(row["monetary_value"]) / total))
                if total > 0
                else "",
            ),
            expected[row["client_key"]],
        )
        for row in best.iter_rows(named=True)
    )
    more = say.TOP_MORE.format(shown=len(cells), n=formats.count(rfm.height))
    return Table(say.TOP_TABLE, headings, cells, more)
