"""The frame around every page, as a person in front of Chromium meets it."""

from __future__ import annotations

from tests.web.test_every_page import faults

# https://web.dev/articles/cls: up to 0.1 is good.
MOST_SHIFT = 0.1
LAYOUT_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(seen => {
    for (const one of seen.getEntries()) if (!one.hadRecentInput) sum += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


def test_a_slash_opens_the_search_and_escape_closes_it(visit):
    page = visit("owner", "/")
    page.keyboard.press("/")
    assert page.locator("#palette").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#palette").is_visible()
    assert page.said == []


def test_control_and_k_opens_the_search_too_and_finds_a_page_and_a_customer(visit):
    page = visit("owner", "/groups/")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("an")
    page.locator("#palette a[href^='/customers/']").first.wait_for()
    assert page.said == []


def test_the_form_for_a_colleagues_new_address_can_be_read_by_everyone(visit):
    for theme, size, language in (("light", "desktop", "ru"), ("dark", "phone", "bg")):
        page = visit("owner", "/people/", theme=theme, size=size, language=language)
        page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true; })")
        assert faults(page, language) == []
        page.context.close()


def test_nothing_on_a_page_jumps_while_it_arrives(visit):
    """Layout shift (CLS) stays in the range that browsers' makers call good."""
    for size in ("desktop", "phone"):
        for path in ("/", "/customers/", "/groups/", "/imports/", "/identity/", "/people/"):
            page = visit("owner", path, size=size)
            assert page.evaluate(LAYOUT_SHIFT) <= MOST_SHIFT, (path, size)
            page.context.close()


def test_a_question_mark_shows_the_keys(visit):
    page = visit("owner", "/")
    page.keyboard.press("?")
    assert page.locator("#shortcuts kbd").first.is_visible()


def test_the_period_stays_in_the_address_of_every_link(visit):
    page = visit("owner", "/?period=90-days")
    assert page.locator(".rail a[aria-current]").get_attribute("href") == "/?period=90-days"
