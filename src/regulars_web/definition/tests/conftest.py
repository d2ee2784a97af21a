"""A company with a definition or a round, and people who come to it by their links."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from regulars.programme.parts import Definition
from regulars_web.definition import actions, tokens
from regulars_web.definition.models import Invitation
from regulars_web.definition.rounds import actions as rounds
from regulars_web.definition.rounds import inviting
from regulars_web.definition.rounds.criteria import OFFERED
from regulars_web.voice.submitting import local_day


class Invited:
    """Somebody with a phone, without an account and without a script: opens a link, presses buttons."""

    def __init__(self, invitation):
        self.invitation = invitation
        self.client = Client(enforce_csrf_checks=True)
        self.address = f"/say/{tokens.issue(invitation, now())}"
        self.answer = None
        self.open()

    def open(self, query=""):
        self.answer = self.client.get(self.address + query)
        return self.answer

    @property
    def html(self):
        return self.answer.content.decode()

    def send(self, **given):
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.html)
        carried = {name: unescape(value) for name, value in hidden}
        self.answer = self.client.post(self.address, {**carried, **given})
        if self.answer.status_code == 303:
            self.answer = self.client.get(self.answer["Location"])
        return self.answer


def now():
    return datetime.now(UTC)


@pytest.fixture
def owner(client_as):
    return client_as("owner")


@pytest.fixture
def published(shop, colleague):
    """``published("We …", granted=…)``: the next version of the definition; returns it."""

    def publish(text="We deliver on the day we said.", **parts):
        made = Definition(text={"en": text}, **parts)
        return actions.publish(colleague("owner"), shop, made, round_=None, now=now(), request_id=text)

    return publish


@pytest.fixture
def opened(shop, colleague):
    """A round with three colleagues, two employees without an account and two customers."""
    people = [colleague(role) for role in ("owner", "manager", "front line")]
    asked = [inviting.Asked("colleague", user=one, language="en") for one in people]
    asked += [inviting.Asked("employee", employee=code, language="bg") for code in ("E01", "E02")]
    asked += [inviting.Asked("customer", client_key=key, language="en") for key in (111, 222)]
    today = local_day(now())
    return rounds.open_round(
        people[0],
        asked,
        question="",
        closes_on=today + timedelta(days=3),
        criteria=list(OFFERED)[:3],
        own=["A child understands it."],
        now=now(),
        today=today,
        request_id="one",
    )


@pytest.fixture
def invited(opened):
    """``invited("customer")``: the first of that sort with their page open; ``invited("customer", 1)``: the next."""

    def come(sort, place=0):
        return Invited(Invitation.objects.filter(round=opened, sort=sort).order_by("pk")[place])

    return come
