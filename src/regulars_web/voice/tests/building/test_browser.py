"""A survey written, looked at and published in Chromium, and pages without barriers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


def begin(page, title):
    page.goto("/voice/surveys/new")
    page.locator("input[name=template][value=nps]").check()
    page.fill("#title", title)
    page.locator("main button.button--main").click()
    page.wait_for_url("**/edit")


def no_barrier(page, where):
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where


def test_a_survey_is_written_by_choosing_and_typing_and_published(visit):
    page = visit("analyst", "/voice/surveys/")
    begin(page, "After the assembly")
    page.locator("select[name=kind-0]").select_option("single")
    page.locator("button[value='add question 0']").click()
    page.wait_for_url("**/edit/question/q1")
    page.fill("#words-en", "Was the room left clean?")
    page.fill("#option-0-en", "Yes")
    page.fill("#option-1-en", "No")
    page.select_option("#if-question", "recommend")
    page.wait_for_selector("#if-op")
    page.select_option("#if-op", "at most")
    page.select_option("#if-value", "6")
    page.locator("button[value=keep]").click()
    page.wait_for_url("**/edit#q1")
    expect(page.locator("#q1")).to_contain_text("is at most 6")
    expect(page.locator(".phone").first).to_contain_text("Was the room left clean?")
    page.locator(".head__do a", has_text="Publish").click()
    page.locator("main form button", has_text="Publish").click()
    page.wait_for_url("**/voice/surveys/after-the-assembly/")
    expect(page.locator("main .finding")).to_contain_text("takes answers")
    assert page.said == []


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_no_page_on_which_a_survey_is_built_or_sent_puts_up_a_barrier(visit, theme, size):
    page = visit("owner", "/voice/surveys/new", theme=theme, size=size)
    no_barrier(page, "new")
    begin(page, f"Barriers {theme}")
    place = page.url.partition("/edit")[0].partition("/voice")[2]
    for part in ("edit", "edit/question/recommend", "edit/texts", "edit/languages", "preview", "publish"):
        page.goto(f"/voice{place}/{part}")
        no_barrier(page, part)
    page.locator("main form button", has_text="Publish").click()
    page.wait_for_url(f"**{place}/")
    for part in ("", "invite", "links", "type", "links/poster"):
        page.goto(f"/voice{place}/{part}")
        no_barrier(page, part)
    for path in (
        "/voice/surveys/",
        "/voice/listening/",
        "/voice/listening/new/focus-group",
        "/voice/listening/new/mystery-visit",
    ):
        page.goto(path)
        no_barrier(page, path)
    assert page.said == []
