"""Who works here, what they may decide, and what they promise each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import regulars as rg
from regulars.log.inbox import Entry
from regulars.people.errors import PeopleError
from regulars.people.parts import (
    Department,
    DepartmentPromise,
    Employee,
    KeyAccount,
    Limit,
    ServiceGroup,
    Training,
    Visit,
)
from regulars.people.publishing import (
    answer_training,
    call_off_visit,
    plan_visit,
    publish_department,
    publish_department_promise,
    publish_employee,
    publish_key_account,
    publish_limit,
    publish_service_group,
    publish_training,
    rate_department_promise,
    retire_limit,
)
from regulars.people.reading import (
    department_promises,
    departments,
    employee,
    employees,
    key_account,
    key_accounts,
    limit_of,
    limits,
    own_ratings,
    service_group,
    trainings,
    visits,
)
from regulars.people.using import thank, thanks, use_authority, uses, visit_done
from regulars.workspace import Workspace

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with rg.init(tmp_path / "shop") as workspace:
        yield workspace


def served(shop: Workspace, employee: str, department: str, number: int = 1) -> None:
    row = {
        "interaction_id": number,
        "source": "till",
        "client_key": 7,
        "occurred_at": NOW - timedelta(days=number),
        "occurred_on": (NOW - timedelta(days=number)).date(),
        "kind": "visit",
        "employee": employee,
        "department": department,
    }
    shop.add([Entry("interactions", row)])


def test_an_empty_company_has_nobody_and_no_error(shop: Workspace) -> None:
    assert employees(shop) == []
    assert departments(shop) == []
    assert limits(shop) == []
    assert service_group(shop) is None
    assert key_accounts(shop) == []
    assert uses(shop) == []


def test_whoever_served_a_customer_works_here_in_the_department_seen_last(shop: Workspace) -> None:
    served(shop, "E1", "sales", 1)
    served(shop, "E1", "delivery", 9)
    assert [(one.code, one.department, one.level) for one in employees(shop)] == [("E1", "sales", "")]
    assert [one.key for one in departments(shop)] == ["delivery", "sales"]


def test_what_people_decide_of_somebody_holds_over_what_the_log_shows(shop: Workspace) -> None:
    served(shop, "E1", "sales")
    publish_employee(shop, Employee("E1", level="front line", role="adviser"), by="owner", now=NOW)
    found = employee(shop, "E1")
    assert (found.department, found.level, found.role, found.version) == ("sales", "front line", "adviser", 1)


def test_whoever_left_is_no_longer_among_those_who_work_here(shop: Workspace) -> None:
    publish_employee(shop, Employee("E1", left_on=date(2026, 5, 31)), by="owner", now=NOW)
    assert employees(shop, on=date(2026, 6, 1)) == []
    assert [one.code for one in employees(shop, on=date(2026, 5, 31))] == ["E1"]


def test_nobody_leaves_before_they_came(shop: Workspace) -> None:
    crossed = Employee("E1", started_on=date(2026, 5, 2), left_on=date(2026, 5, 1))
    with pytest.raises(PeopleError, match="lies before the first"):
        publish_employee(shop, crossed, by="owner", now=NOW)


def test_a_department_that_was_only_seen_has_no_zone_until_somebody_says_so(shop: Workspace) -> None:
    served(shop, "E1", "sales")
    assert departments(shop)[0].zone == ""
    publish_department(shop, Department("sales", "Sales", "visible", "E1"), by="owner", now=NOW)
    assert [(one.called, one.zone, one.head) for one in departments(shop)] == [("Sales", "visible", "E1")]


def test_a_persons_own_limit_goes_before_that_of_their_role_and_the_role_before_their_level(shop: Workspace) -> None:
    publish_employee(shop, Employee("E1", level="front line", role="adviser"), by="owner", now=NOW)
    for limit in (
        Limit("", "refund", role="front line", up_to=Decimal(20)),
        Limit("", "refund", role="Adviser", up_to=Decimal(50)),
        Limit("", "refund", employee="E1", up_to=Decimal(80)),
    ):
        publish_limit(shop, limit, by="owner", now=NOW)
    amounts = []
    for key in ("employee E1: refund", "role Adviser: refund", "role front line: refund"):
        found = limit_of(shop, "E1", "refund")
        assert found is not None
        amounts.append(found.up_to)
        retire_limit(shop, key, by="owner", now=NOW)
    assert amounts == [80, 50, 20]
    assert limit_of(shop, "E1", "refund") is None


def test_a_limit_is_for_a_role_or_for_a_person_and_never_for_both(shop: Workspace) -> None:
    with pytest.raises(PeopleError, match="given to nobody"):
        publish_limit(shop, Limit("", "refund"), by="owner", now=NOW)
    with pytest.raises(PeopleError, match="Choose one of them"):
        publish_limit(shop, Limit("", "refund", role="adviser", employee="E1"), by="owner", now=NOW)


def test_a_use_keeps_the_limit_that_was_in_force_when_it_was_made(shop: Workspace) -> None:
    publish_limit(shop, Limit("", "refund", employee="E1", up_to=Decimal("49.90")), by="owner", now=NOW)
    made = use_authority(shop, employee="E1", decision="refund", amount=Decimal("49.90"), now=NOW, request_id="a")
    assert made.within is True
    publish_limit(shop, Limit("", "refund", employee="E1", up_to=Decimal(10)), by="owner", now=NOW)
    over = use_authority(shop, employee="E1", decision="refund", amount=Decimal("49.90"), now=NOW, request_id="b")
    assert over.within is False
    assert sorted((one.limit, one.within) for one in uses(shop)) == [(10, False), (Decimal("49.9"), True)]


def test_a_double_click_logs_one_use(shop: Workspace) -> None:
    for _ in range(2):
        use_authority(shop, employee="E1", decision="gift", now=NOW, request_id="same")
    assert len(uses(shop)) == 1
    assert uses(shop)[0].within is None


def test_a_question_that_was_answered_later_is_listed_once_by_its_answer(shop: Workspace) -> None:
    asked = use_authority(shop, employee="E1", decision="refund", outcome="asked", now=NOW)
    use_authority(
        shop,
        employee="E1",
        decision="refund",
        outcome="refused",
        answers=asked.interaction_id,
        wait_seconds=600,
        now=NOW + timedelta(minutes=10),
    )
    assert [(one.outcome, one.asked, one.wait_seconds) for one in uses(shop)] == [("refused", True, 600)]


def test_nobody_waits_for_a_superior_who_was_not_asked(shop: Workspace) -> None:
    with pytest.raises(PeopleError, match="nobody to wait for"):
        use_authority(shop, employee="E1", decision="refund", wait_seconds=60, now=NOW)


def test_thanks_and_a_bonus_stay_in_the_log(shop: Workspace) -> None:
    thank(shop, "E1", "Drove the part to the customer herself.", bonus=Decimal(50), by="owner@x", now=NOW)
    assert [(one.employee, one.bonus, one.given_by) for one in thanks(shop, employee="E1")] == [("E1", 50, "owner@x")]
    assert thanks(shop, employee="E2") == []
    with pytest.raises(PeopleError, match="say nothing"):
        thank(shop, "E1", " ", by="owner", now=NOW)


def test_a_training_counts_who_understood_it_of_those_who_were_there(shop: Workspace) -> None:
    made = publish_training(shop, Training("", "Complaints", date(2026, 6, 1), ("E1", "E2")), by="owner", now=NOW)
    answer_training(shop, made.key, "E1", understood=True, used=False, by="owner", now=NOW)
    assert [(one.understood, one.used) for one in trainings(shop)] == [({"E1": "yes"}, {"E1": False})]
    with pytest.raises(PeopleError, match="was not at the training"):
        answer_training(shop, made.key, "E9", understood=True, by="owner", now=NOW)


def test_the_same_request_makes_one_promise_between_departments(shop: Workspace) -> None:
    promise = DepartmentPromise("", "accounts", "sales", "Contracts answered", 2 * 86_400)
    for _ in range(2):
        publish_department_promise(shop, promise, by="owner", now=NOW, request_id="one")
    assert [(one.giver, one.taker) for one in department_promises(shop)] == [("accounts", "sales")]
    with pytest.raises(PeopleError, match="cannot promise itself"):
        publish_department_promise(shop, DepartmentPromise("", "a", "a", "x", 60), by="owner", now=NOW)


def test_rating_a_promise_again_replaces_what_one_said_before(shop: Workspace) -> None:
    key = publish_department_promise(shop, DepartmentPromise("", "a", "b", "x", 60), by="owner", now=NOW).key
    for score in (2, 4):
        rate_department_promise(shop, key, person="e1@x", side="to", score=score, now=NOW)
    assert [(one.promise, one.side, one.score) for one in own_ratings(shop, "e1@x")] == [(key, "to", 4)]
    with pytest.raises(PeopleError, match="from 1 to 5"):
        rate_department_promise(shop, key, person="e1@x", side="to", score=6, now=NOW)


def test_a_key_account_has_a_keeper_and_is_visited_once_however_often_that_is_sent(shop: Workspace) -> None:
    publish_service_group(shop, ServiceGroup("Be there first", ("keeper",), ("production",)), by="owner", now=NOW)
    publish_key_account(shop, KeyAccount(7, "E1"), by="owner", now=NOW)
    planned = plan_visit(shop, Visit("", 7, date(2026, 6, 15), "E1", "trial batch"), by="owner", now=NOW)
    for _ in range(2):
        visit_done(shop, planned.key, by="owner", now=NOW)
    account = key_account(shop, 7)
    assert account is not None
    assert account.keeper == "E1"
    assert [one.done_on for one in visits(shop, client_key=7)] == [date(2026, 6, 15)]
    with shop.engine() as engine:
        rows = engine.run("SELECT client_key, employee, properties FROM interactions WHERE kind = 'visit'").to_pylist()
    assert len(rows) == 1
    assert rows[0]["client_key"] == 7
    assert '"service_group": true' in rows[0]["properties"]


def test_a_visit_that_was_called_off_is_no_longer_planned(shop: Workspace) -> None:
    planned = plan_visit(shop, Visit("", 7, date(2026, 6, 20), "E1"), by="owner", now=NOW)
    call_off_visit(shop, planned.key, by="owner", now=NOW)
    assert visits(shop) == []
