"""The three things: which rule speaks when, and in which order, on readings made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars_web.home import customer_rules, log_rules
from regulars_web.home.candidates import Ground, Thing
from regulars_web.home.things import ranked, things
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, from_text, to_text

NEWEST = date(2026, 6, 30)
FRAME = Frame(None, NEWEST, date(2025, 7, 1), NEWEST, (date(2024, 7, 1), date(2025, 6, 30)))
STATE = {
    "customers": 400, "buyers": 400, "once": 100, "slipping": 40, "key_slipping": 12, "key_at_stake": 8000.0,
    "key_at_stake_low": 7000.0, "key_at_stake_high": 9000.0, "key_unsure": 0, "quiet": 20, "quiet_spend": Decimal(9000),
    "quiet_days": 300, "facts": 50, "stale": 0, "stale_customers": 0, "stale_spend": None, "overdue": 0,
    "overdue_customers": 0, "overdue_spend": None, "complaints": 0, "complaint_customers": 0, "complaint_spend": None,
    "first_order_on": date(2023, 1, 1),
}  # fmt: skip
READ = {
    "state": Reading([STATE]),
    "trust": Reading([{"sentence": "", "reason": None}]),
    "slipping": Reading([{"mean_gap_days": 90.0, "recency_days": 200}]),
    "inventory": Reading([{"interactions": 9000, "contacts": 5000, "first_order_on": date(2023, 1, 1)}]),
    "answers": Reading([{"n": 30}]),
}


def ground(**read: Reading) -> Ground:
    return Ground(FRAME, {**READ, **read}, "EUR", 364, NEWEST + timedelta(days=1), groups=1)


def state(**changed: object) -> Reading:
    return Reading([{**STATE, **changed}])


def days(now: tuple[int, int], before: tuple[int, int]) -> Reading:
    rows = [
        {"occurred_on": date(2025, 1, 10), "touches": before[0], "complaints": before[1]},
        {"occurred_on": date(2026, 1, 10), "touches": now[0], "complaints": now[1]},
    ]
    return Reading(rows)


def thing(key: str, money: float | None = None, first: bool = False) -> Thing:
    return Thing(key, "", "", "", "", "", "", money, first)


def test_valuable_customers_slipping_away_are_named_with_the_money_and_its_interval():
    found = customer_rules.slipping(ground())
    assert found.money == 8000
    assert "12" in found.sentence
    assert "€7,000 to €9,000" in found.sentence


def test_where_the_model_failed_on_the_past_nobody_is_said_to_slip_but_the_quiet_are_named():
    failed = Reading([{"sentence": "", "reason": "The model was wrong."}])
    assert customer_rules.slipping(ground(trust=failed)) is None
    assert customer_rules.quiet(ground(trust=failed)).money == pytest.approx(9000 / (1277 / 365.25), rel=0.01)
    assert customer_rules.quiet(ground()) is None


def test_two_customers_are_no_call_list():
    assert customer_rules.slipping(ground(state=state(key_slipping=2))) is None


def test_complaints_that_rose_by_chance_are_not_said_to_have_risen():
    assert customer_rules.more_complaints(ground(touches=days((1000, 11), (1000, 10)))) is None
    found = customer_rules.more_complaints(ground(touches=days((1000, 40), (1000, 10))))
    assert "40.0 in 1,000" in found.sentence
    assert "30.0 more" in found.sentence


def test_complaints_do_not_rise_from_a_time_when_nobody_wrote_them_down():
    assert customer_rules.more_complaints(ground(touches=days((1000, 40), (1000, 0)))) is None


def test_a_log_that_does_not_reach_back_has_no_period_before():
    young = Reading([{"interactions": 9000, "contacts": 5000, "first_order_on": date(2025, 3, 1)}])
    assert customer_rules.more_complaints(ground(touches=days((1000, 40), (1000, 10)), inventory=young)) is None


def test_one_open_complaint_is_said_in_the_singular():
    found = customer_rules.open_complaints(
        ground(state=state(complaints=1, complaint_customers=1, complaint_spend=Decimal(70)))
    )
    assert found.sentence == "1 complaint is still open."
    assert "1 customer, who bought for €70" in found.why


def test_a_log_two_months_old_comes_before_all_money():
    old = replace(ground(), today=NEWEST + timedelta(days=70))
    assert things(old)[0].key == "log_is_old"
    weeks = replace(ground(), today=NEWEST + timedelta(days=30))
    assert [one.key for one in things(weeks)][:2] == ["slipping", "log_is_old"]
    assert log_rules.log_is_old(ground()) is None


def test_a_made_up_company_is_never_told_that_its_log_is_old():
    assert log_rules.log_is_old(replace(ground(), today=NEWEST + timedelta(days=900), demo=True)) is None


def test_facts_pairs_groups_costs_contacts_and_answers_are_asked_for_where_they_lack():
    coverage = [
        {"name": "guest_orders", "n": 40, "total": 100, "share": 0.4, "amount": Decimal(900), "amount_share": 0.3},
        {"name": "missing_cost", "n": 90, "total": 100, "share": 0.9, "amount": Decimal(900), "amount_share": 0.9},
    ]
    lacking = replace(
        ground(
            coverage=Reading(coverage),
            inventory=Reading([{"interactions": 100, "contacts": 0, "first_order_on": date(2023, 1, 1)}]),
            answers=Reading([{"n": 0}]),
            state=state(stale=20, stale_customers=15, stale_spend=Decimal(500)),
        ),
        pairs=3,
        groups=0,
    )
    assert "40%" in log_rules.guests(lacking).sentence
    assert "90%" in log_rules.costs_unknown(lacking).sentence
    assert log_rules.contacts_missing(lacking).sentence.startswith("The log holds 100 purchases")
    assert log_rules.answers_missing(lacking)
    assert log_rules.no_group(lacking)
    assert log_rules.doubtful_pairs(lacking).sentence == "3 pairs of records may be one customer."
    assert log_rules.facts_to_ask(lacking).why.startswith("That is 40% (28% to 54%) of 50 known facts.")


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 1e6)), st.booleans()), max_size=8))
def test_most_money_first_and_nothing_lost(found):
    given_things = [thing(str(place), money, first) for place, (money, first) in enumerate(found)]
    order = ranked(given_things)
    assert sorted(one.key for one in order) == sorted(one.key for one in given_things)
    rest = [one.money or 0 for one in order if not one.first]
    assert rest == sorted(rest, reverse=True)
    assert [one.first for one in order] == sorted((one.first for one in order), reverse=True)


def test_readings_come_back_from_the_disk_as_they_were():
    from datetime import UTC, datetime

    row = {"on": NEWEST, "at": datetime(2026, 6, 30, 12, tzinfo=UTC), "money": Decimal("12.3400"), "n": 3, "none": None}
    read = {"one": Reading([row], ("note",), "", "revenue", "SELECT 1")}
    assert from_text(to_text(read)) == read
