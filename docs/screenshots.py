"""Pictures of every page: ``make screenshots`` writes them to build/screenshots, and four of them for the README.

python -m docs.screenshots            English, by day and by night, desk and telephone
python -m docs.screenshots --all      every language too
python -m docs.screenshots --readme   only the README's four
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from regulars.demo.workspace import make_demo
from tests.web.pages import LANGUAGES, PAGES, SIZES, THEMES
from tests.web.served import CHROMIUM, FLAGS, serve, settle, sign_in, stop
from tests.web.served import SIZES as PIXELS

ROOT = Path(__file__).parent.parent
TO, README = ROOT / "build" / "screenshots", ROOT / "docs" / "images"
FOR_README = {"home": ("home", "light", "desktop"), "card": ("card", "light", "desktop")} | {
    "home-dark": ("home", "dark", "desktop"),
    "home-phone": ("home", "light", "phone"),
}
CUSTOMERS = 4000


def take(address: str, languages: tuple[str, ...], only: set[tuple[str, str, str]] | None, to: Path) -> None:
    """Visit the pages and write one picture each, named page-size-theme-language.png."""
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language, theme, size in product(languages, THEMES, SIZES):
            pages = [page for page in PAGES if only is None or (page.name, theme, size) in only]
            for role in sorted({page.role for page in pages}):
                opened = _opened(browser, address, role, language, theme, size)
                for page in (one for one in pages if one.role == role):
                    opened.goto(page.address(opened))
                    settle(opened)
                    whole = only is None
                    opened.screenshot(path=to / f"{page.name}-{size}-{theme}-{language}.png", full_page=whole)
                opened.context.close()
        browser.close()


def _opened(browser: Any, address: str, role: str, language: str, theme: str, size: str) -> Any:
    width, height = PIXELS[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, base_url=address)
    page = context.new_page()
    if role:
        sign_in(page, role, language)
    else:
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    return page


def main() -> None:
    """Make a company, serve it, take the pictures, stop."""
    readme = "--readme" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop"
        make_demo(shop, customers=CUSTOMERS).close()
        process, address = serve(shop)
        try:
            TO.mkdir(parents=True, exist_ok=True)
            if not readme:
                take(address, LANGUAGES if "--all" in sys.argv else ("en",), None, TO)
            drafts = Path(folder)
            take(address, ("en",), set(FOR_README.values()), drafts)
            for name, (page, theme, size) in FOR_README.items():
                (README / f"{name}.png").write_bytes((drafts / f"{page}-{size}-{theme}-en.png").read_bytes())
        finally:
            stop(process)


if __name__ == "__main__":
    main()
