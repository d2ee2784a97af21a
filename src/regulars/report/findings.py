"""What deserves attention: rules that turn evidence into at most three findings, those of most money first.

Pure: evidence in, frozen findings out. A rule speaks only where the data support it, says how many customers it
rests on, and never says that one thing causes another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.report import formats
from regulars.report import sentences as say
from regulars.report.evidence import Dependence, Forecast, QuietCustomers, Returning, Stake, Trust, Year
from regulars.report.formats import Notation

MOST_FINDINGS = 3

FEWEST_TO_CALL = 3
MORE_RETURNING = 0.05
RETURN_SHARE_OF_CONCERN = 0.6
REFUND_SHARE_OF_CONCERN = 0.05
LARGEST_SHARE_OF_CONCERN = 0.05
TOP_FEW_SHARE_OF_CONCERN = 0.25
FEWEST_CUSTOMERS_TO_DEPEND_ON = 50
GUEST_SHARE_OF_CONCERN = 0.10
COSTLY_SHARE_OF_CONCERN = 0.01
FEWEST_COSTLY = 5


@dataclass(frozen=True)
class Costly:
    """Customers whose own total is below zero, and what they cost together in a year."""

    customers: int
    cost_a_year: float
    share_of_total: float


@dataclass(frozen=True)
class Gap:
    """Orders about which something is not known: n of total, and their share of order value where known."""

    n: int
    total: int
    amount: float
    amount_share: float | None


@dataclass(frozen=True)
class Evidence:
    """All that the rules look at; None where the data do not tell."""

    notation: Notation
    horizon_days: int
    forecast: Forecast
    stake: Stake | None = None
    quiet: QuietCustomers | None = None
    returning: Returning | None = None
    year: Year | None = None
    dependence: Dependence | None = None
    costly: Costly | None = None
    guests: Gap | None = None
    missing_cost: Gap | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that deserves attention. ``money`` is what it concerns in a year; None where that is not known."""

    key: str
    sentence: str
    why: str
    what_to_do: str
    anchor: str
    link: str
    money: float | None = None
    caution: str = ""


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """At most three: first those whose money is known, most first; then the others, in the order of the rules."""
    found = [finding for rule in RULES if (finding := rule(evidence))]
    return tuple(ranked(found)[:MOST_FINDINGS])


def ranked(found: Sequence[Finding]) -> list[Finding]:
    """Most money first; findings of unknown money after them, in their own order."""
    return sorted(found, key=lambda finding: -finding.money if finding.money is not None else float("inf"))


def call_list(evidence: Evidence) -> Finding | None:
    """Customers slipping away, by the model; only where its back-test did not fail."""
    found, notation = evidence.stake, evidence.notation
    if found is None or found.customers < FEWEST_TO_CALL or found.at_stake <= 0:
        return None
    if evidence.forecast.trust is Trust.MISFIT:
        return None
    known = found.low is not None and found.high is not None
    template = say.CALL_LIST if known else say.CALL_LIST_WITHOUT_INTERVAL
    return Finding(
        key="call_list",
        sentence=template.format(
            customers=formats.count(found.customers),
            money=notation.about(found.at_stake),
            interval=notation.about_range(found.low or 0, found.high or 0),
            horizon=formats.span(evidence.horizon_days),
        ),
        why=say.CALL_LIST_WHY.format(gap=formats.span(found.gap_days), silence=formats.span(found.silent_days)),
        what_to_do=say.CALL_LIST_DO.format(
            first=found.first_few, share=formats.share(found.first_few_stake / found.at_stake)
        ),
        anchor="slipping",
        link=say.CALL_LIST_LINK,
        money=found.at_stake,
        caution=_forecast_caution(evidence.forecast) or _small(found.of),
    )


def quiet_list(evidence: Evidence) -> Finding | None:
    """Good customers gone quiet, where no forecast can be relied on."""
    found = evidence.quiet
    if call_list(evidence) or found is None or found.customers < FEWEST_TO_CALL:
        return None
    return Finding(
        key="quiet_list",
        sentence=(say.QUIET_LIST_YOUNG if found.young else say.QUIET_LIST).format(
            customers=formats.count(found.customers), money=evidence.notation.about(found.spent_a_year)
        ),
        why=say.QUIET_LIST_WHY.format(silence=formats.span(found.silent_days)),
        what_to_do=say.QUIET_LIST_DO,
        anchor="slipping",
        link=say.CALL_LIST_LINK,
        money=found.spent_a_year,
    )


def second_purchase(evidence: Evidence) -> Finding | None:
    """New customers who do not come back: when fewer do than a year before, or most do not."""
    found, notation = evidence.returning, evidence.notation
    if found is None or found.customers < SMALL_SAMPLE or found.new_a_year < SMALL_SAMPLE:
        return None
    fell = found.change is not None and found.change.high < 0
    if not fell and found.high >= RETURN_SHARE_OF_CONCERN:
        return None
    points = -found.change.value if fell and found.change else MORE_RETURNING
    values = {
        "share": formats.share(found.share),
        "interval": formats.share_range(found.low, found.high),
        "window": formats.span(found.window_days),
        "customers": formats.count(found.customers),
        "new": formats.count(found.new_a_year),
        "order": notation.about(found.average_order),
        "money": notation.about(points * found.new_a_year * found.average_order),
        "points": formats.decimal(points * 100),
        "fall": _fall(found) if fell else "",
    }
    days = found.second_order_days
    return Finding(
        key="second_purchase",
        sentence=(say.RETURN_FELL if fell else say.RETURN_LOW).format(**values),
        why=say.RETURN_WHY.format(**values),
        what_to_do=say.RETURN_DO if days is None else say.RETURN_DO_WITHIN.format(days=formats.span(days)),
        anchor="returning",
        link=say.RETURN_LINK,
        money=points * found.new_a_year * found.average_order,
    )


