"""Which tests run on one worker: those of a file, those on Spark, and those in a browser, so that what they share is
made once. (xdist's own groups are not heard by this pytest: it names tests in another way.)"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parent.parent
# Whoever asks for one of these meets the pages in a browser, for which a whole company is served and counted.
_IN_A_BROWSER = re.compile(r"tests\.web\.served|def \w+\((?:[^)]*, )?visit[,:)]")
_ON_SPARK = re.compile(r"def test_\w+\([^)]*\bspark\b|mark\.spark\b")


class Together(LoadScopeScheduling):
    """Hands out whole groups of tests, those with most tests first."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", maxsplit=1)[0]
        group = _group_of(path)
        # Long sweeps are few, each as long as a file of others: every one is handed out by itself.
        return nodeid if self.config.getoption("markexpr") == "slow" and group != "spark" else group


@functools.cache
def _group_of(path: str) -> str:
    text = (ROOT / path).read_text(encoding="utf-8")
    if _ON_SPARK.search(text):
        return "spark"
    return "browser" if _IN_A_BROWSER.search(text) else path


@pytest.hookimpl(optionalhook=True)  # there may be no xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """xdist asks here for who hands out the tests."""
    return Together(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest sweeps first (``@pytest.mark.slow(minutes=3)``): none is left to one worker alone at the end."""
    if config.getoption("markexpr") == "slow":
        items.sort(key=lambda item: -max((_minutes(mark) for mark in item.iter_markers("slow")), default=0))


def _minutes(mark: pytest.Mark) -> float:
    return float(mark.kwargs.get("minutes", 1))
