"""What deserves attention, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.report.changes import Difference
from regulars.report.evidence import Dependence, Forecast, QuietCustomers, Returning, Stake, Trust, Year
from regulars.report.findings import Costly, Evidence, Finding, Gap, findings, ranked
from regulars.report.formats import Notation

TRUSTED = Forecast(Trust.TRUSTED, 182, 500, 510, -0.02)
MISFIT = Forecast(Trust.MISFIT, 182, 900, 510, 0.76)
STAKE = Stake(38, 4000, 61_200.0, 54_000.0, 68_100.0, 150.0, 400.0, 10, 30_000.0)
QUIET = QuietCustomers(25, 9_000.0, 210.0)
LOW_RETURN = Returning(90, 0.27, 0.25, 0.29, 1204, None, 1100, 80.0, 42.0)
FELL = replace(LOW_RETURN, change=Difference(-0.031, -0.05, -0.012))
YEAR = Year(12, True, 20_000, 1_000_000.0, 1_100_000.0, 900, 90_000.0, 0, 0.0, 1100, None)
DEPENDENCE = Dependence(400, 1_000_000.0, 10, 0.31, 80_000.0, 0.08)

WORDS_OF_CAUSE = ("because", "caused", "causes", "due to", "leads to", "led to", "results in", "thanks to", "effect of")


def known(**pieces: Any) -> Evidence:
    """Evidence of these pieces alone."""
    return Evidence(**{"notation": Notation("EUR"), "horizon_days": 364, "forecast": TRUSTED, **pieces})


def keys(evidence: Evidence) -> list[str]:
    return [finding.key for finding in findings(evidence)]


def test_a_shop_of_which_nothing_is_known_has_no_finding() -> None:
    assert findings(known()) == ()


def test_customers_slipping_away_are_named_with_money_and_interval() -> None:
    (finding,) = findings(known(stake=STAKE))
    assert finding.sentence == (
        "38 customers who used to come back are slipping away. About €61,200 of what they would bring in 12 months "
        "is at stake (€54,000 to €68,100)."
    )
    assert "49% of the money" in finding.what_to_do
    assert finding.anchor == "slipping"


def test_two_silent_customers_are_no_call_list() -> None:
    assert keys(known(stake=replace(STAKE, customers=2))) == []


def test_a_failed_back_test_takes_the_forecast_off_the_call_list() -> None:
    assert keys(known(stake=STAKE, quiet=QUIET, forecast=MISFIT)) == ["quiet_list", "forecast_fails"]


def test_a_failed_back_test_says_how_far_off_and_what_came() -> None:
    (finding,) = findings(known(forecast=MISFIT))
    assert "76% too high" in finding.sentence
    assert "900 orders" in finding.why
    assert "510 came" in finding.why


@pytest.mark.parametrize(
    ("trust", "said"), [(Trust.ROUGH, "off by 14%"), (Trust.UNJUDGED, "could not be tested"), (Trust.TRUSTED, "")]
)
def test_the_call_list_says_how_far_its_money_can_be_trusted(trust: Trust, said: str) -> None:
    (finding,) = findings(known(stake=STAKE, forecast=Forecast(trust, 182, 5, 5, 0.14)))
    assert said in finding.caution
    assert bool(said) == bool(finding.caution)


def test_few_returning_customers_are_shown_as_money_in_each_hundred() -> None:
    (finding,) = findings(known(returning=LOW_RETURN))
    assert finding.sentence.startswith("27% of new customers come back within 3 months (25 to 29).")
    assert finding.money == pytest.approx(0.05 * 1100 * 80)
    assert "6 weeks" in finding.what_to_do


def test_a_real_fall_of_returning_customers_is_said_with_its_interval() -> None:
    (finding,) = findings(known(returning=FELL))
    assert "3.1 (1.2 to 5.0) points fewer" in finding.sentence


def test_a_fall_that_is_not_clear_of_zero_is_not_called_one() -> None:
    shaky = replace(FELL, change=Difference(-0.02, -0.05, 0.01))
    (finding,) = findings(known(returning=shaky))
    assert "fewer" not in finding.sentence.lower()


def test_most_customers_returning_is_not_a_complaint() -> None:
    assert keys(known(returning=replace(LOW_RETURN, share=0.66, low=0.64, high=0.68))) == []


def test_a_return_share_of_a_dozen_customers_says_nothing() -> None:
    assert keys(known(returning=replace(LOW_RETURN, customers=12))) == []


def test_refunds_are_named_when_they_are_a_large_part_of_sales() -> None:
    assert keys(known(year=YEAR)) == ["refunds"]
    assert keys(known(year=replace(YEAR, refunds_amount=10_000.0))) == []
    assert keys(known(year=replace(YEAR, refunds=12))) == []


def test_hanging_on_few_customers_is_named_by_what_the_largest_brings() -> None:
    (finding,) = findings(known(dependence=DEPENDENCE))
    assert "The largest alone brought €80,000 in the last 12 months." in finding.sentence
    assert keys(known(dependence=replace(DEPENDENCE, customers=12))) == []
    assert keys(known(dependence=replace(DEPENDENCE, largest_share=0.01, top_few_share=0.1))) == []


def test_guests_are_named_from_a_tenth_of_orders_on() -> None:
    assert keys(known(guests=Gap(100, 1000, 9_000.0, 0.1))) == ["guests_unknown"]
    assert keys(known(guests=Gap(99, 1000, 9_000.0, 0.1))) == []


def test_the_three_findings_of_most_money_come_first() -> None:
    evidence = known(
        stake=STAKE,
        returning=LOW_RETURN,
        year=YEAR,
        dependence=DEPENDENCE,
        guests=Gap(500, 1000, 9_000.0, 0.5),
        costly=Costly(40, 5_000.0, 0.05),
    )
    assert keys(evidence) == ["refunds", "few_customers", "call_list"]


def test_findings_without_known_money_stand_last() -> None:
    plain = Finding("guests", "", "", "", "", "")
    assert ranked([plain, replace(plain, key="a", money=1.0), replace(plain, key="b", money=2.0)])[-1] is plain


PIECES = st.fixed_dictionaries(
    {},
    optional={
        "stake": st.just(STAKE),
        "quiet": st.just(QUIET),
        "returning": st.sampled_from([LOW_RETURN, FELL]),
        "year": st.just(YEAR),
        "dependence": st.just(DEPENDENCE),
        "costly": st.just(Costly(40, 5_000.0, 0.05)),
        "guests": st.just(Gap(500, 1000, 9_000.0, 0.5)),
        "missing_cost": st.just(Gap(500, 1000, 9_000.0, 0.5)),
        "forecast": st.sampled_from([TRUSTED, MISFIT]),
    },
)


@given(PIECES)
@settings(max_examples=60)
def test_there_are_never_more_than_three_and_none_speaks_of_causes(pieces: dict[str, Any]) -> None:
    found = findings(known(**pieces))
    assert len(found) <= 3
    for finding in found:
        text = f"{finding.sentence} {finding.why} {finding.what_to_do} {finding.caution}".lower()
        assert not [word for word in WORDS_OF_CAUSE if word in text]
        assert "{" not in text
    moneys = [finding.money for finding in found if finding.money is not None]
    assert moneys == sorted(moneys, reverse=True)
