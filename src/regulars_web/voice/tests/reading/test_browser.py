"""The pages in front of Chromium: by day on a desk, by night on a telephone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.served import settle
from tests.web.test_every_page import RULES


def wrong(page):
    """What is not accessible or sticks out."""
    found = [one["id"] for one in Axe().run(page, options=RULES).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + ["sticks out sideways"] * bool(wide) + page.said


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_what_customers_say_is_read_by_everybody(visit, theme, size):
    page = visit("owner", "/voice/", theme=theme, size=size)
    assert "net promoter score" in page.locator("#now").inner_text()
    assert wrong(page) == []


def test_a_poor_answer_is_taken_up_by_hand(visit):
    page = visit("front line", "/voice/answers/?band=poor&period=all", theme="dark", size="phone")
    page.locator(".answers__do a").first.click()
    page.wait_for_load_state()
    page.fill("#follow-note", "Call them")
    page.get_by_role("button", name="Open a case").click()
    page.wait_for_load_state()
    settle(page)
    assert "Call them" in page.locator("#follow-up").inner_text()
    assert wrong(page) == []
