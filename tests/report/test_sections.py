"""What sections and key numbers say of readings made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from regulars.report.changes import Difference
from regulars.report.compose import compose
from regulars.report.evidence import Trust, forecast, history_years
from regulars.report.formats import Notation
from regulars.report.numbers import count_change, key_numbers, share_change
from regulars.report.page import Figure, Section, Verdict
from regulars.report.readings import Inventory, Reading, Readings
from regulars.report.sections.cohorts import cohorts
from regulars.report.sections.slipping import slipping
from regulars.report.sections.value import value


def readings(**measures: Any) -> Readings:
    """What is known of a company of which these measures gave these rows."""
    taken = {
        name: rows if isinstance(rows, Reading) else Reading(pl.DataFrame(rows)) for name, rows in measures.items()
    }
    held = Inventory(
        interactions=900, purchases=900, customers=200, first_on=date(2023, 6, 1), newest_on=date(2025, 6, 30)
    )
    return Readings("Oak", Notation("EUR"), ("en",), date(2025, 6, 30), held, measures=taken)


def back_test(predicted: float, actual: float) -> list[dict[str, Any]]:
    total = {
        "view": "total",
        "step": None,
        "holdout_days": 182,
        "predicted": predicted,
        "actual": actual,
        "actual_low": actual * 0.9,
        "actual_high": actual * 1.1,
        "n": 180,
        "small_sample": False,
        "error_share": predicted / actual - 1,
        "verdict": "",
        "actual_reason": None,
    }
    weeks = [
        total | {"view": "week", "step": step, "predicted": step * 20.0, "actual": step * 11.0} for step in range(1, 27)
    ]
    return [total, *weeks]


def values(count: int = 200) -> list[dict[str, Any]]:
    return [
        {
            "client_key": key,
            "expected_orders": 1.5,
            "clv": 10.0 + key,
            "clv_low": 8.0 + key,
            "clv_high": 12.0 + key,
            "clv_reason": None,
        }
        for key in range(count)
    ]


def quiet(count: int = 12) -> list[dict[str, Any]]:
    return [
        {
            "client_key": key,
            "first_on": date(2023, 7, 1),
            "last_on": date(2024, 9, 1),
            "recency_days": 300,
            "frequency": 6,
            "monetary_value": 900 + key,
            "segment": "cannot lose" if key % 2 else "at risk",
        }
        for key in range(count)
    ]


def stakes(count: int = 8) -> list[dict[str, Any]]:
    ends = {f"{name}{end}": 0.5 for name in ("p_alive", "at_stake") for end in ("", "_low", "_high")}
    return [
        {
            **ends,
            "rank": key + 1,
            "client_key": key,
            "last_on": date(2024, 12, 1),
            "repeat_orders": 4,
            "recency_days": 200,
            "mean_gap_days": 40.0,
            "at_stake": 100.0,
            "at_stake_low": 90.0,
            "at_stake_high": 110.0,
            "p_alive_reason": None,
            "at_stake_reason": None,
        }
        for key in range(count)
    ]


def words(section: Section) -> str:
    """All sentences of a section, and its tables' cells."""
    cells = [cell.text for block in section.blocks for row in getattr(block, "rows", ()) for cell in row]
    texts = [block.text for block in section.blocks if isinstance(block, Verdict)]
    return " ".join([section.finding, *section.text, *texts, *cells])


@pytest.mark.parametrize(
    ("predicted", "actual", "trust"),
    [
        (109.0, 100.0, Trust.TRUSTED),
        (120.0, 100.0, Trust.ROUGH),
        (80.0, 100.0, Trust.ROUGH),
        (180.0, 100.0, Trust.MISFIT),
        (99.0, 99.0, Trust.UNJUDGED),
    ],
)
def test_trust_follows_the_error_of_the_back_test(predicted: float, actual: float, trust: Trust) -> None:
    assert forecast(readings(backtest=back_test(predicted, actual))).trust is trust


