"""A survey on a telephone, held in one hand, in every language, by day and by night, without a script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.served import SIZES

SURVEYS = {
    "en": "what-matters",
    "bg": "nps",
    "ru": "after-contact",
    "cs": "effort",
    "tr": "compared-with-others",
}
MOST_BYTES, SMALLEST_TARGET, PARALLEL = 50_000, 44, 100
PUBLISH = """
import django; django.setup()
import json
from datetime import UTC, datetime
from regulars.surveys import publishing
from regulars.surveys.ready import ready
from regulars_web.shared.company import company, let_go
from regulars_web.voice import invitations
now, told = datetime.now(UTC), {}
for survey in ready():
    made = publishing.publish(company(), survey, by="ana@example.com", now=now)
    told[made.key] = invitations.make(made, [invitations.About(None)] * 2, by=None, now=now)[-1][1]
let_go()
print(json.dumps(told))
"""
COUNT = """
import regulars as rg
with rg.open({folder!r}) as shop, shop.engine() as engine:
    print(engine.run("SELECT count(*) AS n FROM interactions WHERE source = 'pages' AND step = 'answer' "
                     "AND properties LIKE '%leaving%'").to_pylist()[0]["n"])
"""


def run(served, script):
    """A script in a process of its own, as a colleague's command line would be."""
    there = {"REGULARS_WORKSPACE": str(served.folder), "DJANGO_SETTINGS_MODULE": "regulars_web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **there}, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def links(served):
    """Survey -> token of a personal link, in the company that is being served."""
    return json.loads(run(served, PUBLISH))


def faults(page):
    found = [(one["id"], [node["html"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.eval_on_selector_all(
        "button:not(.unseen), .numbers label, .labels label, textarea",
        "all => all.map(one => one.getBoundingClientRect()).filter(box => Math.min(box.width, box.height) < "
        f"{SMALLEST_TARGET}).length",
    )
    return found, wide, small


def fill(page):
    """Press one box in every row, and write into every text."""
    for row in page.locator(".numbers, .labels").all():
        boxes = row.locator("label:not(.aside)")
        boxes.nth(min(3, boxes.count() - 1)).click()
    for text in page.locator("textarea:visible").all():
        text.fill("<b>Žluťoučký кон ışık</b>")


@pytest.mark.parametrize("language", SURVEYS)
def test_a_customer_answers_on_a_telephone_without_a_script(language, browser, served, links):
    width, height = SIZES["phone"]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=served.address,
        locale=language,
        has_touch=True,
    )
    page, weights = context.new_page(), []
    scripts = context.new_cdp_session(page)
    scripts.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.set_default_timeout(60_000)
    page.on("response", lambda answer: weights.append(len(answer.body())) if answer.ok else None)
    page.goto(f"/i/{links[SURVEYS[language]]}")
    for _ in range(8):
        assert page.locator("html").get_attribute("lang") == language
        scripts.send("Emulation.setScriptExecutionDisabled", {"value": False})  # for axe, which is one itself
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert faults(page) == ([], 0, 0)
        scripts.send("Emulation.setScriptExecutionDisabled", {"value": True})
        assert sum(weights) < MOST_BYTES
        if page.url.endswith("/thanks"):
            break
        weights.clear()
        fill(page)
        page.locator("button.main").click()
    assert page.url.endswith("/thanks")
    assert context.cookies() == []
    context.close()


def test_a_hundred_sendings_of_one_personal_link_at_once_leave_one_answer(served, links):
    address = f"{served.address}/i/{links['leaving']}"
    assert post(address, {"reason": "price", "asked": "reason"}).endswith("/2")
    assert post(f"{address}/2", {"what-happened": "Dear.", "asked": "what-happened"}).endswith("/3")
    with ThreadPoolExecutor(max_workers=PARALLEL) as people:
        said = {"come-back": "yes", "asked": "come-back"}
        went = list(people.map(lambda _: post(f"{address}/3", said), range(PARALLEL)))
    assert {where.rpartition("/")[2] for where in went} == {"thanks"}
    assert run(served, COUNT.format(folder=str(served.folder))).strip() == "1"


class Stay(urllib.request.HTTPRedirectHandler):
    """Tells where a form leads instead of going there."""

    def redirect_request(self, *_, **__):
        return None


def post(address, said):
    try:
        urllib.request.build_opener(Stay).open(address, urllib.parse.urlencode(said).encode(), timeout=120)
    except urllib.error.HTTPError as answer:
        return answer.headers.get("Location") or f"status {answer.code}"
    return "no answer"
