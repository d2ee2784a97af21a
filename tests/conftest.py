"""What holds for all tests."""

from __future__ import annotations

import pytest

# Whoever asks for one of these meets the pages in a browser, for which a whole company is served and counted.
_IN_A_BROWSER = {"served", "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share something costly go to one worker, so that it is made once: the other has work to do."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
        elif not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.xdist_group(_together(item)))


def _together(item: pytest.Item) -> str:
    if _IN_A_BROWSER & set(getattr(item, "fixturenames", ())):
        return "browser"
    return item.nodeid.split("::", maxsplit=1)[0]
