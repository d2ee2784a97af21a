"""Home leads with the index and the steps; known mistakes warn there and are answered there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars_web.home.actions import counted_part, refresh
from regulars_web.home.elsewhere import WAITS
from regulars_web.home.tests.seen import whole
from regulars_web.shared import numbers
from regulars_web.shared.scope import Scope

pytestmark = pytest.mark.django_db


def test_the_page_leads_with_the_index_its_interval_and_what_it_was_measured_on(client_as, shop):
    answer = whole(client_as("viewer"))
    row = shop.measure("index").to_arrow().to_pylist()[0]
    shown = answer.context["parts"]["lead"]["index"]
    assert shown["coverage"] == numbers.percent(row["coverage"])
    if row["score"] is None:
        assert shown["score"].value == numbers.UNKNOWN
        assert "is not known yet" in answer.context["parts"]["lead"]["title"]
    else:
        assert shown["score"].value == numbers.percent(row["score"] / 100)
        assert shown["score"].interval
    assert [len(shown["views"]), len(answer.context["parts"]["lead"]["programme"]["steps"])] == [3, 5]


def test_what_is_done_of_each_step_is_what_the_measure_says(client_as, shop):
    rows = shop.measure("steps").to_arrow().to_pylist()
    for step in whole(client_as("owner")).context["parts"]["lead"]["programme"]["steps"]:
        own = [row for row in rows if row["step"] == step.number]
        assert (step.done, step.of) == (sum(row["state"] == "done" for row in own), len(own))


def test_a_known_mistake_is_answered_on_home_and_is_quiet_at_once(client_as, shop):
    client = client_as("manager")
    warned = client.get("/part/warned").context["part"]
    if not warned["warns"]:
        pytest.skip("no known mistake warns in this made company")
    key = warned["warns"][0]["key"]
    until = timezone.localdate() + timedelta(days=30)
    sent = {"because": "We look at it in spring.", "until": until.isoformat(), "back": "home", "request_id": "one"}
    answer = client.post(f"/programme/mistakes/{key}", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/#warned")
    page = client.get("/")  # counted before the answer, and shown as it was counted
    shown = page.context["parts"]["warned"]
    assert shown.get("waits") or key not in {one["key"] for one in shown["warns"]}
    assert key not in {one["key"] for one in client.get("/part/warned").context["part"]["warns"]}


def test_who_may_not_answer_a_warning_sees_it_without_a_form(client_as):
    assert "<form" not in client_as("viewer").get("/part/warned", headers={"HX-Request": "true"}).content.decode()


def test_nobody_waits_for_money_at_stake_and_the_worker_brings_it(client_as, shop):
    from regulars_web.jobs.models import Job

    found = counted_part(shop, Scope(period="90-days"), "next")
    assert WAITS in found.readings
    client = client_as("owner")
    assert "still being counted" in client.get("/part/next?period=90-days").content.decode()
    refresh(Job(kind="refresh", said={"period": "90-days"}), lambda *told: None)
    assert "still being counted" not in client.get("/part/next?period=90-days").content.decode()
