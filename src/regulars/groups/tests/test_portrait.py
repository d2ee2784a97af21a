from __future__ import annotations

import numpy as np
import pytest

from regulars.demo.programme import RESELLER_NEEDS
from regulars.groups.behaviour import Behaviour
from regulars.groups.portrait import VALUE_ITSELF, Finding, key_customers, portrait, portrait_of_group, top_of
from regulars.groups.snapshot import Snapshot
from regulars.workspace import Workspace


def found(findings: tuple[Finding, ...], field: str, value: str = "") -> Finding | None:
    return next((one for one in findings if one.field == field and one.value == value), None)


def test_key_customers_are_more_often_resellers_and_recommended(snapshot: Snapshot, bought: Behaviour) -> None:
    drawn = portrait(snapshot, key_customers(snapshot), bought)
    reseller = found(drawn.findings, "customer_type", "reseller")
    assert reseller is not None
    assert reseller.difference.difference.low is not None
    assert reseller.difference.difference.low > 0.08
    assert reseller.side == "trait"
    assert drawn.of("trait")[0] == reseller
    bigger = found(drawn.findings, "first_category", "large furniture")
    assert bigger is not None
    assert bigger.side == "first purchase"
    assert drawn.reason is None
    assert not drawn.thin


def test_what_makes_up_value_is_never_a_finding(snapshot: Snapshot, bought: Behaviour) -> None:
    drawn = portrait(snapshot, key_customers(snapshot), bought)
    assert {one.field for one in drawn.findings}.isdisjoint(VALUE_ITSELF)
    assert not any(one.field.endswith(("_low", "_high", "_reason")) for one in drawn.findings)


def test_findings_stand_surest_first_and_have_their_numbers(snapshot: Snapshot, bought: Behaviour) -> None:
    drawn = portrait(snapshot, key_customers(snapshot), bought)
    assert [one.sureness for one in drawn.findings] == sorted((one.sureness for one in drawn.findings), reverse=True)
    for one in drawn.findings:
        figure = one.difference.difference
        assert figure.low is not None
        assert figure.value is not None
        assert figure.high is not None
        assert figure.low <= figure.value <= figure.high
        assert one.difference.p < 0.05
        assert one.meaning


def test_of_two_values_only_one_is_told(snapshot: Snapshot, bought: Behaviour) -> None:
    drawn = portrait(snapshot, key_customers(snapshot), bought)
    assert len([one for one in drawn.findings if one.field == "customer_type"]) == 1


def test_labels_dealt_at_random_find_nothing_in_about_95_of_100(snapshot: Snapshot, bought: Behaviour) -> None:
    generator = np.random.default_rng(21)
    members, wrong = key_customers(snapshot), 0
    for _ in range(20):
        wrong += bool(portrait(snapshot, generator.permutation(members), bought).findings)
    assert wrong <= 4  # 1 expected; 5 of 20 has a chance below 0.3%


@pytest.mark.slow(minutes=2)
def test_labels_dealt_at_random_hundreds_of_times(snapshot: Snapshot, bought: Behaviour) -> None:
    generator = np.random.default_rng(22)
    members, wrong = key_customers(snapshot), 0
    for _ in range(300):
        wrong += bool(portrait(snapshot, generator.permutation(members), bought).findings)
    assert wrong <= 25  # 15 expected at most


def test_of_few_members_no_portrait_is_drawn(snapshot: Snapshot) -> None:
    members = np.arange(len(snapshot)) < 5
    drawn = portrait(snapshot, members)
    assert drawn.findings == ()
    assert drawn.reason == "Fewer than 10 members: too few to compare."
    assert drawn.thin


def test_when_all_are_alike_it_is_said(snapshot: Snapshot) -> None:
    members = np.arange(len(snapshot)) % 7 == 3
    drawn = portrait(snapshot, members, leave_out={*VALUE_ITSELF, *(field.name for field in snapshot.fields)})
    assert drawn.reason == "Nothing stands out: in all that is known, members are like the others."


def test_the_few_who_bring_four_fifths_are_counted_from_the_largest() -> None:
    assert top_of(np.array([1.0, 50.0, 9.0, 40.0])).tolist() == [False, True, False, True]
    assert top_of(np.array([80.0, 20.0])).tolist() == [True, False]
    assert not top_of(np.array([-5.0, 1.0, np.nan])).any()


def test_the_key_customers_are_those_of_the_pareto_measure(shop: Workspace, snapshot: Snapshot) -> None:
    counted = shop.measure("pareto").to_arrow()["top_customers"][0].as_py()
    assert int(key_customers(snapshot).sum()) == counted


def test_the_portrait_of_a_group_leaves_out_what_its_rule_asks_for(snapshot: Snapshot, bought: Behaviour) -> None:
    rule = {"all": [{"field": "customer_type", "op": "is", "value": "reseller"}]}
    drawn = portrait_of_group(snapshot, rule, bought)
    assert drawn.members == 150
    assert {one.field for one in drawn.findings}.isdisjoint({"customer_type", *VALUE_ITSELF})
    delivered = found(drawn.findings, "region", "delivery area")
    assert delivered is not None
    assert delivered.difference.members.value == 1
    needs = [one for one in drawn.of("fact") if one.field == "fact:need"]
    more = {one.value for one in needs if (one.difference.difference.low or 0) > 0}
    assert more
    assert more <= set(RESELLER_NEEDS)
