"""The list and the card in front of Chromium: keys, typing, phone and dark."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import regulars as rg
from regulars.base import open_base
from regulars.facts import learn

PATIENCE_MS = 15_000
LONG_AGO = datetime(2019, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def customers(served):
    """The customers of the served copy, one after the other, so that no test answers what the next one asks."""
    with rg.open(served.folder) as shop:
        return iter(open_base(shop).keys().tolist())


@pytest.fixture
def customer(served, customers):
    """A customer of whom three facts are to be asked again."""
    found = next(customers)
    with rg.open(served.folder) as shop:
        for value in ("Comes by tram", "Wants the bill by post", "No calls before ten"):
            learn(shop, found, name="preference", value=value, by="the till", now=LONG_AGO)
    return found


def test_a_call_is_logged_without_touching_the_mouse(visit, customer):
    page = visit("front line", f"/customers/{customer}/")
    page.keyboard.press("l")
    page.keyboard.type("Asks when the second wardrobe arrives")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast--good")
    assert "second wardrobe" in page.locator("#timeline li").first.inner_text()
    assert page.locator("[data-log-note]").input_value() == ""
    assert page.said == []


def test_facts_are_answered_by_y_n_and_e_and_a_drop_is_undone(visit, customer):
    page = visit("front line", f"/customers/{customer}/")
    stale, all_facts = page.locator(".fact--stale"), page.locator(".fact")
    before, count = stale.count(), all_facts.count()
    page.keyboard.press("y")
    expect(stale).to_have_count(before - 1, timeout=PATIENCE_MS)
    page.keyboard.press("n")
    expect(all_facts).to_have_count(count - 1, timeout=PATIENCE_MS)
    page.locator(".toast", has_text="Dropped").get_by_role("button", name="Undo").click()
    expect(all_facts).to_have_count(count, timeout=PATIENCE_MS)
    all_facts.first.locator("summary").click()
    all_facts.first.focus()
    page.keyboard.press("e")
    page.wait_for_selector("[data-edits]:focus")
    page.keyboard.type("something better")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fact__value:has-text('something better')")
    assert page.said == []


def test_whoever_types_faster_than_the_server_answers_confirms_fact_by_fact(visit, customer):
    page = visit("front line", f"/customers/{customer}/")
    stale = page.locator(".fact--stale")
    asked = stale.count()
    answered: list[str] = []
    page.on("request", lambda sent: answered.append(sent.url) if sent.method == "POST" else None)
    page.keyboard.type("yyy")
    expect(stale).to_have_count(max(0, asked - 3), timeout=PATIENCE_MS)
    assert len(answered) == len(set(answered)) == min(3, asked)
    assert page.said == []


def test_typing_into_the_search_narrows_the_list_and_the_address(visit):
    page = visit("analyst", "/customers/")
    page.locator(".searching input[name=q]").press_sequentially("ivan", delay=20)
    page.wait_for_url(re.compile("q=ivan"))
    names = page.locator("#listed tbody th a").all_inner_texts()
    assert names
    page.reload()
    assert page.locator("#listed tbody th a").all_inner_texts() == names


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_everyone_can_use_the_list_and_the_card(visit, customer, theme, size):
    for path in ("/customers/?where=orders~at_least~2", f"/customers/{customer}/"):
        page = visit("owner", path, theme=theme, size=size)
        page.evaluate("document.querySelectorAll('details:not(.panel)').forEach((one) => { one.open = true; })")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
