"""The report in a real browser, without a network and without scripts of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (820, "light")], ids=str)
def page(request: pytest.FixtureRequest, browser: Any, busy_report: Path) -> Iterator[Any]:
    """The report on a desk, a tablet and a telephone, by day and by night; ``asked`` and ``said`` are kept."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    opened = context.new_page()
    opened.asked, opened.said = [], []
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.goto(busy_report.as_uri())
    yield opened
    context.close()


def test_nothing_sticks_out_sideways(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_page_asks_for_nothing_and_complains_of_nothing(page: Any) -> None:
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.said == []


def test_its_own_letters_are_used(page: Any) -> None:
    page.evaluate("document.fonts.ready")
    families = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert {family.strip('"') for family in families} == {"Inter Variable", "Source Serif 4 Variable"}


def test_of_each_chart_one_drawing_is_seen(page: Any) -> None:
    seen = page.evaluate(
        "[...document.querySelectorAll('figure')].map(figure =>"
        " [...figure.querySelectorAll('.drawing')].filter(each => each.getClientRects().length).length)"
    )
    assert seen
    assert set(seen) == {1}


def test_no_chart_has_letters_too_small_to_read(page: Any) -> None:
    sizes = page.evaluate(
        "[...document.querySelectorAll('.drawing svg text')].map(text => text.getBoundingClientRect().height)"
        ".filter(height => height > 0)"
    )
    assert min(sizes) >= 10
