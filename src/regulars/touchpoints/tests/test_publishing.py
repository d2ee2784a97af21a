"""The register keeps every version, knows who decided it, and never forgets who has read what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import regulars as rg
from regulars.groups.decisions import Decision, decide
from regulars.touchpoints import publishing
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import Guide, Promise, Standard, Touchpoint

NOW = datetime(2026, 7, 1, tzinfo=UTC)
BY = {"by": "ana@example.com", "now": NOW}
DELIVERY = Touchpoint("delivery", "Delivery", "employee", "Boris", "van", ("uses",), False, (Guide("Door", "Ring."),))
STANDARD = Standard("delivery", "We come on the day we said.", "We never leave a piece at the door.")
ON_TIME = Promise("on-time", "delivery", "On the day", "late_days", at_most=0, kind="delivery")


@pytest.fixture
def shop(tmp_path):
    with rg.init(tmp_path / "shop", name="Shop", currency="EUR", time_zone="Europe/Sofia") as made:
        yield made


@pytest.fixture
def delivering(shop):
    publishing.publish_touchpoint(shop, DELIVERY, **BY)
    return shop


def test_a_changed_owner_is_a_new_version_and_the_old_one_stays(delivering):
    second = publishing.publish_touchpoint(delivering, replace(DELIVERY, owner="Vera"), **BY)
    assert second.version == 2
    assert publishing.touchpoint(delivering, "delivery").owner == "Vera"
    assert publishing.touchpoint(delivering, "delivery", 1).owner == "Boris"
    first = publishing.history(delivering, "delivery")[0]
    assert (first.version, first.decided_by, first.decided_at) == (1, "ana@example.com", NOW)


def test_a_touchpoint_is_read_as_it_was_written(delivering):
    assert publishing.touchpoint(delivering, "delivery") == replace(DELIVERY, version=1)


def test_a_double_click_registers_once(shop):
    for _ in range(2):
        publishing.publish_touchpoint(shop, DELIVERY, request_id="one", **BY)
    assert len(publishing.history(shop, "delivery")) == 1


def test_a_retired_touchpoint_is_listed_no_more_and_comes_back_when_it_is_published_again(delivering):
    publishing.retire_touchpoint(delivering, "delivery", **BY)
    assert publishing.touchpoints(delivering) == []
    assert [one.key for one in publishing.touchpoints(delivering, retired=True)] == ["delivery"]
    with pytest.raises(TouchpointError, match="no longer in use"):
        publishing.touchpoint(delivering, "delivery")
    assert publishing.publish_touchpoint(delivering, DELIVERY, **BY).version == 3
    assert publishing.touchpoints(delivering)[0].retired is False


def test_touchpoints_stand_by_the_name_that_people_use(delivering):
    publishing.publish_touchpoint(delivering, Touchpoint("app 2", "Application"), **BY)
    publishing.publish_touchpoint(delivering, Touchpoint("Ateliér"), **BY)
    assert [one.called for one in publishing.touchpoints(delivering)] == ["Application", "Ateliér", "Delivery"]


def test_what_is_not_there_is_said_together_with_what_is(shop):
    with pytest.raises(TouchpointError, match="No touchpoint was registered yet"):
        publishing.touchpoint(shop, "delivery")
    publishing.publish_touchpoint(shop, DELIVERY, **BY)
    with pytest.raises(TouchpointError, match="There are: delivery"):
        publishing.touchpoint(shop, "van")
    with pytest.raises(TouchpointError, match="no version 9"):
        publishing.touchpoint(shop, "delivery", 9)


def test_a_standard_is_read_again_whenever_it_changes(delivering):
    publishing.publish_standard(delivering, STANDARD, **BY)
    first = publishing.confirm_standard(delivering, "delivery", person="vera@example.com", now=NOW)
    assert (first.version, first.person) == (1, "vera@example.com")
    publishing.publish_standard(delivering, replace(STANDARD, text="We come within the hour."), **BY)
    assert [one.version for one in publishing.confirmations(delivering, "delivery")] == [1]
    publishing.confirm_standard(delivering, "delivery", person="vera@example.com", now=NOW)
    assert [one.version for one in publishing.confirmations(delivering)] == [2]


def test_confirming_twice_or_an_older_version_changes_nothing(delivering):
    publishing.publish_standard(delivering, STANDARD, **BY)
    publishing.publish_standard(delivering, STANDARD, **BY)
    later = datetime(2026, 7, 2, tzinfo=UTC)
    publishing.confirm_standard(delivering, "delivery", person="vera", now=NOW)
    for version in (1, 2):
        again = publishing.confirm_standard(delivering, "delivery", person="vera", now=later, version=version)
        assert (again.version, again.confirmed_at) == (2, NOW)


def test_a_confirmation_keeps_touchpoints_and_people_apart_that_hold_colons(shop):
    publishing.publish_touchpoint(shop, Touchpoint("shop: front"), **BY)
    publishing.publish_standard(shop, Standard("shop: front", "We say good day."), **BY)
    publishing.confirm_standard(shop, "shop: front", person="till:2", now=NOW)
    only = publishing.confirmations(shop, "shop: front")
    assert [(one.touchpoint, one.person) for one in only] == [("shop: front", "till:2")]


def test_nobody_confirms_a_standard_that_is_not_there(delivering):
    with pytest.raises(TouchpointError, match="no written standard"):
        publishing.confirm_standard(delivering, "delivery", person="vera", now=NOW)
    publishing.publish_standard(delivering, STANDARD, **BY)
    with pytest.raises(TouchpointError, match="Nobody is named"):
        publishing.confirm_standard(delivering, "delivery", person="  ", now=NOW)
    publishing.retire_standard(delivering, "delivery", **BY)
    assert publishing.standard(delivering, "delivery") is None
    assert publishing.standards(delivering) == {}
    assert [one.version for one in publishing.standard_history(delivering, "delivery")] == [1, 2]


def test_standards_and_promises_need_a_registered_touchpoint(shop):
    with pytest.raises(TouchpointError, match="no touchpoint 'delivery'"):
        publishing.publish_standard(shop, STANDARD, **BY)
    with pytest.raises(TouchpointError, match="no touchpoint 'delivery'"):
        publishing.publish_promise(shop, ON_TIME, **BY)


def test_a_promise_is_published_changed_and_taken_back(delivering):
    publishing.publish_promise(delivering, ON_TIME, **BY)
    publishing.publish_promise(delivering, replace(ON_TIME, at_most=1), **BY)
    assert [one.at_most for one in publishing.promises(delivering, "delivery")] == [1]
    assert publishing.promise(delivering, "on-time", 1).at_most == 0
    assert publishing.promises(delivering, "chat") == []
    publishing.retire_promise(delivering, "on-time", **BY)
    assert publishing.promises(delivering) == []
    assert len(publishing.promise_history(delivering, "on-time")) == 3
    with pytest.raises(TouchpointError, match="taken back"):
        publishing.promise(delivering, "on-time")


def test_promises_of_one_name_get_keys_of_their_own(delivering):
    publishing.publish_promise(delivering, replace(ON_TIME, key="on-the-day"), **BY)
    assert publishing.free_promise_key(delivering, "On the day") == "on-the-day-2"
    assert publishing.free_promise_key(delivering, "Час") == "chas"


def test_a_decision_that_cannot_be_read_does_not_hide_the_others(delivering):
    decide(delivering, "touchpoint", Decision("broken", 1, {"sort": "robot"}, NOW, "x"))
    decide(delivering, "standard read", Decision("delivery:x", 1, {"version": "two"}, NOW, "x"))
    assert [one.key for one in publishing.touchpoints(delivering)] == ["delivery"]
    assert publishing.confirmations(delivering) == []
    with pytest.raises(TouchpointError, match="cannot be read"):
        publishing.history(delivering, "broken")
