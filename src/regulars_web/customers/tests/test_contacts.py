"""Logging a contact: ten seconds, once, by those who may."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from regulars.card import open_card
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db
SAID = {
    "way": "call|call centre|phone",
    "note": "Asks when the second wardrobe arrives",
    "outcome": "answered",
    "spoke_first": "client",
    "request_id": "7f0c",
}
HTMX = {"HX-Request": "true", "HX-Target": "log"}


@pytest.fixture
def newest(shop, anybody):
    """What the time line shows first."""
    return lambda: open_card(shop, anybody, now=datetime.now(UTC)).touches[0]


@pytest.fixture
def touches(shop, anybody):
    """How many touches the customer has."""

    def count():
        with shop.engine() as engine:
            return engine.run(f"SELECT count(*) AS n FROM interactions WHERE client_key = {anybody}")["n"][0].as_py()

    return count


def test_a_logged_contact_stands_first_on_the_time_line_at_once(client_as, anybody, newest):
    client_as("front line").post(f"/customers/{anybody}/contact", SAID)
    touch = newest()
    assert (touch.kind, touch.touchpoint, touch.channel) == ("call", "call centre", "phone")
    assert (touch.text, touch.outcome, touch.initiated_by) == (SAID["note"], "answered", "client")
    assert touch.employee == "Front Line"


def test_the_part_that_comes_back_shows_the_contact_and_an_empty_form(client_as, anybody):
    answer = client_as("front line").post(f"/customers/{anybody}/contact", SAID, headers=HTMX)
    page = answer.content.decode()
    assert SAID["note"] in page.split('id="timeline"')[1].split("</li>")[0]
    assert SAID["note"] not in page.split('id="timeline"')[0]
    assert "logged" in answer["HX-Trigger"]


def test_a_double_click_logs_once(client_as, anybody, touches):
    client, before = client_as("front line"), touches()
    for _ in range(3):
        assert client.post(f"/customers/{anybody}/contact", SAID).status_code == 302
    assert touches() == before + 1


def test_two_colleagues_with_the_same_number_on_their_forms_log_two_contacts(client_as, anybody, touches):
    before = touches()
    for role in ("front line", "manager"):
        client_as(role).post(f"/customers/{anybody}/contact", SAID)
    assert touches() == before + 2


def test_something_else_takes_kind_touchpoint_and_channel_as_typed(client_as, anybody, newest):
    said = {**SAID, "way": "", "kind": "visit", "touchpoint": "trade fair", "channel": "in person"}
    client_as("front line").post(f"/customers/{anybody}/contact", said)
    assert (newest().kind, newest().touchpoint, newest().channel) == ("visit", "trade fair", "in person")


@pytest.mark.parametrize("wrong", [{"way": "order||"}, {"way": "", "kind": ""}, {"note": "x" * 10_001}])
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(client_as, anybody, touches, wrong):
    before = touches()
    answer = client_as("front line").post(f"/customers/{anybody}/contact", {**SAID, **wrong}, headers=HTMX)
    assert answer.status_code == 422
    assert touches() == before


@pytest.mark.parametrize("role", ["analyst", "viewer", ""])
def test_whoever_may_not_log_leaves_the_log_unchanged(client_as, anybody, touches, role, shop_folder):
    before = touches()
    assert client_as(role).post(f"/customers/{anybody}/contact", SAID).status_code in (302, 403)
    assert touches() == before
    assert said_in_trail(shop_folder, "contact logged") == []


def test_a_logged_contact_stands_in_the_trail_without_its_words(client_as, anybody, shop_folder):
    client_as("front line").post(f"/customers/{anybody}/contact", SAID)
    line = said_in_trail(shop_folder, "contact logged")[0]
    assert str(anybody) in line
    assert "wardrobe" not in line


def test_the_way_chosen_last_is_chosen_again(client_as, anybody):
    client = client_as("front line")
    client.post(f"/customers/{anybody}/contact", {**SAID, "way": "message|chat|chat"})
    page = client.get(f"/customers/{anybody}/").content.decode()
    assert 'value="message|chat|chat" checked' in page


def test_nobody_gets_a_contact_who_is_not_there(client_as, shop):
    assert client_as("front line").post("/customers/12345/contact", SAID).status_code == 404


def test_a_contact_needs_the_key_of_the_form(shop_folder, colleague, anybody, touches):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(colleague("manager"), backend="allauth.account.auth_backends.AuthenticationBackend")
    before = touches()
    assert client.post(f"/customers/{anybody}/contact", SAID).status_code == 403
    assert touches() == before
