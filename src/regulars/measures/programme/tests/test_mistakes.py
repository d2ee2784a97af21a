"""Every known mistake warns where it is made, and is quiet where it is not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.measures.programme import mistakes
from regulars.measures.programme.levels import rows_of
from regulars.measures.programme.seen import Seen
from regulars.measures.programme.tests.company import AS_OF, Decision, bought, company
from regulars.measures.programme.wording import CRITERIA, MISTAKES

WRITTEN: Decision = ("definition", "customer focus", {"text": "New", "version": 2})
STAFF = [f"E{number}" for number in range(10)]


def products(price: float) -> list[dict[str, Any]]:
    """Eight products that cost 10 before and about ``price`` now."""
    return [
        {
            "product": f"P{place}",
            "amount": 5 * price * (1 + place / 1000),
            "quantity": 5.0,
            "amount_before": 50.0,
            "quantity_before": 5.0,
        }
        for place in range(8)
    ]


def ranged(little: int, much: int) -> list[dict[str, Any]]:
    nothing = {"quantity": 1.0, "amount_before": 0.0, "quantity_before": 0.0}
    return [
        {"product": f"P{place}", "amount": 1.0 if place < little else 1000.0, **nothing}
        for place in range(little + much)
    ]


def gifts(returned: int, of: int = 1000) -> dict[str, Any]:
    rows = [{"gifted": 1, "days": of, "returned": returned}, {"gifted": 0, "days": 1000, "returned": 500}]
    return {"tables": {"gifts": rows}, "tally": {"gesture_cost": 100.0}}


def at_desk(good: int) -> dict[str, Any]:
    said = [{"touchpoint": "desk", "good": good, "answers": 50, "scored": 50}]
    return {"tables": {"kept": [{"touchpoint": "desk", "kept": 98, "judged": 100}], "said": said}}


def read_by(count: int) -> dict[str, Any]:
    read: list[Decision] = [("definition read", code, {"version": 2}) for code in STAFF[:count]]
    return {"decided": [WRITTEN, *read], "staff": STAFF}


def trained(thanked: int) -> dict[str, Any]:
    training = {"name": "Calls", "held_on": "2026-02-02", "understood": {"E1": "yes"}}
    return {"decided": [("training", "calls", training)], "staff": STAFF, "tally": {"thanked": thanked}}


def departments(*promised: str) -> dict[str, Any]:
    known: list[Decision] = [("department", name, {"name": name}) for name in ("sales", "accounts", "vans", "care")]
    given: list[Decision] = [("department promise", name, {"from": name, "to": "sales"}) for name in promised]
    return {"decided": [*known, *given]}


def attested(*keys: str) -> dict[str, Any]:
    until = {"met": True, "because": "seen", "until": "2026-12-31"}
    return {"decided": [("attested", key, until) for key in keys]}


def complained(decided: bool) -> dict[str, Any]:
    rows = [{"touchpoint": "desk", "complaints": 4, "first_s": datetime(2026, 2, 1, tzinfo=UTC).timestamp()}]
    promise: list[Decision] = [("promise", "fast", {"touchpoint": "desk", "at_most": 5})] if decided else []
    return {"tables": {"complaints_at": rows}, "decided": promise}


def profit_up(came_back: int) -> dict[str, Any]:
    """400 customers of each year; of the year before ``came_back`` bought again, of the one before that 300."""
    money = {"known_value": 10.0, "profit": 5.0, "value_before": 10.0, "known_before": 10.0, "profit_before": 3.0}
    again = [{**row, **money, "orders_before": 1} for row in bought(came_back)]
    gone = [{**row, **money, "orders": 0, "orders_before": 1} for row in bought(400 - came_back)]
    earlier = [{"orders": 0, "orders_before": int(place < 300), "orders_earlier": 1} for place in range(400)]
    for row, old in zip(again + gone, earlier, strict=True):
        row["orders_earlier"] = old["orders_before"]
    return {"customers": [*again, *gone, *bought(100, orders=0, orders_earlier=1, value=0.0)]}


MADE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "price-war": ({"tables": {"products": products(9)}}, {"tables": {"products": products(10.5)}}),
    "always-right": (
        {"customers": [*bought(90, known_value=10.0, profit=4.0), *bought(10, known_value=10.0, profit=-4.0)]},
        {"customers": bought(100, known_value=10.0, profit=4.0)},
    ),
    "unvalued-spending": (gifts(450), gifts(600)),
    "mechanical-standards": (at_desk(20), at_desk(45)),
    "discount-only": ({"tally": {"given": 40, "discounts": 39}}, {"tally": {"given": 40, "discounts": 10}}),
    "no-corrective-action": (complained(False), complained(True)),
    "training-alone": (trained(0), trained(4)),
    "strategy-unheard": (read_by(3), read_by(9)),
    "departments-silent": (departments(), departments("accounts", "vans")),
    "no-authority": ({"tally": {"uses": 40, "uses_asked": 30}}, {"tally": {"uses": 40, "uses_asked": 5}}),
    "skipped-level": (attested("competent", "unusual"), attested("courteous", "personal")),
    "wide-range": ({"tables": {"products": ranged(30, 10)}}, {"tables": {"products": ranged(3, 37)}}),
    "chasing-new": (
        {"customers": [*bought(20, orders_before=1), *bought(80, orders=0, orders_before=1), *bought(90, new=1)]},
        {"customers": [*bought(70, orders_before=1), *bought(30, orders=0, orders_before=1), *bought(90, new=1)]},
    ),
    "growing-surprises": (
        {"tally": {"gestures": 400, "gestures_before": 200, "orders": 1000, "orders_before": 1000}},
        {"tally": {"gestures": 210, "gestures_before": 200, "orders": 1000, "orders_before": 1000}},
    ),
    "conveyor": (
        {"customers": [*bought(95), *bought(5, staffed=1)]},
        {"customers": [*bought(20), *bought(80, staffed=1)]},
    ),
    "customers-pay": (
        {"tables": {"fees": [{"orders": 100, "with_fee": 40, "large_fee": 30}]}},
        {"tables": {"fees": [{"orders": 100, "with_fee": 40, "large_fee": 1}]}},
    ),
    "short-term": (profit_up(200), profit_up(320)),
    "refused-returns": ({"tally": {"returns": 40, "returns_refused": 20}}, {"tally": {"returns": 40}}),
}


def row_of(key: str, seen: Seen) -> dict[str, Any]:
    return next(row for row in mistakes._rows(seen)[0] if row["mistake"] == key)


def test_no_known_mistake_is_without_its_rule_and_its_tests() -> None:
    assert set(MADE) == set(MISTAKES) == set(mistakes.RULES)
    assert len(MISTAKES) == 18


@pytest.mark.parametrize("key", MISTAKES)
def test_a_mistake_that_is_made_warns_with_its_numbers(key: str) -> None:
    row = row_of(key, company(**MADE[key][0]))
    assert row["state"] == "warns", row
    assert any(letter.isdigit() for letter in row["sentence"])
    assert row["n"] > 0
    assert (row["value"] > row["limit"]) is row["warns_over"] or key in ("unvalued-spending", "short-term")


@pytest.mark.parametrize("key", MISTAKES)
def test_a_mistake_that_is_not_made_is_quiet(key: str) -> None:
    assert row_of(key, company(**MADE[key][1]))["state"] == "quiet"


@pytest.mark.parametrize("key", MISTAKES)
def test_of_a_company_without_a_log_nothing_is_claimed(key: str) -> None:
    row = row_of(key, company())
    assert (row["state"], row["value"], row["n"]) == ("unknown", None, 0)
    assert row["value_reason"] == row["sentence"] != ""


def test_a_warning_that_was_answered_is_silent_until_its_day_and_speaks_again_after_it() -> None:
    made = MADE["no-authority"][0]
    said = {"because": "limits come in May", "until": AS_OF.isoformat()}
    answered = row_of("no-authority", company(**made, decided=[("mistake answered", "no-authority", said)]))
    assert (answered["state"], answered["answered_because"]) == ("answered", "limits come in May")
    past = {**said, "until": "2026-06-29"}
    assert (
        row_of("no-authority", company(**made, decided=[("mistake answered", "no-authority", past)]))["state"]
        == "warns"
    )


def test_an_answer_to_a_mistake_that_is_not_made_hides_nothing() -> None:
    said: Decision = ("mistake answered", "no-authority", {"because": "we know", "until": "2027-01-01"})
    assert row_of("no-authority", company(**MADE["no-authority"][1], decided=[said]))["state"] == "quiet"


def test_staff_of_whom_nobody_has_a_limit_are_without_authority() -> None:
    row = row_of("no-authority", company(staff=STAFF))
    assert (row["state"], row["sentence"]) == (
        "warns",
        "None of 10 employees has a limit within which to decide on the spot.",
    )
    limit: Decision = ("limit", "seller:refund", {"whom": {"role": "seller"}, "decision": "refund", "up_to": "50"})
    assert row_of("no-authority", company(staff=STAFF, decided=[limit]))["state"] == "unknown"


def test_presents_that_too_few_got_to_tell_anything_are_no_mistake_and_no_success() -> None:
    row = row_of("unvalued-spending", company(**gifts(21, of=40)))
    assert row["state"] == "unknown"
    assert row["sentence"].endswith("Too few got one to tell it from chance.")
    assert row["value_low"] < 0 < row["value_high"]


@given(st.integers(10, 500), st.data())
def test_one_more_decision_on_the_spot_never_brings_the_warning_about(uses: int, data: st.DataObject) -> None:
    asked = data.draw(st.integers(1, uses))
    states = [
        row_of("no-authority", company(tally={"uses": uses, "uses_asked": some}))["state"]
        for some in (asked, asked - 1)
    ]
    assert states != ["quiet", "warns"]


def test_the_limits_of_the_skipped_level_are_those_of_maturity() -> None:
    rows, notes = rows_of(company(**attested("competent", "plans")))
    skipped = {row["criterion"] for row in rows if row["skipped"]}
    assert skipped == {"competent", "plans"}
    assert len(rows) == len(CRITERIA)
    assert "No level can be skipped" in notes[-1]
