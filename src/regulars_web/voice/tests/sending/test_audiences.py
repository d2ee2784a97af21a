"""A survey reaches those whom it is meant for, and nobody else by mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from regulars.log.inbox import Entry
from regulars.surveys import publishing, ready
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job, State
from regulars_web.voice.audiences import others
from regulars_web.voice.models import Invitation, Letter, Sending
from regulars_web.voice.sending import works
from regulars_web.voice.sending.people import Who, chosen
from regulars_web.voice.tests.sending.conftest import KEY, asks, invites, now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reached")]
TEMPLATES = {"employees": "employees", "partners": "partner"}


@pytest.fixture
def inside(shop, survey):
    """``inside("partners")``: the survey under KEY asks them from now on."""

    def publish(audience):
        template = ready.template(TEMPLATES[audience])
        return publishing.publish(shop, replace(template, key=KEY, languages=("en",)), by="o", now=now())

    return publish


@pytest.fixture
def served(shop):
    """``served(kind)``: somebody of that kind was met at the counter yesterday; returns their key."""

    def serve(kind):
        with shop.engine() as engine:
            key = engine.run(f"SELECT min(client_key) AS key FROM clients WHERE kind = '{kind}'").to_pylist()[0]["key"]
        at = now() - timedelta(days=1)
        told = {"client_key": key, "source": "pages", "occurred_at": at, "occurred_on": at.date(), "kind": "visit"}
        shop.add([Entry("interactions", {**told, "interaction_id": 8_000_000 + key % 1000, "touchpoint": "counter"})])
        return key

    return serve


def nothing_happened(shop):
    before = invites(shop)
    do_all_waiting()
    assert (Sending.objects.count(), Invitation.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert mail.outbox == []
    assert invites(shop) == before == []


@pytest.mark.parametrize("do", ["count", "send"])
@pytest.mark.parametrize(("audience", "told"), [("employees", "do not work here"), ("partners", "are no partners")])
def test_a_group_of_customers_is_not_asked_what_only_colleagues_or_partners_are(
    owner, shop, inside, do, audience, told
):
    inside(audience)
    answer = asks(owner, do=do, who="group", group="recommended-households")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "Nobody was asked" in text
    assert "give your" in text
    nothing_happened(shop)


@pytest.mark.parametrize("channel", ["e-mail", "link"])
def test_one_colleague_among_customers_met_lately_stops_the_sending_and_is_counted(owner, shop, served, channel):
    served("customer")
    served("employee")
    answer = asks(owner, who="touch", touchpoint="counter", days="3", channel=channel)
    assert answer.status_code == 422
    assert "1 of the 2 people you chose works here or is a partner" in answer.content.decode()
    nothing_happened(shop)


def test_whoever_is_not_meant_is_left_out_and_counted_where_that_is_ticked(owner, shop, served):
    served("customer")
    served("partner")
    page = asks(owner, do="count", who="touch", touchpoint="counter", days="3", only="on")
    assert "Not asked by this survey: it is meant for other people" in page.content.decode()
    asks(owner, who="touch", touchpoint="counter", days="3", only="on")
    do_all_waiting()
    told = Sending.objects.get().told
    assert told["left_out"]["not meant"] == 1
    asked = set(Invitation.objects.values_list("client_key", flat=True))
    assert others(shop, "customers", asked) == set()


@pytest.mark.parametrize("audience", ["customers", "employees", "partners"])
def test_everybody_is_everybody_whom_the_survey_is_meant_for(owner, shop, inside, audience):
    if audience != "customers":
        inside(audience)
    people = {one.customer_key for one in chosen(shop, Who("everybody"), None, now=now(), audience=audience)}
    assert people
    assert others(shop, audience, people) == set()
    assert asks(owner, do="count").status_code == 200


def test_whoever_became_a_colleague_while_the_sending_waited_is_not_asked(owner, shop, survey, inside):
    asks(owner, most="3")
    inside("employees")
    do_all_waiting()
    assert Job.objects.get(kind=works.SEND).state == State.FAILED
    assert Invitation.objects.count() == 0
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("audience", "told"),
    [("employees", "This link is for your own people alone"), ("partners", "This link is for partners alone")],
)
def test_the_open_link_the_poster_and_the_first_page_say_whom_they_are_for(owner, client, inside, audience, told):
    inside(audience)
    owner.post(f"/voice/surveys/{KEY}/links", {"open": "on"})
    assert told in owner.get(f"/voice/surveys/{KEY}/links").content.decode()
    poster = owner.get(f"/voice/surveys/{KEY}/links/poster").content.decode()
    assert "Only for" in poster
    page = client.get(f"/s/{KEY}")
    assert page.status_code == 200
    assert "This survey is for" in page.content.decode()


def test_the_page_of_an_open_link_for_customers_says_nothing_of_the_kind(owner, client, survey):
    owner.post(f"/voice/surveys/{KEY}/links", {"open": "on"})
    assert "alone" not in owner.get(f"/voice/surveys/{KEY}/links").content.decode()
    assert "This survey is for" not in client.get(f"/s/{KEY}").content.decode()
