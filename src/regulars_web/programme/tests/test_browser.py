"""The programme in front of Chromium: maturity refuses to skip, a step is planned, pages without barriers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PATIENCE_MS = 120_000
PAGES = ("", "fit", "index", "index/components", "index/versions", "index/research", "maturity", "mistakes", "elements")


def patient(page):
    """A page that waits for measures on a busy machine."""
    page.set_default_timeout(PATIENCE_MS)
    return page


def test_maturity_refuses_to_skip_a_level(visit):
    page = patient(visit("owner", "/programme/maturity"))
    criterion = page.locator("#prevented")
    criterion.locator("summary").click()
    criterion.locator("input[name=met][value=yes]").check()
    criterion.locator("textarea").fill("We look at every fault on Friday.")
    criterion.get_by_role("button", name="Sign and keep").click()
    alert = page.locator("main .notice--harm")
    expect(alert).to_contain_text("A level cannot be skipped", timeout=PATIENCE_MS)
    expect(alert).to_contain_text("Still missing at level 1")
    expect(page.locator("#prevented textarea")).to_have_value("We look at every fault on Friday.")
    assert all("422" in one for one in page.said), "the refusal and nothing else"


def test_the_next_action_of_a_step_is_planned_on_a_telephone(visit):
    page = patient(visit("manager", "/programme/", size="phone"))
    page.locator("#step-3 a.button", has_text="Plan").first.click()
    page.fill("#id_text", "Register the returns desk.")
    page.fill("#id_owner", "Manager")
    page.fill("#id_due_on", "2031-05-01")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#step-3")).to_contain_text("Register the returns desk.", timeout=PATIENCE_MS)
    assert page.said == []


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_no_page_of_the_programme_puts_up_a_barrier(visit, theme, size):
    for path in PAGES:
        page = patient(visit("owner", f"/programme/{path}", theme=theme, size=size))
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found])
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert page.said == []
