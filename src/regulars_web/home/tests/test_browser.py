"""The home page in front of Chromium: it comes part by part, draws its charts, fits a phone, and anyone can read it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe


def harm(page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def test_parts_arrive_by_themselves_and_charts_are_drawn(visit):
    page = visit("owner", "/?period=this-year")
    assert page.locator("[hx-trigger=load]").count() == 0
    assert page.locator("[data-chart][data-drawn]").count() == 3
    assert page.locator(".todo").count() == 3
    assert harm(page) == []
    assert page.said == []


def test_on_a_phone_by_night_nothing_stands_out_of_the_page(visit):
    page = visit("viewer", "/", theme="dark", size="phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".home__from summary").first.click()
    assert page.locator(".home__from[open] .home__origin").first.is_visible()
    assert harm(page) == []
    assert page.said == []
