"""Joined records and doubtful pairs in front of Chromium: read by everyone, answered by single keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import regulars as rg
from regulars import identity
from tests.web.pages import LANGUAGES
from tests.web.plan import LOOKS
from tests.web.served import Served, serve, settle, stop
from tests.web.test_every_page import faults, show_as


@pytest.fixture(scope="module")
def served(made_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A company of its own whose records were joined: other tests count on customers as they were."""
    folder = tmp_path_factory.mktemp("joined") / "shop"
    shutil.copytree(made_company, folder)
    with rg.open(folder) as shop:
        identity.run(shop, by="owner@example.com", now=datetime.now(UTC))
    process, address = serve(folder)
    yield Served(address, folder)
    stop(process)


@pytest.fixture(scope="module")
def joined_customer(served: Served) -> int:
    """A customer of two records or more."""
    with rg.open(served.folder) as shop, shop.engine() as engine:
        (row, *_) = engine.run("SELECT left_key FROM links WHERE verdict = 'same' LIMIT 1").to_pylist()
        return shop.customer_of(row["left_key"])


def test_pairs_and_joins_with_something_on_them_can_be_read_by_everyone(visit, joined_customer):
    wrong = []
    for place, language in enumerate(LANGUAGES):
        page = visit("owner", "/people/me", language=language)
        for path, there in (
            ("/identity/", "main form"),
            ("/identity/pairs", "[data-pair]"),
            (f"/identity/customers/{joined_customer}", "main section"),
        ):
            show_as(page, *LOOKS[place % len(LOOKS)])
            page.goto(path)
            settle(page)
            assert page.locator(there).count() > 0, path
            wrong += [f"{path} {language}: {fault}" for fault in faults(page, language)]
        page.context.close()
    assert wrong == []


def test_one_key_says_that_a_pair_is_two_customers_and_the_next_one_comes_first(visit):
    page = visit("manager", "/identity/pairs")
    first = page.locator("[data-pair] h2").first.inner_text()
    page.keyboard.press("d")
    page.wait_for_selector(".toast")
    settle(page)
    titles = page.locator("[data-pair] h2").all_inner_texts()
    assert first not in titles
    assert page.said == []
