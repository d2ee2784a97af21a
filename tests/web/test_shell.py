"""The frame around every page, as a person in front of Chromium meets it."""

from __future__ import annotations


def test_a_slash_opens_the_search_and_escape_closes_it(visit):
    page = visit("owner", "/")
    page.keyboard.press("/")
    assert page.locator("#palette").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#palette").is_visible()
    assert page.said == []


def test_a_question_mark_shows_the_keys(visit):
    page = visit("owner", "/")
    page.keyboard.press("?")
    assert page.locator("#shortcuts kbd").first.is_visible()


def test_the_period_stays_in_the_address_of_every_link(visit):
    page = visit("owner", "/?period=90-days")
    assert page.locator(".rail a[aria-current]").get_attribute("href") == "/?period=90-days"