def refunds(evidence: Evidence) -> Finding | None:
    """A large part of what is sold goes back."""
    year, notation = evidence.year, evidence.notation
    if year is None or year.orders_amount <= 0 or year.refunds < SMALL_SAMPLE:
        return None
    share = year.refunds_amount / year.orders_amount
    if share < REFUND_SHARE_OF_CONCERN:
        return None
    return Finding(
        key="refunds",
        sentence=say.REFUNDS.format(
            share=formats.share(share), money=notation.about(year.refunds_amount), months=year.months
        ),
        why=say.REFUNDS_WHY.format(refunds=formats.count(year.refunds), orders=formats.count(year.orders)),
        what_to_do=say.REFUNDS_DO,
        anchor="sales",
        link=say.REFUNDS_LINK,
        money=year.refunds_amount,
    )


def few_customers(evidence: Evidence) -> Finding | None:
    """Much of the money hangs on a few customers."""
    found, notation = evidence.dependence, evidence.notation
    if found is None or found.customers < FEWEST_CUSTOMERS_TO_DEPEND_ON:
        return None
    if found.largest_share < LARGEST_SHARE_OF_CONCERN and found.top_few_share < TOP_FEW_SHARE_OF_CONCERN:
        return None
    return Finding(
        key="few_customers",
        sentence=say.FEW.format(
            few=found.top_few, share=formats.share(found.top_few_share), money=notation.money(round(found.largest))
        ),
        why=say.FEW_WHY.format(customers=formats.count(found.customers), largest=formats.share(found.largest_share)),
        what_to_do=say.FEW_DO,
        anchor="few",
        link=say.FEW_LINK,
        money=found.largest,
    )


def costly_customers(evidence: Evidence) -> Finding | None:
    """Customers who cost more than they bring."""
    found = evidence.costly
    if found is None or found.customers < FEWEST_COSTLY or found.share_of_total < COSTLY_SHARE_OF_CONCERN:
        return None
    return Finding(
        key="costly_customers",
        sentence=say.COSTLY.format(
            customers=formats.count(found.customers), money=evidence.notation.about(found.cost_a_year)
        ),
        why=say.COSTLY_WHY.format(share=formats.share(found.share_of_total)),
        what_to_do=say.COSTLY_DO,
        anchor="few",
        link=say.FEW_LINK,
        money=found.cost_a_year,
    )


def forecast_fails(evidence: Evidence) -> Finding | None:
    """The back-test says that forecasts are not to be planned with."""
    found = evidence.forecast
    if found.trust is not Trust.MISFIT or found.error_share is None:
        return None
    many = found.error_share > 0
    return Finding(
        key="forecast_fails",
        sentence=(say.MISFIT_MANY if many else say.MISFIT_FEW).format(error=formats.share(abs(found.error_share))),
        why=say.MISFIT_WHY.format(
            days=formats.span(found.holdout_days),
            predicted=formats.count(round(found.predicted)),
            actual=formats.count(found.actual),
        ),
        what_to_do=say.MISFIT_DO,
        anchor="value",
        link=say.MISFIT_LINK,
    )


def guests_unknown(evidence: Evidence) -> Finding | None:
    """Many orders name no customer."""
    found = evidence.guests
    if found is None or found.total < SMALL_SAMPLE or found.n / found.total < GUEST_SHARE_OF_CONCERN:
        return None
    return Finding(
        key="guests_unknown",
        sentence=say.GUESTS.format(
            share=formats.share(found.n / found.total), money=evidence.notation.about(found.amount)
        ),
        why=say.GUESTS_WHY.format(n=formats.count(found.n), total=formats.count(found.total)),
        what_to_do=say.GUESTS_DO,
        anchor="coverage",
        link=say.COVERAGE_LINK,
    )


def costs_unknown(evidence: Evidence) -> Finding | None:
    """Profit cannot be seen."""
    found = evidence.missing_cost
    if found is None or found.total < SMALL_SAMPLE or not found.n:
        return None
    return Finding(
        key="costs_unknown",
        sentence=say.COSTS.format(share=formats.share(found.n / found.total)),
        why=say.COSTS_WHY.format(n=formats.count(found.n), total=formats.count(found.total)),
        what_to_do=say.COSTS_DO,
        anchor="coverage",
        link=say.COVERAGE_LINK,
    )


def _forecast_caution(found: Forecast) -> str:
    return {
        Trust.ROUGH: say.CAUTION_ROUGH.format(error=formats.share(abs(found.error_share or 0))),
        Trust.UNJUDGED: say.CAUTION_UNJUDGED,
    }.get(found.trust, "")


def _small(n: int) -> str:
    return say.CAUTION_SMALL.format(n=n) if n < SMALL_SAMPLE else ""


def _fall(found: Returning) -> str:
    change = found.change
    if change is None:
        return ""
    return say.FALL.format(
        points=formats.decimal(-change.value * 100),
        low=formats.decimal(-change.high * 100),
        high=formats.decimal(-change.low * 100),
    )


RULES = (
    call_list,
    quiet_list,
    second_purchase,
    refunds,
    few_customers,
    costly_customers,
    forecast_fails,
    guests_unknown,
    costs_unknown,
)
