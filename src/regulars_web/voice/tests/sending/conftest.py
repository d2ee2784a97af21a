"""A survey that waits to be sent, and how colleagues send it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core import mail

from regulars.log.consents import WITHDRAWN
from regulars.privacy.contact import record_consent
from regulars.surveys import publishing, ready

KEY, GROUP = "would-you-recommend-us", "recommended-households"
LINK = re.compile(r"http://shop\.example\.com/i/([A-Za-z0-9_-]{43})")


@pytest.fixture
def reached(settings):
    """The pages have an address and a sender."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, address="http://shop.example.com")
    settings.DEFAULT_FROM_EMAIL = "Oakline <ask@shop.example.com>"


@pytest.fixture
def survey(shop, colleague):
    return publishing.publish(shop, replace(ready.template("nps"), key=KEY, languages=("en", "bg")), by="o", now=now())


@pytest.fixture
def owner(client_as, survey):
    return client_as("owner")


def now():
    return datetime.now(UTC)


def asks(client, do="send", **said):
    sent = {"who": "everybody", "channel": "e-mail", "request_id": "one", "seed": "s", "do": do, **said}
    return client.post(f"/voice/surveys/{KEY}/invite", sent)


def sent_to():
    return sorted(one.to[0] for one in mail.outbox)


def refuse(shop, key, purpose="surveys", state=WITHDRAWN):
    said_at = now()
    told = {"source": "t", "proof": "said so", "by": "o", "given_at": said_at, "now": said_at}
    record_consent(shop, key, purpose=purpose, state=state, **told)


def invites(shop, step="invite"):
    """What the log says of customers asked by this survey; the demo brings others."""
    sql = f"""SELECT client_key, channel, outcome FROM interactions WHERE kind = 'message' AND step = '{step}'
        AND json_extract_string(properties, '$.survey') = '{KEY}'"""
    with shop.engine() as engine:
        return engine.run(sql).to_pylist()
