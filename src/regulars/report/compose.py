"""Readings in, page out: which findings, numbers and sections there are, and in which order."""

from __future__ import annotations

from regulars.measures import all_measures
from regulars.report import findings as rules
from regulars.report import formats
from regulars.report import sentences as say
from regulars.report.evidence import (
    coverage_row,
    dependence,
    forecast,
    history_years,
    last_year,
    quiet_customers,
    returning,
    stake,
)
from regulars.report.numbers import key_numbers
from regulars.report.page import Action, Page, Term
from regulars.report.readings import Readings
from regulars.report.sections.cohorts import cohorts
from regulars.report.sections.few import few
from regulars.report.sections.index import index
from regulars.report.sections.journey_map import journey_map
from regulars.report.sections.journeys import journeys
from regulars.report.sections.life_cycle import life_cycle
from regulars.report.sections.maturity import maturity, mistakes
from regulars.report.sections.returning import returning as who_returns
from regulars.report.sections.sales import sales
from regulars.report.sections.segments import segments
from regulars.report.sections.slipping import slipping
from regulars.report.sections.steps import steps
from regulars.report.sections.touchpoints import touchpoints
from regulars.report.sections.unseen import known_share, unseen
from regulars.report.sections.value import value
from regulars.report.sections.voice import voice

IMPORTS_NAMED = 5  # the newest; a table holds them all
SECTIONS = (
    index,
    steps,
    maturity,
    mistakes,
    sales,
    few,
    who_returns,
    cohorts,
    segments,
    value,
    slipping,
    life_cycle,
    touchpoints,
    journeys,
    journey_map,
    voice,
    unseen,
)


def compose(readings: Readings) -> Page:
    """The page. A log without an interaction gives a page that says so and what to do."""
    if readings.as_of is None or not readings.inventory.interactions:
        return _empty(readings)
    found = rules.findings(evidence_of(readings))
    return Page(
        company=readings.company,
        as_of=formats.day(readings.as_of),
        heading=say.HEADINGS[len(found)],
        lede=_lede(readings, len(found)),
        actions=tuple(_action(finding) for finding in found),
        numbers=key_numbers(readings),
        sections=tuple(build(readings) for build in SECTIONS),
        terms=_terms(readings),
        made_from=_made_from(readings),
    )


def evidence_of(readings: Readings) -> rules.Evidence:
    """All that the rules look at."""
    return rules.Evidence(
        notation=readings.notation,
        horizon_days=readings.horizon_days,
        forecast=forecast(readings),
        stake=stake(readings),
        quiet=quiet_customers(readings),
        returning=returning(readings),
        year=last_year(readings),
        dependence=dependence(readings),
        costly=_costly(readings),
        guests=_gap(readings, "guest_orders"),
        missing_cost=_missing_cost(readings),
    )


def _empty(readings: Readings) -> Page:
    day = formats.day(readings.as_of) if readings.as_of else ""
    return Page(
        company=readings.company,
        as_of=day,
        heading=say.HEADING_EMPTY,
        lede=(say.EMPTY_BEFORE.format(day=day) if day else say.EMPTY_LOG,),
        actions=(),
        numbers=(),
        sections=(),
        terms=(),
        made_from=_made_from(readings),
    )


def _lede(readings: Readings, findings: int) -> tuple[str, ...]:
    held = readings.inventory
    known = known_share(readings)
    lines = [
        say.READ_FROM.format(
            interactions=say.INTERACTIONS.of(held.interactions),
            customers=say.KNOWN_CUSTOMERS.of(held.customers),
            first=formats.day(held.first_on) if held.first_on else "",
            newest=formats.day(held.newest_on) if held.newest_on else "",
        )
        if held.first_on
        else say.NOT_KNOWN.format(reason=say.NO_PURCHASES)
    ]
    if known is not None and held.customers:
        lines.append(say.KNOWN_SALES.format(share=formats.share(known)))
    if findings != 1:
        lines.append(say.RANKED if findings else say.NO_FINDING)
    return tuple(lines)


def _action(finding: rules.Finding) -> Action:
    return Action(
        sentence=finding.sentence,
        why=finding.why,
        what_to_do=finding.what_to_do,
        anchor=finding.anchor,
        link=finding.link,
        caution=finding.caution,
    )


def _costly(readings: Readings) -> rules.Costly | None:
    row = readings.of("pareto").only
    if not row or not row.get("negative_customers") or row["total"] <= 0:
        return None
    cost = -float(row["negative_total"])
    return rules.Costly(row["negative_customers"], cost / history_years(readings), cost / float(row["total"]))


def _missing_cost(readings: Readings) -> rules.Gap | None:
    """Only where too little cost is known to rank customers by profit."""
    by_profit = readings.of("pareto").only.get("basis") == "profit"
    return None if by_profit else _gap(readings, "missing_cost")


def _gap(readings: Readings, name: str) -> rules.Gap | None:
    row = coverage_row(readings, name)
    if not row:
        return None
    return rules.Gap(row["n"], row["total"], float(row["amount"] or 0), row["amount_share"])


def _terms(readings: Readings) -> tuple[Term, ...]:
    """Every measure that the page used, in the registry's own words."""
    used = {name for name, reading in readings.measures.items() if reading.known}
    return tuple(
        Term(measure.name, measure.question, measure.formula, measure.source)
        for measure in all_measures()
        if measure.name in used
    )


def _made_from(readings: Readings) -> tuple[str, ...]:
    lines = []
    sources = readings.inventory.sources[::-1]
    for source in sources[:IMPORTS_NAMED]:
        template = say.MADE_FROM if source.file_name else say.MADE_FROM_TABLES
        lines.append(template.format(lines=formats.count(source.lines), file=source.file_name, source=source.name))
    if len(sources) > IMPORTS_NAMED:
        lines.append(say.MADE_FROM_MORE.of(len(sources) - IMPORTS_NAMED))
    return tuple(lines)
