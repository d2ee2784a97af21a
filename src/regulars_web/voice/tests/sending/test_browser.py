"""Customers chosen, counted and given links in Chromium; one of them answers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

PATIENCE_MS = 60_000


def test_customers_are_chosen_counted_and_a_list_of_links_is_made_that_works(visit):
    page = visit("owner", "/voice/surveys/new")
    page.locator("input[name=template][value=nps]").check()
    page.fill("#title", "Asked in the browser")
    page.locator("main button.button--main").click()
    page.wait_for_url("**/edit")
    page.goto("/voice/surveys/asked-in-the-browser/publish")
    page.locator("main form button", has_text="Publish").click()
    page.wait_for_url("**/voice/surveys/asked-in-the-browser/")
    page.goto("/voice/surveys/asked-in-the-browser/invite")
    expect(page.locator("main")).to_contain_text("[web.mail] host")
    page.locator("input[name=who][value=everybody]").check()
    page.locator("input[name=channel][value=link]").check()
    page.fill("#most", "3")
    page.locator("button[value=count]").click()
    page.locator("button", has_text="Make 3 links").click()
    page.wait_for_url("**/invite/*")
    button = page.locator("button", has_text="Get the list of links")
    expect(button).to_be_visible(timeout=PATIENCE_MS)
    with page.expect_download() as waiting:
        button.click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    page.goto(rows[0]["Link"])
    expect(page.locator("main")).to_contain_text("recommend us")
