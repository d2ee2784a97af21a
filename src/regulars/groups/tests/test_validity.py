from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regulars.groups.behaviour import Behaviour, behaviour
from regulars.groups.likeness import likeness
from regulars.groups.live import evaluate
from regulars.groups.needs import unique_needs
from regulars.groups.opening import open_snapshot
from regulars.groups.portrait import key_customers, portrait
from regulars.groups.publishing import groups
from regulars.groups.snapshot import Snapshot
from regulars.groups.validity import check_validity, decided, independent_of_each_other, members_buy_alike
from regulars.groups.verdicts import SENTENCES, Check
from regulars.workspace import init


def rule(*conditions: tuple[Any, ...]) -> dict[str, Any]:
    return {"all": [dict(zip(("field", "op", "value"), condition, strict=False)) for condition in conditions]}


RESELLERS = rule(("customer_type", "is", "reseller"))
BULGARIANS = rule(("country", "is", "BG"))


def codes(check: Check) -> set[str]:
    return {reason.code for reason in check.reasons}


def test_resellers_are_a_valid_group(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, RESELLERS, bought, {"bulgarians": BULGARIANS})
    assert found.verdict == "pass", [reason.text for check in found.checks for reason in check.reasons]
    spend = next(spread for spread in found.likeness.spreads if spread.name == "spend a year")
    assert spend.members_mean > spend.others_mean + 1.5
    assert found.likeness.members == 150


def test_a_country_says_nothing_about_how_people_buy_here(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, BULGARIANS, bought)
    assert found.members_buy_alike.verdict == "fails"
    assert codes(found.members_buy_alike) == {"not_alike"}
    assert found.measurable.verdict == "pass"


def test_volume_bought_from_us_fails_by_name(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, rule(("spend", "at_least", 2000), ("orders", "at_least", 3)), bought)
    of_us = found.independent_of_us
    assert of_us.verdict == "fails"
    assert {r.facts["field"] for r in of_us.reasons if r.code == "depends_on_us"} == {"spend", "orders"}
    assert "spend" in of_us.reasons[0].text or "orders" in of_us.reasons[0].text
    assert found.independent_of_each_other.verdict == "fails"


def test_length_of_the_relation_fails_too(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, rule(("first_order_on", "before", "2024-01-01")), bought)
    assert found.independent_of_us.verdict == "fails"


def test_a_year_of_birth_known_of_two_in_three_is_doubtful(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, rule(("birth_year", "at_least", 1990)), bought).measurable
    assert found.verdict == "doubtful"
    figure = found.reasons[0].figure
    assert figure is not None
    assert figure.value is not None
    assert 0.5 < figure.value < 0.7  # seven in ten households, no reseller
    assert figure.n == len(snapshot)


def test_what_was_noted_of_one_in_ten_cannot_be_measured(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, rule(("fact:need", "contains", "desk")), bought)
    assert found.measurable.verdict == "fails"
    assert codes(found.measurable) == {"known_too_little", "loose_text"}
    assert "fact_from_contact" in codes(found.independent_of_us)
    noted = check_validity(snapshot, rule(("fact:need", "known")), bought)
    assert "rests_on_notes" in codes(noted.independent_of_us)


def test_a_city_and_its_country_are_one_criterion(snapshot: Snapshot, bought: Behaviour) -> None:
    city = snapshot.column("city")[0].as_py()
    found = check_validity(snapshot, rule(("country", "known"), ("city", "is", city)), bought)
    assert found.independent_of_each_other.verdict == "fails"
    assert codes(found.independent_of_each_other) == {"criteria_same"}


def test_the_same_group_twice_is_said_and_one_that_excludes_it_is_fine(snapshot: Snapshot, bought: Behaviour) -> None:
    others = {"wholesale": RESELLERS, "households": rule(("customer_type", "is", "end user"))}
    found = check_validity(snapshot, RESELLERS, bought, others).independent_of_each_other
    verdicts = {reason.facts["other"]: reason.verdict for reason in found.reasons if "other" in reason.facts}
    assert verdicts == {"wholesale": "fails", "households": "pass"}


def test_a_group_that_is_made_by_gifts_is_doubtful(snapshot: Snapshot, bought: Behaviour) -> None:
    resellers = np.isin(bought.keys, snapshot.keys[snapshot.members(RESELLERS)])
    spoilt = replace(bought, treatments={**bought.treatments, "gestures": bought.orders * resellers})
    found = check_validity(snapshot, RESELLERS, spoilt).independent_of_us
    assert found.verdict == "doubtful"
    assert found.reasons[0].facts == {"treatment": "gestures", "direction": "more"}


def test_a_group_of_nobody_is_never_called_valid(snapshot: Snapshot, bought: Behaviour) -> None:
    found = check_validity(snapshot, rule(("country", "is", "nowhere")), bought, {"resellers": RESELLERS})
    assert found.members_buy_alike.verdict == "cannot be said"
    assert found.verdict == "cannot be said"


def test_five_resellers_are_too_few_to_tell(snapshot: Snapshot, bought: Behaviour) -> None:
    few = snapshot.keys[snapshot.members(RESELLERS)][:5]
    members = np.isin(bought.keys, few)
    found = members_buy_alike(likeness(bought.features, members))
    assert found.verdict == "cannot be said"
    assert "Fewer than ten members." in found.reasons[0].text


def test_one_criterion_cannot_repeat_another() -> None:
    assert independent_of_each_other({}, {}).verdict == "pass"


@pytest.mark.parametrize("code", list(SENTENCES))
def test_every_reason_is_a_plain_sentence(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence[0].isupper() or sentence.startswith("{")
    assert sentence.endswith(".")
    assert "!" not in sentence


def test_members_are_compared_with_those_of_whom_the_rule_can_tell(snapshot: Snapshot, bought: Behaviour) -> None:
    """No year of birth is known of any reseller: the old differ from them in buying, not from the young."""
    older = snapshot.read(rule(("birth_year", "at_most", 1970)))
    members = snapshot.members(older)
    told = decided(snapshot, older, members)
    assert np.array_equal(told, snapshot.known(older.fields[0]))
    found = check_validity(snapshot, older, bought)
    assert found.likeness.members + found.likeness.others == int(told.sum())
    assert found.members_buy_alike.verdict == "fails"


def test_a_company_without_customers_has_no_valid_group(tmp_path: Path) -> None:
    with init(tmp_path / "empty") as workspace:
        empty = open_snapshot(workspace)
        live = evaluate(empty, RESELLERS)
        assert (live.customers, live.total, live.share.value) == (0, 0, None)
        with workspace.engine() as engine:
            nothing = behaviour(engine, empty.as_of)
        found = check_validity(empty, RESELLERS, nothing, {"bulgarians": BULGARIANS})
        assert found.verdict == "cannot be said"
        assert portrait(empty, key_customers(empty), nothing).reason is not None
        assert unique_needs(empty, empty.members(RESELLERS)).found == ()
        assert groups(workspace) == []
