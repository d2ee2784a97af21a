"""What the data cannot tell, and what the report was read from."""

from __future__ import annotations

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.evidence import DAYS_IN_YEAR, coverage_row, history_years
from regulars.report.page import Block, Cell, Facts, Heading, Section, Table
from regulars.report.readings import Inventory, Readings, Row
from regulars.report.sections.common import unknown

ANCHOR = "coverage"
# Findings about what is missing come first; those that found nothing are left out.
ORDER = (
    "guest_orders",
    "missing_cost",
    "one_order_customers",
    "refunds",
    "adjustments",
    "negative_orders",
    "zero_orders",
    "no_channel",
    "no_touchpoint",
    "history_days",
)
YEARS_NEEDED = 2


def unseen(readings: Readings) -> Section:
    """Guests, missing costs, short history, and the imports behind it all."""
    reading = readings.of("coverage")
    imports = _imports(readings.inventory)
    if reading.missing("name"):
        section = unknown(ANCHOR, say.COVERAGE_TITLE, reading.why_unknown(say.NO_PURCHASES))
        return Section(ANCHOR, section.title, section.finding, (), (imports,) if imports else ())
    rows = {row["name"]: row for row in reading.rows}
    items = tuple(
        (say.COVERAGE_LABELS[name], _fact(rows[name], readings)) for name in ORDER if name in rows and rows[name]["n"]
    )
    blocks: list[Block] = [Facts(items)]
    if imports:
        blocks.append(imports)
    return Section(ANCHOR, say.COVERAGE_TITLE, _finding(readings), _short(readings), tuple(blocks))


def _fact(row: Row, readings: Readings) -> str:
    return say.COVERAGE_FACTS[row["name"]].format(
        n=formats.count(row["n"]),
        days=say.DAYS_OF_PURCHASES.of(row["n"]),
        total=formats.count(row["total"] or 0),
        share=formats.share(row["share"] or 0),
        amount=readings.notation.money(round(row["amount"] or 0)),
    )


def known_share(readings: Readings) -> float | None:
    """Share of order value that names its customer; None where that says nothing."""
    guests = coverage_row(readings, "guest_orders")
    if not guests or guests["amount_share"] is None:
        return None
    return min(max(1 - float(guests["amount_share"]), 0.0), 1.0)


def _finding(readings: Readings) -> str:
    guests, known = coverage_row(readings, "guest_orders"), known_share(readings)
    if not guests.get("n"):
        return say.COVERAGE_FINDING_ALL
    if guests["n"] == guests["total"]:
        return say.COVERAGE_FINDING_NONE
    if known is None:
        return say.COVERAGE_FINDING_ORDERS.format(n=formats.count(guests["n"]), total=formats.count(guests["total"]))
    return say.COVERAGE_FINDING.format(share=formats.share(known))


def _short(readings: Readings) -> tuple[str, ...]:
    years = history_years(readings)
    days = coverage_row(readings, "history_days").get("n") or 0
    if years >= YEARS_NEEDED - 0.1 or days / DAYS_IN_YEAR >= YEARS_NEEDED - 0.1:
        return ()
    return (say.COVERAGE_SHORT.format(length=formats.span(days)),)


def _imports(inventory: Inventory) -> Table | None:
    if not inventory.sources:
        return None
    headings = (
        Heading(head.FILE),
        Heading(head.SOURCE),
        Heading(head.ROWS, number=True),
        Heading(head.READ, number=True),
    )
    cells = tuple(
        (
            Cell(source.file_name or "ready tables"),
            Cell(source.name),
            Cell(formats.count(source.lines)),
            Cell(formats.short_day(source.recorded_at.date()) if source.recorded_at else head.NOT_KNOWN),
        )
        for source in reversed(inventory.sources)
    )
    return Table(say.IMPORTS_TABLE, headings, cells, folded=len(cells) > 5)
