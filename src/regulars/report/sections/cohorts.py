"""Month by month since the first order: the retention triangle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import share_estimate
from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.changes import share_difference
from regulars.report.charts.drawing import drawing
from regulars.report.charts.heat import HeatCell, retention_heat
from regulars.report.page import Cell, Figure, Heading, Section, Table
from regulars.report.readings import Readings, Row
from regulars.report.sections.common import unknown

ANCHOR = "cohorts"
LATER_MONTHS = (12, 6, 4)
MONTHS_COMPARED = 12
DRAWN = 24


@dataclass(frozen=True)
class Pooled:
    """A month since the first order over all cohorts that have reached it."""

    month: int
    share: float
    low: float
    high: float
    customers: int


def cohorts(readings: Readings) -> Section:
    """How many of each month's new customers buy again, month by month."""
    reading = readings.of("retention")
    rows = [row for row in ([] if reading.missing("month_number") else reading.rows) if row["month_number"] > 0]
    if not rows:
        return unknown(ANCHOR, say.COHORTS_TITLE, reading.why_unknown(say.NO_RETENTION))
    months = sorted({row["month_number"] for row in rows})
    pooled = {month: _pooled(rows, month) for month in months}
    text = [_sentence(say.COHORTS_LATER, pooled[month]) for month in LATER_MONTHS if month in pooled][:1]
    text += _year_on_year(rows)
    finding = _sentence(say.COHORTS_FINDING, pooled[months[0]])
    return Section(ANCHOR, say.COHORTS_TITLE, finding, tuple(text), (_figure(rows, months, pooled),))


def _pooled(rows: list[Row], month: int) -> Pooled:
    of_month = [row for row in rows if row["month_number"] == month]
    customers = sum(row["customers"] for row in of_month)
    estimate = share_estimate([sum(row["active"] for row in of_month)], [customers], nobody="")
    return Pooled(month, float(estimate.value[0]), float(estimate.low[0]), float(estimate.high[0]), customers)


def _sentence(template: str, pooled: Pooled) -> str:
    return template.format(
        share=formats.share(pooled.share),
        month=pooled.month,
        interval=formats.share_range(pooled.low, pooled.high),
        n=formats.count(pooled.customers),
    )


def _year_on_year(rows: list[Row]) -> list[str]:
    """The month after the first order, for those who came in the last year against those of the year before.

    One comparison, stated beforehand: the best and the worst of many cohorts differ by chance alone.
    """
    first = sorted((row for row in rows if row["month_number"] == 1), key=lambda row: row["cohort_on"])
    if len(first) < 2 * MONTHS_COMPARED:
        return []
    hits, n = _counted(first[-MONTHS_COMPARED:])
    before_hits, before_n = _counted(first[-2 * MONTHS_COMPARED : -MONTHS_COMPARED])
    change = share_difference(hits, n, before_hits, before_n)
    if change is None or min(n, before_n) < SMALL_SAMPLE:
        return []
    values = {
        "share": formats.share(hits / n),
        "before": formats.share(before_hits / before_n),
        "interval": f"{formats.points(change.low)} to {formats.points(change.high)}",
    }
    return [(say.COHORTS_CHANGED if change.is_real else say.COHORTS_SAME).format(**values)]


def _counted(rows: list[Row]) -> tuple[int, int]:
    return sum(row["active"] for row in rows), sum(row["customers"] for row in rows)


def _figure(rows: list[Row], months: list[int], pooled: dict[int, Pooled]) -> Figure:
    cells = [HeatCell(row["cohort_on"], row["month_number"], row["retention_share"]) for row in rows]
    count = len({row["cohort_on"] for row in rows})
    more = say.COHORTS_MORE.format(shown=DRAWN, n=count) if count > DRAWN else ""
    summary = f"{say.COHORTS_CHART_SUMMARY} {more}".strip()
    label = f"{say.COHORTS_CHART}. " + "; ".join(
        f"month {month}: {formats.share(pooled[month].share)}" for month in months[:12]
    )
    return Figure(say.COHORTS_CHART, summary, drawing("cohorts", label, retention_heat(cells)), _table(rows, months))


def _table(rows: list[Row], months: list[int]) -> Table:
    """One row a cohort; the months that are listed are those a person compares."""
    listed = [month for month in months if month <= 6 or month in (9, 12, 18, 24, 36)]
    headings = (
        Heading(head.FIRST_ORDER),
        Heading(head.CUSTOMERS, number=True),
        *(Heading(head.MONTH_NUMBER.format(number=month), number=True) for month in listed),
    )
    by_cohort: dict[date, dict[int, Row]] = {}
    for row in rows:
        by_cohort.setdefault(row["cohort_on"], {})[row["month_number"]] = row
    cells = []
    for on, of_cohort in sorted(by_cohort.items(), reverse=True):
        first = next(iter(of_cohort.values()))
        line = [Cell(formats.month(on)), Cell(formats.count(first["customers"]))]
        line += [_share(of_cohort.get(month)) for month in listed]
        cells.append(tuple(line))
    return Table(say.COHORTS_CHART, headings, tuple(cells))


def _share(row: Row | None) -> Cell:
    if row is None:
        return Cell("")
    return Cell(
        formats.share(row["retention_share"]),
        formats.share_range(row["retention_share_low"], row["retention_share_high"]),
    )
