"""Journeys in front of Chromium: the slider, the filter, the numbers of a path, comparing, and the life cycle."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe

MOVES = ".map__move"


def harm(page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def swapped(page, act) -> None:
    """Do something that brings a new map or new numbers, and wait until they have taken the place of the old ones."""
    there = "document.querySelectorAll('[data-seen-before]').length"
    page.evaluate("document.querySelectorAll('#map, #numbers > *').forEach(one => { one.dataset.seenBefore = 'yes'; })")
    before = page.evaluate(there)
    act()
    for _ in range(600):
        if page.evaluate(there) < before:
            return page.wait_for_load_state("networkidle")
        page.wait_for_timeout(100)
    raise AssertionError("nothing new has come")


def slide(page, value: int) -> None:
    page.locator("#detail").evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true})); }", value
    )


def test_the_slider_draws_more_at_once_and_a_path_tells_its_numbers(visit):
    page = visit("owner", "/journeys/")
    swapped(page, lambda: slide(page, 30))
    few = page.locator(MOVES).count()
    swapped(page, lambda: slide(page, 100))
    assert page.locator(MOVES).count() > few
    assert "detail=100" in page.url
    swapped(page, lambda: page.locator("a[data-step=check]").press("Enter"))
    assert page.locator("#numbers h2").inner_text() == "check"
    swapped(page, lambda: page.locator("#numbers a", has_text="produce").first.click())
    assert page.locator("#numbers h2").inner_text() == "From produce to check"
    assert page.locator(".map__move.map__here").count() == 1
    assert harm(page) == []
    assert page.said == []


def test_the_filter_shows_other_journeys_and_the_detail_that_fits_them(visit):
    page = visit("viewer", "/journeys/")
    before = page.locator(".journeys__findings").inner_text()
    swapped(page, lambda: page.select_option("#lens-view", "customer"))
    assert page.locator(".journeys__findings").inner_text() != before
    swapped(page, lambda: page.select_option("#lens-activity", "department"))
    assert page.locator("a[data-step=production]").count() == 1
    assert page.locator("a[data-step=check]").count() == 0
    assert page.locator("#detail-field input[name=of]").input_value() == "view=customer&activity=department"
    assert page.said == []


def test_customers_are_chosen_by_what_is_known_of_them_and_compared_with_others(visit):
    page = visit("viewer", "/journeys/")
    before = page.locator(".journeys__findings").inner_text()
    swapped(page, lambda: page.select_option("#lens-customers", "country:BG"))
    assert page.locator(".journeys__findings").inner_text() != before
    assert "customers=country%3ABG" in page.url
    assert harm(page) == []
    page.goto(page.url.replace("/journeys/?", "/journeys/compare?"))
    page.locator("#compared").wait_for()
    swapped(page, lambda: page.select_option("#lens-with", "customers:country:CZ"))
    assert "Compared with: Country: CZ" in page.locator(".journeys__findings").inner_text()
    assert "Here: Country: BG" in page.locator(".journeys__findings").inner_text()
    assert harm(page) == []
    assert page.said == []


def test_two_sides_are_compared_on_one_map_on_a_phone_by_night(visit):
    page = visit("owner", "/journeys/compare", theme="dark", size="phone")
    assert page.locator(MOVES).count() > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    swapped(page, lambda: page.select_option("#lens-say", "time"))
    assert re.search(r"really longer", page.locator(".map__legend").inner_text())
    assert harm(page) == []
    assert page.said == []


def test_the_life_cycle_shows_stages_moves_and_how_they_grew(visit):
    page = visit("viewer", "/journeys/life-cycle")
    assert page.locator(".stages tbody tr").count() == 9
    assert page.locator("a[data-step=buys_again]").count() == 1
    assert page.locator("[data-chart][data-drawn]").count() == 1
    assert harm(page) == []
    assert page.said == []
