"""Groups in front of Chromium: a rule built by choosing, counted while one types, and pages without barriers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from regulars_web.groups.tests.conftest import RESELLERS

PATIENCE_MS = 20_000


def test_a_group_is_built_by_choosing_and_published(visit):
    page = visit("analyst", "/groups/new")
    page.select_option("#c0-field", "customer_type")
    page.wait_for_selector("#c0-value")
    page.select_option("#c0-value", "reseller")
    expect(page.locator("#live")).to_contain_text("Customer type is reseller", timeout=PATIENCE_MS)
    page.locator("button", has_text="And a further condition").click()
    page.wait_for_selector("#c1-field")
    page.select_option("#c1-field", "orders")
    page.wait_for_selector("#c1-value")
    page.fill("#c1-value", "many")
    expect(page.locator("#c1-wrong")).to_contain_text("not a number", timeout=PATIENCE_MS)
    page.fill("#c1-value", "2")
    expect(page.locator("#live")).to_contain_text("Orders is at least 2", timeout=PATIENCE_MS)
    expect(page.locator("#c1-wrong")).to_have_text("")
    assert page.evaluate("document.activeElement.id") == "c1-value"
    page.fill("#name", "Resellers who came again")
    page.locator("button", has_text="Publish the group").click()
    page.wait_for_url("**/groups/of/resellers-who-came-again")
    assert page.said == []


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_no_page_of_the_groups_puts_up_a_barrier(visit, theme, size):
    for path in ("/groups/", f"/groups/of/{RESELLERS}", f"/groups/of/{RESELLERS}/edit", "/groups/portrait"):
        page = visit("owner", path, theme=theme, size=size)
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert page.said == []
