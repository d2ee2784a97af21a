"""The pages as people meet them: a real server with a worker, and Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.web.company import PASSWORD, ROLES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_TENTHS = 900
# Parts that are asked for or counted still, and charts that are not drawn yet.
UNFINISHED = """document.querySelectorAll(
    '.skeleton, .htmx-request, main [aria-busy="true"], [data-chart]:not([data-drawn])'
).length"""
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
_MAKE_COLLEAGUES = """
import django; django.setup()
from django.core.management import call_command
from regulars_web.accounts.models import User
call_command("migrate", verbosity=0)
for role in {roles!r}:
    User.objects.create_user(role.replace(" ", ".") + "@example.com", {password!r}, name=role.title(), role=role)
User.objects.create_user("key.holder@example.com", {password!r}, name="Key Holder", role="analyst")
"""


@dataclass(frozen=True)
class Served:
    """A running company: where it is reached and where it lies. Everybody's password is ``PASSWORD``."""

    address: str
    folder: Path


def serve(folder: Path, *, colleagues: bool = True) -> tuple[subprocess.Popen[str], str]:
    """Start ``regulars serve`` on any free port; returns the process and its address. The caller ends it."""
    environment = {**os.environ, "REGULARS_WORKSPACE": str(folder), "DJANGO_SETTINGS_MODULE": "regulars_web.settings"}
    if colleagues:
        script = _MAKE_COLLEAGUES.format(roles=ROLES, password=PASSWORD)
        subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    command = [sys.executable, "-m", "regulars", "-w", str(folder), "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    for line in process.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            _wait_until_it_answers(found[0])
            return process, found[0]
    raise AssertionError("the server ended before it said where it is")


def stop(process: subprocess.Popen[str]) -> None:
    """End a server that ``serve`` started, and wait until it is gone."""
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture(scope="session")
def served(counted_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo company behind a real server, shared by the tests of one worker."""
    folder = tmp_path_factory.mktemp("served") / "shop"
    shutil.copytree(counted_company, folder)
    process, address = serve(folder)
    yield Served(address, folder)
    stop(process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium a worker."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(served: Served, browser: Any) -> Iterator[Callable[..., Any]]:
    """``visit("owner", "/customers/", language="bg", theme="dark", size="phone")``: the page, opened and settled.

    What the page complains of in its console is kept in ``page.said``.
    """
    contexts: list[Any] = []

    def open_page(role: str, path: str, *, language: str = "en", theme: str = "light", size: str = "desktop") -> Any:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, base_url=served.address
        )
        contexts.append(context)
        # Two workers and two servers may share a small machine.
        context.set_default_timeout(PATIENCE_TENTHS * 100)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        if role:
            sign_in(page, role, language)
        page.goto(path)
        settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Any, role: str, language: str = "en") -> None:
    """Sign in by the form, as a person does, and read in that language. It ends on the person's own page.

    role  or "key holder", an analyst who may be given a security key, without which they do not come in again
    """
    page.goto("/account/login/?next=/people/me")
    page.fill("input[name=login]", role.replace(" ", ".") + "@example.com")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation(url=re.compile(r"/people/me$")):
        page.locator("form[action^='/account/login/'] button.button--main").click()
    # A colleague reads on in the language that an earlier visit chose.
    if language != page.evaluate("document.documentElement.lang"):
        page.select_option("select[name=language]", language)
        with page.expect_navigation():
            page.locator("main form button.button--main").first.click()


def settle(page: Any) -> None:
    """Wait until letters, parts that load later and charts are there: nothing is waited for twice in a row."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    settled = 0
    for _ in range(2 * PATIENCE_TENTHS):
        settled = 0 if page.evaluate(UNFINISHED) else settled + 1
        if settled == 2:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} did not settle: {page.evaluate(UNFINISHED)} parts are still waiting")


def _wait_until_it_answers(address: str) -> None:
    import time
    import urllib.request

    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/account/login/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
