"""A whole round in a browser: from the invitation on a phone, without a script, to the printed poster."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.served import SIZES, settle

DRAFT = "Nobody waits for an answer, and bad news comes early."


@pytest.fixture
def phone(browser, served):
    """``phone(address)``: a page on a telephone without JavaScript, opened."""
    contexts = []

    def open_page(address):
        width, height = SIZES["phone"]
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=False, base_url=served.address
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def without_a_round(owner):
    """One round is open at a time, and other visitors of this company may have opened one."""
    if not owner.url.endswith("/rounds/new"):
        owner.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        owner.click("button[name=do][value=end]")
        owner.goto("/definition/rounds/new")


def test_a_round_goes_from_the_invitation_to_the_poster(visit, phone):
    owner = visit("owner", "/definition/rounds/new")
    without_a_round(owner)
    owner.fill("#closes_on", (date.today() + timedelta(days=365)).isoformat())
    owner.fill("#customers", "2")
    owner.click("main button.button--main")
    assert re.search(r"/definition/rounds/\d+/people$", owner.url)
    at = owner.url.removesuffix("/people")
    owner.locator("main form[action$='/links']").last.locator("button").click()
    settle(owner)
    links = [text.strip() for text in owner.locator(".cards__link").all_inner_texts()]
    assert len(links) > 1
    assert len(set(links)) == len(links)

    guard = phone(links[0])
    guard.fill("#text", "Whoever calls gets an answer.")
    guard.locator("input[name=criterion]").first.check()
    guard.click("button.main")
    assert guard.locator(".done").is_visible()
    assert guard.input_value("#text") == "Whoever calls gets an answer."
    assert guard.locator("body").bounding_box()["width"] <= SIZES["phone"][0]
    guard.click("button[name=language][value=tr]")
    assert guard.locator("html").get_attribute("lang") == "tr"

    owner.goto(f"{at}/statements")
    assert owner.get_by_text("Whoever calls gets an answer.").is_visible()
    owner.goto(f"{at}/")
    owner.click("button[value=weigh]")
    owner.fill("#text", DRAFT)
    owner.click("button[value=put]")

    guard.goto(links[0])
    guard.locator("input[type=radio][value=yes]").check()
    guard.locator("textarea").fill("Good.")
    guard.click("button.main")
    assert guard.locator("textarea").input_value() == "Good."

    owner.goto(f"{at}/")
    owner.get_by_text("Decide for this draft").click()
    owner.locator("textarea[name=why]").fill("It says what we do.")
    owner.click("button[value=decide]")
    assert owner.locator("textarea[name^=text-]").first.input_value() == DRAFT
    owner.locator("main button[value=publish]").click()
    assert owner.locator(".definition__text").inner_text() == DRAFT

    guard.goto(links[0])
    guard.locator("input[name=clear][value=yes]").check()
    guard.click("button.main")
    assert guard.locator(".done").is_visible()

    for language in ("en", "bg"):
        poster = owner.request.get(f"/definition/poster.pdf?language={language}&size=A4")
        assert poster.body().startswith(b"%PDF")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_definition_is_for_everybody_also_for_those_who_do_not_see_it(visit, theme):
    page = visit("owner", "/definition/", theme=theme)
    assert page.said == []
    assert Axe().run(page).response["violations"] == []
