"""Takes the README's picture: the report of the made-up company, as a browser shows it. `python -m docs.picture`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from regulars.demo.workspace import make_demo

PICTURE = Path(__file__).parent / "images" / "report.png"
WIDTH, HEIGHT = 1280, 1620
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def take(report: Path, picture: Path) -> None:
    """Photograph the top of a report. Needs Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(report.resolve().as_uri())
        page.evaluate("document.fonts.ready")
        page.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Make the company, its report and the picture."""
    with tempfile.TemporaryDirectory() as folder, make_demo(Path(folder) / "demo") as shop:
        PICTURE.parent.mkdir(exist_ok=True)
        take(shop.report(Path(folder) / "report.html"), PICTURE)


if __name__ == "__main__":
    main()
