"""A company that has published a survey, and respondents who come to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from regulars.surveys import publishing
from regulars.surveys.ready import template
from regulars_web.voice import current, invitations
from regulars_web.voice.models import OpenLink

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


class Respondent:
    """Somebody with a browser: opens a link, presses buttons, follows where the server sends them."""

    def __init__(self, address="", **headers):
        self.client = Client(enforce_csrf_checks=True, **headers)
        self.answer = self.open(address) if address else None

    def open(self, address):
        self.answer = self._followed(self.client.get(address))
        return self.answer

    @property
    def html(self):
        return self.answer.content.decode()

    @property
    def address(self):
        return self.answer.request["PATH_INFO"]

    def hidden(self):
        """What the form of the page carries along."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.html)
        carried = {}
        for name, value in found:
            carried.setdefault(name, []).append(unescape(value))
        return carried

    def press(self, go="next", **given):
        """Press a button with these answers; double underscores stand for dots."""
        said = {name.replace("__", "."): value for name, value in given.items()}
        action = re.search(r'<form method="post" action="([^"]+)"', self.html)[1]
        self.answer = self._followed(self.client.post(action, {**self.hidden(), "go": go, **said}))
        return self.answer

    def _followed(self, answer):
        while answer.status_code in (302, 303):
            assert urlsplit(answer["Location"]).netloc == ""
            answer = self.client.get(answer["Location"])
        return answer


@pytest.fixture
def published(shop, db):
    """``published("nps", quota=3)``: a ready survey, published with these changes and opened to everybody."""
    from dataclasses import replace

    def publish(name="nps", **changes):
        survey = replace(template(name), **changes)
        made = publishing.publish(shop, survey, by="ana@example.com", now=NOW)
        OpenLink.objects.get_or_create(survey=made.key, defaults={"made_at": NOW})
        current.forget()
        return made

    current.forget()
    yield publish
    current.forget()


@pytest.fixture
def invited(published):
    """``invited(survey, client_key=7)``: the invitation and its token."""

    def invite(survey=None, **about):
        about.setdefault("client_key", None)
        return invitations.make(survey or published(), [invitations.About(**about)], by=None, now=NOW)[0]

    return invite


@pytest.fixture
def kept(shop):
    """``kept()``: what the log has of the survey's answers, as (interactions, answers)."""

    def read(survey="nps"):
        with shop.engine() as engine:
            touches = engine.run(
                "SELECT * FROM interactions WHERE source = 'pages' AND step = 'answer' ORDER BY occurred_at"
            ).to_pylist()
            keys = [one["interaction_id"] for one in touches]
            found = engine.run(f"SELECT * FROM answers WHERE survey = '{survey}' ORDER BY question").to_pylist()
        return touches, [row for row in found if row["interaction_id"] in keys]

    return read
