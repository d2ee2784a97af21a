"""What customers are likely to bring, behind the test that says whether to believe it."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.charts.amounts import pairs
from regulars.report.charts.drawing import drawing
from regulars.report.charts.over_time import two_lines
from regulars.report.evidence import Forecast, Trust, forecast
from regulars.report.page import Block, Cell, Figure, Heading, Notes, Section, Table, Tone, Verdict
from regulars.report.readings import Reading, Readings, Row
from regulars.report.sections.bands import bands
from regulars.report.sections.common import listed, unknown

ANCHOR = "value"
_LABELS: dict[Trust, tuple[Tone, str]] = {
    Trust.TRUSTED: ("good", say.TEST_TRUSTED),
    Trust.ROUGH: ("old", say.TEST_ROUGH),
    Trust.MISFIT: ("bad", say.TEST_MISFIT),
    Trust.UNJUDGED: ("plain", say.TEST_UNJUDGED),
}


def value(readings: Readings) -> Section:
    """The test first, then expectations; where the test fails, no expectation is shown."""
    reading = readings.of("clv")
    known = not reading.missing("clv") and reading.frame["clv"].null_count() < reading.frame.height
    tested = forecast(readings)
    if not known:
        return unknown(ANCHOR, say.VALUE_TITLE, _why_unknown(reading))
    blocks: list[Block] = [_verdict(tested, readings)]
    if tested.trust is not Trust.MISFIT:
        blocks.append(_bands(reading, readings))
    blocks += _test_figures(readings)
    blocks += _model(readings)
    finding, text = _finding(reading, tested, readings)
    return Section(ANCHOR, say.VALUE_TITLE, finding, text, tuple(blocks))


def _why_unknown(reading: Reading) -> str:
    if not reading.missing("clv_reason"):
        reasons = reading.frame["clv_reason"].drop_nulls()
        if len(reasons):
            return str(reasons[0])
    return reading.why_unknown(say.NO_MODEL)


def _finding(reading: Reading, tested: Forecast, readings: Readings) -> tuple[str, tuple[str, ...]]:
    if tested.trust is Trust.MISFIT:
        return say.VALUE_MISFIT, ()
    expected = reading.frame["clv"].drop_nulls()
    total = float(expected.sum())
    n, notation = len(expected), readings.notation
    values = {
        "mean": notation.about(total / n),
        "horizon": formats.span(readings.horizon_days),
        "n": formats.count(n),
        "total": notation.about(total),
    }
    low, high = reading.frame["clv_low"].drop_nulls(), reading.frame["clv_high"].drop_nulls()
    if len(low) == n and len(high) == n:
        interval = notation.about_range(float(low.sum()) / n, float(high.sum()) / n)
        finding = say.VALUE_FINDING.format(interval=interval, **values)
    else:
        finding = say.VALUE_FINDING_PLAIN.format(**values)
    return finding, listed([_orders(reading), _best_tenth(expected, total)])


def _orders(reading: Reading) -> str:
    """Orders that an average customer is expected to make, and why an interval is missing where it is."""
    orders = reading.frame["expected_orders"].drop_nulls()
    reasons = reading.frame["clv_reason"].drop_nulls()
    reason = str(reasons[0]) if len(reasons) else ""
    return say.VALUE_ORDERS.format(orders=f"{float(orders.sum()) / len(orders):.2f}", reason=reason).strip()


def _best_tenth(expected: pl.Series, total: float) -> str:
    tenth = len(expected) // 10
    if not tenth or total <= 0:
        return ""
    share = float(expected.top_k(tenth).sum()) / total
    return say.VALUE_TEXT.format(share=formats.share(share), n=formats.count(tenth))


def _verdict(tested: Forecast, readings: Readings) -> Verdict:
    tone, label = _LABELS[tested.trust]
    if not tested.holdout_days:
        return Verdict(tone, label, say.VALUE_NOT_TESTED.format(reason=tested.reason))
    rows = readings.of("backtest").frame.filter(pl.col("view") == "total").to_dicts()
    result = say.TEST_RESULT.format(
        days=formats.span(tested.holdout_days),
        predicted=formats.count(round(tested.predicted)),
        n=formats.count(rows[0]["n"]),
        actual=formats.count(tested.actual),
    )
    if tested.trust is Trust.UNJUDGED or tested.error_share is None:
        sentence = say.TEST_SMALL.format(result=result)
    else:
        template = say.TEST_OFF_MANY if tested.error_share > 0 else say.TEST_OFF_FEW
        sentence = template.format(result=result, error=formats.share(abs(tested.error_share)))
    return Verdict(tone, label, f"{sentence} {say.TEST_MEANS[tested.trust.value]}")


def _bands(reading: Reading, readings: Readings) -> Figure:
    notation = readings.notation
    expected = reading.frame["clv"].drop_nulls()
    found = bands(expected.to_list())
    names = (say.PART_CUSTOMERS, say.PART_MONEY)
    points: list[dict[str, object]] = []
    cells = []
    for band in found:
        label = band.label(notation)
        for name, share in zip(names, (band.customers_share, band.money_share), strict=True):
            points.append({"label": label, "what": name, "value": share, "text": formats.share(share)})
        cells.append(
            (
                Cell(label),
                Cell(formats.count(band.customers), formats.share(band.customers_share)),
                Cell(notation.about(band.money), formats.share(band.money_share)),
            )
        )
    summary = say.VALUE_BANDS_SUMMARY.format(
        median=notation.about(_quantile(expected, 0.5)), high=notation.about(_quantile(expected, 0.9))
    )
    headings = (
        Heading(head.EACH_EXPECTED_TO_BRING),
        Heading(head.CUSTOMERS, number=True),
        Heading(head.MONEY, number=True),
    )
    picture = drawing("value", f"{say.VALUE_BANDS}. {summary}", pairs(points, names))
    return Figure(say.VALUE_BANDS, summary, picture, Table(say.VALUE_BANDS, headings, tuple(cells)))


def _quantile(values: pl.Series, share: float) -> float:
    found = values.quantile(share, interpolation="linear")
    return float(found) if found is not None else 0.0


def _test_figures(readings: Readings) -> list[Block]:
    reading = readings.of("backtest")
    if reading.missing("view", "step"):
        return []
    rows = reading.rows
    weeks = [row for row in rows if row["view"] == "week"]
    groups = [row for row in rows if row["view"] == "repeat_orders"]
    found: list[Block] = []
    if weeks and readings.as_of:
        found.append(_weeks(weeks, readings))
    if groups:
        found.append(_groups(groups))
    return found


def _weeks(rows: list[Row], readings: Readings) -> Figure:
    assert readings.as_of is not None  # noqa: S101  there is no back-test of an empty log
    split = readings.as_of - timedelta(days=rows[0]["holdout_days"])
    points: list[dict[str, object]] = [{"on": split, "actual": 0, "predicted": 0}]
    for row in rows:
        on = min(split + timedelta(days=7 * row["step"]), readings.as_of)
        points.append({"on": on, "actual": row["actual"], "predicted": row["predicted"]})
    summary = say.TEST_CHART_SUMMARY.format(split=formats.day(split))
    headings = (Heading(head.WEEK), *(Heading(text, number=True) for text in (head.ENDS, head.EXPECTED, head.CAME)))
    cells = tuple(
        (
            Cell(formats.count(row["step"])),
            Cell(formats.short_day(point["on"])),  # type: ignore[arg-type]
            Cell(formats.decimal(row["predicted"])),
            Cell(formats.count(row["actual"])),
        )
        for row, point in zip(rows, points[1:], strict=True)
    )
    picture = drawing("test", f"{say.TEST_CHART}. {summary}", two_lines(points, (say.LINE_CAME, say.LINE_EXPECTED)))
    return Figure(say.TEST_CHART, summary, picture, Table(say.TEST_CHART, headings, cells))


def _groups(rows: list[Row]) -> Figure:
    last = max(row["step"] for row in rows)
    names = (say.LINE_CAME, say.LINE_EXPECTED)
    points: list[dict[str, object]] = []
    cells = []
    for row in rows:
        many = row["step"] == last and row["step"] >= 7
        label = head.OR_MORE.format(n=row["step"]) if many else formats.count(row["step"])
        for name, mean in zip(names, (row["actual"], row["predicted"]), strict=True):
            points.append({"label": label, "what": name, "value": mean, "text": f"{mean:.2f}"})
        interval = "" if row["actual_low"] is None else f"{row['actual_low']:.2f} to {row['actual_high']:.2f}"
        few = f", {say.SMALL_SAMPLE}" if row["small_sample"] else ""
        cells.append(
            (
                Cell(label, f"n = {formats.count(row['n'])}{few}"),
                Cell(f"{row['predicted']:.2f}"),
                Cell(f"{row['actual']:.2f}", interval),
            )
        )
    headings = (Heading(head.TIMES_COME_BACK), Heading(head.EXPECTED, number=True), Heading(head.CAME, number=True))
    picture = drawing(
        "groups",
        f"{say.TEST_GROUPS}. {say.TEST_GROUPS_SUMMARY}",
        pairs(points, names, axis_label="format(datum.value, '~f')", title="times come back before"),
    )
    return Figure(say.TEST_GROUPS, say.TEST_GROUPS_SUMMARY, picture, Table(say.TEST_GROUPS, headings, tuple(cells)))


def _model(readings: Readings) -> list[Block]:
    """Parameters in small print, and what the measures' own notes add."""
    reading = readings.of("clv_model")
    notes = listed([*reading.notes, *readings.of("clv").notes])
    found: list[Block] = [Notes(notes)] if notes else []
    rows = [] if reading.missing("parameter") else [row for row in reading.rows if row["value"] is not None]
    if not rows:
        return found
    headings = (
        Heading(head.MODEL),
        Heading(head.PARAMETER),
        Heading(head.VALUE, number=True),
        Heading(head.STANDARD_ERROR, number=True),
        Heading(head.LOG_LIKELIHOOD, number=True, wide=True),
        Heading(head.CUSTOMERS, number=True, wide=True),
    )
    table = Table(say.VALUE_MODEL, headings, tuple(_parameter(row) for row in rows), folded=True)
    return [*found, table]


def _parameter(row: Row) -> tuple[Cell, ...]:
    low, high = row["value_low"], row["value_high"]
    interval = "" if low is None else f"{formats.parameter(low)} to {formats.parameter(high)}"
    error = row["standard_error"]
    return (
        Cell(str(row["model"]), head.USED if row["chosen"] else ""),
        Cell(row["parameter"], row["unit"] or ""),
        Cell(formats.parameter(row["value"]), interval),
        Cell(head.NOT_KNOWN if error is None else formats.parameter(error)),
        Cell(f"{row['log_likelihood']:,.2f}".replace("-", formats.MINUS)),
        Cell(formats.count(row["n"])),
    )
