"""A survey that was answered in confidence goes on asking the same people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from regulars.log.inbox import Entry
from regulars.surveys import publishing, ready
from regulars.surveys.errors import SurveyError
from regulars_web.voice.models import Draft, Invitation

pytestmark = pytest.mark.django_db
KEY = "how-we-work"


def now():
    return datetime.now(UTC)


def publish(shop, audience):
    whole = replace(ready.template("nps"), key=KEY, languages=("en",), audience=audience)
    return publishing.publish(shop, whole, by="o", now=now())


def answer(shop):
    touch = {"interaction_id": 7_700_001, "occurred_at": now(), "occurred_on": now().date(), "kind": "answer"}
    said = {"interaction_id": 7_700_001, "survey": KEY, "question": "recommend", "kind": "nps", "score": 2.0}
    shop.add([Entry("interactions", touch), Entry("answers", {**said, "scale_min": 0.0, "scale_max": 10.0})])


def publishes_for(client, audience):
    """A manager begins the next version, says whom it asks, and publishes it."""
    client.post(f"/voice/surveys/{KEY}/edit", {"do": "begin", "version": 0})
    said = {"languages": ["en"], "title-en": "How we work", "audience": audience}
    client.post(f"/voice/surveys/{KEY}/edit/texts", {**said, "version": Draft.objects.get(key=KEY).version})
    sent = {"version": Draft.objects.get(key=KEY).version, "request_id": "p"}
    return client.post(f"/voice/surveys/{KEY}/publish", sent)


@pytest.mark.parametrize("audience", ["customers", "partners"])
def test_what_colleagues_said_in_confidence_is_not_opened_by_a_new_version_for_others(client_as, shop, audience):
    publish(shop, "employees")
    answer(shop)
    told = publishes_for(client_as("manager"), audience).content.decode()
    assert "was answered in confidence, so it goes on asking the same people" in told
    assert publishing.survey(shop, KEY).audience == "employees"
    with pytest.raises(SurveyError, match="answered in confidence"):
        publish(shop, audience)


def test_a_survey_that_nobody_answered_yet_may_ask_other_people(client_as, shop):
    publish(shop, "employees")
    publishes_for(client_as("manager"), "customers")
    assert publishing.survey(shop, KEY).audience == "customers"


def test_a_survey_answered_by_customers_may_turn_out_to_be_one_of_colleagues(client_as, shop):
    publish(shop, "customers")
    answer(shop)
    publishes_for(client_as("manager"), "employees")
    assert publishing.survey(shop, KEY).audience == "employees"


def test_whoever_was_asked_as_a_customer_does_not_answer_as_a_colleague(client_as, shop):
    publish(shop, "customers")
    Invitation.objects.create(survey=KEY, version=1, channel="link", language="en", made_at=now())
    told = publishes_for(client_as("manager"), "employees").content.decode()
    assert "1 person was asked by this survey before and can still answer" in told
    assert publishing.survey(shop, KEY).audience == "customers"
    Invitation.objects.update(revoked_at=now())
    publishes_for(client_as("manager"), "employees")
    assert publishing.survey(shop, KEY).audience == "employees"