def test_without_a_back_test_forecasts_are_not_judged() -> None:
    found = forecast(readings(backtest=Reading(unknown="Too short.")))
    assert (found.trust, found.reason) == (Trust.UNJUDGED, "Too short.")


def test_a_model_that_fails_its_test_shows_the_test_and_no_value() -> None:
    section = value(readings(backtest=back_test(500.0, 286.0), clv=values()))
    assert "Forecasts do not fit this company" in section.finding
    assert "€" not in words(section)
    verdict = next(block for block in section.blocks if isinstance(block, Verdict))
    assert verdict.tone == "bad"
    assert "75% too many. Do not plan with it." in verdict.text
    assert any(isinstance(block, Figure) for block in section.blocks)


def test_a_model_that_fits_headlines_the_mean_with_its_interval() -> None:
    section = value(readings(backtest=back_test(290.0, 286.0), clv=values()))
    assert section.finding == (
        "An average customer is expected to bring €110 in the next 12 months (€108 to €112); all 200 together €21,900."
    )


def test_a_model_that_fails_leaves_no_money_among_the_key_numbers() -> None:
    numbers = key_numbers(readings(backtest=back_test(500.0, 286.0), clv=values(), slipping=stakes()))
    failed = [number for number in numbers if "failed the test" in number.unknown]
    assert len(failed) == 2
    assert not any("€" in number.value + number.note for number in numbers)


def test_the_call_list_goes_without_the_model_when_its_test_failed() -> None:
    fitting = slipping(readings(backtest=back_test(290.0, 286.0), slipping=stakes(), rfm=quiet()))
    assert fitting.finding == "8 customers are slipping away, and €800 is at stake with them (€720 to €880)."
    failing = slipping(readings(backtest=back_test(500.0, 286.0), slipping=stakes(), rfm=quiet()))
    assert failing.finding.startswith("12 good customers of the past have gone quiet.")
    assert "failed the test" in words(failing)


def test_a_measure_that_could_not_be_taken_is_named_by_its_own_reason() -> None:
    page = compose(readings(pareto=Reading(unknown="The query was stopped after 60 seconds.")))
    few = next(section for section in page.sections if section.anchor == "few")
    assert few.finding == "Not known: the query was stopped after 60 seconds."


def test_a_change_is_coloured_only_where_its_interval_is_clear_of_zero() -> None:
    assert share_change(Difference(0.02, 0.01, 0.03), more_is_good=True).tone == "good"
    assert share_change(Difference(0.02, -0.01, 0.05), more_is_good=True).tone == "plain"
    assert share_change(Difference(0.02, 0.01, 0.03), more_is_good=None).tone == "plain"
    assert count_change(Difference(-300, -400, -200)).tone == "bad"


def month(cohort: int, active: int) -> dict[str, Any]:
    return {
        "cohort_on": date(2023 + (cohort + 5) // 12, (cohort + 5) % 12 + 1, 1),
        "month_number": 1,
        "customers": 100,
        "active": active,
        "retention_share": active / 100,
        "retention_share_low": 0.0,
        "retention_share_high": 1.0,
    }


def test_returning_in_the_month_after_is_compared_year_on_year() -> None:
    worse = cohorts(readings(retention=[month(number, 20 if number < 12 else 12) for number in range(24)]))
    assert "12% bought again in the month after, of those in the 12 before 20%" in worse.text[0]
    assert "clear of chance" in worse.text[0]
    assert "not clear of chance" not in worse.text[0]
    same = cohorts(readings(retention=[month(number, 20 if number < 12 else 19) for number in range(24)]))
    assert "not clear of chance" in same.text[0]


def test_a_log_of_some_months_counts_as_one_year_so_that_nothing_is_blown_up() -> None:
    young = Readings(
        "Oak", Notation("EUR"), ("en",), date(2025, 6, 30), Inventory(interactions=9, first_on=date(2025, 3, 1))
    )
    assert history_years(young) == 1.0
