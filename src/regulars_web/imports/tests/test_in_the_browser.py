"""The wizard as a person in front of Chromium meets it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from regulars_web.imports.tests.sending import ORDERS


def faultless(page):
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [] and page.said == []


def drop(page, name, content):
    """What a browser does when somebody lets a file fall on the page."""
    page.evaluate(
        """([name, content]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([content], name, { type: "text/csv" }));
          const place = document.querySelector("[data-drop]");
          place.dispatchEvent(new DragEvent("dragenter", { bubbles: true, dataTransfer: carried }));
          window.sawIt = place.classList.contains("drop--over");
          place.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried }));
        }""",
        [name, content],
    )


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_dropped_file_is_in_the_log_a_few_clicks_later(visit, size, theme):
    page = visit("manager", "/imports/", size=size, theme=theme)
    assert faultless(page)
    drop(page, f"{size}.csv", ORDERS.decode().replace("100", {"desktop": "7", "phone": "8"}[size]))
    page.wait_for_url(re.compile(r"/imports/file/\d+$"))
    assert faultless(page)
    page.locator("label.choice").last.click()
    page.fill("#new-source", "till")
    page.get_by_role("button", name="On to the columns").click()
    page.wait_for_url(re.compile("/columns$"))
    assert faultless(page)
    page.select_option("#column-2", "")
    page.get_by_text("Still missing: a date.").wait_for()
    page.select_option("#column-2", "occurred")
    page.get_by_text("Everything needed is here.").wait_for()
    page.get_by_role("button", name="Check the whole file").click()
    page.get_by_role("heading", name="3 of 4 lines can be imported").wait_for(timeout=90_000)
    assert faultless(page)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("heading", name=f"3 lines of {size}.csv are in the log").wait_for(timeout=90_000)
    assert faultless(page)


QUESTIONNAIRE = "when,Score,Clean,Quick,Why\n" + "".join(
    f"2026-01-0{day},{mark},{day % 7},{mark % 7},words {day}\n"
    for day, mark in enumerate((10, 9, 0, 11, 7, 3), start=1)
)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_the_columns_of_a_questionnaire_are_said_on_a_page(visit, size, theme):
    page = visit("manager", "/imports/", size=size, theme=theme)
    drop(page, f"asked-{size}.csv", QUESTIONNAIRE)
    page.wait_for_url(re.compile(r"/imports/file/\d+$"))
    page.locator("label", has_text="One row is one filled-in questionnaire").click()
    page.locator("label.choice").last.click()
    page.fill("#new-source", f"old survey {size}")
    page.get_by_role("button", name="On to the columns").click()
    page.wait_for_url(re.compile("/columns$"))
    page.select_option("#column-1", "ask:nps")
    page.locator("summary", has_text="Scale and codes").nth(1).click()
    page.fill("[name=missing-1]", "11")
    for place in (2, 3):
        page.select_option(f"#column-{place}", "ask:rating")
        page.locator("summary", has_text="Scale and codes").nth(place).click()
        page.fill(f"[name=scale-{place}]", "1-5")
        page.fill(f"[name=missing-{place}]", "0")
        page.fill(f"[name=never-{place}]", "6")
        page.locator(f"[name=never-{place}]").blur()
    page.select_option("#column-4", "ask:text")
    page.get_by_text("4 columns are questions.").wait_for()
    page.get_by_text("no answer: 0; never used: 6").first.wait_for()
    page.said.clear()  # a change overtaken by the next one is broken off, which the browser mentions
    assert faultless(page)
    page.get_by_role("button", name="Check the whole file").click()
    page.get_by_role("heading", name="All 6 lines can be imported").wait_for(timeout=90_000)
    assert page.get_by_role("row", name=re.compile("Score.*scale 0 to 10; no answer: 11")).is_visible()
    assert faultless(page)


def test_a_file_too_large_is_refused_before_it_is_sent(visit):
    page = visit("manager", "/imports/")
    page.evaluate("document.querySelector('[data-sending]').dataset.most = '10'")
    drop(page, "big.csv", ORDERS.decode())
    page.get_by_text("A file may have up to").wait_for()
    assert page.url.endswith("/imports/")
