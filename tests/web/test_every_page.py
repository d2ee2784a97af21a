"""Every page in every language, by day and by night, on a desk and on a telephone: readable, whole and for everyone.

``make test`` visits each page once, with languages, themes and sizes in turn; ``make test-slow`` visits all of it.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.pages import LANGUAGES, PAGES, SIZES, THEMES
from tests.web.served import SIZES as WINDOWS
from tests.web.served import settle

LOOKS = list(product(THEMES, SIZES))
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def visit_all(visit: Any, language: str, wanted: list[tuple[int, tuple[str, str]]]) -> list[str]:
    """What is wrong, in words, over the pages (by place in PAGES) each with its theme and size."""
    wrong: list[str] = []
    for theme, size in LOOKS:
        mine = [PAGES[place] for place, look in wanted if look == (theme, size)]
        for role in sorted({page.role for page in mine}):
            opened = visit(role, "/people/me" if role else "/account/login/", language=language, theme=theme, size=size)
            if not role:
                opened.context.add_cookies([{"name": "django_language", "value": language, "url": served_root(opened)}])
            for page in (one for one in mine if one.role == role):
                opened.said.clear()
                opened.goto(page.address(opened))
                settle(opened)
                wrong += [f"{page.name} {language} {theme} {size}: {fault}" for fault in faults(opened, language)]
            opened.context.close()
    return wrong


def look_at_all(visit: Any, language: str) -> list[str]:
    """What is wrong, in words, over all pages, each opened once and then seen by day, by night, wide and narrow."""
    wrong: list[str] = []
    for role in sorted({page.role for page in PAGES}):
        opened = visit(role, "/people/me" if role else "/account/login/", language=language)
        if not role:
            opened.context.add_cookies([{"name": "django_language", "value": language, "url": served_root(opened)}])
        for page in (one for one in PAGES if one.role == role):
            opened.said.clear()
            opened.goto(page.address(opened))
            for theme, size in LOOKS:
                width, height = WINDOWS[size]
                opened.set_viewport_size({"width": width, "height": height})
                opened.emulate_media(color_scheme=theme)
                settle(opened)
                wrong += [f"{page.name} {language} {theme} {size}: {fault}" for fault in faults(opened, language)]
        opened.context.close()
    return wrong


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
    for violation in Axe().run(page, options=RULES).response["violations"]:
        nodes = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"axe: {violation['id']} at {nodes}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well_in(language: str, visit: Any) -> None:
    # Five languages and four looks: neighbours differ in both, and no look belongs to one language.
    mine = range(LANGUAGES.index(language), len(PAGES), len(LANGUAGES))
    wanted = [(place, LOOKS[place % len(LOOKS)]) for place in mine]
    assert visit_all(visit, language, wanted) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well_everywhere_in(language: str, visit: Any) -> None:
    assert look_at_all(visit, language) == []
