"""The way through the company's own sign-in server in Chromium, where the pages' policy on forms holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import regulars as rg
from tests.oidc import NAME, PASSWORD, WAY_OUT, SignInServer
from tests.web.served import serve, settle, stop
from tests.web.test_every_page import faults


@pytest.fixture(scope="module")
def address(directory: SignInServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A company of its own, with the server in its regulars.toml."""
    folder = tmp_path_factory.mktemp("signing-in") / "shop"
    rg.init(folder, name="Corner Shop").close()
    lines = [f'{name} = "{value}"' for name, value in directory.configured().items()]
    with (folder / "regulars.toml").open("a", encoding="utf-8") as written:
        written.write("\n".join(["", "[[web.sign_in]]", *lines, ""]))
    process, found = serve(folder)
    yield found
    stop(process)


@pytest.fixture
def page(address: str, browser: Any) -> Iterator[Any]:
    context = browser.new_context(base_url=address)
    context.set_default_timeout(60_000)
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()


def go_through(page: Any, login: str) -> None:
    """From our sign-in page to the question of consent, by what a person sees, and yes."""
    page.goto("/account/login/?next=/people/me")
    page.get_by_role("button", name=f"With {NAME}").click()
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Authorize").click()


def test_a_colleague_goes_there_signs_in_and_comes_back(page: Any, address: str, directory: SignInServer) -> None:
    directory.knows("frida", email="front.line@example.com", email_verified=True)
    go_through(page, "frida")
    page.wait_for_url(f"{address}/people/me")
    assert page.locator(".lede").inner_text().startswith("front.line@example.com")
    assert not [text for text in page.said if "Content Security Policy" in text]


def test_whoever_is_signed_in_there_already_only_consents(page: Any, address: str, directory: SignInServer) -> None:
    directory.knows("vera", email="viewer@example.com", email_verified=True)
    go_through(page, "vera")
    page.wait_for_url(f"{address}/people/me")
    page.locator("main form[action='/account/logout/'] button").click()
    page.goto("/account/login/?next=/people/me")
    page.get_by_role("button", name=f"With {NAME}").click()
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{address}/people/me")


def test_the_pages_for_whoever_is_not_let_in_can_be_read_by_everyone(page: Any, directory: SignInServer) -> None:
    directory.knows("stranger", email="stranger@example.com", email_verified=True)
    page.goto("/account/login/")
    wrong = faults(page, "en")
    go_through(page, "stranger")
    page.get_by_role("heading", name="You were not let in").wait_for()
    assert re.search("no account here for that address", page.locator("main").inner_text())
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        settle(page)
        # Chromium reports every answer of 403 in the console.
        wrong += [fault for fault in faults(page, "en") if "status of 403" not in fault]
    page.said.clear()
    page.goto(WAY_OUT)
    settle(page)
    assert wrong + faults(page, "en") == []
