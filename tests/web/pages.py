"""Every page a person can open, by name: what the sweeps over languages, themes and sizes visit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("en", "bg", "ru", "cs", "tr")
THEMES = ("light", "dark")
SIZES = ("desktop", "phone")


@dataclass(frozen=True)
class Page:
    """One page: its address, or how to find it from another page; ``role`` is who looks, "" a stranger."""

    name: str
    path: str = ""
    found: Callable[[Any], str] | None = None
    role: str = "owner"

    def address(self, browser_page: Any) -> str:
        """Where it is in this company."""
        return self.found(browser_page) if self.found else self.path


def first_link(path: str, pattern: str) -> Callable[[Any], str]:
    """The address of the first link on a page that looks like ``pattern``."""

    def find(page: Any) -> str:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        links = page.eval_on_selector_all("main a[href]", "found => found.map(one => one.getAttribute('href'))")
        return next(link for link in links if re.fullmatch(pattern, link.partition("?")[0]))

    return find


def of_card(address: str) -> Callable[[Any], str]:
    """A page about the first customer of the list."""
    card = first_link("/customers/", r"/customers/\d+/")
    return lambda page: address.format(card(page).split("/")[2])


ORDERS = b"Order;Customer;Date;Total\n1;K1;13.01.2026;12,50\n2;K2;14.01.2026;8,00\n3;K1;n/a;4,10\n"


def after_sending(step: str) -> Callable[[Any], str]:
    """A step of the import wizard, with a small file that was just dropped."""

    def find(page: Any) -> str:
        page.goto("/imports/")
        page.set_input_files("input[type=file]", {"name": "orders.csv", "mimeType": "text/csv", "buffer": ORDERS})
        page.wait_for_url(re.compile(r"/imports/file/\d+"))
        return str(page.url).partition("?")[0].partition("/columns")[0].partition("/check")[0] + step

    return find


def in_round(step: str) -> Callable[[Any], str]:
    """A page of the round about the definition that is open; one is opened where there is none."""

    def find(page: Any) -> str:
        page.goto("/definition/rounds/new")
        if page.url.endswith("/new"):
            page.locator("main form button.button--main").last.click()
            page.wait_for_url(re.compile(r"/definition/rounds/\d+/"))
        return str(page.url).partition("?")[0].removesuffix("people") + step

    return find


PAGES = (
    Page("sign-in", "/account/login/", role=""),
    Page("forgotten", "/account/password/reset/", role=""),
    Page("no-survey-here", "/i/nothing", role=""),
    Page("closed-invitation", "/people/join/nothing", role=""),
    Page("home", "/"),
    Page("home-viewer", "/?period=all", role="viewer"),
    Page("customers", "/customers/"),
    Page("card", found=first_link("/customers/", r"/customers/\d+/")),
    Page("card-front-line", found=first_link("/customers/", r"/customers/\d+/"), role="front line"),
    Page("records", found=of_card("/identity/customers/{}")),
    Page("consents", found=of_card("/privacy/customers/{}/consents")),
    Page("hand-out", found=of_card("/privacy/customers/{}/export")),
    Page("erase", found=of_card("/privacy/customers/{}/erase")),
    Page("groups", "/groups/"),
    Page("group", found=first_link("/groups/", r"/groups/of/[^/]+")),
    Page("group-new", "/groups/new"),
    Page("portrait", "/groups/portrait"),
    Page("voice", "/voice/"),
    Page("voice-viewer", "/voice/?period=all", role="viewer"),
    Page("answers", "/voice/answers/"),
    Page("answer", found=first_link("/voice/answers/", r"/voice/answers/\d+/")),
    Page("survey-results", "/voice/results/after%20the%20order"),
    Page("drivers", "/voice/drivers/"),
    Page("themes", "/voice/themes/?period=all"),
    Page("digest", "/voice/digest/"),
    Page("surveys", "/voice/surveys/"),
    Page("survey-new", "/voice/surveys/new"),
    Page("listening", "/voice/listening/"),
    Page("interview-new", "/voice/listening/new/interview"),
    Page("visit-new", "/voice/listening/new/mystery-visit"),
    Page("touchpoints", "/touchpoints/"),
    Page("touchpoint", "/touchpoints/of/delivery"),
    Page("touchpoint-viewer", "/touchpoints/of/call%20centre", role="viewer"),
    Page("touchpoint-new", "/touchpoints/new?key=workshop"),
    Page("touchpoint-edit", "/touchpoints/edit/showroom"),
    Page("standard", "/touchpoints/standard/delivery"),
    Page("standard-write", "/touchpoints/write/delivery"),
    Page("promise-new", "/touchpoints/promise/new/delivery"),
    Page("promises", "/touchpoints/promises"),
    Page("consistency", "/touchpoints/consistency"),
    Page("announced", "/touchpoints/announced"),
    Page("journey-map", "/journey-map/"),
    Page("journey-map-viewer", "/journey-map/?period=all", role="viewer"),
    Page("journey-map-cell", "/journey-map/cell/wait/"),
    Page("journey-map-evidence", "/journey-map/cell/wait/evidence?kind=score"),
    Page("journey-map-versions", "/journey-map/versions"),
    Page("journey-map-stages", "/journey-map/stages"),
    Page("four-questions", "/journey-map/questions"),
    Page("kept-or-loyal", "/journey-map/loyalty"),
    Page("journeys", "/journeys/"),
    Page("journeys-chosen", "/journeys/?detail=100&path_from=order&path_to=confirm&say=both", role="viewer"),
    Page("journeys-ways", "/journeys/variants"),
    Page("journeys-steps", "/journeys/steps"),
    Page("journeys-handovers", "/journeys/handovers"),
    Page("journeys-touches", "/journeys/touches"),
    Page("journeys-compare", "/journeys/compare"),
    Page("life-cycle", "/journeys/life-cycle"),
    Page("stage-rules", "/journeys/stages/rules"),
    Page("stage-rule", "/journeys/stages/rules/slipping"),
    Page("losses", "/journeys/losses"),
    Page("survival", "/journeys/survival?by=customer_type"),
    Page("programme", "/programme/"),
    Page("programme-viewer", "/programme/", role="viewer"),
    Page("programme-plan", "/programme/next/3:owners"),
    Page("programme-pilot", "/programme/state/widen"),
    Page("fit", "/programme/fit"),
    Page("index", "/programme/index"),
    Page("index-components", "/programme/index/components"),
    Page("index-versions", "/programme/index/versions"),
    Page("index-research", "/programme/index/research"),
    Page("maturity", "/programme/maturity"),
    Page("mistakes", "/programme/mistakes"),
    Page("elements", "/programme/elements"),
    Page("staff", "/staff/"),
    Page("staff-person", "/staff/person/E01"),
    Page("staff-person-edit", "/staff/employees/edit/E01"),
    Page("authority", "/staff/authority"),
    Page("decide", "/staff/decide", role="front line"),
    Page("limit-new", "/staff/limits/new"),
    Page("trainings", "/staff/trainings"),
    Page("training-new", "/staff/trainings/add"),
    Page("promises-inside", "/staff/promises"),
    Page("promise-inside-new", "/staff/promises/new"),
    Page("recognition", "/staff/recognition"),
    Page("thanks", "/staff/thanks"),
    Page("service-group", "/staff/service"),
    Page("service-group-edit", "/staff/group/new"),
    Page("partners", "/staff/partners"),
    Page("partner-new", "/staff/partners/new"),
    Page("pulse", "/staff/pulse"),
    Page("definition", "/definition/"),
    Page("definition-viewer", "/definition/", role="viewer"),
    Page("definition-parity", "/definition/parity"),
    Page("definition-versions", "/definition/versions"),
    Page("definition-edit", "/definition/edit"),
    Page("definition-readers", "/definition/readers"),
    Page("definition-posters", "/definition/poster"),
    Page("definition-rounds", "/definition/rounds/"),
    Page("round", found=in_round("")),
    Page("round-people", found=in_round("people")),
    Page("round-statements", found=in_round("statements")),
    Page("no-round-here", "/say/nothing", role=""),
    Page("imports", "/imports/"),
    Page("import", found=first_link("/imports/", r"/imports/\d+")),
    Page("import-what", found=after_sending("")),
    Page("import-columns", found=after_sending("/columns")),
    Page("import-check", found=after_sending("/check")),
    Page("identity", "/identity/"),
    Page("pairs", "/identity/pairs"),
    Page("personal-data", "/privacy/"),
    Page("find", "/search?q=an"),
    Page("nothing-here", "/nothing-here/"),
    Page("people", "/people/"),
    Page("account", "/people/me"),
    Page("trail", "/people/trail"),
    Page("second-step", "/account/2fa/"),
    Page("authenticator", "/account/2fa/totp/activate/"),
    Page("passkey", "/account/2fa/webauthn/add/"),
    Page("password", "/account/password/change/"),
)
