"""Staff in front of Chromium: the questionnaire and a decision on a telephone, and pages without barriers."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.served import SIZES

PATIENCE_MS = 60_000
SMALLEST_TARGET = 44
LANGUAGES = ("en", "bg", "ru", "cs", "tr")
LINK = """
import django; django.setup()
from datetime import UTC, datetime
from regulars.surveys import publishing
from regulars.surveys.ready import template
from regulars_web.shared.company import company, let_go
from regulars_web.staff import links
from regulars_web.staff.models import Link
now = datetime.now(UTC)
if "seven-elements" not in {one.key for one in publishing.surveys(company())}:
    publishing.publish(company(), template("seven-elements"), by="ana@example.com", now=now)
link, _made = Link.objects.get_or_create(survey="seven-elements", defaults={"made_at": now})
print(links.address_of(link, ""))
let_go()
"""
COUNT = """
import regulars as rg
with rg.open({folder!r}) as shop, shop.engine() as engine:
    print(engine.run("SELECT count(*) AS n FROM interactions WHERE source = 'pages' AND kind = 'answer' "
                     "AND department = 'sales' AND client_key IS NULL").to_pylist()[0]["n"])
"""


def run(served, script):
    """A script in a process of its own, as a colleague's command line would be."""
    there = {"REGULARS_WORKSPACE": str(served.folder), "DJANGO_SETTINGS_MODULE": "regulars_web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **there}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def link(served):
    """The address at which the staff questionnaire is answered."""
    return run(served, LINK)


def telephone(browser, served, *, language="en", theme="light", scripts=True):
    """A colleague's own telephone, on which nobody is signed in."""
    width, height = SIZES["phone"]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        locale=language,
        java_script_enabled=scripts,
        base_url=served.address,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def fits(page):
    """Nothing is wider than the telephone."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_questionnaire_is_answered_on_a_telephone_without_a_script_and_without_a_name(browser, served, link):
    page = telephone(browser, served, scripts=False)
    before = int(run(served, COUNT.format(folder=str(served.folder))))
    page.goto(link)
    page.select_option("#department", "sales")
    page.get_by_text("I serve customers").click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/s/seven-elements/**")
    for _page in range(20):
        if page.url.endswith("/thanks"):
            break
        for question in page.locator("fieldset.question").all():
            question.locator("label").filter(has_text="4").first.click()
        page.locator("button.main").click()
        page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text("Thank you")
    assert page.context.cookies() == []
    for _again in range(60):
        if int(run(served, COUNT.format(folder=str(served.folder)))) > before:
            break
        time.sleep(1)
    assert int(run(served, COUNT.format(folder=str(served.folder)))) == before + 1
    page.context.close()


def test_the_beginning_reads_well_in_every_language_by_day_and_by_night(browser, served, link):
    for number, language in enumerate(LANGUAGES):
        page = telephone(browser, served, language=language, theme=("light", "dark")[number % 2])
        page.goto(link)
        assert page.evaluate("document.documentElement.lang") == language
        assert fits(page), language
        found = Axe().run(page).response["violations"]
        assert not found, (language, [one["id"] for one in found])
        small = page.evaluate(
            "least => [...document.querySelectorAll('main button.main, main label:has(input), main select')]"
            ".filter(one => one.getBoundingClientRect().height < least).length",
            SMALLEST_TARGET,
        )
        assert small == 0, language
        page.context.close()


def test_a_decision_is_logged_on_a_telephone_with_few_taps(visit):
    page = visit("front line", "/staff/decide", size="phone")
    page.set_default_timeout(PATIENCE_MS)
    page.locator("input[name=decision][value=refund]").check()
    page.fill("#amount", "12")
    expect(page.locator(".decide__waited")).to_be_hidden()
    page.get_by_role("radio", name="I asked, then yes").check()
    page.fill("#waited", "5")
    if page.locator("#employee").count():
        page.select_option("#employee", "E06")
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/staff/decide?kept=1")
    expect(page.locator("#toasts")).to_contain_text("Kept")
    assert fits(page)
    assert page.said == []


@pytest.mark.parametrize(("theme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_no_page_about_staff_puts_up_a_barrier(visit, theme, size):
    paths = ("", "person/E01", "authority", "decide", "trainings/add", "promises", "recognition", "thanks", "service")
    page = visit("owner", "/staff/pulse", theme=theme, size=size)
    page.set_default_timeout(PATIENCE_MS)
    for path in ("pulse", *paths, "partners", "limits/new", "employees/edit/E01", "accounts/new"):
        page.goto(f"/staff/{path}")
        page.wait_for_load_state("networkidle")
        page.wait_for_function("!document.querySelector('.skeleton, [data-chart]:not([data-drawn])')")
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found])
        assert fits(page), path
    assert page.said == []
