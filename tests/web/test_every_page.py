"""Every page in every language, by day and by night, on a desk and on a telephone: readable, whole and for everyone.

``make test`` visits the pages of tests/web/plan.py pairwise and the others once; ``make test-slow`` visits all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.pages import LANGUAGES, PAGES, Page
from tests.web.plan import LOOKS, plan
from tests.web.served import SIZES as WINDOWS
from tests.web.served import settle

FOUND: dict[tuple[str, str], str] = {}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def look_at(visit: Any, language: str, wanted: dict[str, list[tuple[str, str]]]) -> list[str]:
    """What is wrong, in words, over pages by their names, each opened once in a language and seen in its looks."""
    wrong: list[str] = []
    for role in sorted({page.role for page in PAGES}):
        mine = [page for page in PAGES if page.role == role and page.name in wanted]
        for opened, page in opened_one_by_one(visit, language, role, mine):
            theme, size = wanted[page.name][0]
            show_as(opened, theme, size)
            opened.goto(where(opened, page))
            for theme, size in wanted[page.name]:
                show_as(opened, theme, size)
                settle(opened)
                wrong += [f"{page.name} {language} {theme} {size}: {fault}" for fault in faults(opened, language)]
    return wrong


def opened_one_by_one(visit: Any, language: str, role: str, pages: list[Page]) -> Iterator[tuple[Any, Page]]:
    """One signed-in browser for all pages of a role: signing in costs more than looking."""
    if not pages:
        return
    opened = visit(role, "/people/me" if role else "/account/login/", language=language)
    if not role:
        opened.context.add_cookies([{"name": "django_language", "value": language, "url": served_root(opened)}])
    for page in pages:
        opened.said.clear()
        yield opened, page
    opened.context.close()


def where(opened: Any, page: Page) -> str:
    """The address of a page, looked for once on a server: looking for one opens other pages and drops files."""
    known = (served_root(opened), page.name)
    if known not in FOUND:
        FOUND[known] = page.address(opened)
    return FOUND[known]


def show_as(opened: Any, theme: str, size: str) -> None:
    """By day or by night, in a wide or a narrow window."""
    width, height = WINDOWS[size]
    opened.set_viewport_size({"width": width, "height": height})
    opened.emulate_media(color_scheme=theme)


def served_root(page: Any) -> str:
    """The root of the server: a cookie set for it holds on every page."""
    return f"{page.evaluate('location.origin')}/"


def faults(page: Any, language: str) -> list[str]:
    """What a person would stumble over on this page."""
    found = [f"says {text}" for text in page.said if "status of 404" not in text]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("sticks out sideways")
    if page.evaluate("document.documentElement.lang") != language:
        found.append("is in another language")
    if not page.evaluate("'axe' in window"):  # one document is looked at several times
        page.evaluate(Axe().axe_script)
    for violation in page.evaluate("rules => axe.run(rules)", RULES)["violations"]:
        nodes = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"axe: {violation['id']} at {nodes}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well_in(language: str, visit: Any) -> None:
    due = [one for one in plan([page.name for page in PAGES]) if one.language == language]
    assert look_at(visit, language, {one.page: [(one.theme, one.size)] for one in due}) == []


@pytest.mark.slow(minutes=7)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well_everywhere_in(language: str, visit: Any) -> None:
    assert look_at(visit, language, {page.name: list(LOOKS) for page in PAGES}) == []
