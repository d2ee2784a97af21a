"""The five steps and whether the programme runs, as colleagues see and decide them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.programme.parts import StepAction
from regulars.programme.publishing import action_history, actions, programme, publish_action
from regulars_web.programme.tests.conftest import NASTY, page_of
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db
KEY = "3:owners"


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def plan(client, key=KEY, **said):
    sent = {"text": "Name an owner of the returns desk.", "owner": "Manager", "due_on": tomorrow(), "request_id": "1"}
    return client.post(f"/programme/next/{key}", {**sent, **said})


def test_every_step_shows_by_evidence_what_is_done_and_out_of_how_many(client_as, shop):
    page = page_of(client_as("viewer"), "/programme/")
    for name in (
        "One shared understanding",
        "Know the customer",
        "Touchpoints",
        "Life cycle and journey",
        "Experience",
    ):
        assert name in page
    row = next(row for row in shop.measure("steps").to_arrow().to_pylist() if row["evidence"] == "known-sales")
    assert f"{row['done']:,} of {row['of']:,}" in page


def test_nothing_is_ticked_by_hand(client_as):
    page = page_of(client_as("owner"), "/programme/part/steps")
    assert 'type="checkbox"' not in page
    assert 'type="radio"' not in page


def test_steps_that_are_not_counted_yet_come_by_themselves(client_as, shop):
    shop.drop_cache()
    page = page_of(client_as("viewer"), "/programme/")
    assert "/programme/part/steps" in page
    assert "This part is being counted" in page


def test_the_next_action_has_an_owner_and_a_date_and_is_kept_once(client_as, shop, shop_folder):
    client = client_as("manager")
    for _ in range(2):
        assert plan(client)["Location"] == "/programme/#step-3"
    (kept,) = action_history(shop, KEY)
    assert (kept.body.text, kept.body.owner, kept.decided_by) == (
        "Name an owner of the returns desk.",
        "Manager",
        "manager@example.com",
    )
    page = page_of(client, "/programme/part/steps")
    assert "Name an owner of the returns desk." in page
    lines = said_in_trail(shop_folder, "step action kept")
    assert lines
    assert not any("returns desk" in line for line in lines)


def test_an_action_without_an_owner_or_a_date_is_asked_for_again(client_as, shop):
    before = actions(shop)
    for left_out in ("text", "owner", "due_on"):
        assert plan(client_as("owner"), **{left_out: ""}).status_code == 422
    assert actions(shop) == before


def test_an_action_that_is_late_says_so(client_as, shop):
    long_ago = timezone.localdate() - timedelta(days=40)
    publish_action(shop, StepAction(KEY, "Name one.", "Someone", long_ago), by="somebody", now=timezone.now())
    assert ">late<" in page_of(client_as("viewer"), "/programme/part/steps")


def test_an_action_that_is_done_keeps_the_day_and_leaves_the_evidence_as_it_is(client_as, shop):
    before = {row["evidence"]: row["state"] for row in shop.measure("steps").to_arrow().to_pylist()}
    plan(client_as("owner"), done="on")
    assert actions(shop)[KEY].done_on == timezone.localdate()
    after = {row["evidence"]: row["state"] for row in shop.measure("steps").to_arrow().to_pylist()}
    assert after == before, "only the log can say that a step is done"


def test_there_is_no_action_for_what_is_no_evidence(client_as):
    for key in ("3:moon", "2:owners", "owners", "moon"):
        assert plan(client_as("owner"), key).status_code == 404


@pytest.mark.parametrize("role", ["analyst", "front line", "viewer"])
def test_who_does_not_lead_reads_and_decides_nothing(client_as, shop, role):
    client = client_as(role)
    assert "/programme/next/" not in page_of(client, "/programme/part/steps")
    assert plan(client).status_code == 403
    assert client.post("/programme/state/start", {"why": "x"}).status_code == 403
    assert all(one.decided_by != f"{role.replace(' ', '.')}@example.com" for one in action_history(shop, KEY))


def test_hostile_text_stays_text(client_as):
    client = client_as("owner")
    for place, text in enumerate(NASTY):
        plan(client, text=text, owner=text, request_id=str(place))
        page = page_of(client, "/programme/part/steps") + page_of(client, f"/programme/next/{KEY}")
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_programme_starts_small_pauses_and_starts_again(client_as, shop, shop_folder):
    client = client_as("owner")
    if programme(shop).state == "started":
        client.post("/programme/state/pause", {"why": "Stocktaking.", "request_id": "0"})
    turn = "start" if programme(shop).state == "not started" else "restart"
    client.post(f"/programme/state/{turn}", {"touchpoint": "delivery", "why": "Try it there.", "request_id": "a"})
    found = programme(shop)
    assert (found.state, found.pilot.touchpoint, found.why) == ("started", "delivery", "Try it there.")
    client.post("/programme/state/pause", {"why": "The season.", "request_id": "b"})
    assert (programme(shop).state, programme(shop).pilot.touchpoint) == ("paused", "delivery")
    client.post("/programme/state/restart", {"why": "It is over.", "request_id": "c"})
    assert (programme(shop).state, programme(shop).pilot) == ("started", None)
    assert len(said_in_trail(shop_folder, "programme changed")) >= 3


def test_a_group_that_is_not_there_is_no_pilot(client_as, shop):
    before = programme(shop)
    turn = {"not started": "start", "started": "widen", "paused": "restart"}[before.state]
    assert client_as("owner").post(f"/programme/state/{turn}", {"group": "moon"}).status_code == 422
    assert programme(shop) == before


def test_a_turn_that_somebody_took_meanwhile_is_not_taken_twice(client_as, shop):
    before = programme(shop)
    turn = "restart" if before.state == "started" else "pause"
    assert client_as("owner").post(f"/programme/state/{turn}", {"why": "x"}).status_code == 302
    assert programme(shop) == before


def test_the_page_asks_the_database_as_much_for_many_actions_as_for_none(
    client_as, shop, django_assert_max_num_queries
):
    client = client_as("owner")
    page_of(client, "/programme/part/steps")
    for key in ("3:owners", "3:standards", "2:known-sales", "4:four-questions", "5:satisfied", "1:parity"):
        publish_action(shop, StepAction(key, "Do it.", "Someone", timezone.localdate()), by="x", now=timezone.now())
    page_of(client, "/programme/part/steps")
    with django_assert_max_num_queries(8):
        page_of(client, "/programme/")
