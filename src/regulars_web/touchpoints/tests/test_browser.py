"""Touchpoints in front of Chromium: registered out of the log, a standard written and read, pages without barriers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PATIENCE_MS = 60_000


def patient(page):
    """A page that waits for measures on a busy machine."""
    page.set_default_timeout(PATIENCE_MS)
    return page


def test_what_the_log_shows_is_registered_and_gets_a_standard_that_is_read(visit):
    page = patient(visit("manager", "/touchpoints/new?key=review%20site"))
    page.fill("#id_owner", "D. Petrova")
    page.locator("button", has_text="Add a guide").click()
    page.wait_for_selector("#guide-1-title")
    assert page.input_value("#id_owner") == "D. Petrova"
    page.locator("main button.button--main", has_text="Publish the touchpoint").click()
    page.wait_for_url("**/touchpoints/of/review%20site")
    page.get_by_role("link", name="Write the standard").first.click()
    page.fill("#id_text", "We answer every review within a week.")
    page.locator("button", has_text="Publish the standard").click()
    page.wait_for_url("**/touchpoints/standard/review%20site")
    read = patient(visit("front line", "/touchpoints/standard/review%20site"))
    read.locator("button", has_text="I have read it").click()
    expect(read.locator("main")).to_contain_text("You read this version on", timeout=PATIENCE_MS)
    assert read.said == []


def test_the_page_of_a_touchpoint_says_what_it_does_and_shows_who_on_asking(visit):
    page = patient(visit("owner", "/touchpoints/of/delivery"))
    expect(page.locator("#figures")).to_contain_text("touches", timeout=PATIENCE_MS)
    expect(page.locator("#stake")).to_contain_text("What is at stake", timeout=PATIENCE_MS)
    page.locator("#splits a.button").click()
    expect(page.locator("#splits")).to_contain_text("Colleague", timeout=PATIENCE_MS)
    assert page.said == []


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_no_page_of_the_touchpoints_puts_up_a_barrier(visit, theme, size):
    paths = ("", "of/delivery", "of/call%20centre", "new", "promises", "consistency", "announced")
    for path in paths:
        page = patient(visit("owner", f"/touchpoints/{path}", theme=theme, size=size))
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found])
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert page.said == []
