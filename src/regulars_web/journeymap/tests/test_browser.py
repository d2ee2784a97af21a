"""The journey map and the four questions in a browser, with the keyboard and on a telephone."""

from __future__ import annotations

from playwright.sync_api import expect

PATIENCE_MS = 60_000


def test_a_fear_is_added_in_its_place_and_the_holes_say_so_at_once(visit):
    page = visit("manager", "/journey-map/")
    before = page.locator("#holes .jm__list li").count()
    page.locator("#new-considers-problem button").click()
    text = page.locator("#text-considers-problem")
    expect(text).to_be_focused(timeout=PATIENCE_MS)
    text.fill("no samples on Sunday")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#stage-considers")).to_contain_text("no samples on Sunday", timeout=PATIENCE_MS)
    assert page.locator("#holes .jm__list li").count() == before + 2, "no answer, and nobody's word but ours"
    page.locator("#stage-considers").get_by_role("link", name="no samples on Sunday").click()
    page.fill("#cell-answer", "Samples lie in the window.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#stage-considers")).to_contain_text("Samples lie in the window.", timeout=PATIENCE_MS)
    assert page.said == []


def test_the_four_questions_can_be_read_and_answered_on_a_telephone(visit):
    page = visit("owner", "/journey-map/questions", size="phone")
    expect(page.locator(".jm__figure").first).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#text-keeps", "The same wood again, and that somebody picks up.")
    page.locator("#keeps").get_by_role("button", name="Sign and keep").click()
    expect(page.locator("#keeps blockquote")).to_contain_text("somebody picks up", timeout=PATIENCE_MS)
    assert page.said == []
