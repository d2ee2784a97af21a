"""A decision made for a customer is logged in ten seconds, by whoever made it, and once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from regulars.people import publishing, reading, using
from regulars.people.parts import Limit
from regulars_web.staff import deciding
from regulars_web.staff.models import Account
from regulars_web.staff.tests.test_register import NOW

pytestmark = pytest.mark.django_db


def decision(**said):
    """The form as a telephone sends it."""
    blank = {"other": "", "amount": "", "waited": "", "customer": "", "thread": "", "text": ""}
    return {**blank, "decision": "exchange", "way": "granted", "employee": "E06", "request_id": "k1", **said}


def newest(shop, code="E06"):
    """The newest decision of somebody."""
    return using.uses(shop, employee=code)[0]


def test_three_taps_and_a_number_are_enough(client_as, shop):
    answer = client_as("front line").post("/staff/decide", decision(amount="12.50"))
    assert answer.status_code == 302
    found = newest(shop)
    assert (found.decision, found.outcome, found.amount, found.asked) == (
        "exchange",
        "granted",
        Decimal("12.5"),
        False,
    )


def test_the_same_form_counts_once(client_as, shop):
    client, before = client_as("front line"), len(using.uses(shop, employee="E06"))
    for _again in range(2):
        client.post("/staff/decide", decision(amount="5"))
    assert len(using.uses(shop, employee="E06")) == before + 1


def test_how_long_the_customer_waited_counts_only_where_somebody_was_asked(client_as, shop):
    client = client_as("front line")
    client.post("/staff/decide", decision(way="asked-granted", waited="20", request_id="w1"))
    assert newest(shop).wait_seconds == 1_200
    client.post("/staff/decide", decision(way="granted", waited="20", request_id="w2"))
    assert newest(shop).wait_seconds is None


def test_more_than_the_limit_is_kept_and_said(client_as, shop):
    publishing.publish_limit(shop, Limit("", "exchange", employee="E06", up_to=Decimal(40)), by="x", now=NOW)
    client = client_as("front line")
    client.post("/staff/decide", decision(amount="41"))
    assert newest(shop).within is False
    assert "more than the limit of €40" in client.get("/staff/decide?kept=1").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": ""},
        {"decision": "other", "other": "  "},
        {"way": "never"},
        {"employee": "nobody"},
        {"amount": "a lot"},
        {"amount": "-5"},
        {"amount": "NaN"},
        {"amount": "1e99"},
        {"way": "asked", "waited": "soon"},
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(client_as, shop, wrong):
    before = len(using.uses(shop))
    answer = client_as("front line").post("/staff/decide", decision(**wrong))
    assert answer.status_code == 422
    assert "field__wrong" in answer.content.decode()
    assert len(using.uses(shop)) == before


def test_a_decision_of_another_kind_is_kept_in_its_own_words(client_as, shop):
    client_as("front line").post("/staff/decide", decision(decision="other", other="New legs for the table"))
    assert newest(shop).decision == "New legs for the table"


def test_whoever_has_an_account_is_not_asked_who_they_are(client_as, colleague):
    Account.objects.create(user=colleague("front line"), code="E06")
    page = client_as("front line").get("/staff/decide").content.decode()
    assert '<input type="hidden" name="employee" value="E06">' in page
    assert 'id="employee"' not in page


def test_whoever_decided_last_on_a_device_is_chosen_next_time(client_as):
    client = client_as("manager")
    client.post("/staff/decide", decision())
    assert '<option value="E06" selected>' in client.get("/staff/decide").content.decode()


def test_an_analyst_logs_nothing(client_as, shop):
    before = len(using.uses(shop))
    assert client_as("analyst").post("/staff/decide", decision()).status_code == 403
    assert len(using.uses(shop)) == before


def test_every_way_of_deciding_can_be_logged(client_as, shop):
    client = client_as("manager")
    for way, (outcome, asked, _words) in deciding.WAYS.items():
        client.post("/staff/decide", decision(way=way, request_id=way, decision="repair"))
        found = newest(shop)
        assert (found.outcome, found.asked) == (outcome, asked)
    assert {one.decision for one in using.uses(shop, employee="E06")} >= {"repair"}
    assert reading.employee(shop, "E06").department == "sales"
