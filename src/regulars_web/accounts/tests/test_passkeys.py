"""A colleague signs in with a passkey, in a real browser with a virtual security key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.company import PASSWORD
from tests.web.served import Served, settle, sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(served: Served, browser: Any) -> Iterator[Any]:
    """A page of a browser that holds a security key; passkeys are for names, so the host is localhost."""
    context = browser.new_context(base_url=served.address.replace("127.0.0.1", "localhost"))
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text) if message.type == "error" else None)
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield opened
    context.close()


def test_a_passkey_that_was_added_signs_its_owner_in_without_a_password(page: Any) -> None:
    sign_in(page, "key holder")
    page.goto("/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button.button--main").click()
        page.wait_for_url(re.compile("webauthn/add"))
    page.fill("input[name=name]", "Desk")
    if page.locator("input[name=passwordless]").count():
        page.check("input[name=passwordless]")
    page.locator("main form button.button--main").first.click()
    page.wait_for_url(re.compile("/account/2fa/(?!webauthn/add)"))
    page.context.clear_cookies()
    page.goto("/account/login/")
    settle(page)
    page.click("#passkey_login")
    page.wait_for_url(re.compile(r"^[^/]+//[^/]+/(\?|$)"))
    settle(page)
    page.goto("/people/me")
    assert "key.holder@example.com" in page.content()
    assert page.said == []


def test_a_stranger_without_the_key_stays_outside(page: Any) -> None:
    page.goto("/account/login/")
    settle(page)
    page.click("#passkey_login")
    page.wait_for_timeout(1500)
    page.goto("/people/me")
    assert "/account/login/" in page.url
